"""The desk as kiosks speak to it: from a signed envelope to an answer, without a network, so that tests and simulations run it in process."""

import hashlib
import json
import random
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from desk.kit.act import Act
from desk.kit.clock import Clock
from desk.kit.database import Database
from desk.kit.numbering.store import generation
from desk.kit.plugs import Published, Take
from desk.kit.problems import Problem, Refused, Unclear
from desk.kit.quiet import quietly
from desk.kit.rows import to_json
from sync import blobs, enrolment, feed, inbox, protocol
from sync.chain import MOST_NUMBER, hexadecimal, signed_by
from sync.feed import Page
from sync.inbox import store
from sync.inbox.store import Device
from sync.protocol import Head, PullAnswer, PushAnswer

BASE = "/sync/v1"
SEEN_EVERY = timedelta(minutes=1)
MOST_REBUILDING = 2  # kiosks that fetch everything anew at the same time
MANY = 3000  # rows after which a scope counts as much
MOST_WORD = 400  # characters of a path, a device, a signature
MOST_UNSIGNED = 4 << 10  # bytes of what somebody says who has not joined yet: opened before anybody is known
MOST_ASKED = 256 << 10
AWAY = timedelta(days=90)  # a kiosk that was not heard of for so long no longer holds back what can be forgotten


@dataclass(frozen=True)
class Envelope:
    """A request with who signed it: Ed25519 over method, path, device, counter and the body's hash."""

    path: str
    device: str = ""
    counter: int = 0
    signature: str = ""
    body: bytes = b""


@dataclass(frozen=True)
class Answer:
    """What goes back: HTTP status, packed body, and in how many seconds to come again if not now."""

    status: int
    body: bytes = b""
    retry_after: int = 0


def to_sign(path: str, device: str, counter: int, body: bytes) -> bytes:
    """Return the bytes that a kiosk signs for a request."""
    return f"POST\n{path}\n{device}\n{counter}\n{hashlib.sha256(body).hexdigest()}".encode()


