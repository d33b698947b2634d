"""Deciding, quoting, going there, testing, signing, revisiting through the commands: clocks, papers and guards together."""

import base64
import io

import pytest
from PIL import Image, ImageDraw

from desk.kit import papers
from desk.kit.clocks import store as clocks
from desk.kit.problems import Forbidden, Missing, Refused, Unclear
from desk.workflows.households import commands as households
from desk.workflows.households.inputs import BuildingInput
from desk.workflows.repairs import commands, store
from desk.workflows.repairs.inputs import (
    Answer,
    Appointment,
    Decision,
    Finish,
    GiveBack,
    Moved,
    Offer,
    Overruling,
    Reason,
    Revisiting,
    Said,
    Sending,
    Signing,
    TakeAway,
    TestEnd,
    TripEnd,
    Waiver,
)
from desk.workflows.repairs.rules.choices import Part, QuoteState, Stage, TripOutcome, Verdict
from desk.workflows.repairs.rules.order import LeakTest, Material, Quote, Revisit, Signature, TakenItem, Trip
from desk.workflows.repairs.words import why_lines
from tests import make_repairs as make


def kinds(site, order):
    return [paper.kind for paper in papers.store.of_object(site, order.id)]


def test_the_household_file_s_dates_decide(site, act):
    order = make.decided(site, act)

    assert (order.verdict, str(order.warranty_ends_on), order.clause) == (Verdict.DEVELOPER, "2026-05-20", "建设工程质量管理条例第四十条")
    assert any("竣工验收" in line for line in why_lines(order.why))
    assert set(make.running(site, order)) == {"respond", "complete"}


def test_the_rule_can_be_asked_before_anything_is_decided(site, act):
    order = make.reported(site, act)

    assert commands.advise(site, order.id).verdict is Verdict.DEVELOPER
    assert commands.advise(site, order.id, Part.OWN).verdict is Verdict.PAID
    assert (
        commands.advise(site, order.id, form=Decision.read({"part": "floor", "renovated_on": "2025-01-01"})).verdict is Verdict.CONTRACTOR
    )
    assert commands.the_order(site, order.id).verdict is None


def test_a_building_without_a_completion_date_leaves_the_verdict_to_a_person(site, act):
    households.add_building(site, act, BuildingInput.read({"code": "5", "developer": "青梧置业有限公司"}))
    make.the_unit(site, act, "5-1-101")
    order = make.reported(site, act, unit="5-1-101", category="electric")
    with pytest.raises(Unclear):
        commands.decide(site, act, order.id, Decision.read({"part": "electrical"}))

    typed = commands.decide(site, act, order.id, Decision.read({"part": "electrical", "completed_on": "2025-01-01"}))

    assert typed.verdict is Verdict.DEVELOPER


def test_overruled_to_paid_waits_for_a_yes_and_its_target_with_it(site, act):
    order = make.scheduled(site, act)

    order = commands.overrule(site, act, order.id, Overruling.read({"verdict": "paid", "reason": "人为砸坏"}))

    assert (order.stage, make.running(site, order)) == (Stage.DECIDED, {})
    back = commands.overrule(site, act, order.id, Overruling.read({"verdict": "developer", "reason": "查明为安装缺陷"}))
    assert set(make.running(site, back)) == {"complete"}


def test_a_quote_is_an_answer_and_waits_for_one(site, act):
    order = make.quoted(site, act)
    assert set(make.running(site, order)) == {"quote"}
    assert store.last(site, Quote, order.id).fen == 12000

    commands.quote(site, act, order.id, Offer.read({"what": ["镇流器", "人工"], "quantity": ["1", "1"], "price": ["60", "50"]}))
    assert [quote.state for quote in store.parts(site, Quote, order.id)] == [QuoteState.REPLACED, QuoteState.OPEN]

    agreed = commands.consent(site, act, order.id, Answer.read({"channel": "phone", "who": "周予安", "words": "行"}))
    assert (agreed.agreed_fen, set(make.running(site, agreed))) == (11000, {"complete"})


def test_a_quote_whose_lines_do_not_fit_is_asked_again(site, act):
    order = make.decided(site, act, part="own", category="appliance")
    with pytest.raises(Unclear):
        commands.quote(site, act, order.id, Offer.read({"what": ["镇流器", "人工"], "price": ["60"]}))


