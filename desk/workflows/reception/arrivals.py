"""How a case came from a kiosk, as its page shows it: typed when, reached the desk when, by whom as far as anybody can tell (pitfall 1)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.kit.database import Database
from desk.workflows.reception.arrival import arrival
from sync.inbox import store as inbox
from sync.inbox.store import Entry

OFFSET_SHOWN = timedelta(seconds=30)


@dataclass(frozen=True)
class Arrival:
    """One submission on the page of its case; `offset` is how many seconds the kiosk's clock was ahead (behind if negative), 0 if it was right."""

    entry: str
    kiosk: str
    number: str
    typed_at: datetime  # as the kiosk's clock said
    effective_at: datetime
    received_at: datetime
    offset: int
    doubtful: bool
    identity: str
    late: bool
    photos: tuple[int, ...] = ()  # those that are here
    on_their_way: int = 0


def arrivals(db: Database, object_id: str, entry_id: str = "") -> list[Arrival]:
    """Return the kiosk submissions that a case was made of, earliest first; `entry_id` is one that is known by another way."""
    found = inbox.of_object(db, object_id)
    other = inbox.entry(db, entry_id) if entry_id and entry_id not in {entry.id for entry in found} else None
    return [_seen(db, entry) for entry in (*found, *((other,) if other else ()))]


def _seen(db: Database, entry: Entry) -> Arrival:
    offset = timedelta(milliseconds=entry.offset_ms)
    shown = int(offset.total_seconds()) if abs(offset) >= OFFSET_SHOWN else 0
    sent = inbox.photos(db, entry.id)
    here = tuple(photo.n for photo in sent if photo.state == "here")
    late = arrival(entry.effective_at, entry.received_at, None) is not None
    return Arrival(
        entry.id, entry.device, entry.number, entry.occurred_at, entry.effective_at, entry.received_at, shown, entry.clock_suspect,
        entry.identity, late, here, sum(photo.state == "wanted" for photo in sent),
    )  # fmt: skip
