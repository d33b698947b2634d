"""The `desk` command: each verb does what it says, in both languages, with its exit code."""

import csv
import json
from zipfile import ZipFile

import pytest

from desk import backup
from desk import site as sites
from desk.cli import cli
from desk.commands.common import FOUND, REFUSED, language_of, run
from desk.kit.access import store
from desk.kit.journal import store as journal


@pytest.fixture
def desk(capsys):
    """A terminal: desk('user', 'list') -> (exit code, output, errors)."""

    def call(*args):
        code = run(cli, [str(arg) for arg in args])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def made(desk, tmp_path):
    folder = tmp_path / "desk"
    code, out, _err = desk("init", "--data", folder, "--name-zh", "锦江花园", "--port", 9123, "--lang", "en")
    assert code == 0
    assert "admin" in out
    return folder


def test_init_makes_a_desk_that_is_as_it_was_written(desk, made):
    site = sites.open_site(made)

    assert site.settings.name_zh == "锦江花园"
    assert site.settings.port == 9123
    assert [(member.staff_no, member.role.value, member.must_change) for member in store.staff(site.db())] == [("admin", "admin", True)]
    assert desk("verify", "--data", made, "--lang", "en")[:2] == (0, "All is as it was written.\n")


def test_init_does_not_touch_a_desk_that_is_there(desk, made):
    code, _out, err = desk("init", "--data", made, "--lang", "en")

    assert code == REFUSED
    assert "already" in err


def test_without_a_desk_it_says_how_to_make_one_in_both_languages(desk, tmp_path):
    english = desk("verify", "--data", tmp_path / "none", "--lang", "en")
    chinese = desk("verify", "--data", tmp_path / "none", "--lang", "zh")

    assert (english[0], chinese[0]) == (REFUSED, REFUSED)
    assert "desk init" in english[2]
    assert "没有数据" in chinese[2]


@pytest.mark.parametrize(
    ("args", "env", "expected"),
    [
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "C.UTF-8"}, "en"),
        ([], {}, "zh"),
        (["--lang", "en"], {"LANG": "zh_CN"}, "en"),
        (["user", "--lang=zh"], {"LANG": "en"}, "zh"),
    ],
)
def test_the_language_is_the_one_that_was_asked_for(args, env, expected):
    assert language_of(args, env) == expected


def test_verify_has_exit_code_one_when_something_is_found(desk, made):
    site = sites.open_site(made)
    site.db().conn.execute("DROP TRIGGER journal_keeps")
    site.db().conn.execute("UPDATE journal SET actor = 'x' WHERE seq = 1")

    code, out, _err = desk("verify", "--data", made, "--lang", "en")

    assert code == FOUND
    assert "entry 1 was changed" in out


def test_verify_compares_a_head_that_was_read_from_paper(desk, made):
    seq, head = journal.head(sites.open_site(made).db())

    assert desk("verify", "--data", made, "--head", f"{seq}:{head[:10]}")[0] == 0
    assert desk("verify", "--data", made, "--head", f"{seq}:0123456789")[0] == FOUND
    assert desk("verify", "--data", made, "--head", f"{seq + 5}:{head[:10]}")[0] == FOUND
    assert desk("verify", "--data", made, "--head", "nonsense")[0] == 2


def test_staff_are_looked_after_from_the_terminal(desk, made):
    code, out, _err = desk("user", "add", "--data", made, "F01", "李晓雯", "--role", "front_desk", "--lang", "zh")
    assert code == 0
    assert "客服前台" in out
    assert desk("user", "add", "--data", made, "F01", "另一人", "--role", "cashier")[0] == REFUSED

    assert "F01\t李晓雯\tfront_desk" in desk("user", "list", "--data", made)[1]
    assert desk("user", "passwd", "--data", made, "F01")[0] == 0
    assert desk("user", "disable", "--data", made, "F01")[0] == 0
    assert "F01" not in desk("user", "list", "--data", made)[1]
    assert "F01" in desk("user", "list", "--data", made, "--all")[1]
    assert desk("user", "disable", "--data", made, "admin")[0] == REFUSED
    assert desk("user", "passwd", "--data", made, "F99")[0] == REFUSED
    assert desk("user", "add", "--data", made, "F02", "x", "--role", "king")[0] == 2


def test_backup_check_and_restore(desk, made):
    code, out, _err = desk("backup", "--data", made, "--lang", "en")
    assert code == 0
    assert "sound, up to entry 1" in out
    assert desk("backup", "--data", made, "--quiet", "--to", made.parent / "usb")[1] == ""
    assert desk("restore", "--data", made, "--check")[0] == 0
    desk("user", "add", "--data", made, "F01", "李晓雯", "--role", "front_desk")

    code, out, _err = desk("restore", "--data", made, "--lang", "en")

    assert code == 0
    assert "1 newer entries" in out
    assert "F01" not in desk("user", "list", "--data", made)[1]
    assert desk("verify", "--data", made)[0] == 0
    assert desk("restore", made.parent / "nowhere", "--data", made)[0] == REFUSED


