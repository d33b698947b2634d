"""Passwords: what is too easy, what the hash is, and that nobody waits for ever."""

import threading

import pytest

from desk.kit.access import passwords
from desk.kit.problems import Unclear


@pytest.mark.parametrize(
    "typed",
    [
        "password",
        "Password1",
        "passw0rd!",
        "12345678",
        "1234567890",
        "87654321",
        "qwertyui",
        "qwerty123",
        "1qaz2wsx",
        "asdfghjkl",
        "zxcvbnm1",
        "abc12345",
        "abcd1234",
        "a1234567",
        "aa123456",
        "woaini1314",
        "5201314520",
        "11111111",
        "88888888",
        "19900101",
        "20260302",
        "iloveyou",
        "admin123",
        "Admin@123",
        "root1234",
        "welcome1",
        "letmein123",
        "wuye1234",
        "wuyewuye",
        "nihao123",
        "123123123",
        "12341234",
        "abababab",
        "password2026",
        "LobbyDesk1",
    ],
)
def test_passwords_that_guessers_try_first_are_refused(typed):
    with pytest.raises(Unclear) as told:
        passwords.check_password(typed)
    assert told.value.details["fields"] == {"password": "access.password_usual"}


@pytest.mark.parametrize("typed", ["翠竹门口三只灰鹅", "blauwe-fiets-achter-hek", "7 ducks on the roof", "Kq9vTz2mWx", "m53s-mmds-uetr"])
def test_long_and_own_passwords_are_taken(typed):
    assert passwords.check_password(typed, "F01", "李晓雯") == typed


def test_a_password_made_of_the_own_number_or_name_is_refused():
    with pytest.raises(Unclear):
        passwords.check_password("Wang2718", "F01", "wang")
    with pytest.raises(Unclear):
        passwords.check_password("1234567")


@pytest.mark.parametrize(
    ("pin", "code"), [("12", "pin_form"), ("12ab", "pin_form"), ("1234", "pin_usual"), ("8765", "pin_usual"), ("7777", "pin_usual")]
)
def test_pins_that_are_no_pins_or_too_easy_are_refused(pin, code):
    with pytest.raises(Unclear) as told:
        passwords.check_pin(pin)
    assert told.value.details["fields"] == {"pin": f"access.{code}"}


def test_the_hash_is_argon2id_with_19_mib_and_two_passes_and_fits_only_its_own_secret():
    stored = passwords.make("7 ducks on the roof")

    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.fits(stored, "7 ducks on the roof")
    assert not passwords.fits(stored, "8 ducks on the roof")
    assert not passwords.fits("", "")
    assert not passwords.fits("no hash", "no hash")


def test_no_more_than_two_are_hashed_at_once():
    passwords._AT_ONCE.acquire()
    passwords._AT_ONCE.acquire()
    worker = threading.Thread(target=passwords.make, args=("x",))
    worker.start()
    worker.join(0.3)
    waited = worker.is_alive()
    passwords._AT_ONCE.release()
    passwords._AT_ONCE.release()
    worker.join(5)

    assert waited
    assert not worker.is_alive()


def test_a_one_time_password_is_read_aloud_without_mistakes_and_never_the_same():
    made = {passwords.one_time() for _n in range(50)}

    assert len(made) == 50
    assert all(len(word) == 14 and not set(word) & set("ilo01") for word in made)
    assert not any(passwords.is_usual(word) for word in made)
