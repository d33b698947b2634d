"""Intents: what a resident submitted, frozen at that moment, signed by the kiosk, and tied to the one before it.

The frozen text is hashed as it stands, never written anew: `chain = BLAKE2b(chain of the one before + frozen)`, `sig = Ed25519(chain)`.
"""

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from desk.kit.clock import from_text
from desk.kit.problems import Problem, Unclear
from desk.kit.rows import to_json

MOST_FROZEN = 64 * 1024
FIRST = "0" * 64
MOST_NUMBER = 10**13  # milliseconds of three hundred years: no clock tells more
YEARS = range(1970, 2200)


@dataclass(frozen=True)
class Blob:
    """A photo or signature of an intent: SHA-256 of its sealed bytes, and how many they are."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Anchor:
    """The newest time of the desk that the kiosk had seen: the desk's instant, and the kiosk's own clocks at that moment."""

    desk_at: datetime
    mono: int  # milliseconds of the monotonic clock
    boot: str  # id of the machine's start to which that clock belongs


@dataclass(frozen=True)
class Link:
    """One intent on the wire and in the outbox: the frozen text, its place in the chain, and the kiosk's signature over that."""

    frozen: str
    chain: str  # 64 hexadecimal digits
    sig: str  # base64


@dataclass(frozen=True)
class Frozen:
    """What a frozen text says. `offset` is the kiosk's clock minus the desk's, in milliseconds, as last measured; None if never."""

    id: str
    kind: str  # 'repair.report'
    version: int
    device: str
    epoch: str  # the outbox's life: a new one begins after a damaged outbox
    seq: int
    prev: str
    number: str  # printed on the slip
    at: datetime  # the kiosk's wall clock
    mono: int
    boot: str
    offset: int | None
    anchor: Anchor | None
    blobs: tuple[Blob, ...]
    body: bytes  # sealed


def freeze(said: Frozen) -> str:
    """Return the text of an intent, once and for all."""
    anchor = None if said.anchor is None else [said.anchor.desk_at, said.anchor.mono, said.anchor.boot]
    return to_json(
        {
            "id": said.id, "kind": f"{said.kind}@{said.version}", "device": said.device, "epoch": said.epoch, "seq": said.seq, "prev": said.prev,
            "number": said.number, "at": said.at, "mono": said.mono, "boot": said.boot, "offset": said.offset, "anchor": anchor,
            "blobs": [[blob.sha256, blob.size] for blob in said.blobs], "body": base64.b64encode(said.body).decode(),
        }
    )  # fmt: skip


def thaw(frozen: str) -> Frozen:
    """Return what a frozen text says; `Unclear` for anything that is not one."""
    if len(frozen) > MOST_FROZEN:
        raise Unclear("sync.malformed", what="size")
    try:
        data: dict[str, Any] = json.loads(frozen)
        return _read(data)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError, OverflowError, Problem) as error:
        raise Unclear("sync.malformed", what=type(error).__name__) from None


def _read(data: dict[str, Any]) -> Frozen:
    kind, version = str(data["kind"]).rsplit("@", 1)
    anchor = None if data["anchor"] is None else Anchor(instant(data["anchor"][0]), _count(data["anchor"][1]), _word(data["anchor"][2]))
    blobs = tuple(Blob(hexadecimal(sha, 64), _count(size)) for sha, size in data["blobs"])
    offset = None if data["offset"] is None else _whole(data["offset"])
    if len(blobs) > 10:
        raise ValueError("too many blobs")
    return Frozen(
        id=hexadecimal(data["id"], 32), kind=_word(kind), version=_count(int(version)), device=_word(data["device"]), epoch=_word(data["epoch"]),
        seq=_count(data["seq"]), prev=hexadecimal(data["prev"], 64), number=_word(data["number"]), at=instant(data["at"]), mono=_count(data["mono"]),
        boot=_word(data["boot"]), offset=offset, anchor=anchor, blobs=blobs, body=base64.b64decode(data["body"], validate=True),
    )  # fmt: skip


def instant(text: Any) -> datetime:
    """Return an instant of a year in which kiosks stand; ValueError or a problem for anything else."""
    at = from_text(text)
    if at.year not in YEARS:
        raise ValueError("no sensible year")
    return at


def hexadecimal(text: Any, length: int) -> str:
    """Return text of so many lower-case hexadecimal digits; ValueError for anything else."""
    if not isinstance(text, str) or len(text) != length or any(char not in "0123456789abcdef" for char in text):
        raise ValueError("not hexadecimal")
    return text


def _word(text: Any) -> str:
    if not isinstance(text, str) or not 0 < len(text) <= 80 or not text.isascii() or not text.isprintable():
        raise ValueError("not a word")
    return text


def _whole(number: Any) -> int:
    if not isinstance(number, int) or isinstance(number, bool) or abs(number) > MOST_NUMBER:
        raise ValueError("not a whole number")
    return number


def _count(number: Any) -> int:
    if _whole(number) < 0:
        raise ValueError("below zero")
    return int(number)


def chained(prev: str, frozen: str) -> str:
    """Return the link of a frozen text behind the link `prev`."""
    return hashlib.blake2b(bytes.fromhex(prev) + frozen.encode(), digest_size=32).hexdigest()


def sign(key: SigningKey, prev: str, frozen: str) -> Link:
    """Return a frozen text as a signed link of the chain."""
    chain = chained(prev, frozen)
    return Link(frozen, chain, resigned(key, chain))


def resigned(key: SigningKey, chain: str) -> str:
    """Return another key's signature over a link."""
    return base64.b64encode(key.sign(bytes.fromhex(chain)).signature).decode()


def is_true(link: Link, prev: str, verify: str) -> bool:
    """Tell whether a link is what it says: the chain fits its text, and the device with this public key signed it."""
    if chained(prev, link.frozen) != link.chain:
        return False
    return signed_by(verify, bytes.fromhex(link.chain), link.sig)


def signed_by(verify: str, message: bytes, signature: str) -> bool:
    """Tell whether the holder of a public key (64 hexadecimal digits) signed a message; `signature` is base64."""
    try:
        VerifyKey(bytes.fromhex(verify)).verify(message, base64.b64decode(signature, validate=True))
    except (BadSignatureError, ValueError, TypeError):
        return False
    return True