def test_tick_once_leaves_a_sign_of_life_and_a_backup(desk, made):
    code, out, _err = desk("tick", "--once", "--data", made, "--lang", "en")

    assert code == 0
    assert "Ticked at" in out
    assert len(backup.taken(made / "backups")) == 1
    assert desk("tick", "--data", made)[0] == 2


def test_everything_is_handed_over_without_secrets(desk, lived, tmp_path):
    folder = tmp_path / "handed over"
    lived.db().conn.execute("UPDATE staff SET name = '=HYPERLINK(1)'")

    code, out, _err = desk("export", "--data", lived.folder, "--to", folder, "--lang", "en")

    assert code == 0
    assert "Everything stands in" in out
    rows = [json.loads(line) for line in (folder / "tables" / "staff.jsonl").read_text("utf-8").splitlines()]
    with (folder / "tables" / "staff.csv").open(encoding="utf-8-sig", newline="") as file:
        sheet = list(csv.DictReader(file))
    assert rows[0]["name"] == "=HYPERLINK(1)"
    assert sheet[0]["name"] == "'=HYPERLINK(1)"
    assert len((folder / "tables" / "journal.jsonl").read_text("utf-8").splitlines()) == 3
    everything = "".join(path.read_text("utf-8", "replace") for path in folder.rglob("*") if path.is_file())
    assert "secret-hash" not in everything
    assert not (folder / "tables" / "session.csv").exists()
    assert desk("export", "--data", lived.folder, "--to", folder)[0] == REFUSED


def test_everything_is_handed_over_in_one_file(desk, lived, tmp_path):
    path = tmp_path / "all.zip"

    assert desk("export", "--data", lived.folder, "--to", path)[0] == 0

    with ZipFile(path) as archive:
        assert {"README.txt", "tables/journal.csv", "tables/staff.jsonl"} <= set(archive.namelist())
    assert desk("export", "--data", lived.folder, "--to", path)[0] == REFUSED


def test_routes_are_listed_with_permission_and_roles(desk):
    code, out, _err = desk("routes", "--json")
    found = {(route["rule"], *route["methods"]): route for route in json.loads(out)}

    assert code == 0
    assert found["/staff/", "GET"]["permission"] == "staff.manage"
    assert found["/staff/", "GET"]["roles"] == ["admin", "director"]
    assert found["/check", "GET"]["permission"] == ""
    assert "staff.manage" in desk("routes")[1]


def test_the_doctor_says_what_is_well_and_what_is_not(desk, made, tmp_path):
    code, out, _err = desk("doctor", "--data", made, "--lang", "en")
    assert code == 0
    assert "SQLite" in out
    assert "✗" not in out
    (made / "desk.toml").write_text("port = 'x'")

    code, out, _err = desk("doctor", "--data", made, "--lang", "en")

    assert code == FOUND
    assert "port" in out


def test_every_command_explains_itself_in_both_languages(desk):
    for name in cli.commands:
        english, chinese = desk(name, "--help", "--lang", "en"), desk(name, "--lang", "zh", "--help")
        assert english[0] == chinese[0] == 0
        assert english[1] != chinese[1]
        assert "--data" in english[1]


def test_a_calendar_file_that_cannot_be_read_is_named_by_its_key(desk, made, tmp_path):
    path = tmp_path / "2027.json"
    path.write_text("{}")

    code, _out, err = desk("import", "calendar", path, "--data", made, "--lang", "en")

    assert code == REFUSED
    assert "calendar" in err
    assert desk("import", "calendar", tmp_path / "none.json", "--data", made)[0] == 2


def test_a_published_year_is_taken_in(desk, made, tmp_path):
    path = tmp_path / "2027.json"
    path.write_text('{"year": 2027, "papers": [{"name": "2027"}], "days": [{"name": "元旦", "date": "2027-01-01", "off": true}]}', "utf-8")

    code, out, _err = desk("import", "calendar", path, "--data", made, "--lang", "en")

    assert code == 0
    assert "Calendar of 2027 taken in" in out


def test_a_workflows_import_has_a_backup_before_it(desk, made, tmp_path):
    path = tmp_path / "messages.csv"
    path.write_text("wrong\n1\n", "utf-8")

    desk("import", "messages", path, "--data", made)

    assert len(backup.taken(made / "backups")) == 1
