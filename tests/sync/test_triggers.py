"""Whatever verb changes a row, and whoever writes it, the mark is there: the triggers miss nothing."""

import json

import pytest
import sqlite_utils
from sqlite_utils.utils import sqlite3

from desk.kit.journal import change
from desk.kit.problems import Refused
from sync import feed

ROW = ("id", "name", "place", "secret")


def write(desk, *statements):
    """Write what a workflow would write, in one act."""
    with change(desk.db, desk.act()) as note:
        for statement in statements:
            desk.db.conn.execute(statement)
        note("written", "item")


@pytest.fixture
def filled(toy):
    """A desk with three items and two stickers, pulled by its kiosk."""
    return fill(*toy)


def fill(desk, kiosk):
    for key in "abc":
        desk.put(key, f"name of {key}", "pub")
    desk.stick("s", "door", "on the door", "a")
    desk.stick("t", "wall", "on the wall", "b")
    write(desk, "UPDATE sticker SET nail = 'nail 1' WHERE id = 's'")
    kiosk.round()
    return desk, kiosk


VERBS = {
    "plain insert": "INSERT INTO item VALUES ('d', 'new', 'pub', 's')",
    "plain update": "UPDATE item SET name = 'new' WHERE id = 'a'",
    "upsert": "INSERT INTO item VALUES ('a', 'new', 'pub', 's') ON CONFLICT (id) DO UPDATE SET name = excluded.name",
    "upsert that does nothing": "INSERT INTO item VALUES ('a', 'new', 'pub', 's') ON CONFLICT (id) DO NOTHING",
    "replace": "INSERT OR REPLACE INTO item VALUES ('a', 'new', 'pub', 's')",
    "replace through another unique key": "INSERT OR REPLACE INTO sticker VALUES ('u', 'roof', NULL, 'on the roof', 'nail 1')",
    "update or replace": "UPDATE OR REPLACE sticker SET nail = 'nail 1' WHERE id = 't'",
    "or ignore": "INSERT OR IGNORE INTO item VALUES ('a', 'x', 'pub', 's'), ('d', 'new', 'pub', 's')",
    "update or ignore": "UPDATE OR IGNORE item SET name = 'new'",
    "delete": "DELETE FROM item WHERE id = 'c'",
    "delete without where": "DELETE FROM item",
    "primary key update": "UPDATE item SET id = 'z' WHERE id = 'c'",
    "foreign key cascade": "DELETE FROM item WHERE id = 'a'",
    "moved to nowhere": "UPDATE item SET place = ''",
    "moved to a kiosk": "UPDATE item SET place = 'kiosk:K1' WHERE id < 'c'",
}


@pytest.mark.parametrize("verb", VERBS)
def test_what_a_verb_changed_is_shown_at_the_kiosk(filled, verb):
    desk, kiosk = filled

    write(desk, VERBS[verb])
    done = kiosk.round()

    assert kiosk.items("pub") == desk.items("pub")
    assert kiosk.items("kiosk:K1") == desk.items("kiosk:K1")
    assert kiosk.stickers() == desk.stickers()
    assert done.rebuilt == []
    assert feed.recount(desk.db, "pub") is False


@pytest.mark.parametrize("rule", ["FAIL", "ABORT"])
def test_what_a_failed_statement_left_behind_is_shown_and_nothing_else(filled, rule):
    desk, kiosk = filled

    with change(desk.db, desk.act()) as note:
        with pytest.raises(sqlite3.IntegrityError):
            desk.db.conn.execute(f"INSERT OR {rule} INTO item VALUES ('d', 'new', 'pub', 's'), ('a', 'clash', 'pub', 's')")
        note("written", "item")
    kiosk.round()

    assert ("d" in desk.items("pub")) == (rule == "FAIL")
    assert kiosk.items("pub") == desk.items("pub")


def test_or_rollback_leaves_no_mark(filled):
    desk, kiosk = filled

    with pytest.raises(sqlite3.Error), change(desk.db, desk.act()) as note:
        note("written", "item")
        desk.db.conn.execute("INSERT OR ROLLBACK INTO item VALUES ('d', 'new', 'pub', 's'), ('a', 'clash', 'pub', 's')")

    assert not feed.store.any_dirty(desk.db)
    kiosk.round()
    assert kiosk.items("pub") == desk.items("pub")


