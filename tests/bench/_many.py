"""A desk with many repairs: a few that went through the real commands, and copies of them written in bulk.

Each copy has its own id, number, room, words, clock, search entry and journal entry; one in twenty is still open.
"""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from desk.kit import search
from desk.kit.act import Act
from desk.kit.clock import SetClock, WallClock, to_text
from desk.kit.database import Database
from desk.site import Site, make
from desk.workflows.households import commands as households
from desk.workflows.households import store as register
from desk.workflows.households.inputs import MemberInput, RegularInput
from desk.workflows.repairs import commands
from desk.workflows.repairs.inputs import Report

WORDS = ["漏水", "堵塞", "跳闸", "不亮", "打不开", "异响", "渗水", "松动", "脱落", "没有热水"]
THINGS = ["厨房水管", "卫生间顶", "阳台地漏", "入户门锁", "客厅插座", "楼道灯", "电梯按钮", "可视对讲", "暖气片", "窗户把手"]
OPEN_ONE_IN = 20
BATCH = 20_000
RARE = 10  # repairs that hold the rare word, however many there are


def site_with(folder: Path, count: int) -> tuple[Site, str]:
    """Make a desk with `count` repairs; return it and the number of one that went through the real commands."""
    site = make(folder)
    db, clock = site.db(), SetClock(WallClock().now() - timedelta(hours=5))
    clerk = Act("bench", "D1", clock, name="bench", staff_no="B01", role="front_desk")
    households.lay_out(db, clerk, RegularInput.read({"buildings": "10", "entrances": "2", "floors": "25", "rooms": "4"}))
    rooms = [row[0] for row in db.conn.execute("SELECT label FROM unit ORDER BY label")]
    unit = households.unit_of(db, rooms[0])
    households.enter(db, clerk, unit.id, MemberInput.read({"role": "owner", "name": "周予安", "phone": "13800000001"}))
    order = None
    for thing in THINGS:
        said = {
            "unit": rooms[0],
            "name": "周予安",
            "phone": "13800000001",
            "what": f"{thing}漏水",
            "wished": "今天下午",
            "category": "water_leak",
        }
        order = commands.report(db, clerk, Report.read(said))
        clock.forward(minutes=3)
    assert order is not None
    assert register.unit(db, unit.id)
    copy(db, order.id, count, clock.now())
    return site, order.number


def copy(db: Database, template_id: str, count: int, now: datetime) -> None:
    """Write `count` copies of one order, in batches of one transaction each."""
    template = db.row("SELECT * FROM work_order WHERE id = :id", {"id": template_id})
    clock = db.row("SELECT * FROM clock WHERE object = :id LIMIT 1", {"id": template_id})
    units = db.conn.execute("SELECT unit.id, unit.label FROM unit ORDER BY unit.label").fetchall()
    assert template
    assert clock
    rng = random.Random(7)
    for first in range(0, count, BATCH):
        rows = list(_copies(template, clock, units, rng, range(first, min(first + BATCH, count)), now, count // RARE))
        db.conn.execute("BEGIN IMMEDIATE")
        for table, at in (("work_order", 0), ("clock", 1), ("journal", 2), ("search_entry", 3)):
            names = list(rows[0][at])
            places = ", ".join(f":{name}" for name in names)
            db.conn.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})", [row[at] for row in rows])
        ids = dict(db.conn.execute("SELECT object, id FROM search_entry WHERE id > (SELECT max(id) FROM search_entry) - ?", (len(rows),)))
        texts = [
            (ids[row[3]["object"]], search.grams(f"{row[0]['number']} {row[0]['place']} {row[0]['name']} {row[0]['what']}")) for row in rows
        ]
        db.conn.executemany("INSERT INTO search_text (rowid, grams) VALUES (?, ?)", texts)
        keys = [
            (key, ids[row[3]["object"]])
            for row in rows
            for key in {search.key_of(row[0]["number"]), row[0]["number"].lower(), search.key_of(row[0]["place"])}
        ]
        db.conn.executemany("INSERT INTO search_key (key, entry) VALUES (?, ?)", keys)
        db.conn.execute("COMMIT")
    db.conn.execute("ANALYZE")
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _copies(
    template: dict[str, Any], clock: dict[str, Any], units: Any, rng: random.Random, span: range, now: datetime, rare_step: int
) -> Iterator[list[dict[str, Any]]]:
    for n in span:
        unit, label = rng.choice(units)
        is_open = n % OPEN_ONE_IN == 0
        reported = now - (timedelta(minutes=rng.randrange(3 * 24 * 60)) if is_open else timedelta(days=4 + rng.randrange(3000)))
        what = (
            f"{rng.choice(THINGS)}{rng.choice(WORDS)}，编号{n:x}"
            if n % rare_step
            else f"罕见词甲{n:x}，{rng.choice(THINGS)}{rng.choice(WORDS)}"
        )
        ended = to_text(reported + timedelta(days=3))
        order = template | {
            "id": f"{n:032x}",
            "number": f"WX-2010-{n + 1:07d}",
            "unit": unit,
            "building": f"{label.split('-')[0]}栋",
            "place": label,
            "what": what,
            "reported_at": to_text(reported),
            "cycle_at": to_text(reported),
            "next_due_at": None,
        }
        if not is_open:
            order |= {
                "stage": "closed",
                "revisit_result": "ok",
                "closed_at": ended,
                "done_at": ended,
                "revisit_from": ended,
                "leak_tested": 1,
            }
        run = clock | {
            "id": f"c{n:031x}",
            "object": order["id"],
            "about": unit,
            "number": order["number"],
            "place": label,
            "title": what,
            "due_at": to_text(reported + timedelta(days=2)),
            "state": "running" if is_open else "kept",
            "ended_at": None if is_open else ended,
        }
        entry = {
            "at": order["reported_at"],
            "actor": "bench",
            "device": "D1",
            "act": "repair.reported",
            "object": order["id"],
            "about": unit,
        }
        found = {
            "object": order["id"],
            "kind": "work_order",
            "title": order["number"],
            "detail": f"{label} {what}",
            "link": order["number"],
        }
        yield [order, run, entry | {"digest": "-", "hash": "-"}, found | {"rank": order["reported_at"]}]
