"""A town of one desk and three kiosks under every fault we could think of, and what must hold in it.

What must hold is told by an independent account (plain dicts of what was put, printed and copied), never by the feed's own tables.

I1  what was printed stands at the desk once, byte for byte, as long as any kiosk or any proven backup holds it
I2  its effect is there once; a desk's number is never told for two submissions, a receipt number never printed twice
I3  when everything is quiet a kiosk shows what the business rows say, and nothing else
I4  no file of a kiosk ever holds a word of another kiosk's scope
I5  the desk's sequence does not go down within a life, a cursor stands at the head after a good round
I7  an outcome at the kiosk is the one that the desk committed
I8  a submission's effective time lies between the newest desk time that its kiosk had seen and its receipt
I9  everybody becomes equal in few rounds, without a person unless something was copied, revoked or damaged; then nothing moves any more
(I6, the law of interruption, and I11, the cost of a delta, stand in test_rules_down.py and test_rules_cost.py.)
"""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import sqlite_utils

from desk.kit.clock import SetClock, from_text
from desk.kit.journal import change
from desk.kit.numbering.store import generation
from desk.kit.quiet import quietly
from sync import enrolment, feed, inbox, replica
from sync.client import NoLine, Round, State
from sync.desk import Answer, Envelope
from sync.outbox import KEPT
from tests.sync.world import START, Killed, ToyDesk, ToyKiosk, make_blank, overwrite, take_wish, world

MOST_PASSES = 8
FATES = ("ok", "no_request", "no_answer", "twice", "second", "cut", "portal", "nothing", "old", "old_request", "busy")


@dataclass
class Machine:
    """One kiosk with what the account knows of it."""

    name: str
    kiosk: ToyKiosk
    held: set[str] = field(default_factory=set)  # submissions that must stand in its outbox
    tainted: bool = False  # copied, rolled back, revoked, damaged: a person may have to look at it
    spoiled: bool = False  # its copy, or the desk behind its back, is not what it was: a copy may be fetched anew
    joined: int = 0  # which of its enrolments counts
    answers: list[Answer] = field(default_factory=list)
    requests: list[Envelope] = field(default_factory=list)
    shift: timedelta = timedelta(0)
    saved: "tuple[Path, Machine, str, str, str] | None" = None


@dataclass
class Backup:
    """A copy of the desk's file, and what the account knew at that moment."""

    path: Path
    items: dict[str, tuple[str, str]]
    stickers: dict[str, tuple[str, str]]
    life: tuple[int, str]
    joined: dict[str, int]
    ids: set[str]


def make_base(folder: Path) -> Path:
    """Make the desk and the three enrolled kiosks that each example begins with, once."""
    blank = make_blank(folder / "blank.sqlite")
    desk, kiosks = world(folder / "base", blank, 3)
    who = []
    for kiosk in kiosks:
        kiosk.round()
        kiosk.close()
        who.append([kiosk.folder.name, kiosk.device, kiosk.key, kiosk.seal_for])
    desk.db.conn.close()
    (folder / "base" / "who.json").write_text(json.dumps(who))
    return folder / "base"


