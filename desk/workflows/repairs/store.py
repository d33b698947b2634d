"""The SQL of repairs: orders, and what hangs on them. Lists go by key (never OFFSET), counts stop at a cap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from desk.kit.clock import to_text
from desk.kit.database import Database, put
from desk.kit.rows import from_row
from desk.workflows.repairs.rules.choices import Category, Kind, Source, Stage, Urgency, Verdict
from desk.workflows.repairs.rules.order import (
    External,
    LeakTest,
    Material,
    Promise,
    Quote,
    Revisit,
    Signature,
    TakenItem,
    Trip,
    WorkOrder,
)

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

P = TypeVar("P", bound="DataclassInstance")

CAP = 100  # a page shows 99+
PARTS: dict[type[Any], str] = {
    Trip: "repair_trip",
    Material: "repair_material",
    Quote: "repair_quote",
    LeakTest: "repair_leak_test",
    Signature: "repair_signature",
    Revisit: "repair_revisit",
    TakenItem: "repair_taken",
    External: "repair_external",
    Promise: "repair_promise",
}
NUMBERED = (Trip, Quote, LeakTest, Revisit, External)


@dataclass(frozen=True)
class Wanted:
    """Which open orders a list shows; an empty or None field does not narrow it. `late_at`: only those due before that instant."""

    stage: Stage | None = None
    kind: Kind | None = None
    category: Category | None = None
    urgency: Urgency | None = None
    building: str = ""
    worker: str = ""
    verdict: Verdict | None = None
    source: Source | None = None
    late_at: datetime | None = None


@dataclass(frozen=True)
class Line:
    """One order as a list shows it; `due_kind` is the kind of clock that is due next."""

    id: str
    number: str
    stage: Stage
    kind: Kind
    category: Category
    urgency: Urgency
    unit: str
    building: str
    place: str
    what: str
    name: str
    phone: str
    reported_at: datetime
    cycle: int
    version: int
    verdict: Verdict | None
    appointed_from: datetime | None
    appointed_to: datetime | None
    worker: str
    worker_name: str
    closed_at: datetime | None
    next_due_at: datetime | None
    due_kind: str = ""
    waits_for: str = ""


@dataclass(frozen=True)
class Slice:
    """One page of a list: its lines, and the key that asks for the next one ('' at the end)."""

    lines: tuple[Line, ...]
    after: str


_LINE = """
    SELECT id, number, stage, kind, category, urgency, unit, building, place, what, name, phone, reported_at, cycle, version, verdict,
        appointed_from, appointed_to, worker, worker_name, closed_at, next_due_at
    FROM work_order
"""
_DUE = """
    SELECT line.*, coalesce(clock.kind, '') AS due_kind, coalesce(clock.waits_for, '') AS waits_for
    FROM ({lines}) AS line LEFT JOIN clock ON clock.object = line.id AND clock.state = 'running' AND clock.due_at = line.next_due_at
    GROUP BY line.id ORDER BY {order}
