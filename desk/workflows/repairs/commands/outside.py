"""Work that another party does, on its own clock, and promises to call back."""

from desk.kit import clocks
from desk.kit.act import Act
from desk.kit.database import Database
from desk.kit.deadlines import Manual, due
from desk.kit.journal import change
from desk.kit.problems import Missing
from desk.workflows.repairs import store
from desk.workflows.repairs.commands import printing
from desk.workflows.repairs.commands.base import (
    COMPLETE,
    EXTERNAL,
    LEAD,
    PROMISE,
    RESPOND,
    VISIT,
    kept,
    last,
    made_id,
    opened,
    part,
    run,
    run_complete,
    signed_name,
    the_order,
)
from desk.workflows.repairs.commands.visiting import after_done
from desk.workflows.repairs.inputs import HandOver, Promising, Said
from desk.workflows.repairs.rules import clauses, outside
from desk.workflows.repairs.rules.choices import Verdict
from desk.workflows.repairs.rules.order import External, Promise, WorkOrder


def hand_over(db: Database, act: Act, order_id: str, form: HandOver) -> External:
    """Hand the repair to the developer, contractor or utility company; their clock runs apart from ours (pitfall 7)."""
    with opened(db, act, order_id, form.version) as (note, old):
        manual = Manual(form.due_at, form.words or form.party_name, "agreed") if form.due_at else None
        until = due(clauses.EXTERNAL, clocks.calendar(db), act.now, manual=manual).at
        external = part(
            db, External, old, id=made_id(act), party=old.verdict or Verdict.DEVELOPER, party_name=form.party_name, words=form.words,
            handed_at=act.now, due_at=until,
        )  # fmt: skip
        order, external = outside.hand_over(old, external)
        order = kept(db, note, old, order, "repair.handed_over", party=external.party_name, due=external.due_at, words=form.words)
        store.add(db, external)
        clocks.end(db, act, note, order.id, RESPOND)
        for kind in (VISIT, COMPLETE):
            clocks.drop(db, act, note, order.id, kind)
        run(db, act, note, order, EXTERNAL, clauses.EXTERNAL, act.now, LEAD, manual=manual)
    return external


def external_done(db: Database, act: Act, order_id: str, form: Said) -> WorkOrder:
    """Record that the other party has finished; test, signature and revisit follow as for our own work."""
    with opened(db, act, order_id, form.version) as (note, old):
        order, external = outside.external_done(old, last(db, External, old), act.now, form.words)
        order = kept(db, note, old, order, "repair.external_done", party=external.party_name, words=form.words)
        store.add(db, external)
        clocks.end(db, act, note, order.id, EXTERNAL)
        after_done(db, act, note, order)
    return order


def take_back(db: Database, act: Act, order_id: str, form: Said) -> WorkOrder:
    """Take the repair back into our own hands; a term that the other party let pass stays missed."""
    with opened(db, act, order_id, form.version) as (note, old):
        order, external = outside.take_back(old, last(db, External, old), act.now, form.words)
        order = kept(db, note, old, order, "repair.taken_back", party=external.party_name, words=form.words)
        store.add(db, external)
        if act.now > external.due_at:
            clocks.end(db, act, note, order.id, EXTERNAL)
        clocks.drop(db, act, note, order.id, EXTERNAL)
        run_complete(db, act, note, order, act.now)
    return order


def promise(db: Database, act: Act, order_id: str, form: Promising) -> Promise:
    """Promise the resident an answer for an agreed time (RC2), with the slip to take home."""
    with opened(db, act, order_id, form.version) as (note, order):
        made = outside.promise(
            part(
                db,
                Promise,
                order,
                id=made_id(act),
                unit=order.unit,
                what=form.what,
                due_at=form.due_at,
                person=act.actor,
                person_name=signed_name(act),
                made_at=act.now,
            )
        )
        store.add(db, made)
        order = kept(db, note, order, order, "repair.promised", what=made.what, due=made.due_at)
        clock = run(
            db, act, note, order, PROMISE, clauses.PROMISE, act.now, act.role, person=act.actor,
            manual=Manual(made.due_at, made.what, "agreed"), object_id=made.id, title=made.what,
        )  # fmt: skip
        printing.issue_promise(db, act, note, order, clock)
    return made


def keep_promise(db: Database, act: Act, promise_id: str, form: Said) -> Promise:
    """Record the answer that was promised; too late, it stays a broken promise."""
    with change(db, act) as note:
        made = store.part(db, Promise, promise_id)
        if made is None:
            raise Missing("repair.promise_unknown", id=promise_id)
        order = the_order(db, made.work_order)
        kept_one = outside.keep(made, act.now, form.words)
        store.add(db, kept_one)
        clocks.end(db, act, note, made.id, PROMISE)
        note("repair.promise_answered", order.id, order.unit, number=order.number, what=made.what, answer=form.words, state=kept_one.state)
    return kept_one


def break_promise(db: Database, act: Act, promise_id: str) -> Promise:
    """Mark a promise that passed its time without an answer, and bring it before the supervisor; one that was kept meanwhile stays kept."""
    with change(db, act) as note:
        made = store.part(db, Promise, promise_id)
        if made is None:
            raise Missing("repair.promise_unknown", id=promise_id)
        broken = outside.break_(made, act.now)
        order = the_order(db, made.work_order)
        store.add(db, broken)
        clocks.hand(db, made.id, PROMISE, waits_for=LEAD)
        note("repair.promise_broken", order.id, order.unit, number=order.number, what=made.what, person=made.person_name)
    return broken
