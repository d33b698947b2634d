"""A small world for the replication: a desk with a toy workflow, and kiosks that speak to it without a network.

Machines can be killed: at the n-th commit from now on (`dies_in`), when nothing of that commit reached the file.
"""

import itertools
import json
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from nacl.signing import SigningKey
from sqlite_utils.migrations import Migrations

from desk.kit.act import Act
from desk.kit.clock import SetClock, to_text
from desk.kit.database import Database, migrate, open_database
from desk.kit.ids import new_id
from desk.kit.journal import change
from desk.kit.journal.schema import migrations as journal_migrations
from desk.kit.numbering import begin_generation, next_number
from desk.kit.numbering.schema import migrations as numbering_migrations
from desk.kit.plugs import Arrived, Outcome, Published, Verdict
from desk.kit.problems import Refused
from sync import enrolment, feed, inbox, replica
from sync.client import Line, Round, sync_round
from sync.desk import Answer, Desk, Envelope
from sync.feed.schema import migrations as feed_migrations
from sync.inbox.schema import migrations as inbox_migrations
from sync.outbox import Draft, Identity, Moment, Outbox
from sync.outbox import store as outbox_store

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
READS = {"item@1": ("name", "place"), "sticker@1": ("text",), "outcome@1": ("verdict", "number")}

toy = Migrations("toy")


@toy()
def create_toy(db: Any) -> None:
    """A workflow: items that stand in a place, stickers that are published under their label, and wishes that came from kiosks.

    Nothing keeps a wish from being entered twice: that is what the replication has to see to.
    """
    db.executescript(
        """
        CREATE TABLE item (id TEXT PRIMARY KEY, name TEXT NOT NULL, place TEXT NOT NULL, secret TEXT NOT NULL) STRICT;
        CREATE TABLE sticker (
            id    TEXT PRIMARY KEY,
            label TEXT UNIQUE,
            item  TEXT REFERENCES item (id) ON DELETE CASCADE,
            text  TEXT NOT NULL,
            nail  TEXT UNIQUE  -- no two stickers hang on one nail
        ) STRICT;
        CREATE TABLE wish (n INTEGER PRIMARY KEY, id TEXT NOT NULL, number TEXT NOT NULL, words TEXT NOT NULL, at TEXT NOT NULL) STRICT;
        """
    )


class Killed(BaseException):
    """The machine went off: nothing catches this but the world."""


def _items(db: Database) -> list[str]:
    return [row["id"] for row in db.rows("SELECT id FROM item")]


def _read_item(db: Database, key: str) -> dict[str, Any] | None:
    return db.row("SELECT * FROM item WHERE id = :id", {"id": key})


def project_item(key: str, row: dict[str, Any] | None) -> dict[tuple[str, str, str], dict[str, Any]]:
    """An item stands in the scope of its place: 'pub', 'kiosk:K1', or '' for nowhere."""
    if row is None or not row["place"]:
        return {}
    return {(row["place"], "item@1", key): {"name": row["name"], "place": row["place"]}}


ITEMS = Published("toy.item", {"item": "id"}, _items, _read_item, project_item, {"item@1": frozenset({"name", "place"})})


def project_sticker(key: str, row: dict[str, Any] | None) -> dict[tuple[str, str, str], dict[str, Any]]:
    """A sticker is public under its label: two stickers that change labels change places."""
    if row is None or not row["label"]:
        return {}
    return {("pub", "sticker@1", row["label"]): {"text": row["text"]}}


STICKERS = Published(
    "toy.sticker",
    {"sticker": "id"},
    lambda db: [row["id"] for row in db.rows("SELECT id FROM sticker")],
    lambda db, key: db.row("SELECT * FROM sticker WHERE id = :id", {"id": key}),
    project_sticker,
    {"sticker@1": frozenset({"text"})},
)


def _read_entry(db: Database, key: str) -> inbox.store.Entry | None:
    return inbox.store.entry(db, key)


def project_outcome(key: str, entry: inbox.store.Entry | None) -> dict[tuple[str, str, str], dict[str, Any]]:
    """What became of a submission stands in the scope of its kiosk."""
    if entry is None:
        return {}
    return {(f"kiosk:{entry.device}", "outcome@1", key): {"verdict": entry.verdict.value, "number": entry.case_number}}


OUTCOMES = Published(
    "toy.outcome", {"inbox": "id"}, lambda db: [], _read_entry, project_outcome, {"outcome@1": frozenset({"verdict", "number"})}
)
PUBLISHED = (ITEMS, STICKERS, OUTCOMES)


