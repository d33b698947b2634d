"""The staff's page: five taps and a PIN lead in, five wrong PINs do not, and nothing of it works without."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from desk.kit.access.passwords import make
from kiosk import admin, guard
from kiosk.machine import Link
from kiosk.pin import Answer, Pin

US = "http://127.0.0.1:5555"
PIN = "4815"


class Kiosk:
    """What stands behind the page, with a note of what was done."""

    device = "K3"

    def __init__(self, folder, clock):
        self.folder, self.clock, self.done, self.ticks, self.stored = folder, clock, [], 0.0, make(PIN)
        self.app = Flask("staff")
        self.app.testing = True
        self.app.add_url_rule("/", "home", lambda: "home")
        doings = admin.Doings(
            restart=lambda: self.done.append("restart"),
            close=lambda: self.done.append("close"),
            leave=lambda: self.done.append("leave"),
            errors=lambda: ["11-24 10:00 page_frozen"],
            print_test=lambda: self.done.append("print") is None,
        )
        entry = guard.protect(self.app)
        self.app.jinja_env.add_extension("jinja2.ext.i18n")
        self.app.jinja_env.globals["_"] = admin.gettext
        admin.attach(self.app, self, self.pin(), doings, clock=lambda: self.ticks)
        self.window = self.app.test_client()
        self.window.get(entry, base_url=US)

    def pin(self):
        return Pin(self.folder, lambda: self.stored, self.clock.now)

    def now(self):
        return self.clock.now()

    def link(self):
        return Link(enrolled=True, online=False, last_sync_at=self.clock.now() - timedelta(hours=2), waiting=17)

    def page(self):
        return self.window.get("/staff/", base_url=US).text

    def send(self, where, **form):
        csrf = re.search(r'name="csrf" value="(\w+)"', self.page()).group(1)
        return self.window.post(f"/staff/{where}", base_url=US, data={"csrf": csrf, **form}, headers={"Origin": US})

    def type(self, digits):
        for key in [*digits, "ok"]:
            self.send("key", key=key)


@pytest.fixture
def kiosk(tmp_path, clock):
    return Kiosk(tmp_path, clock)


def test_before_the_pin_nothing_is_told(kiosk):
    assert "<dd>" not in kiosk.page()
    assert "page_frozen" not in kiosk.page()


def test_with_the_pin_the_queue_the_last_sync_and_the_errors_are_told(kiosk):
    kiosk.type(PIN)

    page = kiosk.page()

    assert "<dd>17</dd>" in page
    assert "<dd>07:00</dd>" in page
    assert "page_frozen" in page


def test_a_wrong_pin_says_so_and_shows_nothing(kiosk):
    kiosk.type("9999")

    assert "密码不对" in kiosk.page()
    assert "<dd>" not in kiosk.page()


def test_a_digit_can_be_taken_back(kiosk):
    for key in ("4", "9", "back", "8", "1", "5", "ok"):
        kiosk.send("key", key=key)

    assert "<dd>17</dd>" in kiosk.page()


def test_the_page_never_shows_what_was_typed(kiosk):
    for key in PIN:
        kiosk.send("key", key=key)

    assert "●●●●" in kiosk.page()
    assert PIN not in kiosk.page()


@pytest.mark.parametrize(("button", "done"), [("print", ["print"]), ("restart", ["restart"]), ("close", ["close"]), ("leave", ["leave"])])
def test_with_the_pin_each_button_does_what_it_says(kiosk, button, done):
    kiosk.type(PIN)

    kiosk.send("do", do=button)

    assert kiosk.done == done


@pytest.mark.parametrize("button", ["print", "restart", "close"])
def test_without_the_pin_no_button_does_anything(kiosk, button):
    kiosk.send("do", do=button)

    assert kiosk.done == []


def test_left_alone_it_shuts(kiosk):
    kiosk.type(PIN)
    kiosk.ticks += admin.IDLE + 1

    assert "<dd>" not in kiosk.page()


def test_leaving_shuts_it(kiosk):
    kiosk.type(PIN)
    kiosk.window.get("/staff/leave", base_url=US)

    assert "<dd>" not in kiosk.page()


def test_five_wrong_pins_close_the_door_for_a_quarter_of_an_hour(kiosk, clock):
    for _ in range(5):
        kiosk.type("9999")
    kiosk.type(PIN)
    shut = kiosk.page()
    clock.forward(minutes=15)
    kiosk.type(PIN)

    assert "15 分钟后" in shut
    assert "<dd>" not in shut
    assert "<dd>17</dd>" in kiosk.page()


def test_the_pause_survives_a_restart(kiosk):
    for _ in range(5):
        kiosk.pin().check("9999")

    assert kiosk.pin().check(PIN) is Answer.PAUSED


def test_a_restart_gives_no_tries_back(kiosk):
    answers = [kiosk.pin().check("9999") for _ in range(5)]

    assert answers == [Answer.WRONG] * 4 + [Answer.PAUSED]


def test_a_right_pin_forgets_the_wrong_ones(kiosk):
    for _ in range(4):
        kiosk.pin().check("9999")
    kiosk.pin().check(PIN)

    assert [kiosk.pin().check("9999") for _ in range(4)] == [Answer.WRONG] * 4


def test_a_clock_that_goes_back_a_year_does_not_shut_for_a_year(kiosk, clock):
    for _ in range(5):
        kiosk.pin().check("9999")
    clock.forward(days=-365)

    assert kiosk.pin().check(PIN) is Answer.RIGHT


def test_a_kiosk_without_a_pin_lets_nobody_in(kiosk):
    kiosk.stored = ""

    assert kiosk.pin().check("") is Answer.NONE
    assert kiosk.pin().check(PIN) is Answer.NONE


def test_a_damaged_file_of_tries_does_not_lock_staff_out(kiosk):
    (kiosk.folder / "staff_tries.json").write_text("{")

    assert kiosk.pin().check(PIN) is Answer.RIGHT
