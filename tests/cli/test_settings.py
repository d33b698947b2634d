"""One TOML file becomes one frozen object, or the name of the wrong key."""

from datetime import time

import pytest
from pydantic import ValidationError

from desk import settings
from desk.kit.problems import Refused
from desk.settings import Settings


def test_an_empty_file_is_a_working_desk():
    made = settings.read("")

    assert made == Settings()
    assert made.hosts() == {"localhost", "127.0.0.1", "::1"}
    assert made.dispatch_cut_offs == (time(12), time(15), time(17))


def test_settings_survive_being_written():
    made = Settings(
        name_zh='锦江"花园"\\', hotline="400-1", port=9000, allowed_hosts=("desk.lan",), dispatch_cut_offs=(time(11, 30), time(16))
    )

    assert settings.read(settings.to_toml(made)) == made
    assert settings.read(settings.to_toml(Settings())) == Settings()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("colour = 1", "colour"),
        ("port = 70000", "port"),
        ('port = "x"', "port"),
        ("kiosk_port = 65536", "kiosk_port"),
        ("port = 8443\nkiosk_port = 8443", "kiosk_port"),
        ('kiosk_host = ""', "kiosk_host"),
        ("opening = { start = 18:00:00, end = 09:00:00 }", "opening"),
        ("opening = { start = 08:00:00 }", "opening.end"),
        ("dispatch_cut_offs = []", "dispatch_cut_offs"),
        ("dispatch_cut_offs = [15:00:00, 12:00:00]", "dispatch_cut_offs"),
        ('name_zh = ""', "name_zh"),
        ('device = "desk one"', "device"),
        ("backups_hourly = 0", "backups_hourly"),
    ],
)
def test_a_wrong_setting_is_refused_by_its_name(text, key):
    with pytest.raises(Refused) as told:
        settings.read(text)

    assert told.value.code == "settings.wrong"
    assert key in told.value.details["wrong"]


def test_what_is_no_toml_is_refused():
    with pytest.raises(Refused) as told:
        settings.read("name = ")
    assert told.value.code == "settings.not_toml"


def test_settings_are_never_changed_at_run_time():
    with pytest.raises(ValidationError):
        Settings().port = 1


def test_a_desk_on_the_network_answers_to_its_names_only():
    made = Settings(host="0.0.0.0", allowed_hosts=("Desk.Lan", "10.0.0.2"))

    assert made.hosts() == {"localhost", "127.0.0.1", "::1", "desk.lan", "10.0.0.2"}
