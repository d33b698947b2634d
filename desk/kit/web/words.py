"""What the web layer says about a request that it does not let through."""

from desk.kit.words import N_

PROBLEMS = {
    "web.other_origin": N_("This did not come from a page of this desk, so nothing was done. Open the desk itself and do it there."),
    "web.stale_form": N_("This page was too old to be saved. Go back, reload it and send it again; what you typed is kept."),
    "record.changed": N_("Somebody else changed this while you had it open. Look at the new state and do it again."),
}
