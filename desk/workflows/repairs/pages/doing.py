"""The acts on one order: each reads its form, calls one command, says what was done, and goes back to the case."""

from flask import redirect, request

from desk.kit import papers as register
from desk.kit.problems import Unclear
from desk.kit.web import Answer, act, db, flash, page, pdf_answer
from desk.kit.words import _, word
from desk.workflows.repairs import commands, inputs
from desk.workflows.repairs.pages.asked import advice
from desk.workflows.repairs.pages.base import (
    CANCEL,
    DECIDE,
    DISPATCH,
    EXTERNAL,
    MERGE,
    OVERRULE,
    PROMISE,
    QUOTE,
    REVISIT,
    SCHEDULE,
    SIGN,
    TAKE,
    WORK,
    case_url,
    done,
    pages,
    rows,
    the_order,
    typed,
)
from desk.workflows.repairs.rules.choices import RevisitResult, SignHow, Stage
from desk.workflows.repairs.words import why_lines


@pages.post("/<number>/complete", perm=TAKE, again="case")
def complete(number: str) -> Answer:
    """Complete a report that was saved first."""
    order = commands.complete(db(), act(), number, inputs.Completion.read(typed()))
    return done(number, _("The report of %(number)s is complete.", number=order.number))


@pages.post("/<number>/amend", perm=TAKE, again="case")
def amend(number: str) -> Answer:
    """Correct what was reported."""
    order = commands.amend(db(), act(), number, inputs.Completion.read(typed()))
    return done(number, _("The report of %(number)s is corrected.", number=order.number))


@pages.get("/<number>/advice", perm=DECIDE)
def advise(number: str) -> Answer:
    """Show what the rule says about the part and the dates chosen so far."""
    form: inputs.Decision | None
    try:
        form = inputs.Decision.read(request.args)
    except Unclear:  # a date that is still being typed
        form = None
    found = advice(the_order(number), form)
    return page("repairs/advice.html", advice=found, reasons=why_lines(found.why))


@pages.post("/<number>/decide", perm=DECIDE, again="case")
def decide(number: str) -> Answer:
    """Decide who answers for it."""
    order = commands.decide(db(), act(), number, inputs.Decision.read(typed()))
    return done(number, _("Decided: %(verdict)s.", verdict=word(order.verdict)))


@pages.post("/<number>/overrule", perm=OVERRULE, again="case")
def overrule(number: str) -> Answer:
    """Decide otherwise, with a reason."""
    order = commands.overrule(db(), act(), number, inputs.Overruling.read(typed()))
    return done(number, _("Overruled: %(verdict)s.", verdict=word(order.verdict)))


@pages.post("/<number>/quote", perm=QUOTE, again="case")
def quote(number: str) -> Answer:
    """Quote a price."""
    commands.quote(db(), act(), number, inputs.Offer.read(typed(**rows("what", "quantity", "price"))))
    return done(number, _("The price is quoted. Now ask the resident."))


@pages.post("/<number>/consent", perm=QUOTE, again="case")
def consent(number: str) -> Answer:
    """Record the resident's yes."""
    commands.consent(db(), act(), number, inputs.Answer.read(typed()))
    return done(number, _("The resident's yes is recorded. The work may start."))


@pages.post("/<number>/decline", perm=QUOTE, again="case")
def decline(number: str) -> Answer:
    """Record the resident's no."""
    commands.decline(db(), act(), number, inputs.Answer.read(typed()))
    return done(number, _("The resident's no is recorded. Nothing is charged."))


@pages.post("/<number>/schedule", perm=SCHEDULE, again="case")
def schedule(number: str) -> Answer:
    """Agree a time with the resident."""
    commands.schedule(db(), act(), number, inputs.Appointment.read(typed()))
    return done(number, _("The time is agreed."))


@pages.post("/<number>/dispatch", perm=DISPATCH, again="case")
def dispatch(number: str) -> Answer:
    """Send a worker."""
    order = commands.dispatch(db(), act(), number, inputs.Sending.read(typed()))
    return done(number, _("Dispatched to %(name)s.", name=order.worker_name))


