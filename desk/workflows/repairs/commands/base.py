"""What every act on an order begins and ends with: find it, check what the person saw, keep it, note it, let clocks run."""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

from desk.kit import clocks, search
from desk.kit.access import store as access
from desk.kit.access.rules import Role
from desk.kit.act import Act
from desk.kit.clock import to_text
from desk.kit.database import Database
from desk.kit.deadlines import Manual, Policy
from desk.kit.ids import new_id
from desk.kit.journal import Note, change
from desk.kit.problems import Forbidden, Missing, Refused, Unclear
from desk.workflows.repairs import store
from desk.workflows.repairs.rules.choices import TripOutcome
from desk.workflows.repairs.rules.clauses import REWORK
from desk.workflows.repairs.rules.order import Trip, WorkOrder
from desk.workflows.repairs.rules.tables import PRIORITY

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

P = TypeVar("P", bound="DataclassInstance")

RESPOND = "repair.respond"  # the resident has an answer: a time, a price, or somebody on the way
VISIT = "repair.visit"  # somebody is there
COMPLETE = "repair.complete"
LEAK_BEGIN = "repair.leak_begin"
LEAK_TEST = "repair.leak_test"
REVISIT = "repair.revisit"
EXTERNAL = "repair.external"
QUOTE = "repair.quote"
PROMISE = "repair.promise"
MONTHLY_VISIT = "repair.monthly_visit"

DESK, CREW, LEAD = Role.FRONT_DESK.value, Role.MAINTENANCE.value, Role.SUPERVISOR.value


def the_order(db: Database, order_id: str) -> WorkOrder:
    """Return the order with this id or number; `Missing` if there is none."""
    found = store.get(db, order_id) or store.by_number(db, order_id.strip().upper())
    if found is None:
        raise Missing("repair.unknown", id=order_id)
    return found


@contextmanager
def opened(db: Database, act: Act, order_id: str, version: int | None) -> Iterator[tuple[Note, WorkOrder]]:
    """Begin a change of one order; refused if somebody else changed it since the person read version `version`."""
    with change(db, act) as note:
        order = the_order(db, order_id)
        if version is not None and version != order.version:
            raise Refused("record.changed", found=order.version, read=version)
        yield note, order


def kept(db: Database, note: Note, old: WorkOrder, new: WorkOrder, happened: str, **details: Any) -> WorkOrder:
    """Keep the next version of an order, and enter in the journal what happened to it."""
    new = replace(new, version=old.version + 1)
    store.keep(db, new)
    note(happened, new.id, new.unit, number=new.number, **named(details))
    if (old.what, old.name, old.phone, old.contact) != (new.what, new.name, new.phone, new.contact):
        index(db, new)
    return new


def named(details: dict[str, Any]) -> dict[str, Any]:
    """Return details of a journal entry with choices by their full name ('Verdict.developer'), so that they are read in words."""
    return {key: _named(value) for key, value in details.items()}


def _named(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_named(item) for item in value]
    return f"{type(value).__name__}.{value.value}" if isinstance(value, Enum) else value


def index(db: Database, order: WorkOrder) -> None:
    """Let the search box find an order by number, room, name, phone and words."""
    keys = [search.key_of(order.number), order.number.lower(), search.key_of(order.place)]
    keys += [search.phone_key(order.phone)] if order.phone else []
    text = f"{order.number} {order.place} {order.name} {order.what}"
    search.index(
        db, order.id, "work_order", order.number, f"{order.place} {order.what[:60]}", order.number, to_text(order.reported_at), text, keys
    )


def part(db: Database, kind: type[P], order: WorkOrder, **fields: Any) -> P:
    """Return the next thing of a kind that hangs on an order, not yet kept; numbered kinds go on counting."""
    known = {field.name for field in dataclasses.fields(kind)}
    if "n" in known:
        fields["n"] = len(store.parts(db, kind, order.id)) + 1
    if "cycle" in known:
        fields["cycle"] = order.cycle
    fields["work_order"] = order.id
    return kind(**fields)


def last(db: Database, kind: type[P], order: WorkOrder) -> P:
    """Return the newest thing of a kind that hangs on an order; `Refused` if there is none yet."""
    found = store.last(db, kind, order.id)
    if found is None:
        raise Refused("repair.nothing_there", number=order.number, what=kind.__name__)
    return found


def open_trip(db: Database, act: Act, order: WorkOrder) -> Trip:
    """Return the trip under way; maintenance may only speak of their own."""
    trip = store.last(db, Trip, order.id)
    if trip is None or trip.outcome is not TripOutcome.OPEN:
        raise Refused("repair.no_trip", number=order.number, stage=order.stage)
    if act.role == CREW and trip.worker != act.actor:
        raise Forbidden("repair.not_yours", number=order.number, name=trip.worker_name)
    return trip


def worker_of(db: Database, staff_id: str) -> tuple[str, str]:
    """Return id and printed name (with staff number, TR39) of a maintenance worker; `Unclear` names the field."""
    found = access.staff_member(db, staff_id)
    if found is None or not found.active or found.role is not Role.MAINTENANCE:
        raise Unclear("repair.worker", fields={"worker": "repair.worker"})
    return found.id, f"{found.name} {found.staff_no}"


def signed_name(act: Act) -> str:
    """Return the acting person's name with staff number (TR39)."""
    return f"{act.name} {act.staff_no}".strip()


def run(
    db: Database,
    act: Act,
    note: Note,
    order: WorkOrder,
    kind: str,
    policy: Policy,
    start: datetime,
    waits_for: str,
    *,
    person: str = "",
    manual: Manual | None = None,
    object_id: str = "",
    title: str = "",
) -> clocks.Clock:
    """Let a clock of an order run; one of the same kind that still runs is dropped first."""
    clocks.drop(db, act, note, object_id or order.id, kind)
    return clocks.start(
        db,
        act,
        note,
        kind=kind,
        policy=policy,
        start=start,
        object_id=object_id or order.id,
        about=order.unit,
        number=order.number,
        title=title or order.what[:80],
        place=order.place,
        waits_for=waits_for,
        person=person,
        manual=manual,
    )


def run_respond(db: Database, act: Act, note: Note, order: WorkOrder) -> clocks.Clock:
    """Let the response target run from the receipt (TR1)."""
    return run(db, act, note, order, RESPOND, PRIORITY[order.urgency, order.zone].respond, order.reported_at, DESK)


def complete_policy(order: WorkOrder) -> Policy:
    """Return the completion target: by the priority table, for rework at once (RC15)."""
    return REWORK if order.cycle > 1 else PRIORITY[order.urgency, order.zone].complete


def run_complete(db: Database, act: Act, note: Note, order: WorkOrder, start: datetime, manual: Manual | None = None) -> clocks.Clock:
    """Let the completion target run."""
    return run(db, act, note, order, COMPLETE, complete_policy(order), start, CREW, person=order.worker, manual=manual)


def made_id(act: Act) -> str:
    """Return a fresh id for something made now."""
    return new_id(act.now)