def take_wish(db: Database, act: Act, arrived: Arrived) -> Outcome:
    """A wish gets a number and a row; one that says 'no' is refused by the rules."""
    if arrived.body.get("words") == "no":
        raise Refused("toy.refused")
    with change(db, act) as note:
        wish = new_id(act.now)
        number = next_number(db, act, "TY", act.now.date(), wish)
        db.conn.execute(
            "INSERT INTO wish (id, number, words, at) VALUES (?, ?, ?, ?)",
            (arrived.id, number, str(arrived.body["words"]), to_text(arrived.effective_at)),
        )
        note("wish.taken", wish, number=number)
    return Outcome(Verdict.ACCEPTED, kind="wish", object=wish, number=number)


SUBMISSIONS = {"wish@1": take_wish}
OWNERS = (journal_migrations, numbering_migrations, feed_migrations, inbox_migrations, toy)
_COUNT = itertools.count()


def make_blank(path: Path) -> Path:
    """Make a desk's file with the toy workflow, once for many worlds."""
    db = open_database(path, create=True)
    migrate(db, OWNERS)
    feed.watch(db, PUBLISHED)
    inbox.keys(db)
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    db.conn.close()
    return path


@dataclass
class ToyDesk:
    """The desk of a toy world: real file, real engine, a clock that is told to move."""

    folder: Path
    clock: SetClock
    published: tuple[Published, ...] = PUBLISHED
    submissions: Mapping[str, Any] = field(default_factory=lambda: dict(SUBMISSIONS))

    def __post_init__(self) -> None:
        self.open()

    def open(self) -> None:
        self.dies_in = 0
        self.db = open_database(self.folder / "desk.sqlite")
        self.db.before_commit = self._before_commit
        self.engine = Desk(lambda: self.db, self.clock, self.published, self.submissions, self.folder)

    def _before_commit(self, db: Database) -> None:
        feed.project(db, self.published)
        self.dies_in -= 1
        if self.dies_in == 0:
            raise Killed

    def crash(self) -> None:
        """Go off and on again: what was not committed is gone, the log beside the file was not written back."""
        self.db.conn.close()
        self.open()

    def act(self) -> Act:
        return Act("clerk", "D1", self.clock)

    def put(self, key: str, name: str, place: str) -> None:
        with change(self.db, self.act()) as note:
            self.db.conn.execute(
                "INSERT INTO item VALUES (?, ?, ?, 'never') ON CONFLICT (id) DO UPDATE SET name = excluded.name, place = excluded.place",
                (key, name, place),
            )
            note("item.put", key)

    def drop(self, key: str) -> None:
        with change(self.db, self.act()) as note:
            self.db.conn.execute("DELETE FROM item WHERE id = ?", (key,))
            note("item.dropped", key)

    def stick(self, key: str, label: str | None, text: str, item: str | None = None) -> None:
        with change(self.db, self.act()) as note:
            self.db.conn.execute("UPDATE sticker SET label = NULL WHERE label = ?", (label,))
            self.db.conn.execute(
                "INSERT INTO sticker (id, label, item, text) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET label = excluded.label, text = excluded.text",
                (key, label, item, text),
            )
            note("sticker.put", key)

    def stickers(self) -> dict[str, str]:
        return {row["label"]: row["text"] for row in self.db.rows("SELECT label, text FROM sticker WHERE label IS NOT NULL")}

    def items(self, scope: str) -> dict[str, str]:
        """What a scope should hold, told from the business rows and not from the feed."""
        return {row["id"]: row["name"] for row in self.db.rows("SELECT id, name FROM item WHERE place = :p", {"p": scope})}

    def wishes(self) -> dict[str, str]:
        return {row["id"]: row["words"] for row in self.db.rows("SELECT id, words FROM wish")}

    def verdicts(self, device: str) -> dict[str, str]:
        """What a kiosk should be told of its submissions."""
        return {row["id"]: row["verdict"] for row in self.db.rows("SELECT id, verdict FROM inbox WHERE device = :d", {"d": device})}

    def backup(self, path: Path) -> Path:
        copy = open_database(path, create=True)
        self.db.conn.backup(copy.conn)
        copy.conn.close()
        return path

    def restore(self, path: Path, new_generation: bool = True, known: int = 0) -> None:
        known = max(known, self.db.value("SELECT max(n) FROM generation"))
        self.db.conn.close()
        for name in ("desk.sqlite", "desk.sqlite-wal", "desk.sqlite-shm"):
            (self.folder / name).unlink(missing_ok=True)
        shutil.copyfile(path, self.folder / "desk.sqlite")
        self.open()
        if new_generation:
            with change(self.db, self.act()) as note:
                begin_generation(self.db, self.act(), known, "restored")
                note("site.restored", "site")