@dataclass
class Desk:
    """One desk: its database, its clock, what its workflows publish and take."""

    db: Callable[[], Database]
    clock: Clock
    published: Sequence[Published]
    submissions: Mapping[str, Take]
    folder: Path  # pieces of photos lie in incoming/, whole ones in files/
    device: str = "D1"
    proved: Callable[[str, str], object] = lambda tag, device: None  # told when somebody proved at a kiosk to know a tag
    counters: dict[str, int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    pushing: threading.Lock = field(default_factory=threading.Lock)  # one kiosk at a time stands before the counter's write lock
    waiting: int = 0  # kiosks behind it
    rebuilding: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(MOST_REBUILDING))

    def answer(self, envelope: Envelope) -> Answer:
        """Answer one request; whatever is wrong with it is said by a status and a problem code, never by silence."""
        if not _is_plain(envelope):
            return _said(422, "sync.malformed")
        try:
            path = urlsplit(envelope.path)
            if path.path == f"{BASE}/enrol":
                return self._join(envelope)
            device = self._who(envelope)
            if path.path == f"{BASE}/pull":
                return self._pull(device, envelope)
            if path.path == f"{BASE}/push":
                return self._push(device, envelope)
            if path.path.startswith(f"{BASE}/blob/"):
                return self._blob(device, envelope, path.path.rpartition("/")[2], parse_qs(path.query).get("at", ["0"])[0])
        except _Turned as turned:
            return turned.answer
        except Unclear as problem:
            return _problem(422, problem)
        except Problem as problem:
            return _problem(409, problem)
        return Answer(404)

    def _join(self, envelope: Envelope) -> Answer:
        said = _json(envelope.body)
        try:
            public = hexadecimal(said["public_key"], 64)
            code = str(said["code"])
        except (KeyError, ValueError, TypeError):
            raise Unclear("sync.malformed", what="enrol") from None
        if not signed_by(public, to_sign(envelope.path, "", 0, envelope.body), envelope.signature):
            raise Refused("sync.bad_signature")
        joined = enrolment.join(self.db(), Act("kiosk", self.device, self.clock), code, public)
        with self.lock:
            self.counters.pop(joined.device, None)
        return Answer(200, protocol.pack(to_json(joined).encode()))

    def _who(self, envelope: Envelope) -> Device:
        """Return the device that signed; turned away: unknown (401), revoked (403), a counter that was used already (409 with the newest)."""
        device = store.device(self.db(), envelope.device[:80])
        if device is None or not device.public_key:
            raise _Turned(_said(401, "sync.unknown_device"))
        message = to_sign(envelope.path, envelope.device, envelope.counter, envelope.body)
        if not signed_by(device.public_key, message, envelope.signature):
            raise _Turned(_said(401, "sync.bad_signature"))
        if device.revoked_at:
            raise _Turned(_said(403, "sync.revoked"))
        with self.lock:
            newest = max(self.counters.get(device.id, 0), device.counter)
            if envelope.counter <= newest:
                raise _Turned(_said(409, "sync.stale_counter", counter=newest))
            self.counters[device.id] = envelope.counter
        return device

    def _head(self, device: Device, counter: int) -> Head:
        life = generation(self.db())
        keys = inbox.keys(self.db())
        want = blobs.wanted(self.db(), self.folder / "incoming", device.id)
        return Head(life.n, life.incarnation, counter, self.clock.now(), keys.backed_up_through, want)

    def _pull(self, device: Device, envelope: Envelope) -> Answer:
        asked = protocol.read_pull(protocol.unpack(envelope.body, MOST_ASKED))
        db = self.db()
        feed.sweep(db, self.published)
        self._note(device, envelope.counter, asked)
        for scope in asked.doubt:
            if may_hold(device, scope):
                feed.recount(db, scope)
        much = any(
            seq == 0 and may_hold(device, scope) and feed.store.scope(db, scope).live > MANY for scope, (seq, _) in asked.have.items()
        )
        if much and not self.rebuilding.acquire(blocking=False):
            return Answer(503, retry_after=random.randint(5, 20))  # noqa: S311 - so that they do not all come back at once
        try:
            return Answer(200, protocol.pack(protocol.write_pages(self._pages(device, envelope.counter, asked))))
        finally:
            if much:
                self.rebuilding.release()

    def _pages(self, device: Device, counter: int, asked: protocol.PullAsked) -> PullAnswer:
        pages, most, room = [], asked.limit, feed.MOST_BYTES
        for scope, (seq, floor) in asked.have.items():
            if not may_hold(device, scope):
                pages.append(Page(scope, 0, 0, 0, 0, 0, "", gone=True))
            elif most > 0 and room > 0:
                if seq == 0 and scope.startswith("res:"):
                    self.proved(scope.removeprefix("res:"), device.id)
                page = feed.pull(self.db(), scope, seq, floor, most, room)
                most, room = most - len(page.rows), room - sum(len(row[3] or "") for row in page.rows)
                pages.append(page)
        return PullAnswer(self._head(device, counter), tuple(pages))

    def _note(self, device: Device, counter: int, asked: protocol.PullAsked) -> None:
        """Write down what a device has and that it lives, where that is news."""
        db, now = self.db(), self.clock.now()
        had = store.seqs(db, device.id)
        news = {
            scope: seq
            for scope, (seq, floor) in asked.have.items()
            if floor is None and had.get(scope) != seq and scope in feed.scopes_of(device.id)
        }
        is_due = asked.beat is not None or device.seen_at is None or abs(now - device.seen_at) >= SEEN_EVERY
        if not (news or is_due or asked.reads is not None):
            return
        with quietly(db):
            for scope, seq in news.items():
                store.keep_seq(db, device.id, scope, seq, now)
            store.seen(db, device.id, now, counter, asked.beat)
            if asked.reads is not None:
                store.keep_reads(db, device.id, asked.reads)

    def _push(self, device: Device, envelope: Envelope) -> Answer:
        said = protocol.read_push(protocol.unpack(envelope.body))
        act = Act(f"kiosk:{device.id}", device.id, self.clock, name=device.name)
        with self.lock:
            self.waiting += 1
        with self.pushing:
            with self.lock:
                self.waiting -= 1
            device = store.device(self.db(), device.id) or device  # as it stands after the wait
            taken = inbox.push(self.db(), act, device, said, self.submissions)
            if self.waiting > 0:
                time.sleep(inbox.GIVE_WAY)  # the counter may come before the next kiosk
        return Answer(200, protocol.pack(protocol.write_acks(PushAnswer(self._head(device, envelope.counter), taken))))

    def _blob(self, device: Device, envelope: Envelope, sha256: str, at: str) -> Answer:
        if not at.isascii() or not at.isdigit() or len(at) > 12:
            raise Unclear("sync.malformed", what="at")
        try:
            got, done = blobs.put(self.db(), self.folder / "incoming", self.folder / "files", sha256, int(at), envelope.body)
        except ValueError:
            raise Unclear("sync.malformed", what="hash") from None
        return Answer(200, protocol.pack(to_json({"answers": envelope.counter, "have": got, "done": done, "sha256": sha256}).encode()))

    def forget_withdrawn(self) -> int:
        """Forget withdrawals that every living kiosk has seen; a resident's scope is always fetched from the beginning."""
        db = self.db()
        floors = store.seen_by_all(db, self.clock.now() - AWAY)
        floors |= {scope: feed.store.scope(db, scope).head for scope in feed.store.scopes(db) if scope.startswith("res:")}
        with quietly(db):
            return feed.forget(db, floors)


class _Turned(Exception):
    """A request that is turned away with an answer."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


def may_hold(device: Device, scope: str) -> bool:
    """Tell whether a device may hold a scope: what is public, its own unless it may have been copied, and what somebody proves to know the tag of."""
    if scope == "pub":
        return True
    if scope == f"kiosk:{device.id}":
        return "cloned" not in device.flags
    kind, _, tag = scope.partition(":")
    return kind == "res" and len(tag) == 32 and all(char in "0123456789abcdef" for char in tag)


def _is_plain(envelope: Envelope) -> bool:
    """Tell whether an envelope is of characters and numbers that can be compared, stored and split: nobody signed yet for what it says."""
    words = (envelope.path, envelope.device, envelope.signature)
    return (
        all(len(word) <= MOST_WORD and word.isascii() and word.isprintable() for word in words)
        and "[" not in envelope.path
        and 0 <= envelope.counter <= MOST_NUMBER
    )


def _json(body: bytes) -> dict[str, object]:
    try:
        data = json.loads(protocol.unpack(body, MOST_UNSIGNED))
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise Unclear("sync.malformed", what="json")
    return data


def _said(status: int, problem: str, **details: int) -> Answer:
    return Answer(status, protocol.pack(to_json({"problem": problem, **details}).encode()))


def _problem(status: int, problem: Problem) -> Answer:
    return _said(status, problem.code)
