"""Signing in, locking, and everything that ends a session at once."""

import time
from dataclasses import replace

import pytest

from desk.kit.access import commands, passwords, sessions, store
from desk.kit.access.inputs import ChangedStaff, NewStaff
from desk.kit.access.rules import Door, Lang, Role, Size, Staff, Theme
from desk.kit.act import Act
from desk.kit.ids import new_id
from desk.kit.journal import change
from desk.kit.journal import store as journal
from desk.kit.problems import Refused, Unclear

SECRET = "blauwe fiets achter hek"
HASH = passwords.make(SECRET)
HERE = "10.0.0.5"


@pytest.fixture
def boss(clock):
    return Act("boss", "D1", clock)


@pytest.fixture
def li(site, boss):
    """Li of the front desk, who knows her password."""
    member = Staff(new_id(boss.now), "F01", "李晓雯", Role.FRONT_DESK, True, False, False, Lang.ZH, Theme.AUTO, Size.NORMAL, boss.now, 1)
    with change(site, boss) as note:
        store.keep_staff(site, member, HASH)
        note("staff.added", member.id)
    return member


def signed_in(site, clock, password=SECRET, staff_no="F01", address=HERE):
    return sessions.sign_in(site, Act("nobody", "D1", clock), staff_no, password, address, "Firefox")[1]


def door_of(site, clock, token):
    found = sessions.find(site, token, clock.now())
    return found[2] if found else Door.OVER


def test_the_token_opens_the_door_and_the_database_keeps_only_its_hash(site, clock, li):
    token = signed_in(site, clock, staff_no="f01")

    assert door_of(site, clock, token) is Door.OPEN
    assert token not in str(site.rows("SELECT * FROM session"))
    assert [entry.act for entry in journal.of_object(site, li.id)] == ["staff.signed_in", "staff.added"]


def test_a_name_opens_the_door_too_unless_two_people_have_it(site, clock, li, boss):
    assert signed_in(site, clock, staff_no="李晓雯")
    commands.add_staff(site, boss, NewStaff(staff_no="F02", name="李晓雯", role=Role.CASHIER))

    with pytest.raises(Refused):
        signed_in(site, clock, staff_no="李晓雯")


def test_each_sign_in_has_a_new_token(site, clock, li):
    assert signed_in(site, clock) != signed_in(site, clock)


@pytest.mark.parametrize("staff_no", ["F01", "F99", "x" * 500, "密码在这里"])
def test_a_wrong_password_and_an_unknown_number_sound_the_same(site, clock, li, staff_no):
    with pytest.raises(Refused) as told:
        signed_in(site, clock, "wrong", staff_no)

    assert told.value.code == "access.wrong"
    assert staff_no == "F01" or staff_no not in str(site.rows("SELECT * FROM journal_payload, sign_in_try"))


def test_an_unknown_number_takes_as_long_as_a_known_one(site, clock, li):
    def seconds(staff_no):
        began = time.process_time()
        with pytest.raises(Refused):
            signed_in(site, clock, "wrong", staff_no, address=f"{staff_no}{began}")
        return time.process_time() - began

    known = min(seconds("F01") for _n in range(5))
    unknown = min(seconds("F99") for _n in range(5))

    assert 0.6 < unknown / known < 1.6


def test_of_many_guesses_ten_are_looked_at_and_the_window_opens_again(site, clock, li):
    codes = []
    for n in range(200):
        with pytest.raises(Refused) as told:
            signed_in(site, clock, f"guess {n}")
        codes.append(told.value.code)

    assert codes == ["access.wrong"] * 10 + ["access.wait"] * 190
    with pytest.raises(Refused):
        signed_in(site, clock)
    clock.forward(minutes=15)
    assert door_of(site, clock, signed_in(site, clock)) is Door.OPEN


def test_another_address_still_gets_in_while_one_is_throttled(site, clock, li):
    for _n in range(10):
        with pytest.raises(Refused):
            signed_in(site, clock, "wrong")

    assert signed_in(site, clock, address="10.0.0.6")


def test_a_good_sign_in_forgets_the_tries(site, clock, li):
    for _round in range(3):
        for _n in range(4):
            with pytest.raises(Refused):
                signed_in(site, clock, "wrong")
        signed_in(site, clock)

    assert store.tries(site, "", HERE, clock.now().replace(year=2020))[1] == 0


def test_an_idle_screen_locks_and_the_pin_opens_it(site, clock, li, boss):
    commands.set_pin(site, boss, li.id, "2718")
    token = signed_in(site, clock)
    clock.forward(minutes=15)
    assert door_of(site, clock, token) is Door.LOCKED

    sessions.unlock(site, Act(li.id, "D1", clock), sessions.id_of(token), "2718")

    assert door_of(site, clock, token) is Door.OPEN


def test_five_wrong_pins_end_the_session(site, clock, li, boss):
    commands.set_pin(site, boss, li.id, "2718")
    token = signed_in(site, clock)
    codes = []
    for pin in ("1000", "1001", "1002", "1003", "1004", "2718"):
        with pytest.raises(Refused) as told:
            sessions.unlock(site, Act(li.id, "D1", clock), sessions.id_of(token), pin)
        codes.append(told.value.code)

    assert codes == ["access.pin_wrong"] * 4 + ["access.over"] * 2
    assert door_of(site, clock, token) is Door.OVER


