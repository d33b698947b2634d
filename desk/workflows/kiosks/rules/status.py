"""Rule book: what a resident is told of an own request, sealed for the holder of its receipt code or card.

Three words of truth: saved at the kiosk, reached the service centre, taken up by a person. A machine's entry is never 'taken up'.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desk.kit.clock import to_text

MACHINES = ("ticker", "kiosk", "quiet", "setup")


@dataclass(frozen=True)
class Clocked:
    """One due time of a request: what it waits for, by which rule, and how it stands."""

    kind: str
    rule: str
    due_at: datetime
    state: str


@dataclass(frozen=True)
class Case:
    """What the desk knows of a request, as far as a resident may know it."""

    number: str
    kind: str  # 'repair', 'complaint', 'contact'
    category: str
    stage: str
    reported_at: datetime
    received_at: datetime
    taken_up_at: datetime | None = None
    appointed_from: datetime | None = None
    appointed_to: datetime | None = None
    clocks: Sequence[Clocked] = ()
    ended_at: datetime | None = None
    answer: str = ""
    answered_at: datetime | None = None
    version: int = 1


def told(case: Case) -> dict[str, Any]:
    """Return a request as its opened status document: no names, no telephone, no words of anybody but the desk's answer."""
    return {
        "number": case.number,
        "kind": case.kind,
        "category": case.category,
        "stage": case.stage,
        "place": "",
        "reported_at": to_text(case.reported_at),
        "received_at": to_text(case.received_at),
        "taken_up_at": _text(case.taken_up_at),
        "appointed_from": _text(case.appointed_from),
        "appointed_to": _text(case.appointed_to),
        "clocks": [{"kind": one.kind, "rule": one.rule, "due_at": to_text(one.due_at), "state": one.state} for one in case.clocks],
        "ended_at": _text(case.ended_at),
        "answer": case.answer,
        "answered_at": _text(case.answered_at),
        "version": case.version,
    }


def _text(at: datetime | None) -> str | None:
    return to_text(at) if at else None


def taken_up_at(entries: Iterable[tuple[datetime, str]]) -> datetime | None:
    """Return when a person first did something with a request, from the (time, actor) of its journal; None while only machines did."""
    return min((at for at, actor in entries if is_person(actor)), default=None)


def is_person(actor: str) -> bool:
    """Tell whether an actor of the journal is a person."""
    return bool(actor) and not actor.startswith(MACHINES)
