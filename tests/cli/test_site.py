"""The data folder: never two servers, never a silent fresh start, never half a file."""

import os
import stat

import pytest

from desk import site as sites
from desk.kit.files import append_line, durable_write, keep_file
from desk.kit.problems import Refused
from desk.schemas import owners


def test_a_folder_without_a_desk_says_how_to_make_one(tmp_path):
    with pytest.raises(Refused) as told:
        sites.open_site(tmp_path)
    assert told.value.code == "site.none"


def test_a_lost_database_is_an_alarm_and_nothing_is_made_in_its_place(lived):
    lived.db().conn.close()
    lived.database.unlink()

    with pytest.raises(Refused) as told:
        sites.open_site(lived.folder)
    assert told.value.code == "site.database_gone"
    with pytest.raises(Refused):
        sites.make(lived.folder)
    assert not lived.database.exists()


def test_a_folder_is_made_once(home):
    with pytest.raises(Refused) as told:
        sites.make(home.folder)
    assert told.value.code == "site.exists"


def test_only_the_owner_reads_the_folder(home):
    assert stat.S_IMODE(os.stat(home.files).st_mode) == 0o700


def test_the_second_server_is_refused_and_the_first_frees_the_folder(home):
    with sites.only_server(home.folder):
        with pytest.raises(Refused) as told, sites.only_server(home.folder):
            raise AssertionError("two servers on one folder")
        assert told.value.code == "site.in_use"
    with sites.only_server(home.folder):
        assert (home.folder / "desk.lock").exists()


def test_a_file_of_a_newer_program_is_refused(home):
    home.db().conn.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('lobbydesk.access', 'of_the_future', '2030')"
    )

    with pytest.raises(Refused) as told:
        sites.open_site(home.folder)
    assert told.value.code == "site.newer"
    assert told.value.details["steps"] == ["of_the_future"]


def test_a_fresh_site_has_nothing_left_to_migrate(home):
    assert [step for owner in owners() for step in owner.pending(home.db())] == []


def test_a_failed_write_leaves_the_old_file(tmp_path):
    path = tmp_path / "photo.jpg"
    durable_write(path, b"old")
    with pytest.raises(TypeError):
        durable_write(path, "no bytes")

    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["photo.jpg"]


def test_a_photo_is_named_by_its_content_and_kept_once(tmp_path):
    name = keep_file(tmp_path, b"photo", ".jpg")

    assert name == keep_file(tmp_path, b"photo", ".jpg")
    assert name != keep_file(tmp_path, b"other", ".jpg")
    assert len(name) == 68
    append_line(tmp_path / "lines", "one")
    append_line(tmp_path / "lines", "two")
    assert (tmp_path / "lines").read_text() == "one\ntwo\n"
