"""What goes wrong between a kiosk and its desk, in words; the screens of a workflow have further ones of their own."""

from desk.kit.words import N_

PROBLEMS = {
    "sync.no_desk": N_("No desk answers at %(url)s. Look whether it runs, and whether this machine is in its network."),
    "sync.other_desk": N_("Another desk than the one of this sheet answers at %(url)s. Print a new sheet, and tell whoever looks after the network."),
    "sync.line_not_safe": N_("%(url)s cannot be used: kiosks speak to the desk by https, with the fingerprint that stands on the sheet."),
    "sync.revoked": N_("This kiosk was revoked at the desk. Let it join anew with a fresh sheet."),
    "sync.stale_counter": N_("This request came before, or out of turn."),
    "sync.photo_not_wanted": N_("Nobody waits for this photo."),
    "sync.photo_damaged": N_("The photo did not arrive as it was announced; it is sent once more."),
    "sync.other_answer": N_("An answer came that belongs to another request."),
    "sync.outbox_full": N_("This kiosk cannot keep more until it has reached the desk."),
    "sync.batch_unreadable": N_("This is not a file of a kiosk or of a desk."),
    "sync.batch_newer": N_("The file comes from a newer version of the program. Update this one first."),
    "sync.batch_damaged": N_("The file is not whole or was changed on the way. Nothing was taken; write it once more."),
    "sync.batch_not_signed": N_("The file does not come from whom it names (%(device)s). Nothing was taken."),
    "sync.batch_revoked": N_("Kiosk %(name)s was revoked. Take its file only if you know where it comes from, with --revoked."),
    "sync.batch_other_kiosk": N_("The answer is for kiosk %(device)s. Take it there."),
    "sync.batch_old_desk": N_("The answer was written before the desk was restored. Take a fresh one home."),
    "sync.no_route": N_("There is nothing for kiosks at this address."),
    "sync.no_length": N_("The request does not say how long it is."),
    "sync.too_long": N_("The request is too long."),
    "sync.no_authority": N_("This desk has no authority of its own yet."),
}  # fmt: skip