"""
NEVER = "9999"  # sorts after every due time


# Orders


def keep(db: Database, order: WorkOrder) -> None:
    """Write an order, new or changed; its next due time belongs to the clocks."""
    put(db, "work_order", order)


def get(db: Database, order_id: str) -> WorkOrder | None:
    """Return one order, or None."""
    row = db.row("SELECT * FROM work_order WHERE id = :id", {"id": order_id})
    return from_row(WorkOrder, row) if row else None


def by_number(db: Database, number: str) -> WorkOrder | None:
    """Return the order with this number, or None."""
    row = db.row("SELECT * FROM work_order WHERE number = :number", {"number": number})
    return from_row(WorkOrder, row) if row else None


def of_contact(db: Database, contact_id: str) -> WorkOrder | None:
    """Return the order that was made of a reception contact, or None."""
    row = db.row("SELECT * FROM work_order WHERE contact = :c AND contact <> '' LIMIT 1", {"c": contact_id})
    return from_row(WorkOrder, row) if row else None


def of_unit(db: Database, unit_id: str, limit: int = 50) -> list[Line]:
    """Return the orders of a unit, newest first: for the household file."""
    rows = db.rows(f"{_LINE} WHERE unit = :u ORDER BY reported_at DESC LIMIT :n", {"u": unit_id, "n": limit})
    return [from_row(Line, row) for row in rows]


def near(db: Database, unit_id: str, since: datetime, until: datetime) -> list[WorkOrder]:
    """Return the orders of a unit that were reported between two instants: what the rule for doubles looks at."""
    rows = db.rows(
        "SELECT * FROM work_order WHERE unit = :u AND reported_at >= :since AND reported_at <= :until ORDER BY reported_at",
        {"u": unit_id, "since": to_text(since), "until": to_text(until)},
    )
    return [from_row(WorkOrder, row) for row in rows]


def lines(db: Database, order_ids: Sequence[str]) -> list[Line]:
    """Return orders by their ids, in that order: what a search has found."""
    marks = ", ".join(f":o{n}" for n in range(len(order_ids)))
    rows = db.rows(f"{_LINE} WHERE id IN ({marks})", {f"o{n}": order_id for n, order_id in enumerate(order_ids)})
    found = {row["id"]: from_row(Line, row) for row in rows}
    return [found[order_id] for order_id in order_ids if order_id in found]


def merged_into(db: Database, order_id: str, unit_id: str) -> list[Line]:
    """Return the doubles that were merged into an order: their numbers live on beside its own."""
    rows = db.rows(f"{_LINE} WHERE unit = :u AND merged_into = :o ORDER BY number", {"u": unit_id, "o": order_id})
    return [from_row(Line, row) for row in rows]


# Lists


def open_list(db: Database, wanted: Wanted | None = None, after: str = "", limit: int = 50) -> Slice:
    """Return open orders by next due time, a page at a time; those without a running clock come last."""
    where, params = _narrowed(wanted or Wanted())
    with_due, without = _next_of(after)
    rows: list[dict[str, Any]] = []
    if with_due is not None:
        due_at, order_id = with_due
        sql = f"{_LINE} WHERE {where} AND next_due_at IS NOT NULL AND (next_due_at, id) > (:due, :id) ORDER BY next_due_at, id LIMIT :n"
        rows = db.rows(_DUE.format(lines=sql, order="line.next_due_at, line.id"), params | {"due": due_at, "id": order_id, "n": limit + 1})
    if len(rows) <= limit:
        sql = f"{_LINE} WHERE {where} AND next_due_at IS NULL AND id > :id ORDER BY id LIMIT :n"
        rows += db.rows(sql, params | {"id": without, "n": limit + 1 - len(rows)})
    return _slice(rows, limit, lambda row: f"{row['next_due_at'] or NEVER}|{row['id']}")


def _next_of(after: str) -> tuple[tuple[str, str] | None, str]:
    """Return from where to go on: (due, id) among those with a due time, None if they are through, and the id among the rest."""
    due_at, _, order_id = after.partition("|")
    if due_at == NEVER:
        return None, order_id
    return (due_at, order_id), ""


def _slice(rows: list[dict[str, Any]], limit: int, key: Any) -> Slice:
    lines = tuple(from_row(Line, row) for row in rows[:limit])
    return Slice(lines, key(rows[limit - 1]) if len(rows) > limit else "")


def _narrowed(wanted: Wanted) -> tuple[str, dict[str, Any]]:
    """Return the WHERE words and values of a filter over open orders."""
    where, params = ["closed_at IS NULL"], dict[str, Any]()
    for name in ("stage", "kind", "category", "urgency", "building", "worker", "verdict", "source"):
        value = getattr(wanted, name)
        if value:
            where.append(f"{name} = :{name}")
            params[name] = value
    if wanted.worker:
        where.append("worker <> ''")
    if wanted.late_at:
        where.append("next_due_at < :late_at")
        params["late_at"] = to_text(wanted.late_at)
    return " AND ".join(where), params


def count_open(db: Database, wanted: Wanted | None = None, cap: int = CAP) -> int:
    """Return how many open orders fit, counted no further than `cap`."""
    where, params = _narrowed(wanted or Wanted())
    found: int = db.value(f"SELECT count(*) FROM (SELECT 1 FROM work_order WHERE {where} LIMIT :cap)", params | {"cap": cap})
    return found


def newest(db: Database, after: str = "", limit: int = 50) -> Slice:
    """Return all orders, open and ended, newest report first, a page at a time."""
    at, _, order_id = after.partition("|")
    rows = db.rows(
        f"{_LINE} WHERE (reported_at, id) < (:at, :id) ORDER BY reported_at DESC, id DESC LIMIT :n",
        {"at": at or NEVER, "id": order_id, "n": limit + 1},
    )
    return _slice(rows, limit, lambda row: f"{row['reported_at']}|{row['id']}")


def stages(db: Database, cap: int = CAP) -> dict[Stage, int]:
    """Return how many open orders stand at each stage, each counted no further than `cap`."""
    open_stages = [stage for stage in Stage if stage not in (Stage.CLOSED, Stage.UNREACHABLE, Stage.CANCELLED, Stage.MERGED)]
    return {stage: count_open(db, Wanted(stage=stage), cap) for stage in open_stages}


def mine(db: Database, worker: str, limit: int = 100) -> list[Line]:
    """Return the open orders of one worker that are on the way or on site, next due first."""
    rows = db.rows(
        f"""
        {_LINE} WHERE closed_at IS NULL AND worker = :w AND worker <> ''
            AND stage IN ('dispatched', 'on_site', 'part_done', 'no_access', 'done', 'leak_testing')
        ORDER BY next_due_at, id LIMIT :n
        """,
        {"w": worker, "n": limit},
    )
    return [from_row(Line, row) for row in rows]


def workers(db: Database) -> dict[str, int]:
    """Return worker -> how many orders they are on the way to or working on."""
    rows = db.rows(
        "SELECT worker, count(*) AS n FROM work_order WHERE closed_at IS NULL AND worker <> '' AND stage IN ('dispatched', 'on_site') GROUP BY worker"
    )
    return {row["worker"]: row["n"] for row in rows}


# What hangs on an order


def add(db: Database, part: "DataclassInstance") -> None:
    """Write something that hangs on an order, new or changed."""
    put(db, PARTS[type(part)], part)


def parts(db: Database, kind: type[P], order_id: str) -> list[P]:
    """Return what hangs on an order of one kind (Trip, Quote, LeakTest, ...), oldest first."""
    order = "n" if kind in NUMBERED else "id"
    rows = db.rows(f"SELECT * FROM {PARTS[kind]} WHERE work_order = :o ORDER BY {order}", {"o": order_id})
    return [from_row(kind, row) for row in rows]


def last(db: Database, kind: type[P], order_id: str) -> P | None:
    """Return the newest thing of a kind that hangs on an order, or None."""
    order = "n" if kind in NUMBERED else "id"
    row = db.row(f"SELECT * FROM {PARTS[kind]} WHERE work_order = :o ORDER BY {order} DESC LIMIT 1", {"o": order_id})
    return from_row(kind, row) if row else None


def part(db: Database, kind: type[P], part_id: str) -> P | None:
    """Return one thing by its id, or None."""
    row = db.row(f"SELECT * FROM {PARTS[kind]} WHERE id = :id", {"id": part_id})
    return from_row(kind, row) if row else None


def broken_promises(db: Database, now: datetime, limit: int = 200) -> list[Promise]:
    """Return the promises that have passed their time without an answer, and are not yet marked."""
    rows = db.rows(
        "SELECT * FROM repair_promise WHERE state = 'made' AND due_at < :now ORDER BY due_at LIMIT :n", {"now": to_text(now), "n": limit}
    )
    return [from_row(Promise, row) for row in rows]


# Signatures drawn on a screen


def keep_drawing(db: Database, digest: str, png: bytes) -> None:
    """Keep a drawn signature under the hash of its bytes."""
    db.conn.execute("INSERT OR IGNORE INTO repair_drawing (hash, png) VALUES (?, ?)", (digest, png))


def drawing(db: Database, digest: str) -> bytes | None:
    """Return a drawn signature as PNG, or None."""
    found: bytes | None = db.value("SELECT png FROM repair_drawing WHERE hash = :h", {"h": digest})
    return found


# Many at once


@dataclass(frozen=True)
class Bulk:
    """What was dispatched in one go: each item is [order, version after, trip, paper]."""

    id: str
    at: datetime
    actor: str
    worker: str
    worker_name: str
    items: tuple[tuple[str, int, str, str], ...]
    undone_at: datetime | None = None


def keep_bulk(db: Database, bulk: Bulk) -> None:
    """Write what was done in one go."""
    put(db, "repair_bulk", bulk)


def bulk(db: Database, bulk_id: str) -> Bulk | None:
    """Return what was done in one go, or None."""
    row = db.row("SELECT * FROM repair_bulk WHERE id = :id", {"id": bulk_id})
    return from_row(Bulk, row) if row else None


# What verify asks


FAULTS = {
    "repair.number_without_order": """
        SELECT number FROM number WHERE series GLOB 'WX-*' AND object NOT IN (SELECT id FROM work_order)""",
    "repair.order_without_number": """
        SELECT work_order.number FROM work_order LEFT JOIN number ON number.number = work_order.number AND number.object = work_order.id
        WHERE number.number IS NULL""",
    "repair.closed_without_revisit": """
        SELECT number FROM work_order WHERE stage = 'closed'
            AND NOT EXISTS (SELECT 1 FROM repair_revisit WHERE work_order = work_order.id AND result = 'ok')""",
    "repair.revisit_by_its_repairer": """
        SELECT number FROM work_order JOIN repair_revisit ON repair_revisit.work_order = work_order.id
        JOIN repair_trip ON repair_trip.work_order = work_order.id AND repair_trip.cycle = repair_revisit.cycle
            AND repair_trip.outcome <> 'called_back' AND repair_trip.worker = repair_revisit.by""",
    "repair.clock_on_ended": """
        SELECT work_order.number, clock.kind FROM work_order JOIN clock ON clock.object = work_order.id AND clock.state = 'running'
        WHERE work_order.closed_at IS NOT NULL AND clock.kind <> 'repair.monthly_visit'""",
    "repair.open_without_clock": """
        SELECT number FROM work_order WHERE closed_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM clock WHERE clock.object = work_order.id AND clock.state = 'running')""",
    "repair.due_differs": """
        SELECT number FROM work_order WHERE next_due_at IS NOT
            (SELECT min(due_at) FROM clock WHERE clock.object = work_order.id AND clock.state = 'running')""",
}


def faults(db: Database) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what contradicts itself among orders, numbers, revisits and clocks."""
    for code, sql in FAULTS.items():
        for row in db.rows(sql):
            yield code, row