def test_a_no_ends_the_order_with_its_number(site, act):
    order = make.quoted(site, act)

    ended = commands.decline(site, act, order.id, Answer.read({"channel": "phone", "who": "周予安", "words": "太贵"}))

    assert (ended.stage, ended.number, make.running(site, ended)) == (Stage.CANCELLED, order.number, {})
    assert list(store.faults(site)) == []


def test_paid_work_goes_out_with_its_quote_and_consent_on_the_sheet(site, act):
    order = make.dispatched(site, act, make.paid(site, act))

    sheet = papers.store.of_object(site, order.id)[0]
    assert sheet.kind == "paid_service"
    assert "壹佰贰拾元整" in sheet.words
    assert "周予安" in sheet.words


def test_nothing_is_charged_without_the_yes(site, act):
    order = make.on_site(site, act)
    with pytest.raises(Refused):
        commands.finish(site, act, order.id, Finish.read({"words": "修好", "minutes": "20", "charge": "50"}))

    paid = make.on_site(site, act, make.paid(site, act))
    done = commands.finish(site, act, paid.id, Finish.read({"words": "修好", "minutes": "20", "charge": "110"}))
    assert done.charged_fen == 11000


def test_an_appointment_answers_the_resident_and_runs_its_own_clock(site, act):
    order = make.scheduled(site, act)

    assert make.running(site, order)["visit"] == "2026-03-03T03:00:00.000Z"
    assert "respond" not in make.running(site, order)


def test_a_later_time_that_the_resident_asks_for_moves_the_target_in_their_words(site, act):
    order = make.decided(site, act)  # urgent: two days
    slot = {"from_at": "2026-03-09T09:00", "to_at": "2026-03-09T11:00"}

    ours = commands.schedule(site, act, order.id, Appointment.read(slot))
    assert make.running(site, ours)["complete"] == "2026-03-04T16:00:00.000Z"

    theirs = commands.schedule(site, act, order.id, Appointment.read(slot | {"words": "这周出差，下周一再来"}))
    assert make.running(site, theirs)["complete"] == "2026-03-09T16:00:00.000Z"


def test_after_the_last_cut_off_normal_work_is_not_promised_for_today(site, act):
    make.forward(act, hours=8, minutes=30)  # 17:30
    order = make.decided(site, act, part="door_window", category="door_window")
    with pytest.raises(Refused) as problem:
        commands.schedule(site, act, order.id, Appointment.read({"from_at": "2026-03-02T18:00", "to_at": "2026-03-02T19:00"}))
    assert problem.value.code == "repair.after_cut_off"


def test_an_emergency_goes_at_once_and_arrival_counts_from_the_receipt(site, act):
    order = make.decided(site, act, category="gas", part="utility")
    make.forward(act, minutes=5)

    order = commands.dispatch(site, act, order.id, Sending(worker=make.a_worker(site, act)))

    assert make.running(site, order)["visit"] == "2026-03-02T01:30:00.000Z"
    assert kinds(site, order) == ["work_order"]


def test_only_somebody_of_maintenance_is_sent(site, act):
    order = make.scheduled(site, act)
    with pytest.raises(Unclear):
        commands.dispatch(site, act, order.id, Sending(worker="nobody"))


def test_a_dispatch_taken_back_voids_its_sheet(site, act):
    order = make.dispatched(site, act)

    back = commands.call_back(site, act, order.id, Said(words="改派"))

    assert back.stage is Stage.SCHEDULED
    assert papers.store.of_object(site, order.id)[0].void_reason == "改派"
    assert "visit" in make.running(site, back)
    assert commands.order_paper(site, back) is None


def test_an_emergency_called_back_has_no_visit_clock(site, act):
    order = make.decided(site, act, category="gas", part="utility")
    commands.dispatch(site, act, order.id, Sending(worker=make.a_worker(site, act)))

    back = commands.call_back(site, act, order.id, Said(words="燃气公司已到"))

    assert set(make.running(site, back)) == {"complete"}


