"""What people do about kiosks: notices, numbers, cards, and submissions that wait."""

import re

import pytest

from desk.kit.clock import day_of
from desk.kit.journal import store as journal
from desk.kit.plugs import Verdict
from desk.kit.problems import Missing, Refused, Unclear
from desk.workflows.households import commands as households
from desk.workflows.households.inputs import EndInput
from desk.workflows.kiosks import commands, duties, papers, store
from desk.workflows.kiosks.inputs import CardEnding, Closing, EnterAsContact, NewCard, NoticeInput, Numbers, Reason, Withdrawal
from desk.workflows.kiosks.published.boards import urgent_numbers
from desk.workflows.kiosks.rules.cards import CardEnd
from desk.workflows.kiosks.rules.notices import Urgent
from desk.workflows.reception import store as log
from desk.workflows.reception.rules import ContactChannel, Matter
from sync import sealing
from sync.inbox import store as inbox
from tests.make_households import a_unit, an_owner
from tests.make_kiosks import REPAIR, sent


def acts_of(site, object_id):
    return [entry.act for entry in reversed(journal.of_object(site, object_id))]


def a_notice(site, act, **said):
    return commands.write_notice(site, act, NoticeInput.read({"title_zh": "停水检修", "words_zh": "周四9点至11点", **said}))


def test_a_notice_is_written_changed_and_withdrawn_and_stays_in_the_file(site, act):
    written = a_notice(site, act)
    changed = commands.change_notice(
        site, act, written.id, NoticeInput.read({"title_zh": "停水改期", "words_zh": "周五", "pinned": "1", "version": 1})
    )
    commands.withdraw_notice(site, act, written.id, Withdrawal(version=2))

    assert (written.from_on, changed.title_zh, changed.pinned, changed.version) == (day_of(act.now), "停水改期", True, 2)
    assert acts_of(site, written.id) == ["notice.written", "notice.changed", "notice.withdrawn"]
    assert [one.id for one in store.notices(site)] == [written.id]
    with pytest.raises(Refused):
        commands.change_notice(site, act, written.id, NoticeInput.read({"title_zh": "x", "words_zh": "y"}))


def test_nobody_overwrites_a_notice_that_changed_meanwhile(site, act):
    written = a_notice(site, act)

    with pytest.raises(Refused, match=r"record\.changed"):
        commands.withdraw_notice(site, act, written.id, Withdrawal(version=7))
    with pytest.raises(Missing):
        commands.the_notice(site, "nothing")


def test_urgent_numbers_fall_back_to_those_of_the_country(site, act):
    commands.set_numbers(site, act, Numbers.read({"duty": "13800000009", "fire": "0571-85550119"}))
    assert urgent_numbers(site)[Urgent.DUTY] == "13800000009"
    assert urgent_numbers(site)[Urgent.FIRE] == "0571-85550119"

    commands.set_numbers(site, act, Numbers.read({}))

    assert urgent_numbers(site) == {Urgent.FIRE: "119", Urgent.POLICE: "110", Urgent.MEDICAL: "120"}


def a_home(site, act, label="3-1-1803"):
    unit = a_unit(site, act, label)
    return unit, an_owner(site, act, unit)


def test_a_card_is_issued_to_somebody_of_the_unit_and_its_secret_is_kept_nowhere(site, act):
    unit, role = a_home(site, act)

    card, secret = commands.issue_card(site, act, NewCard(person=role.person, unit=unit.id))

    kept = sealing.of_card(secret)
    assert (card.tag, card.key, card.place, card.since_on) == (kept.tag, kept.key, "3-1-1803", role.from_on)
    assert re.fullmatch(r"ZK-2026-\d{6}", card.number)
    assert re.fullmatch(r"LDC:[A-Z2-7]{26}", papers.card_text(secret))
    held = b"".join(path.read_bytes() for path in site.path.parent.iterdir() if path.name.startswith("desk.sqlite"))
    assert card.tag.encode() in held
    assert not [text for text in (secret, secret.hex().encode(), papers.card_text(secret)[4:].encode()) if text in held]


def test_who_does_not_belong_to_the_unit_gets_no_card_and_nobody_two(site, act):
    unit, role = a_home(site, act)
    other = a_unit(site, act, "3-1-1804")
    commands.issue_card(site, act, NewCard(person=role.person, unit=unit.id))

    with pytest.raises(Refused, match=r"card\.no_role"):
        commands.issue_card(site, act, NewCard(person=role.person, unit=other.id))
    with pytest.raises(Refused, match=r"card\.has_one"):
        commands.issue_card(site, act, NewCard(person=role.person, unit=unit.id))
    with pytest.raises(Unclear):
        commands.issue_card(site, act, NewCard(person="nobody", unit=unit.id))
    assert len(store.cards_of(site, unit.id)) == 1


