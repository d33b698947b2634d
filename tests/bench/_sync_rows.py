"""A desk that publishes one table of twelve fields a row, for the bench of the replication, and kiosks that are enrolled at it."""

import random
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from nacl.signing import SigningKey
from sqlite_utils.migrations import Migrations

from desk.kit.act import Act
from desk.kit.clock import SetClock, WallClock, to_text
from desk.kit.database import Database, Pool, migrate, open_database
from desk.kit.ids import new_id
from desk.kit.journal.schema import migrations as journal
from desk.kit.numbering.schema import migrations as numbering
from desk.kit.plugs import Published
from desk.kit.rows import to_json
from sync import digests, enrolment, feed, inbox, replica
from sync.desk import Desk
from sync.feed.schema import migrations as feed_tables
from sync.feed.store import Scope
from sync.inbox.schema import migrations as inbox_tables
from sync.outbox import Identity, Moment, Outbox
from tests.sync.world import SUBMISSIONS, toy

FIELDS = (
    "number",
    "category",
    "stage",
    "place",
    "building",
    "what",
    "reported_at",
    "appointed_from",
    "appointed_to",
    "rule",
    "floor",
    "version",
)
READS = {"fault@1": FIELDS}
PLACES = ["厨房", "卫生间", "阳台", "客厅", "楼道", "电梯厅", "车库", "屋顶"]
FAULTS = ["漏水", "堵塞", "跳闸", "灯不亮", "门打不开", "有异响", "渗水", "松动", "脱落", "没有热水"]
STAGES = ["reported", "assigned", "on_site", "testing", "revisit", "closed"]
CATEGORIES = ["water_leak", "drain", "electric", "door_lock", "lift", "public_lights", "other"]
BATCH = 20_000

tables = Migrations("bench")


@tables()
def create_fault(db: Any) -> None:
    """The table that is published, and its twin that nobody watches."""
    columns = ", ".join(f"{name} TEXT NOT NULL" for name in FIELDS if name not in ("floor", "version"))
    for name in ("fault", "unwatched"):
        db.execute(f"CREATE TABLE {name} (id TEXT PRIMARY KEY, {columns}, floor INTEGER NOT NULL, version INTEGER NOT NULL) STRICT")


def read(db: Database, key: str) -> dict[str, Any] | None:
    """Return the row of a key."""
    return db.row("SELECT * FROM fault WHERE id = :id", {"id": key})


def project(key: str, row: dict[str, Any] | None) -> dict[tuple[str, str, str], dict[str, Any]]:
    """Every row is public, all of its fields."""
    return {("pub", "fault@1", key): {name: row[name] for name in FIELDS}} if row else {}


FAULT = Published("bench.fault", {"fault": "id"}, lambda db: [], read, project, {"fault@1": frozenset(FIELDS)})
PUBLISHED = (FAULT,)


def rows(count: int, first: int = 0) -> Iterator[dict[str, Any]]:
    """Yield rows as a community's repairs would be: Chinese words, instants, numbers."""
    rng, at = random.Random(first), WallClock().now() - timedelta(days=900)
    for n in range(first, first + count):
        at += timedelta(seconds=rng.randrange(600))
        building, floor = rng.randrange(1, 21), rng.randrange(1, 31)
        place = f"{building}-{rng.randrange(1, 3)}-{floor:02d}{rng.randrange(1, 5):02d}"
        yield {
            "id": new_id(at), "number": f"WX-2026-{n:06d}", "category": rng.choice(CATEGORIES), "stage": rng.choice(STAGES), "place": place,
            "building": f"{building}栋", "what": f"{rng.choice(PLACES)}{rng.choice(FAULTS)}", "reported_at": to_text(at),
            "appointed_from": to_text(at + timedelta(hours=2)), "appointed_to": to_text(at + timedelta(hours=4)), "rule": "RC6", "floor": floor,
            "version": rng.randrange(1, 9),
        }  # fmt: skip


@dataclass
class Kiosk:
    """One enrolled kiosk with its folder."""

    who: Identity
    box: Outbox
    copy: Database

    @staticmethod
    def moment() -> Moment:
        """The clocks of this machine."""
        return Moment(WallClock().now(), 1, "boot1")


def desk(folder: Path) -> Desk:
    """Make an empty desk that publishes the table."""
    (folder / "desk").mkdir(parents=True)
    db = open_database(folder / "desk" / "desk.sqlite", create=True)
    migrate(db, (journal, numbering, feed_tables, inbox_tables, toy, tables))
    feed.watch(db, PUBLISHED)
    inbox.keys(db)
    db.conn.close()
    return opened(folder)


def opened(folder: Path) -> Desk:
    """Open a desk that was made."""
    pool = Pool(folder / "desk" / "desk.sqlite", lambda own: feed.project(own, PUBLISHED))
    return Desk(pool.get, WallClock(), PUBLISHED, SUBMISSIONS, folder / "desk")


def fill(made: Desk, count: int) -> None:
    """Publish rows in bulk: as the feed would, without asking it row by row."""
    db, state, seq = made.db(), feed.store.scope(made.db(), "pub"), feed.store.seq(made.db())
    source = list(rows(count, seq))
    for start in range(0, count, BATCH):
        part, out = source[start : start + BATCH], []
        db.conn.execute("BEGIN IMMEDIATE")
        insert(db, "fault", part)
        for row in part:
            seq += 1
            doc = to_json(project(row["id"], row)["pub", "fault@1", row["id"]])
            state.digest = digests.add(state.digest, digests.row("fault@1", row["id"], doc))
            out.append(("pub", "fault@1", row["id"], seq, doc, "bench.fault", row["id"]))
        feed.store.publish(db, out)
        feed.store.keep_scope(db, "pub", Scope(seq, state.digest, seq, 0))
        feed.store.keep_seq(db, seq)
        feed.store.clean(db)
        db.conn.execute("COMMIT")
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def insert(db: Database, table: str, part: list[dict[str, Any]]) -> None:
    """Insert rows into the published table or its unwatched twin."""
    names = list(part[0])
    db.conn.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(':' + name for name in names)})", part)


def kiosk(made: Desk, folder: Path, name: str = "lobby") -> Kiosk:
    """Enrol a kiosk."""
    folder.mkdir(parents=True)
    key, act = secrets.token_hex(32), Act("clerk", "D1", SetClock(WallClock().now()))
    offer = enrolment.offer(made.db(), act, name)
    joined = enrolment.join(made.db(), act, offer.code, SigningKey(bytes.fromhex(key)).verify_key.encode().hex())
    box = Outbox(folder)
    box.joined(joined.nonce)
    return Kiosk(Identity(joined.device, key, joined.seal_for), box, replica.open_replica(folder / "replica.db", READS))
