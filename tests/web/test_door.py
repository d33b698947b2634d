"""The door as a browser meets it: sign in and out, lock and unlock, passwords."""

import re

import pytest

from desk.kit.access import commands, passwords, store
from desk.kit.access.rules import Lang, Role, Size, Staff, Theme
from desk.kit.act import Act
from desk.kit.journal import change
from tests.client import Browser

SECRET = "blauwe fiets achter hek"
HASH = passwords.make(SECRET)


@pytest.fixture
def li(site, clock):
    member = Staff("li", "F01", "李晓雯", Role.FRONT_DESK, True, False, False, Lang.ZH, Theme.AUTO, Size.NORMAL, clock.now(), 1)
    with change(site, Act("boss", "D1", clock)) as note:
        store.keep_staff(site, member, HASH)
        note("staff.added", member.id)
    return member


def one_time(answer):
    """The password that a page shows once."""
    return re.search(r'class="code big">([^<]+)<', answer.text).group(1)


def sign_in(guest, password=SECRET, **fields):
    return guest.post("/login", {"user": "F01", "password": password, **fields})


def test_the_right_password_opens_the_page_that_was_asked_for(guest, li):
    sent = guest.get("/journal?on=2026-03-01")
    assert sent.headers["Location"] == "/login?next=%2Fjournal%3Fon%3D2026-03-01"

    answer = sign_in(guest, next="/journal?on=2026-03-01")

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/journal?on=2026-03-01"
    assert guest.get("/journal").status_code == 200


