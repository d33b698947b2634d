"""The demo community: made once, whole, and with a login for each role."""

import json

import pytest

from desk import checks
from desk import site as sites
from desk.app import create_app
from desk.cli import cli
from desk.commands.common import REFUSED, run
from desk.commands.demo import PEOPLE, logins_of
from desk.kit.access import store
from desk.kit.access.rules import Role
from desk.kit.clocks import store as clocks
from desk.kit.journal import store as journal
from tests.client import Browser


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "demo-data"
    assert run(cli, ["demo", "--make-only", "--data", str(folder), "--lang", "zh"]) == 0
    site = sites.open_site(folder)
    yield site
    site.db().conn.close()


def test_every_role_can_sign_in(demo):
    app = create_app(demo)
    for role, _name, staff_no, password in logins_of(demo.folder):
        browser = Browser(app, None)
        browser.post("/login", {"user": staff_no, "password": password})
        assert f"{PEOPLE[Role(role)][1]}" in browser.get("/").text


def test_the_demo_is_as_it_was_written_and_has_work_on_its_board(demo):
    assert list(checks.findings(demo)) == []
    assert clocks.count(demo.db()) > 10
    assert {member.role for member in store.staff(demo.db())} == set(Role)


def test_the_second_start_makes_nothing_anew(demo):
    before = journal.head(demo.db())

    assert run(cli, ["demo", "--make-only", "--data", str(demo.folder)]) == 0
    assert journal.head(demo.db()) == before


def test_a_real_desk_is_never_made_a_demo(home, capsys):
    code = run(cli, ["demo", "--data", str(home.folder), "--lang", "en"])

    assert code == REFUSED
    assert "Nothing was changed" in capsys.readouterr().err
    assert not (home.folder / "demo.json").exists()
    assert journal.head(home.db())[0] == 0


def test_demo_passwords_are_offered_on_the_door_of_a_demo_only(demo):
    app = create_app(demo)
    assert "demo-logins" not in app.test_client().get("/login").text

    app.extensions["desk"].demo_logins = logins_of(demo.folder)

    text = app.test_client().get("/login").text
    assert json.loads((demo.folder / "demo.json").read_text())["cashier"] in text
    assert "收费员" in text
    assert "Cashier" in app.test_client().get("/login", headers={"Accept-Language": "en"}).text
