"""Up, the kiosk's side: a submission is frozen, chained, signed and committed before anybody is told that it was kept.

The outbox never expires. An acknowledged submission stays until a backup of the desk holds it, and thirty days more: a desk that comes back
from an older backup asks for it again. A damaged outbox is kept, read row by row into a new one, and what cannot be read is told to the desk.
"""

import hashlib
import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from nacl.signing import SigningKey

from desk.kit.clock import from_text, to_text
from desk.kit.database import Database, Pool
from desk.kit.files import append_line, durable_write
from desk.kit.problems import Refused
from desk.kit.quiet import quietly
from sync import sealing
from sync.chain import FIRST, Anchor, Frozen, freeze, resigned, sign
from sync.chain import Blob as Announced
from sync.inbox import MOST_LINKS, Push, Taken
from sync.outbox import store
from sync.outbox.salvage import opened
from sync.outbox.store import Blob, Intent

KEPT = timedelta(days=30)
MOST_INTENTS = 50_000
MOST_BLOB_BYTES = 2 << 30
WARN = 0.8
HEARD_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Moment:
    """The kiosk's clocks at one moment: on the wall, steady milliseconds since the machine started, and which start that was."""

    wall: datetime
    mono: int
    boot: str


@dataclass(frozen=True)
class Identity:
    """Who this kiosk is: its device number, its signing key, and the key that only the desk can open with."""

    device: str
    key: str  # hexadecimal seed
    seal_for: str

    @property
    def signing(self) -> SigningKey:
        """Return the key that signs."""
        return SigningKey(bytes.fromhex(self.key))


@dataclass(frozen=True)
class Draft:
    """A submission as it is handed in: its body as bytes, and sealed photos."""

    kind: str
    version: int
    body: bytes
    tag: str = ""
    photos: tuple[bytes, ...] = ()


