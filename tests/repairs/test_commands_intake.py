"""Taking a repair through the commands: numbers, the contact log, targets, doubles."""

import pytest

from desk.kit.clock import to_text
from desk.kit.clocks import store as clocks
from desk.kit.journal import store as journal
from desk.kit.numbering import store as numbers
from desk.kit.problems import Missing, Refused, Unclear
from desk.kit.search import find
from desk.workflows.reception import commands as reception
from desk.workflows.reception import store as log
from desk.workflows.reception.inputs import Contact
from desk.workflows.reception.rules import ContactState
from desk.workflows.repairs import commands, store
from desk.workflows.repairs.inputs import Completion, Merging
from desk.workflows.repairs.rules.choices import Category, Stage, Urgency
from tests import make_repairs as make

LATER = {"name": "周予安", "phone": "13800000001", "what": "卫生间水管爆裂", "wished": "马上", "category": "water_supply"}


def test_every_report_has_a_number_at_once_and_one_line_in_the_contact_log(site, act):
    order = make.reported(site, act)

    line = log.contact(site, order.contact)
    assert order.number == "WX-2026-000001"
    assert numbers.of_object(site, order.id) == [order.number]
    assert (line.state, line.object, line.number, line.words) == (ContactState.TURNED, order.id, order.number, order.what)


def test_a_report_made_of_an_inbox_contact_counts_from_its_receipt(site, act):
    make.the_unit(site, act)
    asked = reception.take_contact(site, act, Contact.read({"channel": "call", "words": "水龙头滴水", "unit": "3-1-1803"}))
    make.forward(act, hours=5)

    order = make.reported(site, act, contact=asked.id)

    assert order.reported_at == asked.received_at
    assert clocks.running_of(site, order.id)[0].started_at == asked.received_at
    with pytest.raises(Refused):
        make.reported(site, act, contact=asked.id)  # a contact becomes one repair, not two
    assert store.of_contact(site, asked.id).id == order.id


def test_a_contact_that_is_not_there_makes_no_repair(site, act):
    with pytest.raises(Missing):
        make.reported(site, act, contact="nobody")
    assert store.count_open(site) == 0


def test_an_unknown_room_is_asked_for_again_and_uses_up_no_number(site, act):
    make.the_unit(site, act)
    with pytest.raises(Unclear):
        commands.report(site, act, make.a_report(site, act).model_copy(update={"unit": "99-9-9999"}))

    assert make.reported(site, act).number == "WX-2026-000001"


def test_a_draft_has_its_number_and_target_before_it_is_complete(site, act):
    draft = commands.save_first(site, act, make.a_draft(site, act))
    assert (draft.stage, draft.number) == (Stage.DRAFT, "WX-2026-000001")
    assert set(make.running(site, draft)) == {"respond"}

    order = commands.complete(site, act, draft.number, Completion.read(LATER | {"version": str(draft.version)}))

    assert (order.stage, order.number, order.name) == (Stage.REPORTED, draft.number, "周予安")


def test_the_response_target_comes_from_the_priority_table(site, act):
    order = make.reported(site, act)  # urgent, in the home: 30 minutes
    assert make.running(site, order) == {"respond": "2026-03-02T01:30:00.000Z"}

    normal = make.reported(site, act, category="door_window")  # normal: two opening hours
    assert make.running(site, normal) == {"respond": "2026-03-02T03:00:00.000Z"}


def test_a_new_urgency_counts_from_the_original_receipt(site, act):
    order = make.reported(site, act, category="door_window")
    make.forward(act, minutes=40)

    commands.amend(site, act, order.id, Completion.read(LATER | {"category": "door_window", "urgency": "emergency"}))

    assert make.running(site, order) == {"respond": "2026-03-02T01:15:00.000Z"}  # late since 09:15, not from now


def test_a_correction_of_words_only_leaves_the_targets_alone(site, act):
    order = make.decided(site, act)
    before = make.running(site, order)

    commands.amend(site, act, order.id, Completion.read(LATER))

    assert make.running(site, order) == before
    assert commands.the_order(site, order.id).what == "卫生间水管爆裂"


def test_a_regraded_completion_target_counts_from_the_receipt_too(site, act):
    order = make.decided(site, act)
    make.forward(act, hours=3)

    commands.amend(site, act, order.id, Completion.read(LATER | {"urgency": "emergency"}))

    assert make.running(site, order)["complete"] == "2026-03-03T01:00:00.000Z"


def test_what_somebody_else_changed_is_not_written_over(site, act):
    draft = commands.save_first(site, act, make.a_draft(site, act))
    seen = {"version": str(draft.version)}
    commands.complete(site, act, draft.id, Completion.read(LATER | seen))

    with pytest.raises(Refused) as problem:
        commands.amend(site, act, draft.id, Completion.read(LATER | seen))
    assert problem.value.code == "record.changed"


def test_an_order_is_found_by_room_phone_words_and_number(site, act):
    order = make.reported(site, act, what="厨房下水管反味")

    for asked in ("3-1-1803", "13800000001", "反味", order.number):
        assert order.id in [hit.object for hit in find(site, asked, kinds=("work_order",))]
    assert commands.the_order(site, order.number.lower()).id == order.id


