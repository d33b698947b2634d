"""Down, rule by rule: what a kiosk may believe of the desk's pages, and how it comes back from each way of being wrong."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils.utils import sqlite3

from desk.kit.journal import change
from sync import feed, replica
from sync.client import State
from sync.replica import Applied
from tests.sync.world import READS, in_memory, world


def pull_by(desk, copy, scope, limit):
    """Pull a scope to its end, `limit` rows at a time."""
    for _ in range(200):
        since, floor = replica.have(copy, scope)
        page = feed.pull(desk.db, scope, since, floor, limit)
        if replica.apply(copy, page) is Applied.EQUAL:
            return
    raise AssertionError("it never ends")


def shown(copy):
    return {row["id"]: row["name"] for row in replica.docs(copy, "item@1")}


def test_an_answer_is_used_only_where_it_begins_where_the_copy_ends(toy):
    desk, kiosk = toy
    desk.put("a", "one", "pub")
    first = feed.pull(desk.db, "pub", 0, None)
    replica.apply(kiosk.copy, first)
    desk.put("b", "two", "pub")
    second = feed.pull(desk.db, "pub", first.upto, None)

    replica.apply(kiosk.copy, second)

    assert replica.apply(kiosk.copy, second) is Applied.IGNORED
    assert replica.apply(kiosk.copy, replace(second, since=first.upto + 9, upto=first.upto + 10)) is Applied.IGNORED
    assert kiosk.items("pub") == {"a": "one", "b": "two"}


def test_an_old_answer_does_not_bring_back_what_was_withdrawn(toy):
    desk, kiosk = toy
    kiosk.round()
    desk.put("a", "one", "pub")
    old = []
    kiosk.round(lambda envelope: old.append(desk.engine.answer(envelope)) or old[-1])
    desk.drop("a")
    kiosk.round()

    late = kiosk.round(lambda envelope: old[0])

    assert late.state is State.OFFLINE
    assert kiosk.items("pub") == {}


def test_rows_cursor_and_digest_move_in_one_transaction(toy):
    desk, kiosk = toy
    kiosk.round()
    before = replica.have(kiosk.copy, "pub")
    desk.put("a", "one", "pub")
    page = feed.pull(desk.db, "pub", before[0], None)
    broken = replace(page, rows=[*page.rows, (page.upto, "item@1", "b", object())])

    with pytest.raises(sqlite3.Error):
        replica.apply(kiosk.copy, broken)

    assert replica.have(kiosk.copy, "pub") == before
    assert kiosk.items("pub") == {}
    assert replica.apply(kiosk.copy, page) is Applied.EQUAL


def test_what_moves_to_another_scope_is_withdrawn_from_the_old_one(make_world):
    desk, (first, second) = make_world(2)
    desk.put("a", "for one", f"kiosk:{first.device}")
    first.round()

    desk.put("a", "for two", f"kiosk:{second.device}")
    first.round()
    second.round()

    assert first.items("kiosk:K1") == {}
    assert second.items("kiosk:K2") == {"a": "for two"}


def test_two_things_that_change_places_in_one_act_stand_in_each_others_place(toy):
    desk, kiosk = toy
    desk.stick("b", "left", "of b")
    desk.stick("a", "right", "of a")
    kiosk.round()

    with change(desk.db, desk.act()) as note:
        desk.db.conn.execute("UPDATE sticker SET label = NULL")
        desk.db.conn.execute("UPDATE sticker SET label = 'left' WHERE id = 'a'")
        desk.db.conn.execute("UPDATE sticker SET label = 'right' WHERE id = 'b'")
        note("stickers.changed", "a")
    done = kiosk.round()

    assert kiosk.stickers() == {"left": "of a", "right": "of b"} == desk.stickers()
    assert done.rebuilt == []


@pytest.mark.parametrize(("giver", "taker"), [("a", "b"), ("b", "a")])
def test_a_place_that_one_key_leaves_and_another_takes_in_one_act_is_counted_once(toy, giver, taker):
    desk, kiosk = toy
    desk.stick(giver, "door", "old")
    desk.stick(taker, None, "new")
    kiosk.round()

    desk.stick(taker, "door", "new")
    done = kiosk.round()

    assert kiosk.stickers() == {"door": "new"}
    assert done.rebuilt == []
    assert feed.recount(desk.db, "pub") is False


def test_a_copy_that_differs_at_the_end_is_fetched_anew_and_only_that_scope(toy):
    desk, kiosk = toy
    desk.put("a", "one", "pub")
    desk.put("p", "private", "kiosk:K1")
    kiosk.round()
    kiosk.copy.conn.execute("UPDATE row SET doc = '{\"name\":\"forged\"}' WHERE id = 'a'")

    desk.put("a", "two", "pub")
    done = kiosk.round()

    assert done.rebuilt == ["pub"]
    assert kiosk.items("pub") == {"a": "two"}
    assert kiosk.items("kiosk:K1") == {"p": "private"}


def test_the_old_copy_is_shown_until_the_new_one_is_whole_and_equal(toy):
    desk, kiosk = toy
    for n in range(9):
        desk.put(f"i{n}", "old", "pub")
    kiosk.round()
    replica.meet(kiosk.copy, 2, "another life")  # begins every scope anew

    replica.apply(kiosk.copy, feed.pull(desk.db, "pub", 0, None, 4))
    half = shown(kiosk.copy)
    desk.put("i8", "new", "pub")
    pull_by(desk, kiosk.copy, "pub", 4)

    assert half == {f"i{n}": "old" for n in range(9)}
    assert shown(kiosk.copy) == desk.items("pub")


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_a_pull_that_breaks_off_anywhere_and_goes_on_is_one_pull(data, blank_desk):
    """The law of interruption: r(B) = r(r(B..c) U rest) for every cut c, also when the desk goes on changing and forgetting in between."""
    with in_memory() as folder:
        desk, _ = world(folder, blank_desk, 0)
        shown_broken, shown_whole = _interrupted(data, desk)
        expected = desk.items("pub")
        desk.db.conn.close()

    assert shown_broken == shown_whole == expected


def _interrupted(data, desk):
    whole, broken = (replica.open_in_memory(name, READS) for name in ("whole", "broken"))
    n = _change(data, desk)
    cut = data.draw(st.integers(1, max(n, 1)), label="rows in the first pages")
    pages = data.draw(st.integers(0, 3), label="pages before it breaks off")

    for _ in range(pages):
        since, began = replica.have(broken, "pub")
        replica.apply(broken, feed.pull(desk.db, "pub", since, began, cut))
    _change(data, desk)
    if data.draw(st.booleans(), label="forget"):
        desk.engine.forget_withdrawn()
        with change(desk.db, desk.act()) as note:
            feed.forget(desk.db, {"pub": data.draw(st.integers(0, 40), label="floor")})
            note("forgotten", "pub")
    pull_by(desk, broken, "pub", data.draw(st.integers(1, 7), label="rows in the later pages"))
    pull_by(desk, whole, "pub", 2000)

    return shown(broken), shown(whole)


def _change(data, desk):
    acts = data.draw(st.lists(st.tuples(st.integers(0, 7), st.sampled_from(["pub", "pub", ""])), max_size=12), label="changes")
    for n, (key, place) in enumerate(acts):
        desk.put(f"i{key}", f"name {n}", place)
    return len(acts)


def test_the_floor_never_passes_the_head_of_a_quiet_scope(toy):
    desk, kiosk = toy
    desk.put("a", "one", "kiosk:K1")
    desk.drop("a")
    for n in range(5):
        desk.put(f"p{n}", "busy", "pub")
    kiosk.round()

    feed.forget(desk.db, {"kiosk:K1": 10_000})
    first = kiosk.round()

    state = feed.store.scope(desk.db, "kiosk:K1")
    assert state.floor <= state.head
    assert first.state is State.GOOD
    assert kiosk.round().rows == 0


def test_a_cursor_below_the_floor_begins_anew(toy):
    desk, kiosk = toy
    desk.put("a", "gone soon", "pub")
    kiosk.round()
    desk.drop("a")
    desk.put("b", "stays", "pub")

    assert feed.forget(desk.db, {"pub": feed.store.seq(desk.db)}) == 1
    kiosk.round()

    assert kiosk.items("pub") == {"b": "stays"}


def test_a_cursor_below_the_floor_is_told_to_begin_anew(toy):
    desk, _ = toy
    desk.put("a", "gone soon", "pub")
    seen = feed.pull(desk.db, "pub", 0, None).upto
    desk.drop("a")
    feed.forget(desk.db, {"pub": feed.store.seq(desk.db)})

    page = feed.pull(desk.db, "pub", seen, None)

    assert (page.reset, page.since) == (True, 0)


def test_a_desk_behind_the_cursor_says_so(toy):
    desk, _ = toy
    desk.put("a", "one", "pub")

    page = feed.pull(desk.db, "pub", feed.store.seq(desk.db) + 5, None)

    assert (page.reset, page.since) == (True, 0)


def test_a_rebuilding_of_many_pages_goes_on_below_the_floor_under_which_it_began(toy):
    desk, kiosk = toy
    for n in range(6):
        desk.put(f"i{n}", "x", "pub")
    desk.put("late", "x", "pub")
    desk.drop("late")
    feed.forget(desk.db, {"pub": feed.store.seq(desk.db)})

    pages = []
    for _ in range(10):
        page = feed.pull(desk.db, "pub", *replica.have(kiosk.copy, "pub"), 2)
        pages.append(page.reset)
        if replica.apply(kiosk.copy, page) is Applied.EQUAL:
            break

    assert pages == [False, False, False]
    assert shown(kiosk.copy) == desk.items("pub")


def test_withdrawals_are_kept_as_long_as_a_living_kiosk_has_not_seen_them(make_world):
    desk, (quick, slow) = make_world(2)
    desk.put("a", "x", "pub")
    quick.round(), slow.round()
    desk.drop("a")
    quick.round(), quick.round()

    kept = desk.engine.forget_withdrawn()
    slow.round(), slow.round()

    assert kept == 0
    assert desk.engine.forget_withdrawn() == 1
    assert slow.items("pub") == {}


def test_a_desk_whose_head_is_behind_the_cursor_is_started_from_anew(toy, tmp_path):
    desk, kiosk = toy
    desk.put("a", "kept", "pub")
    copy = desk.backup(tmp_path / "old.sqlite")
    desk.put("b", "lost", "pub")
    kiosk.round()

    desk.restore(copy, new_generation=False)
    kiosk.round()

    assert kiosk.items("pub") == {"a": "kept"}


def test_a_desk_that_came_back_and_grew_beyond_the_cursor_is_told_by_the_digest(toy, tmp_path):
    desk, kiosk = toy
    copy = desk.backup(tmp_path / "old.sqlite")
    wish = kiosk.wish("lost with the desk")
    kiosk.round()
    desk.restore(copy, new_generation=False)
    for n in range(9):
        desk.put(f"i{n}", "after", "pub")
        desk.put(f"k{n}", "after", "kiosk:K1")

    kiosk.round()

    assert kiosk.items("pub") == desk.items("pub")
    assert wish.id in desk.wishes()


def test_the_answer_of_an_older_life_of_the_desk_is_not_listened_to(toy, tmp_path):
    desk, kiosk = toy
    old = desk.backup(tmp_path / "old.sqlite")
    desk.restore(old)
    desk.put("a", "new life", "pub")
    kiosk.round()

    desk.restore(old, new_generation=False)
    wish = kiosk.wish("for the right desk")
    done = kiosk.round()

    assert done.state is State.OLD_DESK
    assert kiosk.items("pub") == {"a": "new life"}
    assert [intent.id for intent in kiosk.waiting()] == [wish.id]


def test_a_new_life_of_the_desk_begins_every_scope_anew_and_shows_the_old_copy_meanwhile(toy, tmp_path):
    desk, kiosk = toy
    desk.put("a", "one", "pub")
    kiosk.round()
    desk.restore(desk.backup(tmp_path / "now.sqlite"))
    desk.put("b", "two", "pub")

    replica.meet(kiosk.copy, 2, "new")

    assert kiosk.items("pub") == {"a": "one"}
    assert replica.have(kiosk.copy, "pub") == (0, 0)
    kiosk.round()
    assert kiosk.items("pub") == {"a": "one", "b": "two"}


def test_a_doubt_makes_the_desk_count_its_own_rows(toy):
    desk, kiosk = toy
    desk.put("a", "one", "pub")
    desk.db.conn.execute("UPDATE scope_state SET digest = '00000000000000000000000000000bad', live = 7 WHERE scope = 'pub'")

    done = kiosk.round()

    assert done.state is State.GOOD
    assert kiosk.items("pub") == {"a": "one"}
    assert feed.recount(desk.db, "pub") is False
    assert kiosk.round().rows == 0