def test_maintenance_records_their_own_trips_only(site, act, acts):
    order = make.dispatched(site, act)
    stranger = acts("maintenance", 9)
    with pytest.raises(Forbidden):
        commands.arrive(site, stranger, order.id, Moved())

    mine = acts("maintenance")
    mine.actor = store.last(site, Trip, order.id).worker
    make.forward(act, hours=25)
    assert commands.arrive(site, mine, order.id, Moved()).stage is Stage.ON_SITE
    assert [line.id for line in store.mine(site, mine.actor)] == [order.id]
    assert store.workers(site) == {mine.actor: 1}


def test_a_closed_door_and_a_second_trip_lead_to_the_end(site, act):
    order = make.dispatched(site, act)
    order = commands.no_access(site, act, order.id, TripEnd.read({"words": "敲门无人，电话不接"}))
    assert (order.stage, set(make.running(site, order))) == (Stage.NO_ACCESS, {"complete"})
    with pytest.raises(Refused):
        commands.arrive(site, act, order.id, Moved())

    order = make.again(site, act, make.on_site(site, act, order), commands.another_trip)
    order = make.done(site, act, order)

    trips = store.parts(site, Trip, order.id)
    assert [trip.outcome for trip in trips] == [TripOutcome.NO_ACCESS, TripOutcome.AGAIN, TripOutcome.FINISHED]
    assert [trip.n for trip in trips] == [1, 2, 3]
    assert [one.what for one in store.parts(site, Material, order.id)] == ["阀芯"]
    assert set(make.running(site, order)) == {"revisit"}


def test_materials_come_with_quantities_or_without_any(site, act):
    order = make.on_site(site, act)
    with pytest.raises(Unclear):
        commands.finish(
            site, act, order.id, Finish.read({"words": "修好", "minutes": "20", "material": ["阀芯", "胶带"], "quantity": ["1"]})
        )

    commands.finish(site, act, order.id, Finish.read({"words": "修好", "minutes": "20", "material": ["阀芯", "胶带"]}))
    assert [(one.quantity, one.fen) for one in store.parts(site, Material, order.id)] == [("1", 0), ("1", 0)]


def test_a_thing_taken_along_comes_back(site, act):
    order = make.on_site(site, act)
    item = commands.take_away(
        site, act, order.id, TakeAway.read({"what": "对讲主机", "why": "回站检测", "consent_by": "周予安", "loan": "备用机一台"})
    )
    assert commands.give_back(site, act, order.id, GiveBack(item=item.id, back_to="周予安")).back_to == "周予安"
    assert store.part(site, TakenItem, item.id).back_at is not None
    with pytest.raises(Missing):
        commands.give_back(site, act, order.id, GiveBack(item="x", back_to="周予安"))


def test_a_leak_has_no_revisit_clock_before_its_test_is_passed(site, act):
    order = make.leak(site, act)
    assert set(make.running(site, order)) == {"leak_begin"}
    with pytest.raises(Refused):
        make.signed(site, act, order)

    order = make.in_test(site, act, unit="3-1-1804")
    assert set(make.running(site, order)) == {"leak_test"}
    assert "leak_slip" in kinds(site, order)
    with pytest.raises(Refused):
        commands.end_test(site, act, order.id, TestEnd(passed=True))
    make.forward(act, hours=24)
    order = commands.end_test(site, act, order.id, TestEnd(passed=True))

    clock = clocks.running_of(site, order.id)[0]
    assert (clock.kind, clock.rule, clock.started_at) == ("repair.revisit", "RC13", order.revisit_from)


def test_a_failed_test_sends_the_leak_back_to_work(site, act):
    order = make.in_test(site, act)

    order = commands.end_test(site, act, order.id, TestEnd(passed=False, words="楼下仍滴水"))

    assert (order.stage, set(make.running(site, order))) == (Stage.PART_DONE, {"complete"})
    assert make.done(site, act, order).revisit_from is None


@pytest.mark.parametrize("stage", ["before", "during"])
def test_a_waived_test_falls_to_two_days(site, act, stage):
    order = make.leak(site, act) if stage == "before" else make.in_test(site, act)

    order = commands.waive_test(site, act, order.id, Waiver(who="周予安", words="急着用"))

    clock = clocks.running_of(site, order.id)[0]
    assert (clock.kind, clock.rule) == ("repair.revisit", "RC14")
    assert len(store.parts(site, LeakTest, order.id)) == 1
    assert make.revisited(site, act, make.signed(site, act, order)).stage is Stage.CLOSED


