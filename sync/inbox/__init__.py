"""Up, the desk's side: take each submission once, let its workflow decide, remember what became of it.

Order matters. First: does the desk know the last link that was acknowledged to this kiosk? If not, the desk itself came back from a backup: the
kiosk is asked to send everything again (`rewind`), under a nonce that says so. Only then the nonce is looked at: a stale one means a copied or
rolled-back kiosk, which a person must look at, and whose submissions are taken all the same; unless it was given by a life of the desk that is
over: then everything is asked for again as well. What happened is never refused.
"""

import json
import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import structlog

from desk.kit.act import Act
from desk.kit.clock import to_text
from desk.kit.database import Database
from desk.kit.journal import Note, change
from desk.kit.numbering.store import generation
from desk.kit.plugs import Arrived, Outcome, Take, Verdict
from desk.kit.problems import Missing, Problem, Refused
from desk.kit.quiet import quietly
from desk.kit.rows import to_json
from sync import sealing
from sync.chain import Frozen, Link, is_true, thaw
from sync.inbox import store
from sync.inbox.store import Device, Entry, Keys, Photo
from sync.times import Times, times

log = structlog.get_logger("sync")

MOST_LINKS = 50
AT_ONCE = 5  # submissions in one transaction
GIVE_WAY = 0.01  # seconds between two of them: long enough that somebody else wakes up and takes the write lock
AGAIN = "again-"  # begins the nonce of a kiosk that was asked to send everything: what it sends with it is the answer to that
REUSED, BAD_SIGNATURE, MALFORMED = "id_reuse", "bad_signature", "malformed"


@dataclass(frozen=True)
class Push:
    """What a kiosk sends: links it has no acknowledgement for, the last link it has one for, and its clocks at this moment."""

    nonce: str
    epoch: str
    acked: str  # chain of the last acknowledged link, '' if none
    sent_at: datetime
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Ack:
    """The desk has a submission: its id, its number in the inbox, when, and what became of it."""

    id: str
    n: int
    received_at: datetime
    verdict: Verdict
    reason: str = ""
    number: str = ""


@dataclass(frozen=True)
class Taken:
    """What a push brought: an acknowledgement for each link by its chain hash; `rewind` asks for all that is kept; `suspect` for a person."""

    nonce: str
    acks: Mapping[str, Ack] = field(default_factory=dict)
    rewind: bool = False
    suspect: bool = False


def keys(db: Database) -> Keys:
    """Return the desk's keys for kiosks, made when first asked for."""
    found = store.keys(db)
    if found is None:
        with quietly(db):
            store.keep_keys(db, Keys(sealing.new_private(), "", "", 0, ""))
        found = store.keys(db)
    if found is None:
        raise RuntimeError("the desk's keys were not kept")
    return found


def push(db: Database, act: Act, device: Device, said: Push, submissions: Mapping[str, Take]) -> Taken:
    """Take a batch of submissions, some at a time in one transaction; doing it twice gives the same answer.

    The counter comes in between: whoever waits for the write lock waits for a few submissions, never for a whole batch. The first transaction
    says who came and under which nonce it comes next; a kiosk that gets no answer still has the one before, which counts as well.
    """
    is_current, is_previous = said.nonce == device.nonce, said.nonce == device.prev_nonce != ""
    suspect = not (is_current or is_previous)
    is_asked = not suspect and said.nonce.startswith(AGAIN)
    if said.acked and not is_asked and not store.knows_chain(db, said.acked):
        return _rewind(db, device)
    if suspect and _is_of_another_life(db, said.nonce):
        return _rewind(db, device)
    new = [link for link in said.links if not store.knows_chain(db, link.chain)]
    noted = _flagged(device, said, suspect)
    if not new:
        if noted.flags != device.flags:
            with quietly(db):
                store.keep_device(db, noted)
        return Taken("" if suspect else device.nonce, _acks(db, said.links), suspect=suspect)
    if not suspect:
        noted = replace(noted, prev_nonce=device.nonce if is_current else device.prev_nonce, nonce=new_nonce(db), epoch=said.epoch)
    unknown, acks, offset = {link.chain for link in new}, dict[str, Ack](), _offset(said, act.now)
    for first in range(0, len(said.links), AT_ONCE):
        some = said.links[first : first + AT_ONCE]
        if first:
            time.sleep(GIVE_WAY)
        with change(db, act) as note:
            acks |= {link.chain: _take(db, act, link, device, offset, submissions) for link in some}
            if not first:
                store.keep_device(db, replace(noted, seen_at=act.now))
            note("submissions.received", device.id, count=len(some), new=sum(link.chain in unknown for link in some), kiosk=device.name)
    return Taken("" if suspect else noted.nonce, acks, suspect=suspect)