@dataclass
class ToyKiosk:
    """One kiosk of a toy world."""

    folder: Path
    desk: ToyDesk
    clock: SetClock  # its own wall clock
    steady: Callable[[], int]
    device: str = ""
    key: str = ""
    send: Callable[[Envelope], Answer] | None = None

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.boot = "boot1"
        self.times_killed = 0
        self.open()

    def open(self) -> None:
        self.dies_in = 0
        self.box = Outbox(self.folder)
        self.copy = replica.open_replica(self.folder / "replica.db", READS)
        self.box.db.before_commit = self.copy.before_commit = self._before_commit

    def _before_commit(self, db: Database) -> None:
        self.dies_in -= 1
        if self.dies_in == 0:
            raise Killed

    def kill(self) -> None:
        """Go off and on again: the logs beside the files are as they were at that moment, nothing was written back in closing."""
        self.times_killed += 1
        then = self.folder.with_name(f"{self.folder.name.partition('.')[0]}.{self.times_killed}")
        shutil.copytree(self.folder, then)
        self.close()
        shutil.rmtree(self.folder)
        self.folder = then
        self.open()

    def copy_folder(self, to: Path) -> Path:
        """Copy the whole disk, as it is while the kiosk runs."""
        shutil.copytree(self.folder, to)
        return to

    def roll_back(self, copy: Path) -> None:
        """Put an older copy of the whole disk in place."""
        self.close()
        shutil.rmtree(self.folder)
        shutil.copytree(copy, self.folder)
        self.open()

    def close(self) -> None:
        self.box.db.conn.close()
        self.copy.conn.close()

    def enrol(self, device_id: str = "", new_key: bool = False) -> None:
        had, self.key = self.key, self.key if self.key and not new_key else secrets.token_hex(32)
        offer = enrolment.offer(self.desk.db, self.desk.act(), "lobby", device_id=device_id)
        public = SigningKey(bytes.fromhex(self.key)).verify_key.encode().hex()
        joined = enrolment.join(self.desk.db, self.desk.act(), offer.code, public)
        self.desk.engine.counters.pop(joined.device, None)
        self.device, self.seal_for = joined.device, joined.seal_for
        if had and had != self.key:
            self.box.resign(SigningKey(bytes.fromhex(self.key)))
        self.box.joined(joined.nonce)

    @property
    def who(self) -> Identity:
        return Identity(self.device, self.key, self.seal_for)

    def moment(self) -> Moment:
        return Moment(self.clock.now(), self.steady(), self.boot)

    def wish(self, words: str, kind: str = "wish", version: int = 1, photos: tuple[bytes, ...] = ()) -> Any:
        body = json.dumps({"words": words}).encode()
        return self.box.submit(self.who, self.moment(), Draft(kind, version, body, photos=photos))

    def round(self, send: Callable[[Envelope], Answer] | None = None) -> Round:
        line = Line(self.who, self.box, send or self.send or self.desk.engine.answer, self.moment)
        return sync_round(line, self.copy, ("pub", f"kiosk:{self.device}"))

    def items(self, scope: str) -> dict[str, str]:
        return {row["id"]: row["name"] for row in replica.docs(self.copy, "item@1") if row["scope"] == scope}

    def waiting(self) -> list[Any]:
        return outbox_store.waiting(self.box.db, 1000)

    def stickers(self) -> dict[str, str]:
        return {row["id"]: row["text"] for row in replica.docs(self.copy, "sticker@1")}

    def outcomes(self) -> dict[str, str]:
        return {row["id"]: row["verdict"] for row in replica.docs(self.copy, "outcome@1")}


def overwrite(path: Path, page: int, size: int = 4096) -> None:
    """Overwrite the beginning of a page, as a failing flash cell would."""
    with path.open("r+b") as file:
        pages = path.stat().st_size // size
        file.seek(min(page, pages - 1) * size)
        file.write(b"\xa5" * 64)


@contextmanager
def in_memory() -> Iterator[Path]:
    """A folder that is gone afterwards, in the machine's memory where the system has a place for that: a test's files need no disk."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


def world(folder: Path, blank: Path, kiosks: int = 1) -> tuple[ToyDesk, list[ToyKiosk]]:
    """A desk and its enrolled kiosks."""
    (folder / "desk").mkdir(parents=True)
    shutil.copyfile(blank, folder / "desk" / "desk.sqlite")
    clock = SetClock(START)
    desk = ToyDesk(folder / "desk", clock)
    made = []
    for n in range(kiosks):
        own = SetClock(START + timedelta(seconds=n))
        kiosk = ToyKiosk(folder / f"kiosk{n + 1}", desk, own, lambda: round((clock.now() - START).total_seconds() * 1000))
        kiosk.enrol()
        made.append(kiosk)
    return desk, made