class Town:
    """The machines, the faults, and the account."""

    def __init__(self, base: Path, folder: Path) -> None:
        self.folder = folder / "town"
        shutil.copytree(base, self.folder)
        self.true = timedelta(0)
        self.desk_shift = timedelta(0)
        self.desk = ToyDesk(self.folder / "desk", SetClock(START))
        self.machines: list[Machine] = []
        for name, device, key, seal_for in json.loads((self.folder / "who.json").read_text()):
            self._add(name, self._kiosk(self.folder / name, device, key, seal_for))
        self.items: dict[str, tuple[str, str]] = {}
        self.stickers: dict[str, tuple[str, str]] = {}
        self.printed: dict[str, tuple[str, str, str, str]] = {}  # id -> frozen, words, kind@version, receipt number
        self.excused: set[str] = set()  # gone with a disk: nobody holds them any more
        self.retired: set[str] = set()
        self.proven: set[str] = set()  # stand in a backup that proved itself
        self.numbers: dict[str, str] = {}
        self.backups: list[Backup] = []
        self.highest = 1
        self.newest_seq: tuple[str, int] = ("", 0)
        self.upgraded = self.was_raw = False
        self.n = 0

    def close(self) -> None:
        self.desk.db.conn.close()
        for machine in self.machines:
            machine.kiosk.close()

    def _add(self, name: str, kiosk: ToyKiosk) -> Machine:
        machine = Machine(name, kiosk)
        self.machines.append(machine)
        return machine

    def _kiosk(self, folder: Path, device: str, key: str, seal_for: str) -> ToyKiosk:
        kiosk = ToyKiosk(folder, self.desk, SetClock(START + self.true), lambda: round(self.true.total_seconds() * 1000), device, key)
        kiosk.seal_for = seal_for
        return kiosk

    def _fresh(self, word: str) -> str:
        self.n += 1
        return f"{word}!{self.n}!"

    def life(self) -> tuple[int, str]:
        found = generation(self.desk.db)
        return found.n, found.incarnation

    # what people do at the desk

    def put(self, key: str, place: str) -> None:
        name = self._fresh(f"canary of {place or 'nowhere'}")
        self.desk.put(key, name, place)
        self.items[key] = (name, place)

    def put_unseen(self, key: str, place: str) -> None:
        """A program that knows nothing of the feed writes into the file."""
        name = self._fresh(f"canary of {place or 'nowhere'}")
        other = sqlite_utils.Database(str(self.desk.folder / "desk.sqlite"))
        with other.conn:
            other["item"].upsert({"id": key, "name": name, "place": place, "secret": "never"}, pk="id")
        other.conn.close()
        self.items[key] = (name, place)

    def drop(self, key: str) -> None:
        self.desk.drop(key)
        self.items.pop(key, None)

    def drop_unseen(self) -> None:
        other = sqlite_utils.Database(str(self.desk.folder / "desk.sqlite"))
        with other.conn:
            other.conn.execute("DELETE FROM item")
        other.conn.close()
        self.items.clear()

    def stick(self, key: str, label: str) -> None:
        text = self._fresh("sticker")
        self.desk.stick(key, label, text)
        self.stickers = {other: said for other, said in self.stickers.items() if said[0] != label and other != key}
        self.stickers[key] = (label, text)

    def swap(self, one: str, two: str) -> None:
        if not {one, two} <= self.stickers.keys() or one == two:
            return
        (here, text), (there, other) = self.stickers[one], self.stickers[two]
        with change(self.desk.db, self.desk.act()) as note:
            for key, label in ((one, None), (two, here), (one, there)):
                self.desk.db.conn.execute("UPDATE sticker SET label = ? WHERE id = ?", (label, key))
            note("stickers.swapped", one)
        self.stickers |= {one: (there, text), two: (here, other)}

    def upgrade(self) -> None:
        """The desk learns wish@2."""
        self.upgraded = True
        self.desk.submissions = self.desk.engine.submissions = {"wish@1": take_wish, "wish@2": take_wish}
        inbox.apply_deferred(self.desk.db, self.desk.act(), self.desk.submissions)

    def backup(self, is_proven: bool) -> None:
        path = self.desk.backup(self.folder / f"backup{len(self.backups)}.sqlite")
        ids = {row[0] for row in self.desk.db.conn.execute("SELECT id FROM inbox")}
        joined = {machine.name: machine.joined for machine in self.machines}
        self.backups.append(Backup(path, dict(self.items), dict(self.stickers), self.life(), joined, ids))
        if is_proven:
            inbox.backed_up(self.desk.db, inbox.store.newest_n(self.desk.db), self.desk.clock.now())
            self.proven |= ids

    def restore(self, which: int, raw: bool) -> None:
        """Bring a backup back; `raw`: somebody copied the file and told nobody, so the desk does not know that it lived before."""
        if not self.backups:
            return
        chosen = self.backups[which % len(self.backups)]
        raw = raw and chosen.life == self.life()
        self.desk.restore(chosen.path, not raw, self.highest)
        self.was_raw = self.was_raw or raw
        self.highest = max(self.highest, self.life()[0])
        self.newest_seq = ("", 0)
        self.items, self.stickers = dict(chosen.items), dict(chosen.stickers)
        self.excused |= self.retired - chosen.ids
        for machine in self.machines:
            machine.spoiled = machine.spoiled or raw
            machine.requests.clear()
            machine.tainted = machine.tainted or raw or machine.joined != chosen.joined.get(machine.name)
        if self.upgraded:
            self.upgrade()

    def forget(self) -> None:
        self.desk.engine.forget_withdrawn()

    def revoke(self, machine: Machine) -> None:
        device = inbox.store.device(self.desk.db, machine.kiosk.device)
        if device and not device.revoked_at:
            enrolment.revoke(self.desk.db, self.desk.act(), device.id, "lost")
            self._taint(machine)

    def take_scope(self, machine: Machine) -> None:
        device = inbox.store.device(self.desk.db, machine.kiosk.device)
        if device:
            with quietly(self.desk.db):
                inbox.store.keep_device(self.desk.db, replace(device, flags=("cloned",)))
            self._taint(machine)

    def give_scope(self, machine: Machine) -> None:
        if inbox.store.device(self.desk.db, machine.kiosk.device):
            enrolment.clear_flags(self.desk.db, self.desk.act(), machine.kiosk.device, "looked at")

    def _taint(self, machine: Machine) -> None:
        for other in self.machines:
            if other.kiosk.device == machine.kiosk.device:
                other.tainted = other.spoiled = True

    def enrol(self, machine: Machine) -> None:
        """A person joins a kiosk again: under its number if no other machine bears it, with a new key if it was taken for a copy."""
        kiosk = machine.kiosk
        is_known = inbox.store.device(self.desk.db, kiosk.device) is not None
        is_shared = any(other is not machine and other.kiosk.device == kiosk.device for other in self.machines)
        suspect = bool(kiosk.box.db.value("SELECT value = 'true' FROM known WHERE name = 'suspect'"))
        kiosk.enrol(kiosk.device if is_known and not is_shared else "", new_key=suspect or is_shared)
        self.n += 1
        machine.joined, machine.tainted = self.n, True

    # what residents do

    def wish(self, machine: Machine, words: str, version: int) -> None:
        made = machine.kiosk.wish(words, version=version)
        assert made.number not in {said[3] for said in self.printed.values()}
        self.printed[made.id] = (made.frozen, words, f"wish@{version}", made.number)
        machine.held.add(made.id)

    # what happens to machines

    def tick(self, span: timedelta) -> None:
        self.true += span
        self._set_clocks()

    def shift(self, machine: Machine | None, span: timedelta) -> None:
        """Somebody sets the clock of a kiosk, or of the desk."""
        if machine:
            machine.shift += span
        else:
            self.desk_shift += span
        self._set_clocks()

    def _set_clocks(self) -> None:
        self.desk.clock.at = START + self.true + self.desk_shift
        for machine in self.machines:
            machine.kiosk.clock.at = START + self.true + machine.shift

    def kill(self, machine: Machine, is_reboot: bool) -> None:
        machine.kiosk.kill()
        if is_reboot:
            self.n += 1
            machine.kiosk.boot = f"boot{self.n}"

    def save(self, machine: Machine) -> None:
        kiosk = machine.kiosk
        copy = kiosk.copy_folder(self.folder / self._fresh("saved").replace("!", ""))
        machine.saved = (copy, replace(machine, held=set(machine.held)), kiosk.device, kiosk.key, kiosk.seal_for)

    def roll_back(self, machine: Machine) -> None:
        if machine.saved:
            copy, then, *who = machine.saved
            machine.kiosk.roll_back(copy)
            machine.kiosk.device, machine.kiosk.key, machine.kiosk.seal_for = who
            self.excused |= machine.held - then.held
            machine.held = set(then.held)
            self._taint(machine)

    def clone(self, machine: Machine) -> None:
        if len(self.machines) > 3:
            return
        kiosk = machine.kiosk
        copy = kiosk.copy_folder(self.folder / "clone")
        twin = self._add("clone", self._kiosk(copy, kiosk.device, kiosk.key, kiosk.seal_for))
        twin.held, twin.shift, twin.joined = set(machine.held), machine.shift, machine.joined
        self._set_clocks()
        self._taint(machine)

    def lose_replica(self, machine: Machine) -> None:
        machine.kiosk.close()
        for path in machine.kiosk.folder.glob("replica.db*"):
            path.unlink()
        machine.kiosk.open()

    def damage_replica(self, machine: Machine, page: int) -> None:
        machine.spoiled = True
        machine.kiosk.close()
        overwrite(machine.kiosk.folder / "replica.db", page)
        machine.kiosk.open()

    def forge_row(self, machine: Machine) -> None:
        """A row of the replica is not what it was; the hourly count finds it."""
        machine.spoiled = True
        machine.kiosk.copy.conn.execute('UPDATE row SET doc = \'{"name":"forged"}\'')
        replica.scrub(machine.kiosk.copy)

    def damage_outbox(self, machine: Machine, page: int) -> None:
        kiosk = machine.kiosk
        kiosk.close()
        overwrite(kiosk.folder / "outbox.db", 2 + page)
        kiosk.open()
        here = dict(kiosk.box.db.conn.execute("SELECT id, frozen FROM intent").fetchall())
        gone = {one for one in machine.held if here.get(one) != self.printed[one][0]}
        lost = set(json.loads(kiosk.box.db.value("SELECT value FROM known WHERE name = 'lost'") or "[]"))
        assert {self.printed[one][3] for one in gone - here.keys()} <= lost
        machine.held -= gone
        self.excused |= gone
        self._taint(machine)

    # the line

    def round(self, machine: Machine, fates: Sequence[str] = (), dies_in: int = 0, desk_dies_in: int = 0) -> Round | None:
        """One round under the fates of its requests, one after the other; the kiosk or the desk may go off at its n-th commit."""
        kiosk, left = machine.kiosk, list(fates)
        self.desk.dies_in, kiosk.dies_in = desk_dies_in, dies_in
        self.requests = 0
        done = None
        try:
            done = kiosk.round(lambda envelope: self._carry(machine, envelope, left.pop(0) if left else "ok"))
        except Killed:
            kiosk.kill()
        self.desk.dies_in = kiosk.dies_in = 0
        self._look_after(machine, done)
        return done

    def _carry(self, machine: Machine, envelope: Envelope, fate: str) -> Answer:
        self.requests += 1
        if fate == "no_request":
            raise NoLine
        if fate == "portal":
            return Answer(200, b"<html>Welcome to the hotel</html>")
        if fate == "nothing":
            return Answer(200)
        if fate == "busy":
            return Answer(503, retry_after=5)
        if fate == "old_request" and machine.requests:
            self._desk_answers(machine, machine.requests[0])
        answer = self._desk_answers(machine, envelope)
        if fate in ("twice", "second"):
            second = self._desk_answers(machine, envelope)
            answer = second if fate == "second" else answer
        machine.requests.append(envelope)
        machine.answers.append(answer)
        if fate == "no_answer":
            raise NoLine
        if fate == "cut":
            return replace(answer, body=answer.body[: len(answer.body) // 2])
        return machine.answers[0] if fate == "old" else answer

    def _desk_answers(self, machine: Machine, envelope: Envelope) -> Answer:
        try:
            return self.desk.engine.answer(envelope)
        except Killed:
            self.desk.crash()
            for other in self.machines:
                other.requests.clear()
            raise NoLine from None

    def _look_after(self, machine: Machine, done: Round | None) -> None:
        """Look at what must hold after each round."""
        told = dict(machine.kiosk.box.db.conn.execute("SELECT id, case_number FROM intent").fetchall())
        here = told.keys()
        for one, number in told.items():  # a desk that was copied back in secret cannot know what it told
            assert not number or self.was_raw or self.numbers.setdefault(number, one) == one, f"{number} was told twice"
        gone = machine.held - here
        if gone:
            old = self.desk.clock.now() - KEPT
            rows = dict(self.desk.db.conn.execute("SELECT id, received_at FROM inbox").fetchall())
            assert all(one in self.proven and one in rows and from_text(rows[one]) <= old for one in gone), "retired too early"
            self.retired |= gone
            machine.held -= gone
        assert here == machine.held
        incarnation, seq = self.life()[1], feed.store.seq(self.desk.db)
        assert self.newest_seq[0] != incarnation or self.newest_seq[1] <= seq
        self.newest_seq = (incarnation, seq)
        assert not done or not done.rebuilt or machine.spoiled, "two honest machines came to different sums"
        if done and done.state is State.GOOD and not done.gone:
            for scope in ("pub", f"kiosk:{machine.kiosk.device}"):
                assert replica.have(machine.kiosk.copy, scope) == (feed.store.scope(self.desk.db, scope).head, None)
        machine.answers[:] = machine.answers[-6:]
        machine.requests[:] = machine.requests[-6:]
