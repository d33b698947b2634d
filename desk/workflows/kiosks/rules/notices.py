"""Rule book: what hangs on the board of every kiosk, and the numbers that stand before everything else.

a notice   is written in Chinese, and in English where somebody translates it; it counts from a day until a day; a withdrawn one stays in the file
urgent     what to call at once: shown before anybody is asked who they are
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from desk.kit.problems import Refused, Unclear


class Urgent(StrEnum):
    """What a resident may have to call for at once."""

    DUTY = "duty"
    WATER = "water"
    LIFT = "lift"
    GAS = "gas"
    FIRE = "fire"
    POLICE = "police"
    MEDICAL = "medical"


STATE_NUMBERS = {Urgent.FIRE: "119", Urgent.POLICE: "110", Urgent.MEDICAL: "120"}
"""The numbers of the whole country, until the desk writes others."""


@dataclass(frozen=True)
class Notice:
    """One notice; `until_on` is its last day, None for as long as nobody withdraws it."""

    id: str
    title_zh: str
    words_zh: str
    title_en: str
    words_en: str
    from_on: date
    until_on: date | None
    pinned: bool
    written_at: datetime
    written_by: str
    withdrawn_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True)
class UrgentNumber:
    """The number to call for one kind of emergency; its id is the kind."""

    id: Urgent
    number: str


def write(notice: Notice) -> Notice:
    """Return a notice that may be shown; `Unclear` if it would end before it begins, or if only half of it is translated."""
    if notice.until_on and notice.until_on < notice.from_on:
        raise Unclear("form.unclear", fields={"until_on": "notice.ends_before_it_begins"}, values={})
    if bool(notice.title_en) != bool(notice.words_en):
        field = "words_en" if notice.title_en else "title_en"
        raise Unclear("form.unclear", fields={field: "notice.half_translated"}, values={})
    return notice


def withdraw(notice: Notice, now: datetime) -> Notice:
    """Return a notice that no kiosk shows any more; once only."""
    if notice.withdrawn_at:
        raise Refused("notice.withdrawn_already")
    return replace(notice, withdrawn_at=now, version=notice.version + 1)


def counts(notice: Notice, on: date) -> bool:
    """Tell whether a notice is shown on a day."""
    return notice.withdrawn_at is None and notice.from_on <= on and (notice.until_on is None or on <= notice.until_on)
