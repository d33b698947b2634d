"""The contact log's SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desk.kit.clock import to_text
from desk.kit.database import Database, put
from desk.kit.rows import from_row
from desk.workflows.households import store as households
from desk.workflows.reception.rules import DOUBLE_WITHIN, ContactRow, ContactState

COUNTED_TO = 1000
"""A list tells its length up to here; beyond, counting would cost more than it tells."""


@dataclass(frozen=True)
class Filter:
    """What a list of contacts shows; None and '' mean all."""

    state: str = ""
    channel: str = ""
    matter: str = ""
    since: datetime | None = None
    until: datetime | None = None  # before this instant
    ids: tuple[str, ...] | None = None  # what a text search found


def keep(db: Database, contact: ContactRow) -> None:
    """Write a contact's row."""
    put(db, "intake", contact)


def contact(db: Database, contact_id: str) -> ContactRow | None:
    """Return a contact, or None."""
    row = db.row("SELECT * FROM intake WHERE id = :id", {"id": contact_id})
    return from_row(ContactRow, row) if row else None


def broken_promises(db: Database, now: datetime) -> list[ContactRow]:
    """Return the contacts whose promised answer is past its time, and not yet marked so."""
    rows = db.rows(
        "SELECT * FROM intake WHERE state = 'open' AND callback = 'made' AND promised_at < :now ORDER BY promised_at", {"now": to_text(now)}
    )
    return [from_row(ContactRow, row) for row in rows]


def of_external(db: Database, source: str, external_id: str) -> ContactRow | None:
    """Return the contact that was imported under this id, or None."""
    row = db.row(
        "SELECT * FROM intake WHERE source = :source AND external_id = :id AND external_id <> ''", {"source": source, "id": external_id}
    )
    return from_row(ContactRow, row) if row else None


def waiting(db: Database) -> int:
    """Return how many contacts are open."""
    found: int = db.value("SELECT count(*) FROM intake WHERE state = 'open'")
    return found


def listed(db: Database, asked: Filter, limit: int = 50, offset: int = 0) -> list[ContactRow]:
    """Return the contacts of a filter: open ones as they are called up (TR46), all others newest first."""
    where, params = _where(asked)
    order = "first DESC, received_at, id" if asked.state == ContactState.OPEN else "received_at DESC, id DESC"
    rows = db.rows(
        f"SELECT * FROM intake WHERE {where} ORDER BY {order} LIMIT :limit OFFSET :offset", {**params, "limit": limit, "offset": offset}
    )
    return [from_row(ContactRow, row) for row in rows]


def counted(db: Database, asked: Filter) -> int:
    """Return how many contacts a filter shows, at most `COUNTED_TO`."""
    where, params = _where(asked)
    found: int = db.value(f"SELECT count(*) FROM (SELECT 1 FROM intake WHERE {where} LIMIT :most)", {**params, "most": COUNTED_TO})
    return found


def _where(asked: Filter) -> tuple[str, dict[str, Any]]:
    """Return the conditions of a filter and their values."""
    params: dict[str, Any] = {name: getattr(asked, name) for name in ("state", "channel", "matter") if getattr(asked, name)}
    parts = [f"{name} = '{ContactState.OPEN}'" if params[name] == ContactState.OPEN else f"{name} = :{name}" for name in params]
    if asked.since:
        parts.append("received_at >= :since")
        params["since"] = to_text(asked.since)
    if asked.until:
        parts.append("received_at < :until")
        params["until"] = to_text(asked.until)
    if asked.ids is not None:
        names = [f"id{n}" for n in range(len(asked.ids))]
        parts.append(f"id IN ({', '.join(':' + name for name in names)})")
        params |= dict(zip(names, asked.ids, strict=True))
    return " AND ".join(parts) or "1", params


def of_unit(db: Database, unit_id: str, limit: int = 50) -> list[ContactRow]:
    """Return the contact log of a household, newest first (ORG1)."""
    rows = db.rows(
        "SELECT * FROM intake WHERE unit = :unit AND unit <> '' ORDER BY received_at DESC, id DESC LIMIT :limit",
        {"unit": unit_id, "limit": limit},
    )
    return [from_row(ContactRow, row) for row in rows]


def near(db: Database, about: ContactRow, limit: int = 50) -> list[ContactRow]:
    """Return the contacts of the same unit or sender around a contact's receipt that were not joined to another."""
    span = {"since": to_text(about.received_at - DOUBLE_WITHIN), "until": to_text(about.received_at + DOUBLE_WITHIN)}
    rows = db.rows(
        """
        SELECT * FROM intake WHERE unit = :unit AND unit <> '' AND received_at BETWEEN :since AND :until AND state <> 'joined' AND id <> :id
        UNION
        SELECT * FROM intake WHERE sender = :sender AND sender <> '' AND received_at BETWEEN :since AND :until AND state <> 'joined' AND id <> :id
        ORDER BY received_at, id LIMIT :limit
        """,
        {"unit": about.unit, "sender": about.sender, "id": about.id, "limit": limit, **span},
    )
    return [from_row(ContactRow, row) for row in rows]


def of_object(db: Database, object_id: str) -> list[ContactRow]:
    """Return the contacts that were turned into this case or joined to this contact, earliest first."""
    rows = db.rows("SELECT * FROM intake WHERE object = :object AND object <> '' ORDER BY received_at, id", {"object": object_id})
    return [from_row(ContactRow, row) for row in rows]


def by_ids(db: Database, ids: Sequence[str]) -> dict[str, ContactRow]:
    """Return contacts by id."""
    where, params = _where(Filter(ids=tuple(ids)))
    return {row["id"]: from_row(ContactRow, row) for row in db.rows(f"SELECT * FROM intake WHERE {where}", params)}


def faults(db: Database) -> list[tuple[str, dict[str, Any]]]:
    """Return what contradicts itself in the log."""
    named = [row["unit"] for row in db.rows("SELECT DISTINCT unit FROM intake WHERE unit <> ''")]
    known = households.units(db, named)
    found: list[tuple[str, dict[str, Any]]] = [("reception.unit_gone", {"unit": unit}) for unit in named if unit not in known]
    rows = db.rows(
        """
        SELECT id, object FROM intake
        WHERE state = 'joined' AND NOT EXISTS (SELECT 1 FROM intake AS first WHERE first.id = intake.object AND first.received_at <= intake.received_at)
        """
    )
    return found + [("reception.joined_to_nothing", {"contact": row["id"], "object": row["object"]}) for row in rows]