@pages.post("/<number>/call_back", perm=DISPATCH, again="case")
def call_back(number: str) -> Answer:
    """Take a dispatch back."""
    commands.call_back(db(), act(), number, inputs.Said.read(typed()))
    return done(number, _("The worker is called back, and the sheet is void."))


@pages.post("/<number>/arrive", perm=WORK, again="case")
def arrive(number: str) -> Answer:
    """Say that one is there."""
    commands.arrive(db(), act(), number, inputs.Moved.read(typed()))
    return done(number, _("Arrival is recorded."))


@pages.post("/<number>/no_access", perm=WORK, again="case")
def no_access(number: str) -> Answer:
    """Say that nobody opened."""
    commands.no_access(db(), act(), number, inputs.TripEnd.read(typed()))
    return done(number, _("Recorded: nobody opened. The front desk agrees another time."))


@pages.post("/<number>/another_trip", perm=WORK, again="case")
def another_trip(number: str) -> Answer:
    """End a trip with work left to do."""
    commands.another_trip(db(), act(), number, inputs.TripEnd.read(typed()))
    return done(number, _("The trip is recorded. Another one is needed."))


@pages.post("/<number>/finish", perm=WORK, again="case")
def finish(number: str) -> Answer:
    """Say that the repair is done."""
    commands.finish(db(), act(), number, inputs.Finish.read(typed(**rows("material", "quantity", "price"))))
    return done(number, _("The repair is recorded as done."))


@pages.post("/<number>/take_away", perm=WORK, again="case")
def take_away(number: str) -> Answer:
    """Take a thing along with consent."""
    item = commands.take_away(db(), act(), number, inputs.TakeAway.read(typed()))
    return done(number, _("Taken along: %(what)s.", what=item.what))


@pages.post("/<number>/give_back", perm=WORK, again="case")
def give_back(number: str) -> Answer:
    """Bring a thing back."""
    item = commands.give_back(db(), act(), number, inputs.GiveBack.read(typed()))
    return done(number, _("Brought back: %(what)s.", what=item.what))


@pages.post("/<number>/begin_test", perm=WORK, again="case")
def begin_test(number: str) -> Answer:
    """Begin the leak test."""
    commands.begin_test(db(), act(), number, inputs.TestBegin.read(typed()))
    return done(number, _("The leak test has begun. Put the slip on the door."))


@pages.post("/<number>/end_test", perm=WORK, again="case")
def end_test(number: str) -> Answer:
    """Record how the leak test ended."""
    order = commands.end_test(db(), act(), number, inputs.TestEnd.read(typed()))
    if order.stage is Stage.PART_DONE:
        return done(number, _("It still leaks. Another trip is needed."))
    return done(number, _("The leak test is passed. Three days to the revisit run from now."))


@pages.post("/<number>/waive_test", perm=WORK, again="case")
def waive_test(number: str) -> Answer:
    """Record that the resident does without the leak test."""
    commands.waive_test(db(), act(), number, inputs.Waiver.read(typed()))
    return done(number, _("The waiver is recorded. Two days to the revisit run from now."))


@pages.post("/<number>/sign", perm=SIGN, again="case")
def sign(number: str) -> Answer:
    """Take the resident's signature: drawn, in ink, or none with the reason."""
    how = SignHow.PAPER if request.form.get("on_paper") else SignHow.SCREEN if request.form.get("drawing") else SignHow.NONE
    commands.sign(db(), act(), number, inputs.Signing.read(typed(how=how.value)))
    return done(number, _("Recorded: %(how)s.", how=word(how)))


@pages.post("/<number>/revisit", perm=REVISIT, again="case")
def revisit(number: str) -> Answer:
    """Record what the revisit found."""
    order = commands.revisit(db(), act(), number, inputs.Revisiting.read(typed()))
    return done(number, _revisited(order.stage, order.number))


