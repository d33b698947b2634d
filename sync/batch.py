"""The last transport: a file on a USB stick, where no line will be for days. The kiosk writes what waits, the desk takes it and writes an answer,
the kiosk takes the answer home.

A file is one line of JSON (what it is, version, device, size, SHA-256, signature) and one packed body. Up: the body is a pull and then pushes, a line
each, signed by the kiosk. Down: acknowledgements, then pages, as over the line, in a box that only the desk could have closed and only this
kiosk opens. Any other transport would do as well: nothing in a file depends on who carries it, when, or how often.
"""

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from nacl.exceptions import CryptoError
from nacl.public import Box, PrivateKey, PublicKey
from nacl.signing import VerifyKey

from desk.kit.act import Act
from desk.kit.clock import to_text
from desk.kit.database import Database
from desk.kit.numbering.store import generation
from desk.kit.problems import Problem, Refused
from desk.kit.rows import to_json
from sync import feed, inbox, protocol, replica
from sync.chain import Link, signed_by
from sync.desk import BASE, Desk, may_hold, to_sign
from sync.feed import Page
from sync.inbox import MOST_LINKS, Push, store
from sync.inbox.store import Device
from sync.outbox import Identity, Moment, Outbox
from sync.outbox import store as outbox
from sync.protocol import Head, PullAnswer, PullAsked, PushAnswer

PATH = f"{BASE}/batch"
UP, DOWN = "lobbydesk kiosk batch", "lobbydesk desk answer"
VERSION = 1
MOST_TITLE = 2000
MOST_FILE = 64 << 20
MOST_LINES = 32 << 20  # bytes of submissions in one file; more stand in the next one
MOST_WAITING = 100_000
MOST_PAGE_ROWS = 100_000
MOST_PAGE_BYTES = 16 << 20


@dataclass(frozen=True)
class Carried:
    """What an answer file brought to a kiosk."""

    acked: int
    rewound: bool = False
    rows: int = 0


@dataclass(frozen=True)
class _File:
    device: str
    signature: str
    body: bytes


def write_batch(box: Outbox, copy: Database, who: Identity, now: Moment) -> bytes:
    """Return the file that a person carries to the desk: everything that waits, and where this kiosk's copies stand."""
    asked = PullAsked({scope: replica.have(copy, scope) for scope in feed.scopes_of(who.device)})
    lines = [protocol.write_pull(asked), *(protocol.write_push(part) for part in _parts(box, now))]
    body = protocol.pack(b"\n".join(lines))
    signed = who.signing.sign(to_sign(PATH, who.device, 0, body)).signature
    return _written(UP, who.device, body, base64.b64encode(signed).decode())


def _parts(box: Outbox, now: Moment) -> list[Push]:
    """Return what waits as pushes of the size that the line has; at least one, which tells what was acknowledged last."""
    room, links = MOST_LINES, list[Link]()
    for intent in outbox.waiting(box.db, MOST_WAITING):
        room -= len(intent.frozen.encode())
        if room < 0 and links:
            break
        links.append(intent.link)
    empty = replace(box.to_push(now), links=())
    return [replace(empty, links=tuple(links[n : n + MOST_LINKS])) for n in range(0, len(links), MOST_LINKS)] or [empty]


def take_batch(desk: Desk, data: bytes, allow_revoked: bool = False, act: Act | None = None) -> bytes:
    """Take a kiosk's file in, and return the answer to carry back; `Refused` or `Unclear` says what is wrong with it, and then nothing was taken.

    A revoked kiosk's file is taken only where a person says so: what its residents reported is not their fault.
    """
    file = _read(UP, data)
    device = store.device(desk.db(), file.device)
    if device is None or not device.public_key:
        raise Refused("sync.unknown_device", device=file.device)
    if not signed_by(device.public_key, to_sign(PATH, file.device, 0, file.body), file.signature):
        raise Refused("sync.batch_not_signed", device=file.device)
    if device.revoked_at and not allow_revoked:
        raise Refused("sync.batch_revoked", name=device.name)
    asked, said = _asked(file.body)
    taken = inbox.push_by_hand(desk.db(), act or Act("stick", desk.device, desk.clock), device, said, desk.submissions)
    head = _head(desk)
    acks = protocol.write_acks(PushAnswer(head, taken))
    pages = protocol.write_pages(PullAnswer(head, tuple(_pages(desk, device, asked))))
    closed = Box(PrivateKey(bytes.fromhex(inbox.keys(desk.db()).private)), _public(device.public_key)).encrypt(
        protocol.pack(acks + b"\n" + pages)
    )
    return _written(DOWN, device.id, bytes(closed), "")


