"""The real machine behind the screens: its outbox, its replica, its line to the desk."""

import base64
import hashlib
import json
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from desk.kit.clock import day_of, from_text
from desk.kit.database import Database, Pool
from desk.kit.problems import Problem, Refused, Unclear
from kiosk import config, shown
from kiosk.clocks import Clocks
from kiosk.config import Config
from kiosk.machine import Building, Full, Link, Notice, Offline, Promise, Request, Saved, SiteCard
from kiosk.reads import READS
from sync import replica, sealing
from sync.client import Line, Round, Send, State, pull
from sync.outbox import Draft, Outbox, store
from sync.outbox.store import Intent
from sync.sealing import Secret

CARD = "LDC:"
FRESH = timedelta(seconds=60)


class LocalMachine:
    """One kiosk on its own folder; `send` is its line, None while it has not joined a desk. All of it may be asked from any thread."""

    def __init__(self, folder: Path, send: Send | None = None, clocks: Clocks | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.folder, self.send, self.clocks = folder, send, clocks or Clocks()
        self.config: Config | None = config.read(folder)
        self.box = Outbox(folder)
        replica.open_replica(folder / "replica.db", READS).conn.close()
        self._replica = Pool(folder / "replica.db", durable=False)
        self._resident: dict[str, Database] = {}
        self._lock = threading.Lock()
        self._good: tuple[datetime, int] | None = None  # the desk's time of the last good round, and the steady clock then
        self._answered = False  # whether the newest round was a good one
        self.touched_at: datetime | None = None
        self.on_submit: Callable[[], None] = lambda: None

    @property
    def device(self) -> str:
        """Return the kiosk's number, '' before it joined a desk."""
        return self.config.device if self.config else ""

    @property
    def copy(self) -> Database:
        """Return this thread's connection to the replica."""
        return self._replica.get()

    @property
    def scopes(self) -> tuple[str, ...]:
        """Return the scopes that this kiosk holds on its disk."""
        return "pub", f"kiosk:{self.device}"

    def line(self) -> Line:
        """Return a line to the desk; `Offline` where there is none."""
        if self.config is None or self.send is None:
            raise Offline
        return Line(self.config.who, self.box, self.send, self.clocks.moment)

    def heard(self, done: Round) -> None:
        """Learn how a round of the agent ended."""
        self._answered = done.state is State.GOOD
        if self._answered and done.desk_at:
            self._good = done.desk_at, self.clocks.steady()

    def now(self) -> datetime:
        """Return the present instant, corrected by the last measured offset."""
        return self.clocks.wall.now() - timedelta(milliseconds=self.box.offset or 0)

    def site(self) -> SiteCard:
        """Return what the desk says of itself."""
        return shown.site(self.copy)

    def notices(self) -> Sequence[Notice]:
        """Return the notices that count today, pinned ones first."""
        return shown.notices(self.copy, day_of(self.now()))

    def buildings(self) -> Sequence[Building]:
        """Return the buildings with their rooms."""
        return shown.buildings(self.copy)

    def promise(self, category: str, urgency: str | None, zone: str | None, at: datetime, lang: str) -> Promise:
        """Return the desk's response promise (TR1) for a repair submitted at an instant."""
        return shown.promise(self.copy, category, urgency, zone, at, lang)

    def link(self) -> Link:
        """Return how the line is."""
        waiting, _ = store.count_waiting(self.box.db)
        anchor = self.box.anchor
        online = self._answered and self._good is not None and self.clocks.steady() - self._good[1] < FRESH.total_seconds() * 1000
        last = self._good[0] if self._good else (anchor.desk_at if anchor else None)
        doubtful = anchor is None or anchor.boot != self.clocks.boot
        return Link(self.config is not None, online, last, waiting, doubtful, self.box.fullness())

    def submit(self, kind: str, body: Mapping[str, Any], photos: Sequence[bytes] = ()) -> Saved:
        """Keep a submission; on return it is committed and fsynced. `Full` if the machine takes no more, `Offline` if it never joined a desk."""
        if self.config is None:
            raise Offline
        secret = sealing.of_code(sealing.new_code())
        receipt = {"code": secret.code, "key": secret.key, "tag": secret.tag}
        name, _, version = kind.partition("@")
        seal_for = self.config.seal_for
        pictures = tuple(sealing.seal_for(seal_for, photo) for photo in _once(photos))
        draft = Draft(name, int(version), json.dumps({**body, "receipt": receipt}, ensure_ascii=False).encode(), secret.tag, pictures)
        try:
            kept = self.box.submit(self.config.who, self.clocks.moment(), draft)
        except Refused as full:
            raise Full(str(full.details["what"])) from None
        self.on_submit()
        return Saved(kept.id, kind, kept.number, secret.code, kept.saved_at)

    def find(self, code: str) -> Request | None:
        """Return the request with this receipt code: one of this machine also without a line; `Offline` if only the desk could know."""
        secret = sealing.of_code(sealing.read_code(code))
        own = store.of_tag(self.box.db, secret.tag)
        here = shown.sealed(self.copy, secret.tag)
        if own or here:
            return _request(own, _opened(secret, here), shown.checked_at(self.copy, f"kiosk:{self.device}"))
        copy, as_of = self._fetched(secret)
        there = shown.sealed(copy, secret.tag)
        return _request(None, _opened(secret, there), as_of) if there else None

    def card(self, text: str) -> Sequence[Request]:
        """Return the requests of a card's household, newest first; `Offline` without a line. Kept in memory until `forget`."""
        secret = sealing.of_card(_card_secret(text))
        copy, as_of = self._fetched(secret)
        opened = [_opened(secret, str(row["sealed"])) for row in replica.docs(copy, "status@1")]
        found = [_request(None, status, as_of) for status in opened if status]
        return sorted(found, key=lambda one: str((one.status or {}).get("reported_at", "")), reverse=True)

    def _fetched(self, secret: Secret) -> tuple[Database, str]:
        """Fetch a resident's scope into memory, and return it with the desk's time."""
        scope, done = f"res:{secret.tag}", Round()
        with self._lock:
            copy = self._resident.get(scope)
            if copy is None:
                copy = self._resident[scope] = replica.open_in_memory(secret.tag, READS)
            try:
                pull(self.line(), copy, (scope,), done)
            except Offline:
                raise
            except Exception as error:  # cut, refused, or nobody there: the screen says that it cannot be known now
                raise Offline from error
        return copy, shown.checked_at(copy, scope)

    def forget(self) -> None:
        """Drop everything of the resident who was here."""
        with self._lock:
            for copy in self._resident.values():
                copy.conn.close()
            self._resident.clear()
        sealing.of_code.cache_clear()


def _once(photos: Sequence[bytes]) -> list[bytes]:
    """Return photos without those that are the same: the same picture twice is one."""
    return list({hashlib.sha256(photo).digest(): photo for photo in photos}.values())


def _card_secret(text: str) -> bytes:
    """Return the secret on a resident's card; `Unclear` for any other text."""
    plain = text.strip().upper().removeprefix(CARD)
    try:
        secret = base64.b32decode(plain + "=" * (-len(plain) % 8))
    except ValueError:
        secret = b""
    if len(secret) != 16:
        raise Unclear("kiosk.card_unreadable")
    return secret


def _opened(secret: Secret, sealed: str) -> dict[str, Any] | None:
    """Return a sealed status, None if there is none or it is not for this secret."""
    try:
        data = json.loads(sealing.open_with_key(secret.key, sealed)) if sealed else None
    except (Problem, ValueError):
        return None
    return data if isinstance(data, dict) else None


def _request(own: Intent | None, status: Mapping[str, Any] | None, as_of: str) -> Request:
    """Return a request with its three words of truth, each from a stored fact."""
    told = status or {}
    return Request(
        number=own.number if own else str(told.get("number", "")),
        saved_at=own.saved_at if own else _instant(told.get("reported_at")),
        reached_at=own.acked_at if own and own.acked_at else _instant(told.get("received_at")),
        taken_up_at=_instant(told.get("taken_up_at")),
        verdict=own.verdict if own else "",
        reason=own.reason if own else "",
        status=status,
        as_of=_instant(as_of),
    )


def _instant(text: Any) -> datetime | None:
    return from_text(text) if isinstance(text, str) and text else None
