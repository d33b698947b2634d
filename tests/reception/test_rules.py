"""The rule book of reception: who, where, what and how; doubles; the green counter; rooms in a text."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.kit.problems import Refused, Unclear
from desk.workflows.reception import rules
from desk.workflows.reception.rules import Callback, ContactChannel, ContactState, Matter
from tests.make_reception import NOON, contact_row

LATER = NOON + timedelta(hours=3)


def test_a_contact_without_an_answer_waits_in_the_inbox():
    assert rules.admit(contact_row()).state is ContactState.OPEN


def test_a_contact_that_is_answered_at_once_is_done_with_its_time():
    done = rules.admit(contact_row(answer="每月十日前在前台或手机上交", answered_by="前台一"))

    assert (done.state, done.answered_at, done.answered_by) == (ContactState.ANSWERED, NOON, "前台一")


@pytest.mark.parametrize("channel", [ContactChannel.VISIT, ContactChannel.CALL])
def test_at_the_counter_and_on_the_phone_somebody_asks_who_it_is(channel):
    with pytest.raises(Unclear) as problem:
        rules.admit(contact_row(channel=channel, person="", unit=""))

    assert problem.value.details["fields"] == {"person": "intake.person_needed"}


@pytest.mark.parametrize("known", [{"person": "陈小鱼"}, {"person": "", "unit": "u1"}])
def test_a_name_or_a_unit_is_enough(known):
    assert rules.missing_of(contact_row(**known)) == ()


@pytest.mark.parametrize("channel", [ContactChannel.LETTER, ContactChannel.KIOSK, ContactChannel.MESSAGE])
def test_a_letter_and_a_message_may_come_without_a_name(channel):
    assert rules.admit(contact_row(channel=channel, person="")).state is ContactState.OPEN


@pytest.mark.parametrize("channel", [ContactChannel.VISIT, ContactChannel.CALL])
def test_official_business_needs_its_office_and_its_counterpart(channel):
    with pytest.raises(Unclear) as problem:
        rules.admit(contact_row(channel=channel, matter=Matter.OFFICIAL))

    assert set(problem.value.details["fields"]) == {"office", "counterpart"}


def test_an_official_visitor_is_handed_on_to_the_counterpart():
    led = rules.admit(contact_row(matter=Matter.OFFICIAL, office="街道办", counterpart="工程主管"))

    assert led.state is ContactState.HANDED_ON


def test_an_official_call_is_put_through_to_the_counterpart():
    put_through = rules.admit(contact_row(channel=ContactChannel.CALL, matter=Matter.OFFICIAL, office="供水公司", counterpart="赵强"))

    assert (put_through.state, put_through.counterpart) == (ContactState.HANDED_ON, "赵强")


def test_of_the_five_things_of_a_repair_those_not_said_are_asked_in_order():
    assert rules.still_to_ask(contact_row(person="")) == ("person", "unit", "phone", "wished")
    assert rules.still_to_ask(contact_row(unit="u1", phone="13800000001", wished="周六上午")) == ()


def test_an_answer_ends_the_waiting():
    done = rules.answer(contact_row(), "已回复", "前台二", LATER)

    assert (done.state, done.answer, done.answered_by, done.answered_at, done.version) == (
        ContactState.ANSWERED,
        "已回复",
        "前台二",
        LATER,
        2,
    )


@pytest.mark.parametrize("state", [ContactState.TURNED, ContactState.JOINED])
def test_what_became_a_case_is_not_answered_here(state):
    with pytest.raises(Refused, match=r"intake\.ended"):
        rules.answer(contact_row(state=state, number="WX-2026-000001"), "已回复", "前台二", LATER)


def test_a_contact_becomes_a_case_once():
    turned = rules.turn(contact_row(), "repair", "r1", "WX-2026-000001")

    assert (turned.state, turned.turned_into, turned.object, turned.number) == (ContactState.TURNED, "repair", "r1", "WX-2026-000001")
    with pytest.raises(Refused, match=r"intake\.ended"):
        rules.turn(turned, "repair", "r2", "WX-2026-000002")


def test_the_earlier_receipt_carries_on_whichever_is_joined_to_which():
    early, late = contact_row(id="a"), contact_row(id="b", received_at=LATER)

    for one, other in ((early, late), (late, early)):
        first, joined = rules.join(one, other)
        assert (first.id, joined.id, joined.object, joined.state) == ("a", "b", "a", ContactState.JOINED)
        assert first.received_at == NOON


def test_the_earlier_contact_takes_over_the_case_of_the_later_one():
    late = rules.turn(contact_row(id="b", received_at=LATER), "repair", "r1", "WX-2026-000001")

    first, joined = rules.join(contact_row(id="a"), late)

    assert (first.state, first.object, first.number) == (ContactState.TURNED, "r1", "WX-2026-000001")
    assert (joined.object, joined.number) == ("a", "")


def test_two_cases_are_not_joined_here():
    cases = [rules.turn(contact_row(id=name), "repair", f"r{name}", f"WX-{name}") for name in "ab"]

    with pytest.raises(Refused, match=r"intake\.two_cases"):
        rules.join(*cases)


def test_a_contact_is_joined_once_and_never_to_itself():
    joined = contact_row(id="b", state=ContactState.JOINED, object="a")

    for one, other in ((contact_row(), contact_row()), (joined, contact_row(id="c")), (contact_row(id="c"), joined)):
        with pytest.raises(Refused, match=r"intake\.joined_already"):
            rules.join(one, other)


def test_a_hard_question_gets_an_agreed_time_for_its_answer():
    promised = rules.admit(contact_row(promised_at=LATER))

    assert (promised.state, promised.callback, promised.promised_at, promised.version) == (ContactState.OPEN, Callback.MADE, LATER, 1)


@pytest.mark.parametrize("at", [NOON, NOON - timedelta(seconds=1)])
def test_a_promise_is_for_a_time_that_is_still_to_come(at):
    with pytest.raises(Unclear) as problem:
        rules.promise(contact_row(), at, NOON)

    assert problem.value.details["fields"] == {"promised_at": "intake.promise_past"}


def test_what_is_answered_needs_no_promise():
    with pytest.raises(Unclear):
        rules.admit(contact_row(answer="已答复", promised_at=LATER))
    with pytest.raises(Refused, match=r"intake\.promise_not_now"):
        rules.promise(rules.admit(contact_row(answer="已答复")), LATER, NOON)


def test_an_answer_is_promised_once():
    promised = rules.promise(contact_row(), LATER, NOON)

    with pytest.raises(Refused, match=r"intake\.promise_not_now"):
        rules.promise(promised, LATER + timedelta(days=1), NOON)


@pytest.mark.parametrize(("late", "became"), [(0, Callback.KEPT), (1, Callback.BROKEN)])
def test_an_answer_keeps_its_promise_up_to_the_very_second(late, became):
    promised = rules.promise(contact_row(), LATER, NOON)

    assert rules.answer(promised, "已答复", "前台二", LATER + timedelta(seconds=late)).callback is became


def test_a_promise_breaks_only_when_its_time_has_passed_and_stays_broken():
    promised = rules.promise(contact_row(), LATER, NOON)

    for early in (promised, contact_row()):
        with pytest.raises(Refused, match=r"intake\.promise_not_late"):
            rules.break_promise(early, LATER)
    broken = rules.break_promise(promised, LATER + timedelta(seconds=1))
    assert broken.callback is Callback.BROKEN
    assert rules.answer(broken, "迟到的答复", "前台二", LATER + timedelta(days=1)).callback is Callback.BROKEN


def test_the_earlier_contact_takes_over_the_promise_of_the_later_one():
    late = rules.promise(contact_row(id="b", received_at=LATER), LATER + timedelta(days=1), LATER)

    first, _ = rules.join(contact_row(id="a"), late)

    assert (first.callback, first.promised_at) == (Callback.MADE, LATER + timedelta(days=1))


LEAK = {"unit": "u1", "matter": Matter.REPAIR, "words": "厨房水槽下面滴水"}


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ({}, True),
        ({"received_at": NOON + timedelta(days=7)}, True),
        ({"received_at": NOON + timedelta(days=7, seconds=1)}, False),
        ({"received_at": NOON - timedelta(days=7)}, True),
        ({"unit": "u2"}, False),
        ({"unit": "", "sender": ""}, False),
        ({"matter": Matter.FEE, "words": "问一下物业费"}, False),
        ({"matter": Matter.OTHER, "words": "厨房水槽滴水好几天了"}, True),
    ],
)
def test_the_same_matter_from_the_same_unit_within_seven_days_is_a_double(other, same):
    one, two = contact_row(id="a", **LEAK), contact_row(id="b", **{**LEAK, **other})

    assert rules.is_double(one, two) is same
    assert rules.is_double(two, one) is same


def test_a_contact_is_not_its_own_double():
    assert not rules.is_double(contact_row(**LEAK), contact_row(**LEAK))


def test_two_messages_of_one_sender_are_doubles_without_a_unit():
    one, two = (contact_row(id=name, sender="U1", matter=Matter.OTHER, words="电梯总是停在三楼") for name in "ab")

    assert rules.is_double(one, two)
    assert not rules.is_double(one, replace(two, sender="U2"))


def test_two_questions_are_alike_only_by_their_words():
    assert not rules.is_alike(contact_row(words="停车费多少"), contact_row(words="怎么录指纹"))
    assert not rules.is_alike(contact_row(words="！？"), contact_row(words="！？"))


def test_the_green_counter_goes_first_then_who_waits_longest():
    line = [contact_row(id="a", received_at=LATER), contact_row(id="b"), contact_row(id="c", received_at=LATER, first=True)]

    assert [contact.id for contact in rules.in_line(line)] == ["c", "b", "a"]


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 500)), max_size=12))
def test_nobody_of_the_green_counter_waits_behind_others(people):
    line = rules.in_line(
        contact_row(id=str(n), first=first, received_at=NOON + timedelta(minutes=at)) for n, (first, at) in enumerate(people)
    )

    assert [contact.first for contact in line] == sorted((contact.first for contact in line), reverse=True)
    for one, two in itertools.pairwise(line):
        assert one.first != two.first or one.received_at <= two.received_at


@pytest.mark.parametrize(
    ("text", "rooms"),
    [
        ("我住8栋2单元102，水管漏了", ["8-2-102"]),
        ("18栋2单元3206室的业主", ["18-2-3206"]),
        ("3号楼1803", ["3-1803"]),
        ("三栋一单元502房", ["三-一-502"]),
        ("A座1201", ["A-1201"]),
        ("房号3-1-1803，谢谢", ["3-1-1803"]),
        ("3-1803", ["3-1803"]),
        ("3栋1单元1803和3栋1单元1803", ["3-1-1803"]),
        ("3-1-1803和5-2-604都漏", ["3-1-1803", "5-2-604"]),
        ("电话010-8888", []),
        ("2019-10-1002", []),
        ("138-0000-0001", []),
        ("每平米1.3元", []),
        ("", []),
    ],
)
def test_rooms_are_read_out_of_a_text(text, rooms):
    assert rules.rooms_in([text]) == rooms


def test_what_somebody_else_changed_is_not_overwritten():
    rules.check_version(None, contact_row(version=3))
    rules.check_version(3, contact_row(version=3))
    with pytest.raises(Refused, match=r"record\.changed"):
        rules.check_version(2, contact_row(version=3))