def push_by_hand(db: Database, act: Act, device: Device, said: Sequence[Push], submissions: Mapping[str, Take]) -> Taken:
    """Take what a person carried here, all of it or nothing; a second time it changes nothing.

    Neither nonce nor clock is judged: what was carried may be old, and the kiosk may have been heard meanwhile.
    """
    keys(db)
    links = [link for part in said for link in part.links]
    lost = any(part.acked and not store.knows_chain(db, part.acked) for part in said)
    new = [link for link in links if not store.knows_chain(db, link.chain)]
    if new:
        with change(db, act) as note:
            for link in new:
                _take(db, act, link, device, None, submissions)
            note("submissions.received", device.id, count=len(links), new=len(new), kiosk=device.name, carried=True)
    acks = _acks(db, links)
    return replace(_rewind(db, device), acks=acks) if lost else Taken("", acks)


def new_nonce(db: Database) -> str:
    """Return what a kiosk's next push must carry; it names the life of the desk that gave it."""
    return f"{generation(db).incarnation}.{secrets.token_hex(8)}"


def _is_of_another_life(db: Database, nonce: str) -> bool:
    """Tell whether a nonce was given by a life of this desk that is over: then it is stale through no fault of the kiosk."""
    life, dot, _ = nonce.removeprefix(AGAIN).partition(".")
    return bool(dot) and life != generation(db).incarnation


def _rewind(db: Database, device: Device) -> Taken:
    """Ask for everything again: this desk came back from a backup older than its last acknowledgement."""
    nonce = AGAIN + new_nonce(db)
    with quietly(db):
        store.keep_device(db, replace(device, nonce=nonce, prev_nonce="", flags=_with(device.flags, "rewound")))
    return Taken(nonce, rewind=True)


def _flagged(device: Device, said: Push, suspect: bool) -> Device:
    """Return a device with what a person must look at."""
    flags = device.flags
    if suspect:
        flags = _with(flags, "cloned")
    if device.epoch and said.epoch != device.epoch:
        flags = _with(flags, "outbox_anew")
    return replace(device, flags=flags)


def _with(flags: tuple[str, ...], flag: str) -> tuple[str, ...]:
    return flags if flag in flags else (*flags, flag)


def _acks(db: Database, links: Sequence[Link]) -> dict[str, Ack]:
    """Return the acknowledgements of links that are all here already, taken or set aside."""
    found = {}
    for link in links:
        entry = store.of_chain(db, link.chain)
        found[link.chain] = ack_of(entry) if entry else _ack_aside(db, link.chain)
    return found


def _ack_aside(db: Database, chain: str) -> Ack:
    """Return the acknowledgement of a link that was set aside."""
    aside = store.aside_of_chain(db, chain)
    return Ack(aside.intent, 0, aside.at, Verdict.NEEDS_STAFF, f"sync.{aside.why}")


def ack_of(entry: Entry) -> Ack:
    """Return a submission's acknowledgement."""
    return Ack(entry.id, entry.n, entry.received_at, entry.verdict, entry.reason, entry.case_number)