def _asked(body: bytes) -> tuple[PullAsked, list[Push]]:
    """Read the whole body before anything of it is taken."""
    first, *rest = protocol.unpack(body).split(b"\n", MOST_WAITING)
    if not rest:
        raise Refused("sync.batch_unreadable")
    return protocol.read_pull(first), [protocol.read_push(line) for line in rest]


def _head(desk: Desk) -> Head:
    life = generation(desk.db())
    return Head(life.n, life.incarnation, 0, desk.clock.now(), inbox.keys(desk.db()).backed_up_through)


def _pages(desk: Desk, device: Device, asked: PullAsked) -> Sequence[Page]:
    """Return what a kiosk may hold and has not; nothing for one that was revoked."""
    if device.revoked_at:
        return ()
    feed.sweep(desk.db(), desk.published)
    own = [(scope, spot) for scope, spot in asked.have.items() if scope in feed.scopes_of(device.id) and may_hold(device, scope)]
    return [feed.pull(desk.db(), scope, seq, floor, MOST_PAGE_ROWS, MOST_PAGE_BYTES) for scope, (seq, floor) in own]


def take_answer(box: Outbox, copy: Database, who: Identity, data: bytes) -> Carried:
    """Take the desk's answer at the kiosk that the file was written for; `Refused` says what is wrong with it, and then nothing has changed."""
    file = _read(DOWN, data)
    if file.device != who.device:
        raise Refused("sync.batch_other_kiosk", device=file.device)
    try:
        opened = Box(who.signing.to_curve25519_private_key(), PublicKey(bytes.fromhex(who.seal_for))).decrypt(file.body)
    except (CryptoError, ValueError, TypeError):
        raise Refused("sync.batch_not_signed", device=file.device) from None
    first, _, rest = protocol.unpack(bytes(opened)).partition(b"\n")
    said, pages = protocol.read_acks(first), protocol.read_pages(rest)
    if not replica.meet(copy, said.head.generation, said.head.incarnation):
        raise Refused("sync.batch_old_desk")
    if said.taken.rewind:
        box.take(replace(said.taken, acks={}), said.head.incarnation)
    acked = box.take(replace(said.taken, nonce="", rewind=False), said.head.incarnation)
    return Carried(acked, said.taken.rewind, _apply(box, copy, pages))


def _apply(box: Outbox, copy: Database, answer: PullAnswer) -> int:
    """Take the pages, unless the desk was heard since they were written."""
    anchor = box.anchor
    if anchor and anchor.desk_at > answer.head.desk_at:
        return 0
    for page in answer.pages:
        replica.apply(copy, page, to_text(answer.head.desk_at))
    return sum(len(page.rows) for page in answer.pages)


def _public(signing: str) -> PublicKey:
    """Return the key that closes a box for the holder of a signing key."""
    return VerifyKey(bytes.fromhex(signing)).to_curve25519_public_key()


def _written(what: str, device: str, body: bytes, signature: str) -> bytes:
    title = {"file": what, "version": VERSION, "device": device, "size": len(body), "sha256": hashlib.sha256(body).hexdigest()}
    return to_json(title | ({"signature": signature} if signature else {})).encode() + b"\n" + body


def _read(what: str, data: bytes) -> _File:
    """Return a file's parts; `Refused` in words for another file, a newer one, one that was cut or edited."""
    first, _, body = data.partition(b"\n")
    title = _title(first)
    if title.get("file") != what:
        raise Refused("sync.batch_unreadable")
    if title.get("version") != VERSION:
        raise Refused("sync.batch_newer")
    if title.get("size") != len(body) or len(data) > MOST_FILE or title.get("sha256") != hashlib.sha256(body).hexdigest():
        raise Refused("sync.batch_damaged")
    device, signature = title.get("device"), title.get("signature", "")
    if not (isinstance(device, str) and isinstance(signature, str) and device.isascii() and device.isprintable() and 0 < len(device) <= 80):
        raise Refused("sync.batch_unreadable")
    return _File(device, signature, body)


def _title(first: bytes) -> dict[str, Any]:
    try:
        title = json.loads(first) if len(first) <= MOST_TITLE else None
    except (ValueError, RecursionError, Problem):
        title = None
    return title if isinstance(title, dict) else {}
