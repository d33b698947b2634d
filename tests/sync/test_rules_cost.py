"""What a round costs follows what changed, not how much there is (I11): counted in SQLite's own steps, not in seconds."""

import pytest

from desk.kit.quiet import quietly
from sync import feed
from tests.sync.world import PUBLISHED, in_memory, world


def fill(desk, rows):
    with quietly(desk.db):
        desk.db.conn.executemany("INSERT INTO item VALUES (?, 'a name', 'pub', 's')", [(f"i{n:06d}",) for n in range(rows)])


def steps(db, work):
    """Count the steps of SQLite's machine, in hundreds."""
    counted = [0]

    def count():
        counted[0] += 1

    db.conn.set_progress_handler(count, 100)
    try:
        work()
    finally:
        db.conn.set_progress_handler(None, 0)
    return counted[0]


def cost_of_a_delta(desk, kiosk):
    """A hundred rows change; what do publishing and pulling cost?"""
    with quietly(desk.db):
        desk.db.conn.executemany("UPDATE item SET name = 'another' WHERE id = ?", [(f"i{n * 7:06d}",) for n in range(100)])
        publishing = steps(desk.db, lambda: feed.project(desk.db, PUBLISHED))
    done = []
    taking = steps(kiosk.copy, lambda: done.append(steps(desk.db, lambda: done.append(kiosk.round().rows))))
    return {"publishing": publishing, "pulling": done[1], "taking": taking, "rows": done[0]}


@pytest.fixture(scope="module")
def costs(blank_desk):
    """The same change in a small and in a large desk."""
    found = {}
    for rows in (2_000, 20_000):
        with in_memory() as folder:
            desk, (kiosk,) = world(folder, blank_desk, 1)
            fill(desk, rows)
            kiosk.round()
            idle = steps(desk.db, kiosk.round)
            found[rows] = cost_of_a_delta(desk, kiosk) | {"idle": idle}
            desk.db.conn.close()
            kiosk.close()
    return found


def test_only_what_changed_travels(costs):
    assert costs[2_000]["rows"] == costs[20_000]["rows"] == 100


@pytest.mark.parametrize("part", ["publishing", "pulling", "taking", "idle"])
def test_ten_times_the_rows_do_not_cost_more(costs, part):
    small, large = costs[2_000][part], costs[20_000][part]

    assert large <= small * 1.3 + 2


def test_an_idle_round_reads_next_to_nothing(costs):
    assert costs[20_000]["idle"] <= 25