def _take(db: Database, act: Act, link: Link, device: Device, offset: int | None, submissions: Mapping[str, Take]) -> Ack:
    """Take one link: known, set aside, or new. A kiosk that joined under another number may hand in what it kept under the old one."""
    try:
        frozen = thaw(link.frozen)
    except Problem:
        return _aside(db, act, link, device.id, MALFORMED, "")
    maker = store.device(db, frozen.device) if frozen.device != device.id else device
    keys_of = {device.public_key, *([maker.public_key] if maker else [])}
    if not any(is_true(link, frozen.prev, key) for key in keys_of if key):
        return _aside(db, act, link, device.id, BAD_SIGNATURE, frozen.id)
    known = store.entry(db, frozen.id)
    if known:
        return ack_of(known) if known.frozen == link.frozen else _aside(db, act, link, device.id, REUSED, frozen.id)
    return _new(db, act, link, frozen if maker else replace(frozen, device=device.id), offset, submissions)


def _offset(said: Push, now: datetime) -> int:
    """Return how far the kiosk's clock is ahead of the desk's, in milliseconds."""
    return round((said.sent_at - now).total_seconds() * 1000)


def _aside(db: Database, act: Act, link: Link, device: str, why: str, intent: str) -> Ack:
    """Set something aside for a person: kept with every byte, acknowledged so that the kiosk goes on."""
    row = {"at": to_text(act.now), "device": device, "why": why, "intent": intent, "frozen": link.frozen, "chain": link.chain}
    store.set_aside(db, row)
    return Ack(intent, 0, act.now, Verdict.NEEDS_STAFF, f"sync.{why}")


def _new(db: Database, act: Act, link: Link, frozen: Frozen, offset: int | None, submissions: Mapping[str, Take]) -> Ack:
    """Enter a submission that is seen for the first time, and let its workflow decide."""
    when = times(frozen, act.now, offset)
    body = _opened(db, frozen)
    arrived = _arrived(frozen, when, body or {})
    receipt = (body or {}).get("receipt") or {}
    row = {
        "id": frozen.id, "device": frozen.device, "epoch": frozen.epoch, "seq": frozen.seq, "kind": frozen.kind, "version": frozen.version,
        "number": frozen.number, "frozen": link.frozen, "chain": link.chain, "sig": link.sig, "body": "" if body is None else to_json(body),
        "tag": _hex(receipt, "tag", 32), "receipt_key": _hex(receipt, "key", 64), "identity": arrived.identity,
        "occurred_at": to_text(when.occurred_at), "received_at": to_text(when.received_at), "effective_at": to_text(when.effective_at),
        "offset_ms": when.offset_ms, "clock_suspect": int(when.clock_suspect),
    }  # fmt: skip
    n = store.keep_entry(db, row | outcome_row(Outcome(Verdict.DEFERRED)))
    for place, blob in enumerate(frozen.blobs):
        store.keep_photo(db, Photo(frozen.id, blob.sha256, place, blob.size, "", "wanted"))
    made = Outcome(Verdict.NEEDS_STAFF, "sync.cannot_be_opened") if body is None else decide(db, act, arrived, submissions)
    store.keep_outcome(db, {"id": frozen.id, **outcome_row(made)})
    return Ack(frozen.id, n, act.now, made.verdict, made.reason, made.number)


def _hex(receipt: Any, name: str, length: int) -> str:
    """Return a hexadecimal word of a receipt, '' if it is none."""
    text = receipt.get(name, "") if isinstance(receipt, Mapping) else ""
    return text if isinstance(text, str) and len(text) == length and all(char in "0123456789abcdef" for char in text) else ""