def test_without_a_pin_the_password_opens_the_screen(site, clock, li):
    token = signed_in(site, clock)
    sessions.lock(site, Act(li.id, "D1", clock), sessions.id_of(token))
    assert door_of(site, clock, token) is Door.LOCKED

    sessions.unlock(site, Act(li.id, "D1", clock), sessions.id_of(token), SECRET)

    assert door_of(site, clock, token) is Door.OPEN


def test_what_a_page_asks_by_itself_keeps_no_session_awake(site, clock, li):
    token = signed_in(site, clock)
    for _n in range(15):
        clock.forward(minutes=1)
        sessions.find(site, token, clock.now(), is_alive=False)

    assert door_of(site, clock, token) is Door.LOCKED


def test_somebody_at_work_stays_signed_in_with_one_write_a_minute(site, clock, li):
    token = signed_in(site, clock)
    before = site.conn.total_changes
    for _n in range(60 * 20):
        clock.forward(seconds=3)
        sessions.find(site, token, clock.now())

    assert door_of(site, clock, token) is Door.OPEN
    assert site.conn.total_changes - before == 60


def test_signing_out_ends_it(site, clock, li):
    token = signed_in(site, clock)

    sessions.sign_out(site, Act(li.id, "D1", clock), sessions.id_of(token))

    assert door_of(site, clock, token) is Door.OVER


@pytest.mark.parametrize(
    "what",
    [
        lambda site, boss, li: commands.set_active(site, boss, li.id, False),
        lambda site, boss, li: commands.change_staff(site, boss, li.id, ChangedStaff(name=li.name, role=Role.SECURITY, version=1)),
        lambda site, boss, li: commands.reset_password(site, boss, li.id),
        lambda site, boss, li: commands.set_password(site, boss, li.id, "7 ducks on the roof"),
    ],
    ids=["disabled", "other role", "reset", "new password"],
)
def test_what_takes_power_away_ends_every_session_at_once(site, clock, li, boss, what):
    token = signed_in(site, clock)

    what(site, boss, li)

    assert door_of(site, clock, token) is Door.OVER


def test_an_own_new_password_keeps_only_the_own_session(site, clock, li, boss):
    mine, other = signed_in(site, clock), signed_in(site, clock)

    commands.set_password(site, boss, li.id, "7 ducks on the roof", sessions.id_of(mine))

    assert (door_of(site, clock, mine), door_of(site, clock, other)) == (Door.OPEN, Door.OVER)
    with pytest.raises(Refused):
        signed_in(site, clock)


def test_the_old_password_is_no_new_one(site, li, boss):
    with pytest.raises(Unclear):
        commands.set_password(site, boss, li.id, SECRET)


def test_a_disabled_person_does_not_get_in_with_the_right_password(site, clock, li, boss):
    commands.set_active(site, boss, li.id, False)

    with pytest.raises(Refused) as told:
        signed_in(site, clock)
    assert told.value.code == "access.wrong"


def test_the_last_administrator_stays(site, boss):
    admin = commands.add_staff(site, boss, NewStaff(staff_no="A1", name="何伟", role=Role.ADMIN))[0]

    with pytest.raises(Refused) as told:
        commands.set_active(site, boss, admin.id, False)
    assert told.value.code == "access.last_admin"
    with pytest.raises(Refused):
        commands.change_staff(site, boss, admin.id, ChangedStaff(name="何伟", role=Role.CASHIER, version=admin.version))
    commands.add_staff(site, boss, NewStaff(staff_no="A2", name="沈洁", role=Role.ADMIN))
    assert commands.set_active(site, boss, admin.id, False).active is False


def test_nobody_takes_away_their_own_access(site, clock, li):
    with pytest.raises(Refused) as told:
        commands.set_active(site, Act(li.id, "D1", clock), li.id, False)
    assert told.value.code == "access.not_yourself"


def test_a_stale_edit_of_a_person_is_refused(site, boss, li):
    commands.change_staff(site, boss, li.id, ChangedStaff(name="李雯", role=li.role, version=li.version))

    with pytest.raises(Refused) as told:
        commands.change_staff(site, boss, li.id, ChangedStaff(name="李晓", role=li.role, version=li.version))
    assert told.value.code == "record.changed"


def test_two_people_never_have_one_number(site, boss, li):
    with pytest.raises(Unclear) as told:
        commands.add_staff(site, boss, NewStaff(staff_no="f01", name="另一人", role=Role.CASHIER))
    assert told.value.details["fields"] == {"staff_no": "access.number_taken"}


def test_passwords_stand_nowhere_in_the_journal(site, clock, li, boss):
    password = commands.reset_password(site, boss, li.id)
    signed_in(site, clock, password)

    kept = str(site.rows("SELECT * FROM journal JOIN journal_payload USING (seq)"))
    assert password not in kept
    assert SECRET not in kept


def test_a_person_is_kept_as_it_was_written(site, li):
    assert store.staff_member(site, li.id) == replace(li, has_pin=False)
    assert store.staff(site, Role.FRONT_DESK) == [li]
    assert store.staff(site, Role.CASHIER) == []
