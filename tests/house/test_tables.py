"""The tables of the whole house: made from nothing, made twice, strict, and whole."""

from desk.kit.database import open_database
from desk.schemas import migrate_all
from tests.house.tree import name, parsed, python_files

KIOSKS_OWN = ("sync/replica/", "sync/outbox/")  # stand in files of their own, on the kiosk


def test_all_tables_are_made_once_from_an_empty_file(tmp_path):
    db = open_database(tmp_path / "desk.sqlite", create=True)

    first, second = migrate_all(db), migrate_all(db)

    assert first
    assert second == []
    assert db.rows("PRAGMA foreign_key_check") == []
    assert db.value("PRAGMA integrity_check") == "ok"


def test_every_schema_of_the_house_is_migrated(tmp_path):
    db = open_database(tmp_path / "desk.sqlite", create=True)
    ran = migrate_all(db)
    steps = [
        step.name
        for path in python_files("desk", "sync")
        if path.name == "schema.py" and not name(path).startswith(KIOSKS_OWN)
        for step in parsed(path).body
        if getattr(step, "decorator_list", None)
        and "migrations" in str(getattr(step.decorator_list[0], "func", step.decorator_list[0]).__dict__)
    ]

    assert steps
    assert sorted(steps) == sorted(item.rsplit(".", 1)[-1] for item in ran)


def test_every_table_is_strict(site):
    loose = site.rows(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL TABLE%' AND name NOT LIKE 'sqlite_%'"
    )
    ours = [row for row in loose if not row["name"].startswith(("_sqlite_migrations", "search_text_"))]

    assert ours
    assert [row["name"] for row in ours if "STRICT" not in row["sql"].rsplit(")", 1)[-1].upper()] == []


def test_every_reference_has_an_index_to_check_it_by(site):
    """Deleting a parent row must not scan the child table; a parent that refuses to be deleted needs no such index."""
    for_ever = {
        row["tbl_name"]
        for row in site.rows("SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        if "BEFORE DELETE" in row["sql"]
    }
    missing = []
    for table in (row["name"] for row in site.rows("SELECT name FROM sqlite_master WHERE type = 'table'")):
        firsts = {
            site.value("SELECT name FROM pragma_index_info(:index) WHERE seqno = 0", {"index": index["name"]})
            for index in site.rows("SELECT name FROM pragma_index_list(:table)", {"table": table})
        } | {row["name"] for row in site.rows("SELECT name FROM pragma_table_info(:table) WHERE pk = 1", {"table": table})}
        missing += [
            f"{table}.{key['from']}"
            for key in site.rows('SELECT "from", "table" FROM pragma_foreign_key_list(:table)', {"table": table})
            if key["from"] not in firsts and key["table"] not in for_ever
        ]

    assert missing == []


def test_the_schemas_are_where_the_house_keeps_them():
    assert [
        name(path)
        for path in python_files()
        if path.name == "schema.py" and not name(path).startswith(("desk/kit/", "desk/workflows/", "sync/"))
    ] == []
