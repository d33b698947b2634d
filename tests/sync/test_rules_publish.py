"""What is published, rule by rule: with the act or not at all, only what the list names, a page at a time."""

from dataclasses import replace

import pytest

from desk.kit.journal import change
from desk.kit.plugs import Published
from desk.kit.problems import Refused
from sync import feed
from sync.feed import Leak, Page
from tests.sync.world import ITEMS, PUBLISHED


def test_an_undone_act_publishes_nothing(toy):
    desk, kiosk = toy
    before = feed.store.seq(desk.db)

    with pytest.raises(Refused), change(desk.db, desk.act()) as note:
        desk.db.conn.execute("INSERT INTO item VALUES ('a', 'x', 'pub', 's')")
        note("item.put", "a")
        raise Refused("toy.refused")

    kiosk.round()
    assert (feed.store.seq(desk.db), feed.store.any_dirty(desk.db)) == (before, False)
    assert kiosk.items("pub") == {}


def test_an_act_and_what_it_publishes_are_one(toy):
    desk, _ = toy

    with pytest.raises(ZeroDivisionError):
        desk.published = [replace(ITEMS, project=lambda key, row: {("pub", "item@1", key): {"name": 1 // 0}})]
        desk.put("a", "x", "pub")

    assert desk.items("pub") == {}


def test_a_field_that_the_list_does_not_name_never_leaves_and_undoes_the_act(toy):
    desk, _ = toy
    leaky = Published(
        ITEMS.source,
        ITEMS.watch,
        ITEMS.keys,
        ITEMS.read,
        lambda key, row: {("pub", "item@1", key): {"secret": row["secret"]}},
        ITEMS.fields,
    )
    desk.published = (leaky, *PUBLISHED[1:])

    with pytest.raises(Leak):
        desk.put("a", "x", "pub")

    assert desk.items("pub") == {}


def test_a_place_belongs_to_one_source(toy):
    desk, _ = toy
    thief = replace(
        PUBLISHED[1], project=lambda key, row: {("pub", "item@1", "a"): {"name": "stolen"}}, fields={"item@1": frozenset({"name"})}
    )
    desk.put("a", "x", "pub")
    desk.published = (ITEMS, thief, PUBLISHED[2])

    with pytest.raises(Leak):
        desk.stick("s", "door", "text")

    assert desk.stickers() == {}


def test_a_page_holds_no_more_rows_and_bytes_than_it_may(toy):
    desk, _ = toy
    for n in range(5):
        desk.put(f"i{n}", "x" * 300, "pub")

    by_rows, by_bytes = feed.pull(desk.db, "pub", 0, None, most=2), feed.pull(desk.db, "pub", 0, None, room=700)

    assert (len(by_rows.rows), by_rows.digest) == (2, "")
    assert len(by_bytes.rows) == 2
    assert len(feed.pull(desk.db, "pub", 0, None, room=1).rows) == 1  # at least one: a large row must not stop the scope
    assert isinstance(by_rows, Page)