def _opened(db: Database, frozen: Frozen) -> dict[str, Any] | None:
    """Return the body of an intent, None if it was not sealed for this desk or is no object."""
    try:
        data = json.loads(sealing.open_sealed(keys(db).private, frozen.body), parse_constant=_no_number)
        to_json(data).encode()  # a lone surrogate has no bytes, and would stop the submissions behind it
    except (Problem, ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is no number")


def _arrived(frozen: Frozen, when: Times, body: Mapping[str, Any]) -> Arrived:
    identity = body.get("identity")
    return Arrived(
        id=frozen.id, kind=frozen.kind, version=frozen.version, device=frozen.device, number=frozen.number, body=body,
        occurred_at=when.occurred_at, received_at=when.received_at, effective_at=when.effective_at, offset_ms=when.offset_ms,
        clock_suspect=when.clock_suspect, identity=identity if identity in ("none", "claimed", "proven") else "none",
        photos=tuple(blob.sha256 for blob in frozen.blobs),
    )  # fmt: skip


def decide(db: Database, act: Act, arrived: Arrived, submissions: Mapping[str, Take]) -> Outcome:
    """Let the workflow decide about a submission; what it refuses, and what fails in it, waits for a person: the ones behind it go on."""
    take = submissions.get(f"{arrived.kind}@{arrived.version}")
    if take is None:
        return Outcome(Verdict.DEFERRED, "sync.newer_than_desk", {"kind": arrived.kind, "version": arrived.version})
    try:
        with change(db, act) as note:
            made = take(db, act, arrived)
            note(
                "submission.decided", arrived.id, made.about, kind=arrived.kind, verdict=made.verdict, number=made.number or arrived.number
            )
    except Problem as problem:
        return Outcome(Verdict.NEEDS_STAFF, problem.code, json.loads(to_json({key: str(value) for key, value in problem.details.items()})))
    except Exception:  # a fault of ours must not stop the submissions behind it
        log.exception("submission failed", kind=arrived.kind, intent=arrived.id)
        return Outcome(Verdict.NEEDS_STAFF, "sync.fault")
    return made


def outcome_row(made: Outcome) -> dict[str, Any]:
    """Return an outcome as its columns; not settled by a person."""
    return {
        "verdict": made.verdict.value, "reason": made.reason, "details": to_json(made.details), "case_kind": made.kind, "object": made.object,
        "case_number": made.number, "about": made.about, "settled_at": None, "settled_by": "", "settled_words": "",
    }  # fmt: skip


def settle(db: Database, act: Act, note: Note, intent_id: str, made: Outcome, words: str) -> Entry:
    """Say what a person made of a submission that waited; `words` are for the resident. Called inside a change."""
    entry = store.entry(db, intent_id)
    if entry is None:
        raise Missing("sync.unknown_submission", id=intent_id)
    if entry.settled_at or entry.verdict not in (Verdict.NEEDS_STAFF, Verdict.DEFERRED):
        raise Refused("sync.settled_already", number=entry.number)
    row = outcome_row(made) | {"settled_at": to_text(act.now), "settled_by": act.actor, "settled_words": words}
    store.keep_outcome(db, {"id": intent_id, **row})
    note("submission.settled", intent_id, made.about, number=entry.number, verdict=made.verdict, words=words)
    return replace(entry, verdict=made.verdict, object=made.object, case_number=made.number, settled_at=act.now, settled_words=words)


def apply_deferred(db: Database, act: Act, submissions: Mapping[str, Take]) -> int:
    """Apply what came in a version that the desk did not know then and knows now; return how many there were."""
    done = 0
    for name in submissions:
        kind, _, version = name.rpartition("@")
        for entry in store.deferred(db, kind, int(version)):
            with change(db, act) as note:
                made = decide(db, act, arrived_of(db, entry), submissions)
                store.keep_outcome(db, {"id": entry.id, **outcome_row(made)})
                note("submission.applied_late", entry.id, made.about, number=entry.number, verdict=made.verdict)
            done += 1
    return done


def arrived_of(db: Database, entry: Entry) -> Arrived:
    """Return a kept submission as its workflow gets it."""
    return Arrived(
        entry.id, entry.kind, entry.version, entry.device, entry.number, entry.body, entry.occurred_at, entry.received_at, entry.effective_at,
        entry.offset_ms, entry.clock_suspect, entry.identity, tuple(photo.sha256 for photo in store.photos(db, entry.id)),
    )  # fmt: skip


def backed_up(db: Database, through: int, at: datetime) -> None:
    """Say up to which submission a proven backup reaches: kiosks may then forget those in time."""
    if store.keys(db):
        with quietly(db):
            store.keep_backed_up(db, through, at)