@pytest.mark.parametrize("evil", ["//evil.example/", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/a\nb", "\\/evil"])
def test_nobody_is_led_away_after_signing_in(guest, li, evil):
    assert sign_in(guest, next=evil).headers["Location"] == "/"


def test_the_cookie_is_out_of_reach_and_changes_at_sign_in(guest, li):
    first = sign_in(guest).headers.getlist("Set-Cookie")
    cookie = next(one for one in first if one.startswith("desk="))

    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Path=/" in cookie
    guest.client.set_cookie("desk", "chosen-by-somebody-else-0123456789")
    second = next(one for one in sign_in(guest).headers.getlist("Set-Cookie") if one.startswith("desk="))
    assert "chosen" not in second
    assert second != cookie


def test_a_wrong_password_is_told_and_never_sent_back(guest, li):
    answer = sign_in(guest, "ganz falsch 77")

    assert answer.status_code == 422
    assert "工号与密码不符" in answer.text
    assert "ganz falsch 77" not in answer.text
    assert 'value="F01"' in answer.text
    assert sign_in(guest, "").status_code == 422


def test_too_many_tries_are_answered_with_429(guest, li):
    codes = [sign_in(guest, f"falsch {n}").status_code for n in range(11)]

    assert codes == [422] * 10 + [429]


def test_the_address_of_the_throttle_is_the_peers_whatever_the_headers_say(guest, li):
    codes = [
        guest.post("/login", {"user": "F01", "password": "nein"}, headers={"X-Forwarded-For": f"1.2.3.{n}"}).status_code for n in range(11)
    ]

    assert codes[-1] == 429


def test_the_old_cookie_opens_nothing_after_signing_out(guest, li):
    sign_in(guest)
    old = guest.client.get_cookie("desk").value
    guest.staff = "li"
    assert guest.post("/logout").headers["Location"] == "/login"

    guest.client.set_cookie("desk", old)

    assert guest.get("/").headers["Location"] == "/login"


def test_signing_in_again_ends_the_session_before(guest, li, site):
    sign_in(guest)
    sign_in(guest)

    assert len(store.open_sessions(site, "li")) == 1


def test_a_locked_screen_opens_with_the_pin_and_nothing_else(clerk, site, clock):
    store.keep_pin(site, clerk.staff, passwords.make("2718"))
    word = clerk.csrf()
    assert clerk.post("/lock", {"next": "/journal"}).headers["Location"] == "/lock?next=%2Fjournal"
    assert clerk.get("/journal").headers["Location"] == "/lock?next=%2Fjournal"
    assert clerk.client.post("/presence", data={"csrf": word}).status_code == 303
    assert "front_desk 1" in clerk.get("/lock").text

    wrong = clerk.client.post("/unlock", data={"csrf": word, "pin": "1111"})
    right = clerk.client.post("/unlock", data={"csrf": word, "pin": "2718", "next": "/journal"})

    assert wrong.status_code == 422
    assert "还可以试 4 次" in wrong.text
    assert right.headers["Location"] == "/journal"
    assert clerk.get("/journal").status_code == 200


def test_five_wrong_pins_lead_back_to_the_door(clerk, site):
    store.keep_pin(site, clerk.staff, passwords.make("2718"))
    word = clerk.csrf()
    clerk.post("/lock")
    answers = [clerk.client.post("/unlock", data={"csrf": word, "pin": "1111"}) for _n in range(5)]

    assert [answer.status_code for answer in answers] == [422] * 4 + [303]
    assert answers[-1].headers["Location"] == "/login"
    assert clerk.get("/").headers["Location"] == "/login"


def test_an_idle_screen_asks_for_the_pin_and_a_part_of_a_page_is_sent_there_whole(clerk, clock):
    clock.forward(minutes=15)

    assert clerk.get("/").headers["Location"] == "/lock"
    part = clerk.get("/search?q=3", headers={"HX-Request": "true"})
    assert (part.status_code, part.headers["HX-Redirect"]) == (401, "/lock")
    assert clerk.get("/tick").status_code == 200


@pytest.mark.parametrize(("address", "state"), [("/tick?touched=1", 200), ("/tick", 303)])
def test_who_types_a_long_text_stays_signed_in_and_an_empty_chair_does_not(clerk, clock, address, state):
    for _n in range(20):
        clock.forward(minutes=1)
        clerk.get(address)

    assert clerk.get("/").status_code == state


def test_a_locked_screen_is_not_opened_by_its_own_lamp(clerk, clock):
    clerk.post("/lock")
    clerk.get("/tick?touched=1")

    assert clerk.get("/").headers["Location"] == "/lock"


def test_what_was_sent_after_the_session_ended_leads_back_to_its_form(clerk, clock):
    word = clerk.csrf()
    clock.forward(hours=12)

    sent = clerk.client.post("/presence", data={"csrf": word}, headers={"Referer": "http://localhost/reception/new?contact=7"})
    part = clerk.get("/search?q=3", headers={"HX-Request": "true", "HX-Current-URL": "http://localhost/journal"})
    foreign = clerk.client.post("/presence", data={"csrf": word}, headers={"Referer": "http://evil.example/x"})

    assert sent.headers["Location"] == "/login?next=%2Freception%2Fnew%3Fcontact%3D7"
    assert part.headers["HX-Redirect"] == "/login?next=%2Fjournal"
    assert foreign.headers["Location"] == "/login"


def test_a_one_time_password_must_be_changed_before_anything_else(admin, app):
    made = admin.post("/staff/new", {"staff_no": "M07", "name": "王建军", "role": "maintenance"})
    password = one_time(made)
    new = Browser(app, None)
    new.post("/login", {"user": "M07", "password": password})
    assert new.get("/help").headers["Location"].startswith("/settings/password")

    word = new.get("/settings/password").text.split('name="csrf" content="')[1].split('"')[0]
    short = new.client.post("/settings/password", data={"csrf": word, "old_password": password, "password": "short"})
    wrong = new.client.post("/settings/password", data={"csrf": word, "old_password": "no", "password": "zeven eenden op dak"})
    done = new.client.post("/settings/password", data={"csrf": word, "old_password": password, "password": "zeven eenden op dak"})

    assert (short.status_code, wrong.status_code, done.status_code) == (422, 422, 303)
    assert "当前密码不对" in wrong.text
    assert new.get("/help").status_code == 200


def test_the_own_pin_is_set_with_the_own_password(guest, li, site):
    sign_in(guest)
    guest.staff = "li"
    assert guest.post("/settings/pin", {"own_password": "nein", "pin": "2718"}).status_code == 422
    assert not store.staff_member(site, "li").has_pin

    assert guest.post("/settings/pin", {"own_password": SECRET, "pin": "2718"}).status_code == 303
    assert store.staff_member(site, "li").has_pin


def test_language_and_look_are_kept_for_the_person_and_for_the_browser(clerk, guest, site):
    clerk.post("/settings/look", {"lang": "en", "next": "/help"})
    clerk.post("/settings/look", {"theme": "dark"})
    clerk.post("/settings/look", {"size": "large"})
    text = clerk.get("/help").text
    assert '<html lang="en" data-theme="dark" data-size="large">' in text
    assert "Work journal" in text

    guest.post("/settings/look", {"lang": "en"})
    assert "Staff number and password" in guest.post("/login", {"user": "X", "password": "y"}).text
    assert guest.post("/settings/look", {"lang": "xx"}).status_code == 422


def test_a_guest_without_a_choice_gets_the_language_of_the_browser(app):
    assert '<html lang="en"' in app.test_client().get("/login", headers={"Accept-Language": "en-GB,en;q=0.9"}).text
    assert '<html lang="zh-CN"' in app.test_client().get("/login", headers={"Accept-Language": "de"}).text


def test_a_reset_shows_the_password_once_and_shuts_the_person_out(admin, site, app):
    clerk = Browser(app, Role.CASHIER)
    assert clerk.get("/").status_code == 200

    shown = admin.post(f"/staff/{clerk.staff}/reset")

    password = one_time(shown)
    assert password not in admin.get(f"/staff/{clerk.staff}").text
    assert clerk.get("/").status_code == 303
    assert passwords.fits(store.secrets_of(site, clerk.staff).password, password)


def test_staff_are_changed_and_shut_out_on_their_page(admin, site, app):
    clerk = Browser(app, Role.CASHIER)
    page = f"/staff/{clerk.staff}"

    assert admin.post(page, {"name": "周敏", "role": "supervisor", "version": "1"}).status_code == 303
    assert admin.post(page, {"name": "周", "role": "supervisor", "version": "1"}).status_code == 409
    assert admin.post(f"{page}/disable").status_code == 303
    assert "已停用" in admin.get(f"{page}").text
    assert admin.post(f"{page}/enable").status_code == 303
    assert store.staff_member(site, clerk.staff).role is Role.SUPERVISOR
    assert admin.get("/staff/nobody").status_code == 404
    own = admin.post(f"/staff/{admin.staff}/disable")
    assert own.status_code == 409
    assert "管理员" in own.text


def test_own_look_does_not_change_the_staffs_version(clerk, site):
    before = store.staff_member(site, clerk.staff).version
    clerk.post("/settings/look", {"theme": "light"})

    assert store.staff_member(site, clerk.staff).version == before
    assert commands.member_of(site, clerk.staff).theme is Theme.LIGHT
