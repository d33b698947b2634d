"""Joining, counting and revoking: who may speak to the desk, and for how long a code is worth anything."""

import secrets
from dataclasses import replace

import pytest
from nacl.signing import SigningKey

from desk.kit.problems import Refused
from desk.kit.quiet import quietly
from sync import enrolment, inbox, replica
from sync.client import Line, Round, State, pull
from sync.desk import Envelope


def a_key():
    return SigningKey(secrets.token_bytes(32)).verify_key.encode().hex()


def wrong(code):
    return code.translate(str.maketrans("0123456789ABCDEFGHJK", "123456789ABCDEFGHJKM"))


def test_a_code_is_good_for_one_kiosk(toy):
    desk, _ = toy
    offer = enrolment.offer(desk.db, desk.act(), "north door")

    joined = enrolment.join(desk.db, desk.act(), offer.code, a_key())

    assert joined.device == "K2"
    with pytest.raises(Refused, match="wrong_code"):
        enrolment.join(desk.db, desk.act(), offer.code, a_key())


@pytest.mark.parametrize(("tries", "is_dead"), [(4, False), (5, True)])
def test_a_code_stands_five_wrong_tries(toy, tries, is_dead):
    desk, _ = toy
    offer = enrolment.offer(desk.db, desk.act(), "north door")
    for _ in range(tries):
        with pytest.raises(Refused):
            enrolment.join(desk.db, desk.act(), wrong(offer.code), a_key())

    try:
        enrolment.join(desk.db, desk.act(), offer.code, a_key())
        refused = False
    except Refused:
        refused = True

    assert refused is is_dead


@pytest.mark.parametrize(("seconds", "is_dead"), [(599, False), (600, True)])
def test_a_code_lives_ten_minutes(toy, seconds, is_dead):
    desk, _ = toy
    offer = enrolment.offer(desk.db, desk.act(), "north door")
    desk.clock.forward(seconds=seconds)

    try:
        enrolment.join(desk.db, desk.act(), offer.code, a_key())
        refused = False
    except Refused:
        refused = True

    assert refused is is_dead


def test_a_second_code_ends_the_first(toy):
    desk, _ = toy
    first = enrolment.offer(desk.db, desk.act(), "north door")
    second = enrolment.offer(desk.db, desk.act(), "north door", device_id=first.device.id)

    with pytest.raises(Refused):
        enrolment.join(desk.db, desk.act(), first.code, a_key())
    assert enrolment.join(desk.db, desk.act(), second.code, a_key()).device == first.device.id


def test_the_code_itself_is_not_kept(toy):
    desk, _ = toy
    offer = enrolment.offer(desk.db, desk.act(), "north door")

    assert offer.code not in str(desk.db.rows("SELECT * FROM enrolment"))


def test_a_revoked_kiosk_is_turned_away_keeps_everything_and_sends_it_after_joining_again(toy):
    desk, kiosk = toy
    kiosk.wish("before")
    kiosk.round()
    kiosk.wish("meanwhile")
    enrolment.revoke(desk.db, desk.act(), "K1", "stolen")

    turned = kiosk.round()
    waiting = len(kiosk.waiting())
    kiosk.enrol("K1", new_key=True)
    kiosk.round()

    assert (turned.state, waiting) == (State.REVOKED, 1)
    assert sorted(desk.wishes().values()) == ["before", "meanwhile"]
    assert inbox.store.quarantined(desk.db) == []


def test_a_kiosk_that_the_desk_forgot_joins_under_another_number_and_hands_in_what_it_kept(toy, tmp_path):
    desk, kiosk = toy
    empty = desk.backup(tmp_path / "empty.sqlite")
    kiosk.wish("kept")
    kiosk.round()
    desk.restore(empty)
    with quietly(desk.db):
        inbox.store.keep_device(desk.db, replace(inbox.store.device(desk.db, "K1"), public_key=a_key()))  # somebody else's number now

    lost = kiosk.round()
    kiosk.enrol()
    kiosk.round()

    assert lost.state is State.UNKNOWN
    assert kiosk.device == "K2"
    assert list(desk.wishes().values()) == ["kept"]


def test_a_request_is_good_once(toy):
    desk, kiosk = toy
    sent = []
    kiosk.round(lambda envelope: sent.append(envelope) or desk.engine.answer(envelope))

    again = desk.engine.answer(sent[0])

    assert again.status == 409


def test_a_counter_that_the_desk_has_seen_is_counted_on_from_there(toy):
    desk, kiosk = toy
    desk.engine.counters["K1"] = 50_000

    done = kiosk.round()

    assert done.state is State.GOOD
    assert kiosk.box.counter() > 50_001


def test_no_number_of_a_request_is_used_again_after_the_machine_went_off(toy):
    _, kiosk = toy
    used = [kiosk.box.counter() for _ in range(5)]

    kiosk.kill()

    assert kiosk.box.counter() > max(used)


@pytest.mark.parametrize("field", ["path", "device", "counter", "body"])
def test_nothing_of_a_request_can_be_changed_on_its_way(toy, field):
    desk, kiosk = toy
    sent = []
    kiosk.wish("a lamp")
    kiosk.round(lambda envelope: sent.append(envelope) or desk.engine.answer(envelope))
    envelope = sent[0]
    changed = {"path": envelope.path + "?x=1", "device": "K9", "counter": envelope.counter + 100, "body": envelope.body + b" "}

    answer = desk.engine.answer(replace(envelope, **{field: changed[field]}))

    assert answer.status == 401


def test_a_stranger_hears_nothing(toy):
    desk, _ = toy

    assert desk.engine.answer(Envelope("/sync/v1/pull", "K1", 1, "", b"=")).status == 401
    assert desk.engine.answer(Envelope("/sync/v1/pull")).status == 401


def test_a_kiosk_gets_no_scope_of_another(make_world):
    desk, (first, _) = make_world(2)
    desk.put("a", "private", "kiosk:K2")

    done = Round()
    pull(Line(first.who, first.box, desk.engine.answer, first.moment), first.copy, ("kiosk:K2",), done)

    assert done.gone == ["kiosk:K2"]
    assert replica.docs(first.copy, "item@1") == []


def test_a_kiosk_that_may_no_longer_hold_its_scope_forgets_it(toy):
    desk, kiosk = toy
    desk.put("a", "private", "kiosk:K1")
    kiosk.round()
    with quietly(desk.db):
        inbox.store.keep_device(desk.db, replace(inbox.store.device(desk.db, "K1"), flags=("cloned",)))

    taken = kiosk.round()
    without = kiosk.items("kiosk:K1")
    enrolment.clear_flags(desk.db, desk.act(), "K1", "looked at")
    kiosk.round()

    assert (taken.gone, without) == (["kiosk:K1"], {})
    assert kiosk.items("kiosk:K1") == {"a": "private"}
