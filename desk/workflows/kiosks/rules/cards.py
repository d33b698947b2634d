"""Rule book: resident cards (pitfall 16): what proves at a kiosk that a request is one's own.

issued     to a person with a role in the unit today; a secret of 128 random bits, shown once, on the card
shows      the state of that unit's requests, reported since the person's role began; since the card was issued where that day is unknown
never      names, telephone numbers, words of others, papers, amounts of money
ends       when the desk takes it back, or the person's role in the unit is over
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from desk.kit.clock import day_of
from desk.kit.problems import Refused

SECRET_BYTES = 16
NOTED_EVERY = timedelta(minutes=5)


class CardEnd(StrEnum):
    """Why a card no longer opens anything."""

    LOST = "lost"
    RETURNED = "returned"
    REPLACED = "replaced"
    ROLE_OVER = "role_over"


@dataclass(frozen=True)
class Card:
    """A resident card: of its secret the desk keeps only the tag under which it publishes, and the key that seals."""

    id: str
    number: str  # ZK-2026-000003, printed on the card
    person: str
    unit: str
    place: str  # the unit as it is written
    since_on: date | None  # when the person's role began
    issued_at: datetime
    issued_by: str
    tag: str
    key: str
    ended_at: datetime | None = None
    end_reason: CardEnd | None = None
    version: int = 1


def issue(card: Card, holds_role: bool, others: list[Card]) -> Card:
    """Return a new card; refused for somebody without a role in the unit today, and while another card of theirs still opens it."""
    if not holds_role:
        raise Refused("card.no_role", place=card.place)
    standing = [one.number for one in others if one.person == card.person and one.unit == card.unit and one.ended_at is None]
    if standing:
        raise Refused("card.has_one", number=standing[0])
    return card


def end(card: Card, why: CardEnd, now: datetime) -> Card:
    """Return a card that opens nothing any more."""
    if card.ended_at:
        raise Refused("card.ended_already", number=card.number)
    return replace(card, ended_at=now, end_reason=why, version=card.version + 1)


def shows(card: Card, unit: str, reported_at: datetime) -> bool:
    """Tell whether a card shows a request: of its own unit, reported since the person's role there began."""
    if card.ended_at or not unit or unit != card.unit:
        return False
    return day_of(reported_at) >= card.since_on if card.since_on else reported_at >= card.issued_at


def is_new_use(last: datetime | None, now: datetime) -> bool:
    """Tell whether a use of a card is noted: those within some minutes at the same kiosk are one."""
    return last is None or now - last >= NOTED_EVERY