def test_the_timeline_tells_who_reported_what(site, act):
    order = make.reported(site, act)

    happened = [entry.act for entry in journal.of_object(site, order.id)]

    assert "repair.reported" in happened
    assert "clock.started" in happened


def test_doubles_are_seen_across_the_ways_they_came_in(site, act):
    first = make.reported(site, act, source="kiosk")
    make.forward(act, days=6)
    second = make.reported(site, act, source="call", what="水龙头还在滴")
    assert [one.id for one in commands.doubles_of(site, second)] == [first.id]
    assert [one.id for one in commands.doubles_for(site, act, "3-1-1803", Category.WATER_SUPPLY)] == [first.id, second.id]

    make.forward(act, days=2)
    assert commands.doubles_for(site, act, "3-1-1803", Category.ELECTRIC) == []
    assert [one.id for one in commands.doubles_for(site, act, "3-1-1803", Category.WATER_SUPPLY)] == [second.id]


def test_what_the_room_told_reception_is_seen_before_it_is_written_twice(site, act):
    room = make.the_unit(site, act)
    said = {"channel": "message", "words": "厨房水龙头滴水", "unit": room}
    asked = reception.take_contact(site, act, Contact.read(said | {"matter": "repair"}))
    reception.take_contact(site, act, Contact.read(said | {"matter": "fee"}))
    make.forward(act, days=7)
    assert [one.id for one in commands.contacts_for(site, act, room)] == [asked.id]

    make.reported(site, act, contact=asked.id)
    assert commands.contacts_for(site, act, room) == []


def test_a_contact_without_a_room_gets_the_room_of_its_repair(site, act):
    asked = reception.take_contact(site, act, Contact.read({"channel": "message", "words": "楼道灯坏了"}))

    order = make.reported(site, act, contact=asked.id)

    assert log.contact(site, asked.id).unit == order.unit


def test_a_merge_keeps_the_earliest_receipt_and_every_number(site, act):
    early = make.reported(site, act)
    make.forward(act, minutes=10)
    late = make.decided(site, act)

    kept = commands.merge(site, act, late.id, Merging(double=early.number))

    closed = commands.the_order(site, early.id)
    assert kept.reported_at == early.reported_at
    assert (closed.stage, closed.merged_into) == (Stage.MERGED, late.id)
    assert clocks.running_of(site, early.id) == []
    assert {clock.started_at for clock in clocks.running_of(site, late.id)} == {early.reported_at}
    assert [one.number for one in store.merged_into(site, late.id, late.unit)] == [early.number]
    assert [numbers.of_object(site, one.id) for one in (early, late)] == [[early.number], [late.number]]
    assert list(store.faults(site)) == []


def test_the_open_list_goes_by_next_due_and_page_by_page(site, act):
    made = [make.reported(site, act, category=category) for category in ("door_window", "gas", "water_supply", "wall", "lift")]
    seen, after = [], ""
    while True:
        found = store.open_list(site, after=after, limit=2)
        seen += [line.number for line in found.lines]
        after = found.after
        if not after:
            break

    assert sorted(seen) == sorted(order.number for order in made)
    dues = [make.line(site, commands.the_order(site, number)).next_due_at for number in seen]
    assert dues == sorted(dues)


def test_the_open_list_can_be_narrowed_and_counted(site, act):
    make.reported(site, act, category="gas")
    make.forward(act, minutes=1)
    order = make.decided(site, act)

    assert [line.id for line in store.open_list(site, store.Wanted(stage=Stage.DECIDED)).lines] == [order.id]
    assert store.count_open(site, store.Wanted(urgency=Urgency.EMERGENCY)) == 1
    assert store.count_open(site, cap=1) == 1
    assert store.stages(site)[Stage.REPORTED] == 1
    assert [line.id for line in store.newest(site, limit=1).lines] == [order.id]


@pytest.mark.parametrize(
    "question",
    [
        "closed_at IS NULL AND next_due_at IS NOT NULL AND (next_due_at, id) > ('', '') ORDER BY next_due_at, id LIMIT 50",
        "closed_at IS NULL AND stage = 'signed' AND next_due_at IS NOT NULL AND (next_due_at, id) > ('', '') ORDER BY next_due_at, id LIMIT 50",
        "closed_at IS NULL AND worker = 'w' AND worker <> '' AND next_due_at IS NOT NULL ORDER BY next_due_at, id LIMIT 50",
        "closed_at IS NULL AND building = '3栋' AND next_due_at IS NOT NULL ORDER BY next_due_at, id LIMIT 50",
        "(reported_at, id) < ('9999', '') ORDER BY reported_at DESC, id DESC LIMIT 50",
    ],
)
def test_every_list_is_answered_by_an_index_without_sorting(site, question):
    plan = " ".join(row["detail"] for row in site.rows(f"EXPLAIN QUERY PLAN SELECT * FROM work_order WHERE {question}"))

    assert "USING INDEX" in plan
    assert "TEMP B-TREE" not in plan


def test_the_next_due_time_follows_the_clocks(site, act):
    order = make.reported(site, act)
    assert to_text(make.line(site, order).next_due_at) == make.running(site, order)["respond"]

    order = make.scheduled(site, act, commands.the_order(site, make.decided(site, act).id))

    assert to_text(make.line(site, order).next_due_at) == min(make.running(site, order).values())
