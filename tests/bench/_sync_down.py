"""What it costs to bring rows to a kiosk: all of them, a hundred that changed, none; CPU time of both sides, bytes of bodies."""

import http.client
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask, Response

from desk.kit.quiet import quietly
from sync import feed, protocol, replica
from sync.client import Line, Round, State, sync_round
from sync.desk import Desk
from tests.bench._sync_http import Wire, app_of, served
from tests.bench._sync_rows import READS, Kiosk, desk, fill, insert, kiosk, rows

PULLED = 100_000
CHANGED = 100
TIMES = 3


def spent(run: Callable[[], Any]) -> tuple[float, Any]:
    """Return the CPU seconds of this process that something took, and what it returned."""
    began = time.process_time()
    made = run()
    return time.process_time() - began, made


def a_round(made: Kiosk, line: Line) -> Round:
    """Do one round over the scopes of the kiosk; anything but a good one stops the bench."""
    done = sync_round(line, made.copy, feed.scopes_of(made.who.device))
    assert done.state is State.GOOD, done
    return done


def first_pull(made: Desk, folder: Path, name: str) -> tuple[float, float]:
    """Return the CPU seconds in which a new kiosk has everything, and the bytes of all bodies."""
    with served(app_of(made)) as port:
        new = kiosk(made, folder / name)
        wire = Wire(port)
        line = Line(new.who, new.box, wire, new.moment)
        took, done = spent(lambda: a_round(new, line))
        assert done.rows == feed.store.scope(made.db(), "pub").live
    return took, wire.sent + wire.got


def floor(made: Desk, folder: Path, name: str) -> float:
    """Return the CPU seconds of the floor: the same payload copied over loopback HTTP, decoded, and inserted in one transaction."""
    found = feed.store.after(made.db(), "pub", 0, 10_000_000)
    packed = protocol.pack("\n".join(f"{seq}\t{kind}\t{row_id}\t{doc}" for seq, kind, row_id, doc in found).encode())
    app = Flask("floor")
    app.add_url_rule("/", view_func=lambda: Response(packed, mimetype="application/octet-stream"))
    copy = replica.open_replica(folder / f"{name}.db", READS)
    with served(app) as port:
        took, got = spent(lambda: _copied(port, copy))
    assert got == len(found)
    return took


def _copied(port: int, copy: Any) -> int:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    line.request("GET", "/")
    lines = [text.split("\t") for text in protocol.unpack(line.getresponse().read()).decode().split("\n")]
    copy.conn.execute("BEGIN IMMEDIATE")
    copy.conn.executemany("INSERT INTO row VALUES ('pub', 0, ?, ?, ?)", [(kind, row_id, doc) for _, kind, row_id, doc in lines])
    copy.conn.execute("COMMIT")
    return len(lines)


