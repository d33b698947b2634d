"""The words of the kiosks' desk side: problems, journal entries and choices, English here and Chinese in zh.po."""

from desk.kit.plugs import Verdict
from desk.kit.words import N_
from desk.workflows.kiosks.rules.board import Standing, Worry
from desk.workflows.kiosks.rules.cards import CardEnd
from desk.workflows.kiosks.rules.notices import Urgent

PROBLEMS = {
    "notice.unknown": N_("There is no such notice."),
    "notice.ends_before_it_begins": N_("It would end before it begins. Choose a later last day."),
    "notice.half_translated": N_("Translate both, title and text, or leave both empty."),
    "notice.withdrawn_already": N_("This notice was withdrawn. Write a new one."),
    "card.unknown": N_("There is no such card."),
    "card.person_needed": N_("Choose a person of this unit."),
    "card.no_role": N_("Only somebody who belongs to %(place)s today can have a card for it. Enter the person in the unit first."),
    "card.has_one": N_("This person has card %(number)s for the unit. End that one first."),
    "card.ended_already": N_("Card %(number)s was ended already."),
    "submission.unknown": N_("There is no such submission."),
    "submission.settled_already": N_("Submission %(number)s was settled already."),
    "submission.closed": N_("Closed by the desk with an answer."),
    "sync.newer_than_desk": N_("This desk does not know this kind of submission yet; it is taken after the next update."),
    "sync.cannot_be_opened": N_("It was not sealed for this desk, or was damaged on the way."),
    "sync.fault": N_("The desk could not take it because of a fault of its own; the log says which."),
    "sync.id_reuse": N_("A second submission came under the same id with other content."),
    "sync.bad_signature": N_("Its signature is not that of the kiosk."),
    "sync.malformed": N_("It cannot be read as a submission."),
    "sync.settled_already": N_("Submission %(number)s was settled already."),
    "sync.unknown_submission": N_("There is no such submission."),
    "sync.unknown_device": N_("There is no such kiosk."),
    "sync.revoked_already": N_("This kiosk was revoked already."),
    "sync.wrong_code": N_("This code does not count, or no longer. Print a new sheet."),
    "sync.link_unreadable": N_("This is not the link of an enrolment sheet."),
    "sync.code_unreadable": N_("This is no code: it has 10 letters and digits."),
    "sync.not_sealed_for_this_key": N_("This was sealed for another key."),
}
ACTS = {
    "notice.written": N_("Notice hung at the kiosks: %(title)s"),
    "notice.changed": N_("Notice changed: %(title)s"),
    "notice.withdrawn": N_("Notice withdrawn: %(title)s"),
    "kiosk.numbers_set": N_("Urgent numbers of the kiosks: %(numbers)s"),
    "kiosk.site_published": N_("Name, telephones and hours told to the kiosks: %(name)s"),
    "kiosk.offered": N_("Kiosk %(name)s added, its code printed"),
    "kiosk.enrolled": N_("Kiosk %(name)s joined"),
    "kiosk.revoked": N_("Kiosk %(name)s revoked: %(reason)s"),
    "kiosk.looked_at": N_("Kiosk %(name)s looked at: %(words)s"),
    "card.issued": N_("Resident card %(number)s issued for %(place)s"),
    "card.ended": N_("Resident card %(number)s of %(place)s ended: %(why)s"),
    "card.used": N_("Resident card %(number)s of %(place)s used at kiosk %(kiosk)s"),
    "submissions.received": N_("%(count)s submissions came from kiosk %(kiosk)s, %(new)s of them new"),
    "submission.decided": N_("Submission %(number)s taken: %(verdict)s"),
    "submission.settled": N_("Submission %(number)s settled: %(verdict)s, %(words)s"),
    "submission.applied_late": N_("Submission %(number)s taken after the update: %(verdict)s"),
    "submission.looked_at": N_("Looked at what came from kiosk %(kiosk)s and was set aside: %(words)s"),
}
CHOICES = (
    (Standing.INVITED, N_("Waits to be enrolled")),
    (Standing.ONLINE, N_("Online")),
    (Standing.SILENT, N_("No contact")),
    (Standing.REVOKED, N_("Revoked")),
    (Worry.CLONED, N_("copied?")),
    (Worry.DAMAGED, N_("outbox begun anew")),
    (Worry.GAP, N_("submissions missing")),
    (Worry.LOST, N_("receipts lost")),
    (Worry.FULL, N_("keeps no more")),
    (Worry.CLOCK, N_("clock is off")),
    (Worry.PAPER, N_("out of paper")),
    (Worry.PRINTER, N_("printer off")),
    (Worry.QUEUE, N_("long queue")),
    (Worry.OLD, N_("waiting for over an hour")),
    (Worry.DISK, N_("disk nearly full")),
    (Urgent.DUTY, N_("On duty, day and night")),
    (Urgent.WATER, N_("Burst pipe")),
    (Urgent.LIFT, N_("Stuck in the lift")),
    (Urgent.GAS, N_("Smell of gas")),
    (Urgent.FIRE, N_("Fire")),
    (Urgent.POLICE, N_("Police")),
    (Urgent.MEDICAL, N_("Ambulance")),
    (CardEnd.LOST, N_("lost")),
    (CardEnd.RETURNED, N_("returned")),
    (CardEnd.REPLACED, N_("replaced")),
    (CardEnd.ROLE_OVER, N_("no longer of this unit")),
    (Verdict.ACCEPTED, N_("accepted")),
    (Verdict.REJECTED, N_("closed")),
    (Verdict.NEEDS_STAFF, N_("needs a person")),
    (Verdict.DEFERRED, N_("waits for an update")),
)
KINDS = {
    "repair.report": N_("Repair reported"),
    "repair.wished": N_("Another time wished"),
    "complaint.file": N_("Complaint"),
    "callback.wanted": N_("Wants to be called back"),
}
BODY = {
    "unit": N_("Unit"),
    "place": N_("Place"),
    "category": N_("Category"),
    "what": N_("What was said"),
    "about": N_("About whom or what"),
    "wished": N_("When a visit suits"),
    "name": N_("Name"),
    "phone": N_("Phone"),
    "urgency": N_("Urgency"),
}
PLACES = {"home": N_("At home"), "common": N_("Common part")}
ASIDE = {
    "id_reuse": PROBLEMS["sync.id_reuse"],
    "bad_signature": PROBLEMS["sync.bad_signature"],
    "malformed": PROBLEMS["sync.malformed"],
}
PRINTERS = {
    "ok": N_("ready"),
    "no_paper": N_("out of paper"),
    "paper": N_("out of paper"),
    "off": N_("off"),
    "fault": N_("fault"),
    "error": N_("fault"),
    "none": N_("none"),
}
