"""How a kiosk joins: the desk gives out a one-time code, the kiosk makes its own key and shows the code; only its public key leaves it.

A code lives 10 minutes and stands 5 wrong tries. The link that is printed as QR holds the desk's address, the fingerprint of the site's own
authority and the code: nobody between the two can stand in for the desk.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desk.kit.act import Act
from desk.kit.clock import from_text
from desk.kit.database import Database
from desk.kit.journal import change
from desk.kit.problems import Missing, Refused, Unclear
from desk.kit.quiet import quietly
from sync import sealing
from sync.inbox import keys, new_nonce, store
from sync.inbox.store import Device

LIVES = timedelta(minutes=10)
TRIES = 5
PIN_LENGTH = 32  # hexadecimal digits: 128 bits of the authority's SHA-256
_LINK = re.compile(r"^(https?://[^/#\s]+)/?#([0-9A-Z-]{10,12})\.([0-9a-f]{32}|-)$")


@dataclass(frozen=True)
class Offer:
    """A device that may now be enrolled: what is printed on its sheet."""

    device: Device
    code: str
    expires_at: datetime


@dataclass(frozen=True)
class Address:
    """What a kiosk learns from the link on its sheet."""

    url: str
    code: str
    pin: str  # '' where the desk speaks plain HTTP (a demo on one machine)


@dataclass(frozen=True)
class Joined:
    """What a kiosk is told when it has joined."""

    device: str
    name: str
    nonce: str
    seal_for: str  # the desk's public key: bodies are sealed for it


def link(address: Address) -> str:
    """Return the link that is printed as QR and typed behind `kiosk enrol`."""
    return f"{address.url.rstrip('/')}/#{address.code}.{address.pin or '-'}"


def read_link(text: str) -> Address:
    """Return what a link says; `Unclear` if it is none."""
    found = _LINK.match(text.strip())
    if not found:
        raise Unclear("sync.link_unreadable")
    return Address(found[1], sealing.read_code(found[2]), "" if found[3] == "-" else found[3])


def offer(db: Database, act: Act, name: str, place: str = "", device_id: str = "") -> Offer:
    """Add a kiosk, or let a known one join anew, and give out its one-time code."""
    keys(db)
    with change(db, act) as note:
        found = store.device(db, device_id) if device_id else Device(_next_id(db), name, place, act.now)
        if found is None:
            raise Missing("sync.unknown_device", device=device_id)
        code = sealing.new_code()
        store.keep_device(db, found)
        store.keep_enrolment(db, _hash(code), found.id, act.now + LIVES)
        note("kiosk.offered", found.id, name=found.name, place=found.place)
    return Offer(found, code, act.now + LIVES)


def _next_id(db: Database) -> str:
    """Return the next device number: K1, K2, ...; a number is never given to another machine."""
    return f"K{max((int(found.id[1:]) for found in store.devices(db)), default=0) + 1}"


def _hash(code: str) -> str:
    return hashlib.sha256(sealing.read_code(code).encode()).hexdigest()


def join(db: Database, act: Act, code: str, public_key: str) -> Joined:
    """Enrol the kiosk that shows a code; `Refused` for a wrong, used or expired one, without saying which."""
    wanted = _hash(code)
    live = [one for one in store.enrolments(db) if from_text(one["expires_at"]) > act.clock.now() and one["tries"] < TRIES]
    match = next((one for one in live if secrets.compare_digest(one["code_hash"], wanted)), None)
    if match is None:
        with quietly(db):
            store.count_try(db, act.clock.now())
        raise Refused("sync.wrong_code")
    with change(db, act) as note:
        found = store.device(db, match["device"])
        if found is None:
            raise Missing("sync.unknown_device", device=match["device"])
        store.use_code(db, wanted, act.now)
        joined = replace(
            found, public_key=public_key, enrolled_at=act.now, revoked_at=None, revoked_why="", flags=(), nonce=new_nonce(db), prev_nonce="",
            counter=0, epoch="",
        )  # fmt: skip
        store.keep_device(db, joined)
        note("kiosk.enrolled", joined.id, name=joined.name)
    return Joined(joined.id, joined.name, joined.nonce, sealing.public_of(keys(db).private))


def revoke(db: Database, act: Act, device_id: str, reason: str) -> Device:
    """End a kiosk's right to speak to the desk, for good until it joins anew."""
    with change(db, act) as note:
        found = store.device(db, device_id)
        if found is None:
            raise Missing("sync.unknown_device", device=device_id)
        if found.revoked_at:
            raise Refused("sync.revoked_already", device=device_id)
        gone = replace(found, revoked_at=act.now, revoked_why=reason)
        store.keep_device(db, gone)
        note("kiosk.revoked", gone.id, name=gone.name, reason=reason)
    return gone


def clear_flags(db: Database, act: Act, device_id: str, words: str) -> Device:
    """Say that a person looked at what a kiosk was flagged for."""
    with change(db, act) as note:
        found = store.device(db, device_id)
        if found is None:
            raise Missing("sync.unknown_device", device=device_id)
        store.keep_device(db, replace(found, flags=()))
        note("kiosk.looked_at", found.id, name=found.name, flags=list(found.flags), words=words)
    return replace(found, flags=())
