"""What people do at reception: each act leaves its row, its entry in the work journal, and can be found."""

from datetime import UTC, datetime

import pytest

from desk.kit import search
from desk.kit.database import sqlite3
from desk.kit.journal import store as journal
from desk.kit.journal import verify
from desk.kit.problems import Missing, Refused, Unclear
from desk.workflows.households import store as register
from desk.workflows.reception import commands, store
from desk.workflows.reception.inputs import Contact, Joining, Reply, WhereFrom
from desk.workflows.reception.rules import ContactState
from tests.make_households import a_member, a_unit, an_owner
from tests.make_reception import a_contact


def entries(site, contact):
    return [(entry.act, entry.payload) for entry in reversed(journal.of_object(site, contact.id))]


def test_a_visit_is_one_line_with_who_where_what_and_answer(site, act):
    unit = a_unit(site, act)
    an_owner(site, act, unit)

    taken = a_contact(site, act, unit="3栋1单元1803", phone="138 0000 0001", answer="今天下午来换灯泡")

    assert store.contact(site, taken.id) == taken
    assert (taken.unit, taken.place, taken.phone, taken.taken_by) == (unit.id, "3-1-1803", "13800000001", act.actor)
    assert (taken.state, taken.answered_by, taken.answered_at) == (ContactState.ANSWERED, act.name, act.now)


@pytest.mark.parametrize("channel", ["visit", "call", "letter", "kiosk", "message"])
def test_every_contact_stands_in_the_work_journal_by_its_way(site, act, channel):
    taken = a_contact(site, act, channel=channel, words="楼道灯不亮", answer="已报维修")

    [(happened, told)] = entries(site, taken)
    assert happened == f"{channel}.received"
    assert (told["who"], told["what"], told["answer"]) == ("陈小鱼", "楼道灯不亮", "已报维修")
    assert list(verify(site)) == []


def test_all_ways_of_a_household_lead_into_one_log(site, act, clock):
    unit = a_unit(site, act)
    for channel in ("visit", "call", "letter", "kiosk", "message"):
        a_contact(site, act, channel=channel, unit=unit.id)
        clock.forward(hours=1)

    log = store.of_unit(site, unit.id)

    assert [row.channel.value for row in log] == ["message", "kiosk", "letter", "call", "visit"]
    assert {entry.act.split(".")[0] for entry in journal.of_file(site, unit.id)} >= {"message", "kiosk", "letter", "call", "visit"}


def test_an_official_visitor_is_led_to_the_named_counterpart(site, act):
    taken = a_contact(site, act, matter="official", office="街道办", counterpart="工程主管", words="核对消防设施")

    assert taken.state is ContactState.HANDED_ON
    assert entries(site, taken)[-1] == ("intake.handed_on", {"who": "陈小鱼", "office": "街道办", "counterpart": "工程主管"})


def test_an_official_call_names_to_whom_it_was_put_through(site, act):
    with pytest.raises(Unclear) as problem:
        a_contact(site, act, channel="call", matter="official", office="供水公司")

    assert list(problem.value.details["fields"]) == ["counterpart"]
    taken = a_contact(site, act, channel="call", matter="official", office="供水公司", counterpart="赵强")
    assert store.contact(site, taken.id).counterpart == "赵强"


def test_nothing_is_kept_of_a_contact_that_is_refused(site, act):
    before = journal.head(site)

    with pytest.raises(Unclear):
        a_contact(site, act, person="")
    with pytest.raises(Unclear):
        a_contact(site, act, unit="99栋9999")

    assert store.listed(site, store.Filter()) == []
    assert journal.head(site) == before


def test_somebody_marked_for_special_care_goes_first_in_the_inbox(site, act, clock):
    unit = a_unit(site, act)
    an_owner(site, act, unit)
    a_member(site, act, unit, "occupant", care="elderly", care_note="听力不好")
    waiting = a_contact(site, act)
    clock.forward(minutes=30)

    cared_for = a_contact(site, act, unit=unit.id)
    clock.forward(minutes=1)
    ticked = a_contact(site, act, first="1")

    assert cared_for.first
    assert ticked.first
    assert [row.id for row in store.listed(site, store.Filter(state="open"))] == [cared_for.id, ticked.id, waiting.id]


def test_an_answer_closes_the_contact_and_stays_in_the_journal_word_for_word(site, act, clock):
    taken = a_contact(site, act)
    clock.forward(hours=2)

    done = commands.answer(site, act, taken.id, Reply(answer="明天上午九点来换", version=1))
    again = commands.answer(site, act, taken.id, Reply(answer="改到下午两点", version=2))

    assert (done.state, done.answered_at) == (ContactState.ANSWERED, clock.now())
    assert store.contact(site, taken.id) == again
    assert [told["answer"] for _, told in entries(site, taken)] == ["", "明天上午九点来换", "改到下午两点"]


