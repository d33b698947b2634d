"""The words of reception: problems, journal entries and choices, English here and Chinese in zh.po."""

from desk.kit.words import N_
from desk.workflows.reception.arrival import Cause
from desk.workflows.reception.rules import Callback, ContactChannel, ContactState, Matter

PROBLEMS = {
    "intake.unknown": N_("There is no such contact. Look for it in the inbox by name, room or words."),
    "intake.ended": N_("This contact is closed here: it carries on as %(number)s. Answer it there."),
    "intake.joined_already": N_("One of these two is already joined to another contact. Open that one and join it instead."),
    "intake.two_cases": N_("Both have become cases: %(first)s and %(second)s. Merge the cases instead."),
    "intake.person_needed": N_("Ask who it is: a name, or the unit."),
    "intake.office_needed": N_("Ask which office or company the official visitor comes from."),
    "intake.counterpart_needed": N_("Name the colleague in charge, who takes care of the visitor or takes the call."),
    "intake.promise_past": N_("Name a time that is still to come."),
    "intake.promise_answered": N_("It is answered already: leave the time empty, or leave the answer empty."),
    "intake.promise_not_now": N_("An answer can be promised once, while the contact is waiting."),
    "intake.promise_not_late": N_("This promise is not late."),
    "intake.columns": N_("The file needs the columns %(expected)s; these are missing: %(missing)s."),
    "intake.not_csv": N_("This cannot be read as a CSV file. Save it as CSV (UTF-8) and choose it again."),
    "reception.unit_gone": N_("Reception: contacts name a unit that is not in the register (%(unit)s)."),
    "reception.joined_to_nothing": N_("Reception: contact %(contact)s is joined to one that is not there or came later (%(object)s)."),
}
ACTS = {
    "visit.received": N_("Visit: %(who)s, %(what)s"),
    "call.received": N_("Call: %(who)s, %(what)s"),
    "letter.received": N_("Letter: %(who)s, %(what)s"),
    "kiosk.received": N_("At the kiosk: %(who)s, %(what)s"),
    "message.received": N_("Message: %(who)s, %(what)s"),
    "intake.answered": N_("Answered %(who)s: %(answer)s"),
    "intake.handed_on": N_("%(who)s of %(office)s handed on to %(counterpart)s"),
    "intake.turned": N_("Turned into %(number)s: %(what)s"),
    "intake.joined": N_("Joined to the earlier contact of %(received_at)s: %(what)s"),
    "intake.placed": N_("Comes from unit %(place)s: %(what)s"),
    "intake.promise": N_("Promised answer"),
    "intake.promised": N_("Answer promised to %(who)s by %(promised_at)s: %(what)s"),
    "intake.promise_broken": N_("Promised answer is late, supervisor told: %(who)s, %(what)s"),
    "submission.late": N_("Came %(minutes)s minutes late from kiosk %(kiosk)s (submitted %(submitted_at)s); cause: %(cause)s"),
    "submission.late_of": N_(
        "%(minutes)s of the %(of)s minutes to the next due time passed before it came from kiosk %(kiosk)s (submitted %(submitted_at)s); cause: %(cause)s"
    ),
    "submission.overdue": N_("Overdue when it came from kiosk %(kiosk)s (due %(due)s), supervisor told at once; cause: %(cause)s"),
    "messages.imported": N_(
        "Messages imported: %(file)s, %(new)s new, %(known)s known, %(answered)s replies added, %(failed)s rows left out"
    ),
}
CHOICES = {
    ContactChannel.VISIT: N_("In person"),
    ContactChannel.CALL: N_("By phone"),
    ContactChannel.LETTER: N_("By letter"),
    ContactChannel.KIOSK: N_("At the kiosk"),
    ContactChannel.MESSAGE: N_("Online message"),
    Matter.QUESTION: N_("Question"),
    Matter.REPAIR: N_("Repair"),
    Matter.COMPLAINT: N_("Complaint"),
    Matter.FEE: N_("Fees"),
    Matter.RENOVATION: N_("Renovation"),
    Matter.PARKING: N_("Parking"),
    Matter.NEIGHBOURS: N_("Neighbours"),
    Matter.SUGGESTION: N_("Suggestion"),
    Matter.OFFICIAL: N_("Official business"),
    Matter.OTHER: N_("Something else"),
    ContactState.OPEN: N_("Waiting"),
    ContactState.ANSWERED: N_("Answered"),
    ContactState.HANDED_ON: N_("Handed on"),
    ContactState.TURNED: N_("Became a case"),
    ContactState.JOINED: N_("Joined"),
    Callback.NONE: N_("no promise"),
    Callback.MADE: N_("promised"),
    Callback.KEPT: N_("promise kept"),
    Callback.BROKEN: N_("promise broken"),
    Cause.NETWORK: N_("network"),
    Cause.CLOCK: N_("the kiosk's clock"),
}
ASKED = {
    "person": N_("Name"),
    "unit": N_("Unit"),
    "phone": N_("Phone"),
    "words": N_("What is it about"),
    "wished": N_("When a visit suits"),
}
