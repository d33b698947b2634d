"""Rule book: how a kiosk stands, from what it last told of itself.

online     a good round in the last 2 minutes
silent     none since: residents can still use it, what they submit waits there
to look at no paper, a clock more than 5 minutes off, 20 waiting or one that waits for an hour, a disk that is nearly full,
           a second machine with the same key, numbers that are missing between two submissions, receipts that a damaged outbox lost,
           a kiosk that can keep no more
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from desk.kit.clock import from_text
from desk.kit.problems import Problem

ONLINE_WITHIN = timedelta(minutes=2)
CLOCK_OFF = timedelta(minutes=5)
QUEUE_LONG = 20
QUEUE_OLD = timedelta(hours=1)
DISK_FULL = 80  # percent


class Standing(StrEnum):
    """Where a kiosk stands."""

    INVITED = "invited"  # its code was printed, nobody has typed it in yet
    ONLINE = "online"
    SILENT = "silent"
    REVOKED = "revoked"


class Worry(StrEnum):
    """What somebody should look at."""

    CLONED = "cloned"
    DAMAGED = "damaged"
    GAP = "gap"
    LOST = "lost"
    FULL = "full"
    CLOCK = "clock"
    PAPER = "paper"
    PRINTER = "printer"
    QUEUE = "queue"
    OLD = "old"
    DISK = "disk"


@dataclass(frozen=True)
class Beat:
    """What a kiosk told of itself: how many submissions wait there and since when, printer, clock, version, disk."""

    queue: int = 0
    oldest_at: datetime | None = None
    printer: str = ""  # "ok", "no_paper", "error", "none", "" where it did not say
    offset_ms: int = 0
    version: str = ""
    disk: int | None = None  # percent that is used
    full: str = ""  # 'warn' from 80 % on, 'photos' or 'all' when it takes none of these any more
    lost: tuple[str, ...] = ()  # receipt numbers that it gave out and can no longer read


def beat_of(told: Mapping[str, Any]) -> Beat:
    """Return what a kiosk's heartbeat says; what is missing or makes no sense counts as not said."""
    return Beat(
        queue=_whole(told.get("queue")) or 0,
        oldest_at=_instant(told.get("oldest_at")),
        printer=str(told.get("printer") or "")[:20],
        offset_ms=_whole(told.get("offset_ms")) or 0,
        version=str(told.get("version") or "")[:40],
        disk=_whole(told.get("disk")),
        full=str(told.get("full") or "")[:20],
        lost=_numbers(told.get("lost")),
    )


def _numbers(value: Any) -> tuple[str, ...]:
    return tuple(one[:40] for one in value[:50] if isinstance(one, str)) if isinstance(value, list) else ()


def _whole(value: Any) -> int | None:
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 10**15 else None


def _instant(value: Any) -> datetime | None:
    try:
        return from_text(value) if isinstance(value, str) and value else None
    except Problem:
        return None


def standing(enrolled_at: datetime | None, seen_at: datetime | None, revoked_at: datetime | None, now: datetime) -> Standing:
    """Return where a kiosk stands."""
    if revoked_at is not None:
        return Standing.REVOKED
    if enrolled_at is None:
        return Standing.INVITED
    return Standing.ONLINE if seen_at is not None and now - seen_at <= ONLINE_WITHIN else Standing.SILENT


def worries(beat: Beat, flags: Collection[str], now: datetime, gap: bool = False) -> tuple[Worry, ...]:
    """Return what somebody should look at, the worst first."""
    found = {
        Worry.CLONED: any(flag.startswith("clone") for flag in flags),
        Worry.DAMAGED: bool([flag for flag in flags if not flag.startswith("clone")]),
        Worry.GAP: gap,
        Worry.LOST: bool(beat.lost),
        Worry.FULL: bool(beat.full),
        Worry.CLOCK: abs(timedelta(milliseconds=beat.offset_ms)) > CLOCK_OFF,
        Worry.PAPER: beat.printer in ("no_paper", "paper"),
        Worry.PRINTER: beat.printer in ("off", "fault", "error"),
        Worry.QUEUE: beat.queue >= QUEUE_LONG,
        Worry.OLD: beat.oldest_at is not None and now - beat.oldest_at > QUEUE_OLD,
        Worry.DISK: beat.disk is not None and beat.disk >= DISK_FULL,
    }
    return tuple(worry for worry, is_so in found.items() if is_so)


def lamp(standing: Standing, worried: bool) -> str:
    """Return the lamp of a kiosk: late where submissions cannot come, soon where somebody should look, paused where none is expected."""
    if standing in (Standing.INVITED, Standing.REVOKED):
        return "paused"
    if standing is Standing.SILENT:
        return "late"
    return "soon" if worried else "ok"