def _revisited(stage: Stage, number: str) -> str:
    return {
        Stage.CLOSED: _("%(number)s is closed: the resident is content.", number=number),
        Stage.REWORK: _("%(number)s goes back to maintenance at once.", number=number),
        Stage.UNREACHABLE: _("%(number)s ends as not reached, and is counted apart.", number=number),
    }.get(stage, _("The attempt is recorded for %(number)s.", number=number))


@pages.post("/<number>/monthly_visit", perm=REVISIT, again="case")
def monthly_visit(number: str) -> Answer:
    """Record the monthly visit to somebody whom no revisit reached."""
    form = inputs.Revisiting.read(typed())
    commands.monthly_visit(db(), act(), number, form)
    again = form.result is RevisitResult.NOT_REACHED
    return done(number, _("Recorded. The next visit is due in a month.") if again else _("The monthly visit is recorded."))


@pages.post("/<number>/hand_over", perm=EXTERNAL, again="case")
def hand_over(number: str) -> Answer:
    """Hand the repair to the party that answers for it."""
    external = commands.hand_over(db(), act(), number, inputs.HandOver.read(typed()))
    return done(number, _("Handed to %(name)s. Their clock runs apart from ours.", name=external.party_name))


@pages.post("/<number>/external_done", perm=EXTERNAL, again="case")
def external_done(number: str) -> Answer:
    """Say that the other party has finished."""
    commands.external_done(db(), act(), number, inputs.Said.read(typed()))
    return done(number, _("Recorded: the other party has finished."))


@pages.post("/<number>/take_back", perm=EXTERNAL, again="case")
def take_back(number: str) -> Answer:
    """Take the repair back from another party."""
    commands.take_back(db(), act(), number, inputs.Said.read(typed()))
    return done(number, _("The repair is ours again."))


@pages.post("/<number>/promise", perm=PROMISE, again="case")
def promise(number: str) -> Answer:
    """Promise an answer for an agreed time."""
    commands.promise(db(), act(), number, inputs.Promising.read(typed()))
    return done(number, _("The promise is kept in your queue until it is answered."))


@pages.post("/<number>/keep_promise", perm=PROMISE, again="case")
def keep_promise(number: str) -> Answer:
    """Record the answer that was promised."""
    commands.keep_promise(db(), act(), request.form.get("promise", ""), inputs.Said.read(typed()))
    return done(number, _("The answer is recorded."))


@pages.post("/<number>/merge", perm=MERGE, again="case")
def merge(number: str) -> Answer:
    """Merge a double into this order."""
    order = commands.merge(db(), act(), number, inputs.Merging.read(typed()))
    flash("ok", _("Merged. %(number)s carries on with the earliest receipt.", number=order.number))
    return redirect(case_url(order.number), 303)


@pages.post("/<number>/cancel", perm=CANCEL, again="case")
def cancel(number: str) -> Answer:
    """Cancel an order with a reason."""
    order = commands.cancel(db(), act(), number, inputs.Reason.read(typed()))
    return done(number, _("%(number)s is cancelled and keeps its number.", number=order.number))


@pages.post("/<number>/slip", perm=TAKE)
def slip(number: str) -> Answer:
    """Issue the promise slip and print it: on the roll, or on half a sheet."""
    paper = commands.issue_slip(db(), act(), number)
    return _printed(paper.id, paper.number, "80mm" if request.form.get("size") == "80mm" else "A5")


@pages.post("/<number>/sheet", perm=DISPATCH)
def sheet(number: str) -> Answer:
    """Print the work order as things stand: the sheet that was issued, or a new one if it no longer says so."""
    paper = commands.reissue_order(db(), act(), number, inputs.Moved.read({}))
    return _printed(paper.id, paper.number, "A4")


@pages.post("/<number>/revisit_sheet", perm=REVISIT)
def revisit_sheet(number: str) -> Answer:
    """Issue the revisit sheet and print it."""
    paper = commands.issue_revisit_sheet(db(), act(), number)
    return _printed(paper.id, paper.number, "A4")


def _printed(paper_id: str, number: str, size: str) -> Answer:
    return pdf_answer(register.print_out(db(), act(), paper_id, size), f"{number}.pdf")