def test_an_answer_over_somebody_elses_is_refused(site, act):
    taken = a_contact(site, act)
    commands.answer(site, act, taken.id, Reply(answer="已回复", version=1))

    with pytest.raises(Refused, match=r"record\.changed"):
        commands.answer(site, act, taken.id, Reply(answer="另一个答复", version=1))

    assert store.contact(site, taken.id).answer == "已回复"


def test_a_contact_becomes_a_case_and_leaves_the_inbox(site, act):
    taken = a_contact(site, act)
    assert store.waiting(site) == 1

    commands.settle(site, act, taken.id, "repair", "r1", "WX-2026-000001")

    assert store.waiting(site) == 0
    assert [row.id for row in store.of_object(site, "r1")] == [taken.id]
    assert entries(site, taken)[-1][1]["number"] == "WX-2026-000001"
    with pytest.raises(Refused, match=r"intake\.ended"):
        commands.settle(site, act, taken.id, "repair", "r2", "WX-2026-000002")


def test_a_unit_is_guessed_from_the_text_and_kept_when_the_clerk_agrees(site, act):
    unit = a_unit(site, act)
    taken = a_contact(site, act, channel="message", words="我是3栋1单元1803的，阳台漏水，不是3栋1单元9999")

    assert commands.guess(site, taken) == unit
    placed = commands.place(site, act, taken.id, WhereFrom(unit=unit.id))

    assert (placed.unit, placed.place) == (unit.id, "3-1-1803")
    assert commands.guess(site, placed) is None
    assert entries(site, taken)[-1][1]["place"] == "3-1-1803"


def test_a_text_that_names_two_units_is_not_guessed(site, act):
    a_unit(site, act)
    a_unit(site, act, "3-1-1804")

    assert commands.guess(site, a_contact(site, act, words="3-1-1803和3-1-1804都漏水")) is None
    assert commands.guess(site, a_contact(site, act, words="楼下漏水")) is None


def test_doubles_are_shown_and_joined_with_the_earliest_receipt(site, act, clock):
    unit = a_unit(site, act)
    early = a_contact(site, act, channel="call", unit=unit.id, matter="repair", words="厨房滴水")
    clock.forward(days=1)
    late = a_contact(site, act, channel="kiosk", unit=unit.id, matter="repair", words="水槽下面漏")
    a_contact(site, act, unit=unit.id, matter="fee", words="物业费怎么交")

    assert [row.id for row in commands.doubles(site, late)] == [early.id]
    first = commands.join(site, act, late.id, Joining(other=early.id, version=1))

    assert first.id == early.id
    assert store.contact(site, late.id).state is ContactState.JOINED
    assert store.contact(site, early.id).received_at == early.received_at
    assert [row.id for row in store.of_object(site, early.id)] == [late.id]
    assert commands.doubles(site, early) == []
    assert store.faults(site) == []


def test_a_contact_is_found_by_words_name_room_and_phone_tail(site, act):
    unit = a_unit(site, act)
    taken = a_contact(site, act, channel="call", unit=unit.id, phone="13912345678", words="电瓶车充电桩坏了", answer="已报修")

    for asked in ("充电", "陈小鱼", "5678", "13912345678", "报修"):
        assert taken.id in [hit.object for hit in search.find(site, asked, kinds=("intake",))], asked


def test_what_was_said_is_never_changed_or_deleted(site, act):
    taken = a_contact(site, act)

    for sql in ("UPDATE intake SET words = '别的话'", "UPDATE intake SET received_at = '2020-01-01T00:00:00.000Z'", "DELETE FROM intake"):
        with pytest.raises(sqlite3.IntegrityError):
            site.conn.execute(sql)
    assert store.contact(site, taken.id) == taken


def test_an_unknown_contact_is_missing(site, act):
    with pytest.raises(Missing, match=r"intake\.unknown"):
        commands.answer(site, act, "nothing", Reply(answer="x"))


def test_a_contact_keeps_its_own_time(site, act):
    posted = datetime(2026, 2, 20, 3, 30, tzinfo=UTC)

    taken = a_contact(site, act, channel="letter", received_at="2026-02-20T11:30")

    assert (taken.received_at, taken.taken_at) == (posted, act.now)


def test_faults_name_a_unit_that_is_not_in_the_register(site, act):
    unit = a_unit(site, act)
    taken = a_contact(site, act, unit=unit.id)
    assert store.faults(site) == []

    site.conn.execute("UPDATE intake SET unit = 'gone' WHERE id = ?", (taken.id,))

    assert store.faults(site) == [("reception.unit_gone", {"unit": "gone"})]
    assert register.unit(site, "gone") is None


def test_a_contact_as_long_as_residents_write_is_taken_whole(site, act):
    words = "长" * 4000

    assert a_contact(site, act, words=words).words == words
    with pytest.raises(Unclear) as problem:
        Contact.read({"channel": "letter", "words": words + "长"})
    assert list(problem.value.details["fields"]) == ["words"]