def test_a_card_that_is_taken_back_opens_nothing_and_makes_room_for_another(site, act):
    unit, role = a_home(site, act)
    card, _secret = commands.issue_card(site, act, NewCard(person=role.person, unit=unit.id))

    commands.end_card(site, act, card.id, CardEnding.read({"why": "lost", "version": "1"}))
    another, _secret = commands.issue_card(site, act, NewCard(person=role.person, unit=unit.id))

    assert commands.the_card(site, card.id).end_reason is CardEnd.LOST
    assert [one.id for one in store.standing_cards(site)] == [another.id]
    assert commands.note_use(site, act, card.tag, "K1") is None


def test_a_card_ends_by_itself_when_its_holder_no_longer_belongs_to_the_unit(site, act, clock):
    unit, role = a_home(site, act)
    card, _secret = commands.issue_card(site, act, NewCard(person=role.person, unit=unit.id))
    duties.end_cards(site, act)
    assert store.standing_cards(site)

    households.leave(site, act, role.id, EndInput.read({"last_day": "2026-03-02"}))
    clock.forward(days=1)
    duties.end_cards(site, act)
    duties.end_cards(site, act)

    assert commands.the_card(site, card.id).end_reason is CardEnd.ROLE_OVER
    assert acts_of(site, card.id) == ["card.issued", "card.ended"]


def test_each_use_of_a_card_is_noted_in_the_household_file(site, act, clock):
    unit, role = a_home(site, act)
    card, _secret = commands.issue_card(site, act, NewCard(person=role.person, unit=unit.id))

    for minutes in (0, 2, 6):
        clock.forward(minutes=minutes)
        commands.note_use(site, act, card.tag, "K2")

    assert store.last_use(site, card.id)[1] == "K2"
    assert [entry.act for entry in journal.of_file(site, unit.id)].count("card.used") == 2
    assert commands.note_use(site, act, "0" * 32, "K2") is None


def test_a_submission_that_waits_becomes_a_contact_received_at_the_residents_time(site, act, clock):
    unit, _role = a_home(site, act)
    entry = sent(site, clock, "repair.report", {**REPAIR, "unit": "9-9-9999"}, minutes=47)

    taken = commands.enter_as_contact(site, act, entry.id, EnterAsContact(unit=unit.id, words="电话核实过房号"))

    row, settled = log.contact(site, taken.id), inbox.entry(site, entry.id)
    assert (row.channel, row.matter, row.received_at, row.unit) == (ContactChannel.KIOSK, Matter.REPAIR, entry.effective_at, unit.id)
    assert (row.words, row.person, row.phone) == ("卫生间顶上漏水\n电话核实过房号", "周予安", "13800000001")
    assert (settled.verdict, settled.object, settled.settled_by) == (Verdict.ACCEPTED, taken.id, act.actor)
    assert "submission.settled" in acts_of(site, entry.id)
    with pytest.raises(Refused):
        commands.close(site, act, entry.id, Closing(words="x"))


def test_a_phone_that_is_none_is_left_out_and_seen_all_the_same(site, act, clock):
    entry = sent(site, clock, "repair.report", {**REPAIR, "phone": "12"})

    taken = commands.enter_as_contact(site, act, entry.id, EnterAsContact())

    assert (log.contact(site, taken.id).phone, inbox.entry(site, entry.id).body["phone"]) == ("", "12")


def test_a_submission_is_closed_with_words_to_its_resident(site, act, clock):
    entry = sent(site, clock, "spaceship.wanted", {"what": "x"})
    assert entry.verdict is Verdict.DEFERRED

    closed = commands.close(site, act, entry.id, Closing(words="这项业务请到前台办理"))

    assert (closed.verdict, closed.settled_words) == (Verdict.REJECTED, "这项业务请到前台办理")
    assert inbox.count_waiting(site) == 0


def test_what_was_set_aside_is_looked_at_by_a_person_once(site, act, clock):
    row = {"at": "2026-03-02T01:00:00.000Z", "device": "K1", "why": "id_reuse", "intent": "1" * 32, "frozen": "{}", "chain": "c"}
    inbox.set_aside(site, row)

    commands.look_at(site, act, 1, Reason(reason="重复刷卡，内容一致"))

    assert inbox.quarantined(site) == []
    with pytest.raises(Missing):
        commands.look_at(site, act, 1, Reason(reason="again"))


def test_a_changed_setting_is_told_to_the_kiosks_once(site, act):
    duties.tell_of_the_site(site, act)
    duties.tell_of_the_site(site, act)

    assert acts_of(site, "site") == ["kiosk.site_published"]