def test_a_savepoint_that_was_undone_leaves_no_row(filled):
    desk, kiosk = filled

    with change(desk.db, desk.act()) as note:
        with pytest.raises(Refused), change(desk.db, desk.act()) as inner:
            desk.db.conn.execute("UPDATE item SET name = 'undone'")
            inner("written", "item")
            raise Refused("toy.refused")
        note("written", "item")
    done = kiosk.round()

    assert done.rows == 0
    assert kiosk.items("pub")["a"] == "name of a"


def test_one_statement_of_many_keys_marks_them_all(filled):
    desk, kiosk = filled
    write(desk, *(f"INSERT INTO item VALUES ('n{n}', 'x', 'pub', 's')" for n in range(100)))
    kiosk.round()

    write(desk, "UPDATE item SET name = 'renamed'")
    kiosk.round()

    assert set(kiosk.items("pub").values()) == {"renamed"}
    assert len(kiosk.items("pub")) == 103


def test_a_column_added_later_is_watched(filled):
    desk, _ = filled
    desk.db.conn.execute("ALTER TABLE item ADD COLUMN colour TEXT NOT NULL DEFAULT 'white'")
    before = feed.store.seq(desk.db)

    with change(desk.db, desk.act()) as note:
        desk.db.conn.execute("UPDATE item SET colour = 'red' WHERE id = 'a'")
        is_marked = [row["key"] for row in desk.db.rows("SELECT key FROM dirty")]
        note("written", "item")

    assert is_marked == ["a"]
    assert feed.store.seq(desk.db) == before  # nothing that a kiosk may see has changed


def other_program(desk, work):
    """Open the file as the command line of sqlite-utils does: no hook, no settings of ours."""
    db = sqlite_utils.Database(str(desk.folder / "desk.sqlite"))
    with db.conn:
        work(db)
    db.conn.close()


PROGRAMS = {
    "insert": lambda db: db["item"].insert({"id": "d", "name": "new", "place": "pub", "secret": "s"}),
    "upsert": lambda db: db["item"].upsert({"id": "a", "name": "new", "place": "pub", "secret": "s"}, pk="id"),
    "upsert and delete": lambda db: (
        db["item"].upsert({"id": "a", "name": "new", "place": "pub", "secret": "s"}, pk="id"),
        db["item"].delete("a"),
    ),
    "insert replace": lambda db: db["item"].insert({"id": "a", "name": "new", "place": "pub", "secret": "s"}, replace=True),
    "insert ignore": lambda db: db["item"].insert({"id": "a", "name": "new", "place": "pub", "secret": "s"}, ignore=True),
    "insert replace through another key": lambda db: db["sticker"].insert(
        {"id": "u", "label": "roof", "item": None, "text": "new", "nail": "nail 1"}, replace=True
    ),
    "update": lambda db: db["item"].update("a", {"name": "new"}),
    "delete": lambda db: db["item"].delete("a"),
    "delete where": lambda db: db["item"].delete_where(),
}


@pytest.mark.parametrize("verb", PROGRAMS)
def test_what_another_program_wrote_is_swept_up_by_the_next_pull(filled, verb):
    desk, kiosk = filled

    other_program(desk, PROGRAMS[verb])
    kiosk.round()

    assert kiosk.items("pub") == desk.items("pub")
    assert kiosk.stickers() == desk.stickers()
    assert not feed.store.any_dirty(desk.db)


def test_other_sources_mean_other_triggers_and_everything_is_looked_at_again(filled):
    desk, kiosk = filled
    desk.published = desk.engine.published = desk.published[1:]  # the items are no longer published

    feed.watch(desk.db, desk.published)
    feed.sweep(desk.db, desk.published)
    kiosk.round()

    names = [row["name"] for row in desk.db.rows("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'feed_of_item*'")]
    assert names == []
    assert kiosk.items("pub") == {}
    assert kiosk.stickers() == desk.stickers()


def test_a_document_is_stored_as_it_was_hashed(filled):
    desk, _ = filled
    desk.put("a", 'a "quoted" 名字\twith\na break', "pub")

    doc = desk.db.value("SELECT doc FROM pub WHERE id = 'a' AND kind = 'item@1'")

    assert "\t" not in doc
    assert "\n" not in doc
    assert json.loads(doc)["name"] == 'a "quoted" 名字\twith\na break'
    assert feed.recount(desk.db, "pub") is False
