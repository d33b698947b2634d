"""What repairs make of what residents submit at kiosks (RC6, CP20, pitfalls 1 and 17)."""

from datetime import timedelta

import pytest

from desk.kit.clocks import store as clocks
from desk.kit.journal import store as journal
from desk.kit.plugs import Verdict
from desk.kit.problems import Missing, Refused, Unclear
from desk.workflows.reception import store as log
from desk.workflows.reception.rules import ContactChannel, ContactState, Matter
from desk.workflows.repairs import commands, store, submissions
from desk.workflows.repairs.inputs import Merging
from desk.workflows.repairs.rules.choices import Source, Stage, Zone
from tests.kiosks.conftest import site as site  # the one with kiosks
from tests.make_kiosks import REPAIR, arrived, kiosk_act, receipt, sent
from tests.make_repairs import reported, running, the_unit


def test_a_repair_from_a_kiosk_counts_from_the_moment_the_resident_submitted_it(site, act, clock):
    the_unit(site, act)
    said = arrived(clock, "repair.report", REPAIR, minutes=20)

    made = submissions.report(site, kiosk_act(clock), said)

    order = store.get(site, made.object)
    line = log.contact(site, order.contact)
    assert (made.verdict, made.kind, made.number, made.about) == (Verdict.ACCEPTED, "repair", order.number, order.unit)
    assert (order.stage, order.source, order.reported_at, order.wished) == (Stage.REPORTED, Source.KIOSK, said.effective_at, "周六上午")
    assert clocks.running_of(site, order.id)[0].started_at == said.effective_at
    assert (line.channel, line.state, line.number, line.external_id) == (ContactChannel.KIOSK, ContactState.TURNED, order.number, said.id)


@pytest.mark.parametrize("missing", ["name", "phone", "wished"])
def test_a_report_without_one_of_the_five_things_is_a_draft_with_its_number_for_the_call_back(site, act, clock, missing):
    the_unit(site, act)

    made = submissions.report(site, kiosk_act(clock), arrived(clock, "repair.report", {**REPAIR, missing: ""}, minutes=3))

    order = store.get(site, made.object)
    assert order.stage is Stage.DRAFT
    assert order.number == made.number
    assert getattr(order, missing) == ""
    assert order.reported_at == clock.now() - timedelta(minutes=3)


def test_a_fault_of_a_common_part_counts_as_one(site, act, clock):
    the_unit(site, act)

    made = submissions.report(site, kiosk_act(clock), arrived(clock, "repair.report", {**REPAIR, "place": "common", "category": "drain"}))

    assert store.get(site, made.object).zone is Zone.COMMON


def test_a_fault_of_a_common_part_from_nobodys_home_waits_in_the_inbox(site, clock):
    made = submissions.report(site, kiosk_act(clock), arrived(clock, "repair.report", {**REPAIR, "unit": "", "place": "common"}))

    row = log.contact(site, made.object)
    assert (made.kind, row.matter, row.state, row.wished) == ("intake", Matter.REPAIR, ContactState.OPEN, "周六上午")


@pytest.mark.parametrize("body", [{"unit": "9-9-9999"}, {"category": "spaceship"}, {"what": ""}, {"phone": "0"}, {"urgency": "yesterday"}])
def test_what_cannot_be_read_is_unclear_and_waits_for_a_person(site, act, clock, body):
    the_unit(site, act)
    with pytest.raises(Unclear):
        submissions.report(site, kiosk_act(clock), arrived(clock, "repair.report", {**REPAIR, **body}))

    entry = sent(site, clock, "repair.report", {**REPAIR, **body})
    assert (entry.verdict, entry.object) == (Verdict.NEEDS_STAFF, "")
    assert store.newest(site).lines == ()


def test_the_same_trouble_reported_at_the_desk_before_is_named_and_merging_keeps_the_earliest_receipt(site, act, clock):
    first = reported(site, act, category="water_leak", what="卫生间漏水")
    clock.forward(hours=3)
    entry = sent(site, clock, "repair.report", REPAIR, minutes=10 * 60)  # typed before, arrived after

    assert entry.details == {"possible_duplicate_of": [first.number]}
    boss = type(act)("supervisor-1", "D1", clock, name="supervisor 1", staff_no="S001", role="supervisor")
    commands.merge(site, boss, first.id, Merging(double=entry.case_number))
    kept = [store.by_number(site, number) for number in (first.number, entry.case_number)]
    [going_on] = [order for order in kept if order.is_open]
    assert going_on.reported_at == entry.effective_at
    assert {order.number for order in kept} == {first.number, entry.case_number}


def test_minutes_that_passed_offline_stand_in_the_journal_with_their_cause(site, act, clock):
    the_unit(site, act)

    made = submissions.report(site, kiosk_act(clock), arrived(clock, "repair.report", REPAIR, minutes=7))

    told = next(entry.payload for entry in journal.of_object(site, made.object) if entry.act == "submission.late_of")
    assert (told["minutes"], told["cause"], told["kiosk"]) == (7, "Cause.network", "K1")
    assert told["of"] > 7


def test_what_is_overdue_on_arrival_is_before_the_supervisor_at_once(site, act, clock):
    the_unit(site, act)
    clock.forward(hours=40)

    made = submissions.report(site, kiosk_act(clock), arrived(clock, "repair.report", REPAIR, minutes=30 * 60))

    [respond] = [one for one in clocks.running_of(site, made.object) if one.kind == "repair.respond"]
    assert respond.waits_for == "supervisor"
    assert "submission.overdue" in {entry.act for entry in journal.of_object(site, made.object)}


def wished(version, tag="", **body):
    return {"tag": tag or receipt()["tag"], "version": version, "wished": "周日下午", "identity": "proven", **body}


def test_a_resident_wishes_another_time_for_the_own_request(site, act, clock):
    the_unit(site, act)
    entry = sent(site, clock, "repair.report", REPAIR)
    before = running(site, store.get(site, entry.object))

    made = submissions.wish(site, kiosk_act(clock), arrived(clock, "repair.wished", wished(1)))

    order = store.get(site, entry.object)
    assert (made.object, order.wished, order.version) == (order.id, "周日下午", 2)
    assert (order.name, order.phone, order.what) == ("周予安", "13800000001", "卫生间顶上漏水")
    assert running(site, order) == before


def test_a_wish_about_a_case_that_changed_since_never_overwrites_it(site, act, clock):
    the_unit(site, act)
    entry = sent(site, clock, "repair.report", REPAIR)
    submissions.wish(site, kiosk_act(clock), arrived(clock, "repair.wished", wished(1)))

    with pytest.raises(Refused, match=r"record\.changed"):
        submissions.wish(site, kiosk_act(clock), arrived(clock, "repair.wished", wished(1, wished="周一")))

    stale = sent(site, clock, "repair.wished", wished(1, wished="周一"), code="00000-00001")
    assert (stale.verdict, stale.reason) == (Verdict.NEEDS_STAFF, "record.changed")
    assert store.get(site, entry.object).wished == "周日下午"


def test_a_wish_without_the_proof_of_a_receipt_is_about_nothing(site, clock):
    with pytest.raises(Missing):
        submissions.wish(site, kiosk_act(clock), arrived(clock, "repair.wished", wished(1, tag="0" * 32)))
