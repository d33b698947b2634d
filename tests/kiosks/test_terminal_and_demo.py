"""Kiosks from the command line, and those of the demo community."""

import re

import pytest

from desk import site as places
from desk.cli import cli
from desk.commands.common import run
from desk.commands.demo import fill
from sync import enrolment, tls
from sync.inbox import store


@pytest.fixture
def folder(tmp_path):
    places.make(tmp_path / "data").db().conn.close()
    return tmp_path / "data"


def test_a_kiosk_is_added_listed_and_revoked_from_the_terminal(folder, tmp_path, capsys):
    sheet = tmp_path / "sheet.pdf"

    assert (
        run(
            cli,
            [
                "kiosk",
                "add",
                "3栋大堂",
                "--url",
                "https://10.0.0.2:8443",
                "--sheet",
                str(sheet),
                "--data",
                str(folder),
                "--lang",
                "zh",
            ],
        )
        == 0
    )
    said = capsys.readouterr().out
    link = re.search(r"kiosk enrol '([^']+)'", said)[1]
    assert enrolment.read_link(link).url == "https://10.0.0.2:8443"
    assert enrolment.read_link(link).pin == tls.pin(tls.authority(places.open_site(folder).db()).cert)
    assert sheet.read_bytes().startswith(b"%PDF-")

    assert run(cli, ["kiosk", "list", "--data", str(folder), "--lang", "zh"]) == 0
    assert "等待接入" in capsys.readouterr().out
    assert run(cli, ["kiosk", "revoke", "K1", "--reason", "被盗", "--data", str(folder), "--lang", "zh"]) == 0
    assert run(cli, ["kiosk", "revoke", "K1", "--reason", "again", "--data", str(folder), "--lang", "zh"]) == 3
    assert store.device(places.open_site(folder).db(), "K1").revoked_why == "被盗"


def test_the_demo_has_two_lobbies_three_notices_a_card_and_something_to_settle(folder):
    made = places.open_site(folder)
    fill(made)
    db = made.db()

    assert [device.name for device in store.devices(db)] == ["3栋大堂", "1栋大堂"]
    assert store.count_waiting(db) == 1
    assert db.value("SELECT count(*) FROM notice") == 3
    assert db.value("SELECT count(*) FROM resident_card") == 1
    assert {row["verdict"] for row in db.rows("SELECT verdict FROM inbox")} == {"accepted", "needs_staff"}
    assert store.gaps(db) == []
    assert [
        photo.state for (entry,) in db.conn.execute("SELECT intent FROM inbox_blob").fetchall() for photo in store.photos(db, entry)
    ] == ["here"]
