"""Kiosk and desk of different age: what one does not know yet is kept as it came."""

from dataclasses import replace

from desk.kit.plugs import Published
from sync import feed, inbox, replica
from tests.sync.world import ITEMS, PUBLISHED, READS, take_wish


def both_versions(key, row):
    """The desk publishes item@1 and item@2 side by side until every kiosk reads the second."""
    if row is None or not row["place"]:
        return {}
    old, new = {"name": row["name"], "place": row["place"]}, {"title": row["name"], "shelf": row["place"]}
    return {(row["place"], "item@1", key): old, (row["place"], "item@2", key): new}


NEWER = Published(
    ITEMS.source,
    ITEMS.watch,
    ITEMS.keys,
    ITEMS.read,
    both_versions,
    {"item@1": frozenset({"name", "place"}), "item@2": frozenset({"title", "shelf"})},
)


def republish(desk, *published):
    desk.published = desk.engine.published = published
    feed.watch(desk.db, published)


def test_a_kiosk_newer_than_the_desk_waits_and_is_taken_after_the_upgrade_once(toy):
    desk, kiosk = toy
    made = kiosk.wish("from tomorrow", version=2)
    kiosk.round()
    before = (kiosk.outcomes(), desk.wishes())

    newer = {"wish@1": take_wish, "wish@2": take_wish}
    counts = [inbox.apply_deferred(desk.db, desk.act(), newer) for _ in range(2)]
    kiosk.round()

    assert before == ({made.id: "deferred"}, {})
    assert counts == [1, 0]
    assert desk.db.rows("SELECT id, words FROM wish") == [{"id": made.id, "words": "from tomorrow"}]
    assert kiosk.outcomes() == {made.id: "accepted"}


def test_a_kiosk_older_than_the_desk_reads_its_version_and_keeps_the_other_as_it_came(toy):
    desk, kiosk = toy
    desk.put("a", "one", "pub")
    republish(desk, NEWER, *PUBLISHED[1:])

    done = kiosk.round()

    assert kiosk.items("pub") == {"a": "one"}
    assert kiosk.copy.rows("SELECT kind, doc FROM shown WHERE kind = 'item@2'") == [
        {"kind": "item@2", "doc": '{"shelf":"pub","title":"one"}'}
    ]
    assert done.rebuilt == []


def test_after_its_own_upgrade_a_kiosk_reads_what_it_had_kept_without_asking_again(toy):
    desk, kiosk = toy
    republish(desk, NEWER, *PUBLISHED[1:])
    desk.put("a", "one", "pub")
    kiosk.round()
    kiosk.close()

    kiosk.copy = replica.open_replica(kiosk.folder / "replica.db", READS | {"item@2": ("title",)})

    assert [(row["id"], row["title"]) for row in replica.docs(kiosk.copy, "item@2")] == [("a", "one")]


def test_a_new_field_needs_no_migration(toy):
    desk, kiosk = toy
    desk.put("a", "one", "pub")
    kiosk.round()
    wider = replace(
        ITEMS,
        project=lambda key, row: {("pub", "item@1", key): {"name": row["name"], "colour": "red"}} if row else {},
        fields={"item@1": frozenset({"name", "colour"})},
    )
    republish(desk, wider, *PUBLISHED[1:])
    kiosk.round()
    old_reader = kiosk.items("pub")

    kiosk.close()
    kiosk.copy = replica.open_replica(kiosk.folder / "replica.db", {"item@1": ("name", "colour")})

    assert old_reader == {"a": "one"}
    assert [row["colour"] for row in replica.docs(kiosk.copy, "item@1")] == ["red"]


def test_an_old_version_is_withdrawn_when_the_desk_no_longer_publishes_it(toy):
    desk, kiosk = toy
    republish(desk, NEWER, *PUBLISHED[1:])
    desk.put("a", "one", "pub")
    kiosk.round()

    only_new = replace(
        NEWER, project=lambda key, row: {place: doc for place, doc in both_versions(key, row).items() if place[1] == "item@2"}
    )
    republish(desk, replace(only_new, fields={"item@2": NEWER.fields["item@2"]}), *PUBLISHED[1:])
    kiosk.round()

    assert kiosk.items("pub") == {}
    assert kiosk.copy.value("SELECT count(*) FROM shown WHERE kind = 'item@2'") == 1


def test_a_kind_that_nobody_knows_is_kept_and_waits_for_a_person_or_an_upgrade(toy):
    desk, kiosk = toy
    made = kiosk.wish("from another world", kind="dream")

    kiosk.round()

    assert kiosk.outcomes() == {made.id: "deferred"}
    assert [entry.body["words"] for entry in inbox.store.entries_waiting(desk.db)] == ["from another world"]
