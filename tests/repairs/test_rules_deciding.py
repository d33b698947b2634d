"""Verdict, overruling, quote and consent: RC8, TR60."""

from datetime import date

import pytest

from desk.kit.problems import Refused, Unclear
from desk.workflows.repairs.rules import deciding
from desk.workflows.repairs.rules.choices import Channel, Part, QuoteState, Stage, Verdict, Zone
from desk.workflows.repairs.rules.order import QuoteLine
from desk.workflows.repairs.rules.warranty import Facts, judge
from tests.repairs import given
from tests.repairs.given import MONDAY, TODAY

LINES = (QuoteLine("镇流器", "1", 8000), QuoteLine("人工", "1", 4000))


def facts(part=Part.PLUMBING, **more):
    known = {"completed_on": date(2024, 5, 20), "delivered_on": date(2024, 6, 30)}
    return Facts(**{"part": part, "zone": Zone.UNIT, "reported_on": TODAY, **known, **more})


def decide(order, found_for, **more):
    return deciding.decide(order, found_for, judge(found_for), "林前台 S001", **more)


def test_the_rule_s_verdict_stands_on_the_order_with_clause_and_last_day():
    order = decide(given.order(Stage.REPORTED, verdict=None), facts())

    assert (order.stage, order.verdict, order.part) == (Stage.DECIDED, Verdict.DEVELOPER, Part.PLUMBING)
    assert order.clause
    assert order.warranty_ends_on == date(2026, 5, 20)
    assert order.overruled == ""


def test_where_the_rule_cannot_tell_a_person_decides_with_a_reason():
    unknown = facts(completed_on=None, delivered_on=None)
    with pytest.raises(Unclear):
        decide(given.order(Stage.REPORTED), unknown)
    with pytest.raises(Unclear):
        decide(given.order(Stage.REPORTED), unknown, verdict=Verdict.PAID)

    order = decide(given.order(Stage.REPORTED), unknown, verdict=Verdict.PAID, reason="业主出示交付单，已过保")

    assert (order.verdict, order.overruled, order.clause) == (Verdict.PAID, "业主出示交付单，已过保", "")


def test_a_verdict_that_agrees_with_the_rule_needs_no_reason():
    order = decide(given.order(Stage.REPORTED), facts(), verdict=Verdict.DEVELOPER, reason="同意")

    assert (order.overruled, order.clause != "") == ("", True)


def test_nothing_is_decided_before_it_is_reported_or_after_a_time_is_agreed():
    for stage in (Stage.DRAFT, Stage.SCHEDULED, Stage.CLOSED):
        with pytest.raises(Refused):
            decide(given.order(stage), facts())


def test_a_person_may_overrule_with_a_reason():
    order = deciding.overrule(given.order(Stage.DISPATCHED), Verdict.COMMON_PART, "实为公共立管", "王主管 S009")

    assert (order.stage, order.verdict, order.overruled) == (Stage.DISPATCHED, Verdict.COMMON_PART, "实为公共立管")
    with pytest.raises(Unclear):
        deciding.overrule(given.order(), Verdict.PAID, " ", "王主管 S009")
    with pytest.raises(Refused):
        deciding.overrule(given.order(), Verdict.DEVELOPER, "同样", "王主管 S009")


def test_overruled_to_paid_goes_back_to_the_quote():
    agreed = given.order(Stage.SCHEDULED, appointed_from=MONDAY, appointed_to=MONDAY)

    order = deciding.overrule(agreed, Verdict.PAID, "人为损坏", "王主管 S009")

    assert (order.stage, order.appointed_to, order.agreed_fen) == (Stage.DECIDED, None, None)
    with pytest.raises(Refused):
        deciding.overrule(given.order(Stage.ON_SITE), Verdict.PAID, "人为损坏", "王主管 S009")


def test_overruled_to_free_drops_the_price():
    order = deciding.overrule(given.paid(Stage.AGREED), Verdict.DEVELOPER, "仍在保修期", "王主管 S009")

    assert (order.stage, order.agreed_fen, order.is_paid) == (Stage.DECIDED, None, False)


def test_a_quote_names_its_lines_and_waits_for_the_answer():
    order, total = deciding.quote(given.paid(Stage.DECIDED, agreed_fen=None), LINES, date(2026, 3, 9), TODAY)

    assert (order.stage, total) == (Stage.QUOTED, 12000)


def test_a_new_quote_takes_the_old_yes_away():
    order, _ = deciding.quote(given.paid(Stage.SCHEDULED, appointed_to=MONDAY), LINES, date(2026, 3, 9), TODAY)

    assert (order.agreed_fen, order.appointed_to) == (None, None)


def test_only_paid_work_is_quoted():
    with pytest.raises(Refused):
        deciding.quote(given.order(), LINES, date(2026, 3, 9), TODAY)


@pytest.mark.parametrize("lines", [(), (QuoteLine("镇流器", "1", -1),)])
def test_an_empty_or_negative_quote_is_none(lines):
    with pytest.raises(Unclear):
        deciding.quote(given.paid(Stage.DECIDED), lines, date(2026, 3, 9), TODAY)


def test_a_quote_is_good_for_today_at_least():
    deciding.quote(given.paid(Stage.DECIDED), LINES, TODAY, TODAY)
    with pytest.raises(Unclear):
        deciding.quote(given.paid(Stage.DECIDED), LINES, date(2026, 3, 1), TODAY)


def test_the_yes_is_recorded_with_who_how_and_the_words():
    order, answer = deciding.consent(
        given.paid(Stage.QUOTED, agreed_fen=None), given.offer(), Channel.PHONE, "周予安", "可以，修吧", MONDAY, TODAY, "林前台 S001"
    )

    assert (order.stage, order.agreed_fen) == (Stage.AGREED, 12000)
    assert (answer.state, answer.who, answer.words, answer.answered_at) == (QuoteState.ACCEPTED, "周予安", "可以，修吧", MONDAY)


@pytest.mark.parametrize(("who", "words"), [("", "可以"), ("周予安", " ")])
def test_a_yes_without_a_name_or_words_is_none(who, words):
    with pytest.raises(Unclear):
        deciding.consent(given.paid(Stage.QUOTED), given.offer(), Channel.PHONE, who, words, MONDAY, TODAY, "林前台 S001")


def test_a_quote_that_ran_out_cannot_be_accepted():
    quoted = given.paid(Stage.QUOTED)
    deciding.consent(quoted, given.offer(), Channel.PHONE, "周予安", "好", MONDAY, date(2026, 3, 9), "林前台 S001")
    with pytest.raises(Refused):
        deciding.consent(quoted, given.offer(), Channel.PHONE, "周予安", "好", MONDAY, date(2026, 3, 10), "林前台 S001")


def test_a_no_ends_the_order_and_nothing_is_charged():
    order, answer = deciding.decline(given.paid(Stage.QUOTED), given.offer(), Channel.PHONE, "周予安", "太贵了", MONDAY, "林前台 S001")

    assert (order.stage, order.closed_at, order.end_reason, order.charged_fen) == (Stage.CANCELLED, MONDAY, "太贵了", None)
    assert answer.state is QuoteState.REFUSED


def test_a_no_to_rework_leaves_the_rework_owed():
    order, _ = deciding.decline(given.paid(Stage.QUOTED, cycle=2), given.offer(), Channel.PHONE, "周予安", "不付", MONDAY, "林前台 S001")

    assert (order.stage, order.is_open) == (Stage.DECIDED, True)
