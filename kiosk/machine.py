"""Everything that a screen may ask of this kiosk: keep a submission, find a request, show what the desk published, tell the truth about the line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True)
class SiteCard:
    """What the desk says of itself: names, telephones, opening hours. Empty before the first sync."""

    name_zh: str = ""
    name_en: str = ""
    phone: str = ""
    hotline: str = ""
    opens: str = ""  # '08:30'
    closes: str = ""
    urgent: tuple[tuple[str, str], ...] = ()  # (what: 'water' | 'lift' | 'gas' | 'fire' | 'police' | 'medical' | 'duty', number)

    def name(self, lang: str) -> str:
        """Return the site's name in a language."""
        return self.name_en if lang == "en" else self.name_zh


@dataclass(frozen=True)
class Notice:
    """One notice on the board; `until_on` is its last day, '' for none."""

    id: str
    title_zh: str
    words_zh: str
    title_en: str = ""
    words_en: str = ""
    from_on: str = ""
    until_on: str = ""
    pinned: bool = False


@dataclass(frozen=True)
class Building:
    """One building as a resident picks a room: entrance code ('' for the only one) -> floor -> rooms. No names of people, ever."""

    code: str  # '3'
    name: str  # '3栋'
    entrances: Mapping[str, Mapping[int, tuple[str, ...]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Link:
    """How the line to the desk is, from stored facts: the last good round in the desk's time, and what still waits here."""

    enrolled: bool
    online: bool  # the newest round was good, and not longer ago than a minute
    last_sync_at: datetime | None
    waiting: int  # submissions that the desk has not acknowledged
    clock_suspect: bool = False
    full: str = ""  # '' | 'warn' | 'photos' (no new photos) | 'all' (no new submissions)


@dataclass(frozen=True)
class Promise:
    """What a rule promises for a submission, counted from its submit time: rule id, clause, due instant, and why, in words of a language."""

    rule: str
    clause: str
    due_at: datetime
    provisional: bool
    why: tuple[str, ...]


@dataclass(frozen=True)
class Saved:
    """A submission that stands on this machine, committed and fsynced."""

    id: str
    kind: str
    number: str  # K1-0017-7F2Q
    code: str  # K7Q2M-9XW4T
    saved_at: datetime  # corrected by the last measured offset of this machine's clock


@dataclass(frozen=True)
class Request:
    """One request as far as this machine knows it: the three words of truth, each with its time, and the desk's status if it was fetched."""

    number: str  # receipt number, '' if it was not made here
    saved_at: datetime | None  # 已存在本机
    reached_at: datetime | None = None  # 已送达服务中心, desk's time
    taken_up_at: datetime | None = None  # 已受理
    verdict: str = ""  # desk.kit.plugs.Verdict
    reason: str = ""
    status: Mapping[str, Any] | None = None  # opened status document, see docs/sync.md
    as_of: datetime | None = None  # when the status was fetched


class Offline(Exception):
    """The desk was not reached in time; what it alone knows cannot be shown now."""


class Full(Exception):
    """This machine takes no more submissions or photos until the line is back: `what` is 'photos' or 'all'."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class Machine(Protocol):
    """The kiosk as its screens see it."""

    @property
    def device(self) -> str:
        """Return the kiosk's number, '' before it joined a desk."""
        ...

    def now(self) -> datetime:
        """Return the present instant, corrected by the last measured offset."""
        ...

    def site(self) -> SiteCard:
        """Return what the desk says of itself."""
        ...

    def notices(self) -> Sequence[Notice]:
        """Return the notices that count today, pinned ones first."""
        ...

    def buildings(self) -> Sequence[Building]:
        """Return the buildings with their rooms."""
        ...

    def link(self) -> Link:
        """Return how the line is."""
        ...

    def submit(self, kind: str, body: Mapping[str, Any], photos: Sequence[bytes] = ()) -> Saved:
        """Keep a submission (kind 'repair.report@1'); on return it is committed and fsynced. `Full` if the machine takes no more."""
        ...

    def promise(self, category: str, urgency: str | None, zone: str | None, at: datetime, lang: str) -> Promise:
        """Return the desk's response promise (TR1) for a repair that was submitted at an instant, by the desk's own rules and calendar."""
        ...

    def find(self, code: str) -> Request | None:
        """Return the request with this receipt code: of this machine also offline, of others from the desk; `Offline` if only the desk could know."""
        ...

    def card(self, text: str) -> Sequence[Request]:
        """Return the requests of the household of a resident card (the text of its QR); `Offline` without a line. Kept in memory until `forget`."""
        ...

    def forget(self) -> None:
        """Drop everything of the resident who was here."""
        ...