def drawn(ink=True, size=(400, 160), mode="RGBA"):
    picture = Image.new(mode, size, (255, 255, 255, 0)[: len(mode)])
    if ink:
        ImageDraw.Draw(picture).line((20, 20, 300, 120), fill=(0, 0, 0, 255)[: len(mode)], width=4)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


def test_a_drawn_signature_is_written_anew_and_kept_by_its_hash(site, act):
    order = make.done(site, act)

    commands.sign(site, act, order.id, Signing.read({"how": "screen", "who": "周予安", "drawing": drawn()}))

    image = store.last(site, Signature, order.id).image
    kept = Image.open(io.BytesIO(store.drawing(site, image)))
    assert (kept.format, kept.mode, kept.size) == ("PNG", "1", (400, 160))


@pytest.mark.parametrize(
    "drawing",
    [
        "data:image/png;base64,AAAA",
        "data:image/jpeg;base64,AAAA",
        "x",
        "data:image/png;base64,*",
        drawn(ink=False),
        drawn(size=(9000, 900)),
    ],
)
def test_what_is_no_signature_is_not_taken(site, act, drawing):
    order = make.done(site, act)
    with pytest.raises(Unclear):
        commands.sign(site, act, order.id, Signing.read({"how": "screen", "who": "周予安", "drawing": drawing}))


def test_whoever_repaired_cannot_revisit(site, act, acts):
    order = make.signed(site, act)
    worker = acts("maintenance")
    worker.actor = order.worker
    with pytest.raises(Refused):
        make.revisited(site, worker, order)


def test_a_bad_revisit_brings_the_order_back_with_a_new_revisit(site, act):
    order = make.revisited(site, act, make.signed(site, act), "bad")
    assert (order.stage, order.cycle, set(make.running(site, order))) == (Stage.REWORK, 2, {"complete"})
    assert clocks.running_of(site, order.id)[0].rule == "RC15"

    order = make.revisited(site, act, make.signed(site, act, make.done(site, act, order)))

    assert (order.stage, order.cycle) == (Stage.CLOSED, 2)
    assert [one.cycle for one in store.parts(site, Revisit, order.id)] == [1, 2]
    assert list(store.faults(site)) == []


def missed(site, act, order, **said):
    return commands.revisit(site, act, order.id, Revisiting.read({"channel": "door", "result": "not_reached", **said}))


def test_three_days_and_a_slip_end_as_not_reached_and_are_visited_monthly(site, act):
    order = make.signed(site, act)
    for _ in range(2):
        assert missed(site, act, order).stage is Stage.SIGNED
        make.forward(act, days=1)
    order = missed(site, act, order, slip_left="1")
    assert (order.stage, set(make.running(site, order))) == (Stage.UNREACHABLE, {"monthly_visit"})

    visit = {"channel": "door", "words": "在家，满意"}
    commands.monthly_visit(site, act, order.id, Revisiting.read({"result": "not_reached"} | visit))
    assert set(make.running(site, order)) == {"monthly_visit"}
    commands.monthly_visit(site, act, order.id, Revisiting.read({"result": "ok"} | visit))
    assert make.running(site, order) == {}
    with pytest.raises(Refused):
        commands.monthly_visit(site, act, order.id, Revisiting.read({"result": "ok"} | visit))
    assert list(store.faults(site)) == []


def test_a_revisit_too_late_is_kept_as_late(site, act):
    order = make.signed(site, act)
    make.forward(act, days=4)

    make.revisited(site, act, order)

    assert store.last(site, Revisit, order.id).in_time is False
    assert next(clock for clock in clocks.of_object(site, order.id) if clock.kind == "repair.revisit").state == "missed"


def test_a_cancelled_order_keeps_its_number_and_runs_no_clock(site, act):
    order = make.decided(site, act)

    ended = commands.cancel(site, act, order.number, Reason(reason="住户自行修好"))

    assert (ended.number, make.running(site, ended)) == (order.number, {})
    assert make.reported(site, act).number == "WX-2026-000002"


def test_an_order_that_is_not_there_is_missing(site, act):
    with pytest.raises(Missing):
        commands.cancel(site, act, "WX-2026-000009", Reason(reason="?"))
