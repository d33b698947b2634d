"""The state of requests: what became of each submission, and its state, sealed under its receipt code or under a card of its household.

On a kiosk's disk stand tags, verdicts and sealed bytes; nothing here can be read without the resident's own code or card.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desk.kit.clock import from_text, to_text
from desk.kit.clocks import store as clocks
from desk.kit.database import Database
from desk.kit.plugs import Doc, Place, Published
from desk.kit.rows import to_json
from desk.workflows.kiosks import store
from desk.workflows.kiosks.rules import cards, status
from desk.workflows.kiosks.rules.cards import Card
from desk.workflows.kiosks.rules.status import Case, Clocked
from desk.workflows.reception import store as log
from desk.workflows.reception.rules import ContactRow, ContactState, Matter
from desk.workflows.repairs import store as repairs
from desk.workflows.repairs.rules.order import WorkOrder
from sync import sealing
from sync.inbox import store as inbox
from sync.inbox.store import Entry

STATUS = {"status@1": frozenset({"sealed"})}
OUTCOME = {"outcome@1": frozenset({"verdict", "reason", "received_at", "number"})}
SHOWN_ON_A_CARD = 40
KINDS = {"repair.report": "repair", "repair.wished": "repair", "complaint.file": "complaint"}


@dataclass(frozen=True)
class Told:
    """One submission, and what its resident is told ('' where it has no receipt to seal under)."""

    entry: Entry
    words: str


def _read_submission(db: Database, key: str) -> Told | None:
    entry = inbox.entry(db, key)
    if entry is None:
        return None
    case = _case_of(db, store.case_of(db, entry.id)) or _unsettled(entry)
    return Told(entry, to_json(status.told(case)) if _is_first(db, entry) else "")


def _is_first(db: Database, entry: Entry) -> bool:
    """Tell whether a submission owns its receipt: it has one that can seal, and no earlier one came under the same."""
    has_one = _is_hex(entry.tag, 32) and _is_hex(entry.receipt_key, 64)
    return has_one and inbox.of_tag(db, entry.tag)[0].id == entry.id


def _is_hex(text: str, length: int) -> bool:
    return len(text) == length and all(char in "0123456789abcdef" for char in text)


def _submission(key: str, told: Told | None) -> Mapping[Place, Doc]:
    if told is None:
        return {}
    entry = told.entry
    outcome = {
        "verdict": entry.verdict.value,
        "reason": entry.reason,
        "received_at": to_text(entry.received_at),
        "number": entry.case_number,
    }
    docs: dict[Place, Doc] = {(f"kiosk:{entry.device}", "outcome@1", key): outcome}
    if told.words:
        sealed = {"sealed": sealing.seal_with_key(entry.receipt_key, told.words.encode())}
        docs |= {(scope, "status@1", entry.tag): sealed for scope in (f"kiosk:{entry.device}", f"res:{entry.tag}")}
    return docs


def _unsettled(entry: Entry) -> Case:
    """Return a submission that no case was made of: it waits for a person, or a person closed it with words."""
    stage = "closed" if entry.settled_at else entry.verdict.value
    return Case(
        number=entry.number, kind=KINDS.get(entry.kind, "contact"), category=str(entry.body.get("category", ""))[:40], stage=stage,
        reported_at=entry.effective_at, received_at=entry.received_at, taken_up_at=entry.settled_at, ended_at=entry.settled_at,
        answer=entry.settled_words, answered_at=entry.settled_at,
    )  # fmt: skip


def _case_of(db: Database, object_id: str) -> Case | None:
    """Return what the desk knows of a case, whatever it has become; None for no case."""
    order = repairs.get(db, object_id) if object_id else None
    if order:
        return _repair(db, order)
    contact = log.contact(db, object_id) if object_id else None
    return _contact(db, contact) if contact else None


def _repair(db: Database, order: WorkOrder) -> Case:
    return Case(
        number=order.number, kind="repair", category=order.category.value, stage=order.stage.value, reported_at=order.reported_at,
        received_at=_reached_at(db, order.id) or order.reported_at, taken_up_at=_taken_up_at(db, order.id), appointed_from=order.appointed_from,
        appointed_to=order.appointed_to, clocks=_clocks(db, order.id), ended_at=order.closed_at, version=order.version,
    )  # fmt: skip


def _contact(db: Database, row: ContactRow) -> Case:
    kind = "complaint" if row.matter is Matter.COMPLAINT else "contact"
    ended = row.answered_at if row.state is ContactState.ANSWERED else None
    return Case(
        number="", kind=kind, category=row.matter.value, stage=row.state.value, reported_at=row.received_at,
        received_at=_reached_at(db, row.id) or row.taken_at, taken_up_at=_taken_up_at(db, row.id), clocks=_clocks(db, row.id), ended_at=ended,
        answer=row.answer, answered_at=row.answered_at, version=row.version,
    )  # fmt: skip


def _reached_at(db: Database, object_id: str) -> Any:
    """Return when the first submission about a case reached the desk, None if none did."""
    return min((entry.received_at for entry in inbox.of_object(db, object_id)), default=None)


def _taken_up_at(db: Database, object_id: str) -> Any:
    return status.taken_up_at((from_text(at), actor) for at, actor in store.journal_of(db, object_id))


def _clocks(db: Database, object_id: str) -> tuple[Clocked, ...]:
    """Return a case's due times by when they end; those that were dropped no longer say anything."""
    found = [one for one in clocks.of_object(db, object_id) if one.state != "dropped"]
    return tuple(Clocked(one.kind, one.rule, one.due_at, one.state) for one in sorted(found, key=lambda one: (one.due_at, one.kind)))


def _read_cards(db: Database, key: str) -> tuple[list[Card], dict[str, Case]]:
    """Return the cards that open a unit, and that unit's newest requests by id."""
    standing = [card for card in store.cards_of(db, key) if card.ended_at is None]
    if not standing:
        return [], {}
    ids = [line.id for line in repairs.of_unit(db, key, SHOWN_ON_A_CARD)]
    said = log.of_unit(db, key, SHOWN_ON_A_CARD)
    ids += [row.id for row in said if row.state not in (ContactState.TURNED, ContactState.JOINED)]
    cases = {object_id: case for object_id in ids if (case := _case_of(db, object_id))}
    return standing, cases


def _cards(key: str, found: tuple[list[Card], dict[str, Case]]) -> Mapping[Place, Doc]:
    standing, cases = found
    return {
        (f"res:{card.tag}", "status@1", object_id): {"sealed": sealing.seal_with_key(card.key, to_json(status.told(case)).encode())}
        for card in standing
        for object_id, case in cases.items()
        if cards.shows(card, key, case.reported_at)
    }


SUBMISSION = Published(
    source="kiosks.submission",
    watch={"inbox": "id", "kiosk_case": "entry"},
    keys=store.submission_ids,
    read=_read_submission,
    project=_submission,
    fields={**STATUS, **OUTCOME},
)
CARD = Published(
    source="kiosks.card",
    watch={"resident_card": "unit", "work_order": "unit", "intake": "unit", "clock": "about", "journal": "about"},
    keys=store.card_units,
    read=_read_cards,
    project=_cards,
    fields=STATUS,
)