def pull_figures(folder: Path) -> list[dict[str, Any]]:
    """Return how fast a first pull is beside its floor: the middle of some runs, taken in turns."""
    made = desk(folder)
    fill(made, PULLED)
    runs = [(floor(made, folder, f"f{n}"), *first_pull(made, folder, f"k{n}")) for n in range(TIMES)]
    share = sorted(low / took for low, took, _ in runs)[TIMES // 2]
    took = sorted(took for _, took, _ in runs)[TIMES // 2]
    return [
        {"name": f"first pull of {PULLED:,} rows", "value": round(PULLED / took), "unit": "rows/s CPU"},
        {"name": "first pull, its floor", "value": round(PULLED / sorted(low for low, _, _ in runs)[TIMES // 2]), "unit": "rows/s CPU"},
        {"name": "first pull, share of the floor", "value": round(share, 2), "unit": "ratio", "least": 0.4},
        {"name": "first pull, bytes a row", "value": round(runs[0][2] / PULLED, 1), "unit": "bytes", "budget": 110},
    ]


class Steps:
    """Counts what SQLite does on some connections, step by step: a scan would show as a number that grows with the table."""

    def __init__(self, *databases: Any) -> None:
        self.count, self.databases = 0, databases

    def __enter__(self) -> "Steps":
        for db in self.databases:
            db.conn.set_progress_handler(self._step, 1)
        return self

    def __exit__(self, *_: object) -> None:
        for db in self.databases:
            db.conn.set_progress_handler(None, 1)

    def _step(self) -> int:
        self.count += 1
        return 0


def touch(made: Desk, spread: int) -> None:
    """Change a hundred rows that lie far apart."""
    with quietly(made.db()):
        made.db().conn.execute("UPDATE fault SET version = version + 1 WHERE rowid % ? = 1", (spread,))


def delta(folder: Path, count: int) -> tuple[float, float, int]:
    """Return the CPU milliseconds, the bytes and SQLite's steps of a round that brings a hundred changed rows, of `count`."""
    made = desk(folder)
    fill(made, count)
    known = kiosk(made, folder / "k")
    a_round(known, Line(known.who, known.box, made.answer, known.moment))
    runs = []
    with served(app_of(made)) as port:
        wire = Wire(port)
        line = Line(known.who, known.box, wire, known.moment)
        a_round(known, line)
        for _ in range(5):
            touch(made, count // CHANGED)
            before = wire.sent + wire.got
            took, done = spent(lambda: a_round(known, line))
            assert done.rows == CHANGED
            runs.append((took * 1000, (wire.sent + wire.got - before) / CHANGED))
    touch(made, count // CHANGED)
    with Steps(made.db(), known.copy, known.box.db) as steps:
        a_round(known, Line(known.who, known.box, made.answer, known.moment))
    runs.sort()
    return runs[2][0], runs[2][1], steps.count


def delta_figures(folder: Path, sizes: list[int]) -> list[dict[str, Any]]:
    """Return what a round with a hundred changed rows costs at each size."""
    found = {count: delta(folder / str(count), count) for count in sizes}
    made = [
        {"name": f"{CHANGED} changed rows of {count:,}", "value": round(took, 1), "unit": "ms CPU", "budget": 15}
        for count, (took, _, _) in found.items()
    ]
    made.append({"name": f"{CHANGED} changed rows, bytes a row", "value": round(found[sizes[0]][1], 1), "unit": "bytes"})
    made += [
        {"name": f"{CHANGED} changed rows of {count:,}, SQLite's steps", "value": steps, "unit": "steps"}
        for count, (_, _, steps) in found.items()
    ]
    share = found[sizes[-1]][2] / found[sizes[0]][2]
    return [*made, {"name": f"steps, {sizes[-1]:,} rows to {sizes[0]:,}", "value": round(share, 3), "unit": "ratio", "budget": 1.05}]


def idle_figures(folder: Path) -> list[dict[str, Any]]:
    """Return what a round costs in which nothing is new."""
    made = desk(folder)
    fill(made, 10_000)
    known = kiosk(made, folder / "k")
    with served(app_of(made)) as port:
        wire = Wire(port)
        line = Line(known.who, known.box, wire, known.moment)
        for _ in range(5):
            a_round(known, line)
        wire.sent = wire.got = 0
        took, _ = spent(lambda: [a_round(known, line) for _ in range(100)])
    return [
        {"name": "round with nothing new", "value": round(took * 10, 2), "unit": "ms CPU", "budget": 5},
        {"name": "round with nothing new, both bodies", "value": round((wire.sent + wire.got) / 100), "unit": "bytes", "budget": 400},
    ]


def capture_figures(folder: Path) -> list[dict[str, Any]]:
    """Return what the triggers add to a write: the cheapest of some runs, and what a projection with its digest costs a row."""
    made, count = desk(folder), 10_000
    db = made.db()
    inserts: dict[str, list[float]] = {"fault": [], "unwatched": []}
    updates: dict[str, list[float]] = {"fault": [], "unwatched": []}
    projected = []
    for n in range(5):
        part = list(rows(count, n * count))
        for table in inserts:
            inserts[table].append(_in_one(db, lambda table=table, part=part: insert(db, table, part)))
            projected += [_in_one(db, lambda: feed.project(db, made.published))] if table == "fault" else []
            updates[table].append(_in_one(db, lambda table=table, part=part: _update(db, table, part)))
            _in_one(db, lambda: feed.store.clean(db))
    return [
        {"name": f"capture, added to {word}", "value": round(added / count * 1e6, 1), "unit": "us CPU", "budget": 6}
        for word, added in (("an insert", _added(inserts)), ("an update", _added(updates)))
    ] + [{"name": "projection and digest of a row", "value": round(sorted(projected)[2] / count * 1e6, 1), "unit": "us CPU", "budget": 60}]


def _added(costs: dict[str, list[float]]) -> float:
    return min(costs["fault"]) - min(costs["unwatched"])


def _in_one(db: Any, run: Callable[[], Any]) -> float:
    """Return the CPU seconds of something in one transaction, without its commit."""
    db.conn.execute("BEGIN IMMEDIATE")
    took, _ = spent(run)
    db.conn.execute("COMMIT")
    return took


def _update(db: Any, table: str, part: list[dict[str, Any]]) -> None:
    db.conn.executemany(f"UPDATE {table} SET version = version + 1 WHERE id = ?", [(row["id"],) for row in part])