class Outbox:
    """One kiosk's outbox in its folder: outbox.db, blobs/, and slips.log with the numbers that were given out."""

    def __init__(self, folder: Path, most_intents: int = MOST_INTENTS, most_bytes: int = MOST_BLOB_BYTES) -> None:
        self.folder = folder
        self.most_intents, self.most_bytes = most_intents, most_bytes
        (folder / "blobs").mkdir(parents=True, exist_ok=True, mode=0o700)
        opened(folder).conn.close()
        self._pool = Pool(folder / "outbox.db")
        self._lock = threading.Lock()
        self._heard: tuple[datetime, Moment] | None = None
        self._counter = int(store.known(self.db, "counter", 0))
        self._sweep()

    @property
    def db(self) -> Database:
        """Return this thread's connection."""
        return self._pool.get()

    def submit(self, who: Identity, now: Moment, draft: Draft) -> Intent:
        """Keep a submission: on return it is committed and on the disk. `Refused` where the quota says so; nothing old is ever dropped."""
        self._room(draft)
        photos = [self._keep_photo(photo) for photo in draft.photos]
        with quietly(self.db):
            made = self._frozen(who, now, draft, photos)
            store.keep(self.db, made)
            for photo in dict.fromkeys(photos):
                store.keep_blob(self.db, Blob(photo.sha256, made.id, photo.size))
        append_line(self.folder / "slips.log", f"{made.epoch} {made.seq} {made.number} {made.id}")
        return made

    def _room(self, draft: Draft) -> None:
        full = self.fullness()
        if full == "all" or (full == "photos" and draft.photos):
            raise Refused("sync.outbox_full", what=full)

    def fullness(self) -> str:
        """Return '' while there is room, 'warn' from 80 % on, 'photos' when no photo fits, 'all' when nothing fits."""
        intents, taken = store.count(self.db), store.blob_bytes(self.db)
        if intents >= self.most_intents:
            return "all"
        if taken >= self.most_bytes:
            return "photos"
        return "warn" if intents >= self.most_intents * WARN or taken >= self.most_bytes * WARN else ""

    def _keep_photo(self, sealed: bytes) -> Announced:
        name = hashlib.sha256(sealed).hexdigest()
        durable_write(self.folder / "blobs" / name, sealed)
        return Announced(name, len(sealed))

    def _frozen(self, who: Identity, now: Moment, draft: Draft, photos: Sequence[Announced]) -> Intent:
        last = store.last(self.db)
        epoch = self.epoch
        here, retired = last.seq if last and last.epoch == epoch else 0, int(store.known(self.db, "seq", 0))
        seq = 1 + max(here, retired)
        prev = last.chain if last and here >= retired else str(store.known(self.db, "tail", FIRST))
        offset, anchor = self.offset, self.anchor
        number = f"{who.device}-{seq:04d}-{''.join(secrets.choice(sealing.ALPHABET) for _ in range(4))}"
        said = Frozen(
            id=secrets.token_hex(16), kind=draft.kind, version=draft.version, device=who.device, epoch=epoch, seq=seq, prev=prev, number=number,
            at=now.wall, mono=now.mono, boot=now.boot, offset=offset, anchor=anchor, blobs=tuple(photos),
            body=sealing.seal_for(who.seal_for, draft.body),
        )  # fmt: skip
        link = sign(who.signing, prev, freeze(said))
        saved_at = now.wall - timedelta(milliseconds=offset or 0)
        return Intent(
            0, said.id, epoch, seq, number, f"{draft.kind}@{draft.version}", draft.tag, saved_at, link.frozen, link.chain, link.sig
        )

    @property
    def epoch(self) -> str:
        """Return the outbox's present life."""
        return str(store.known(self.db, "epoch"))

    @property
    def anchor(self) -> Anchor | None:
        """Return the newest time of the desk that was seen, with this machine's clocks at that moment."""
        if self._heard:
            desk_at, now = self._heard
            return Anchor(desk_at, now.mono, now.boot)
        kept = store.known(self.db, "anchor")
        return Anchor(from_text(kept[0]), kept[1], kept[2]) if kept else None

    @property
    def offset(self) -> int | None:
        """Return this machine's clock minus the desk's in milliseconds, as last measured; None if it never was."""
        if self._heard:
            return _ahead(*self._heard)
        found: int | None = store.known(self.db, "offset")
        return found

    def heard(self, desk_at: datetime, now: Moment) -> None:
        """Remember the desk's time and how far this machine's clock is ahead of it; written down each minute, and when it changed."""
        before, self._heard = self._heard, (desk_at, now)
        offset = _ahead(desk_at, now)
        kept = store.known(self.db, "anchor")
        is_news = before is None or kept is None or desk_at - from_text(kept[0]) >= HEARD_EVERY or abs(offset - _ahead(*before)) > 2000
        if is_news or kept[2] != now.boot:
            with quietly(self.db):
                store.remember(self.db, anchor=[to_text(desk_at), now.mono, now.boot], offset=offset)

    def to_push(self, now: Moment) -> Push:
        """Return what is to be sent next: the oldest submissions without an acknowledgement."""
        links = tuple(intent.link for intent in store.waiting(self.db, MOST_LINKS))
        return Push(str(store.known(self.db, "nonce", "")), self.epoch, str(store.known(self.db, "acked", "")), now.wall, links)

    def take(self, taken: Taken, life: str) -> int:
        """Take the desk's answer to a push in one transaction; return how many submissions it acknowledged. `life` is the desk's incarnation."""
        with quietly(self.db):
            if taken.rewind:
                store.forget_acks(self.db)
                store.remember(self.db, nonce=taken.nonce, proved="")
                return 0
            newest = 0
            for chain, ack in taken.acks.items():
                row = {"ack_n": ack.n, "ack_life": life, "acked_at": to_text(ack.received_at), "verdict": ack.verdict.value}
                newest = max(newest, store.acknowledge(self.db, chain, row | {"reason": ack.reason, "case_number": ack.number}))
            store.remember(self.db, **({"acked": store.chain_of(self.db, newest), "unseen": True} if newest else {}))
            store.remember(self.db, **({"nonce": taken.nonce} if taken.nonce else {}), suspect=taken.suspect, proved=life)
        return len(taken.acks)

    def must_prove(self, life: str) -> bool:
        """Tell whether this life of the desk has yet to prove that it knows what was acknowledged to this kiosk."""
        return bool(life) and store.known(self.db, "proved") != life and bool(store.known(self.db, "acked", ""))

    def doubt_desk(self) -> None:
        """Let the desk prove again what it knows."""
        if store.known(self.db, "proved"):
            with quietly(self.db):
                store.remember(self.db, proved="")

    @property
    def has_unseen(self) -> bool:
        """Say whether something was acknowledged whose outcome was not pulled yet: a desk that forgot it meanwhile could not be told by its rows."""
        return bool(store.known(self.db, "unseen", False))

    def saw(self) -> None:
        """Write that everything the desk publishes for this kiosk was pulled."""
        if self.has_unseen:
            with quietly(self.db):
                store.remember(self.db, unseen=False)

    def joined(self, nonce: str) -> None:
        """Begin with the nonce of a fresh enrolment; what waits stays waiting."""
        with quietly(self.db):
            store.remember(self.db, nonce=nonce, suspect=False)

    def counter(self) -> int:
        """Return a number that no request has carried yet; blocks of them are written down ahead."""
        with self._lock:
            self._counter += 1
            if self._counter >= int(store.known(self.db, "counter", 0)):
                self._reserve()
            return self._counter

    def count_from(self, newest: int) -> None:
        """Go on counting behind what the desk has seen."""
        with self._lock:
            self._counter = max(self._counter, newest)
            self._reserve()

    def _reserve(self) -> None:
        with quietly(self.db):
            store.remember(self.db, counter=self._counter + 1000)

    def resign(self, key: SigningKey) -> None:
        """Sign what is kept anew after this kiosk was given another key; the frozen texts and the chain stay."""
        with quietly(self.db):
            for intent in store.every(self.db):
                store.keep_sig(self.db, intent.id, resigned(key, intent.chain))

    def retire(self, through: int, life: str, now: datetime) -> int:
        """Remove what a proven backup of the desk has held for thirty days; return how many submissions went."""
        gone = store.can_go(self.db, through, life, now - KEPT)
        if not gone:
            return 0
        last = store.last(self.db)
        files = [blob.sha256 for intent in gone for blob in store.blobs(self.db, intent.id)]
        with quietly(self.db):
            if last and last.id in {intent.id for intent in gone}:
                store.remember(self.db, tail=last.chain, seq=last.seq)
            store.remove(self.db, [intent.id for intent in gone])
        kept = store.hashes(self.db)
        for name in set(files) - kept:
            (self.folder / "blobs" / name).unlink(missing_ok=True)
        self._rewrite_slips({intent.id for intent in gone})
        return len(gone)

    def _rewrite_slips(self, gone: set[str]) -> None:
        path = self.folder / "slips.log"
        lines = path.read_text().splitlines() if path.exists() else []
        durable_write(path, "".join(f"{line}\n" for line in lines if line.rpartition(" ")[2] not in gone).encode())

    def photo(self, sha256: str) -> bytes | None:
        """Return a sealed photo, or None if it is not here."""
        path = self.folder / "blobs" / sha256
        return path.read_bytes() if store.blob(self.db, sha256) and path.exists() else None

    def sent(self, sha256: str) -> None:
        """Write that the desk has a photo whole."""
        with quietly(self.db):
            store.mark_sent(self.db, sha256)

    def _sweep(self) -> None:
        """Remove sealed photos whose submission was never committed: the machine went off between the two."""
        kept = store.hashes(self.db)
        for path in (self.folder / "blobs").iterdir():
            if path.name not in kept:
                path.unlink()


def _ahead(desk_at: datetime, now: Moment) -> int:
    return round((now.wall - desk_at).total_seconds() * 1000)
