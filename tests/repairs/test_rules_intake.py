"""Taking a repair: RC6, RC16, and saving first."""

from dataclasses import replace

import pytest

from desk.kit.problems import Refused, Unclear
from desk.workflows.repairs.rules import intake
from desk.workflows.repairs.rules.choices import Category, Kind, Stage, Urgency, Zone
from desk.workflows.repairs.rules.tables import SORTS
from tests.repairs import given


def said(**more):
    facts = {"name": "周予安", "phone": "13800000001", "what": "卫生间漏水", "wished": "今天下午", "category": Category.WATER_LEAK}
    return intake.Reported(**(facts | more))


def test_a_report_with_its_five_fields_is_taken():
    order = intake.report(given.order(Stage.DRAFT, name="", phone="", wished=""), said())

    assert order.stage is Stage.REPORTED
    assert (order.name, order.phone, order.what, order.wished) == ("周予安", "13800000001", "卫生间漏水", "今天下午")


@pytest.mark.parametrize("name", ["name", "phone", "what", "wished"])
def test_each_of_the_five_fields_is_asked_for(name):
    with pytest.raises(Unclear) as problem:
        intake.report(given.order(Stage.DRAFT), said(**{name: " "}))

    assert list(problem.value.details["fields"]) == [name]


def test_a_report_without_a_room_is_not_taken():
    with pytest.raises(Unclear) as problem:
        intake.report(given.order(Stage.DRAFT, unit=""), said())

    assert list(problem.value.details["fields"]) == ["unit"]


def test_room_and_one_line_are_enough_to_save_first():
    draft = intake.save_first(given.order(name="", phone="", wished=""), said(name="", phone="138", wished="", urgency=Urgency.EMERGENCY))

    assert (draft.stage, draft.phone, draft.urgency) == (Stage.DRAFT, "138", Urgency.EMERGENCY)
    with pytest.raises(Unclear):
        intake.save_first(given.order(), said(what=" "))


def test_a_saved_report_keeps_its_number_and_receipt_when_completed():
    draft = given.order(Stage.DRAFT, name="", phone="", wished="")

    order = intake.complete(draft, said())

    assert (order.stage, order.number, order.reported_at) == (Stage.REPORTED, draft.number, draft.reported_at)
    with pytest.raises(Refused):
        intake.complete(order, said())


def test_the_category_says_kind_urgency_and_place_unless_staff_know_better():
    order = intake.report(given.order(Stage.DRAFT), said(category=Category.LIFT))
    assert (order.kind, order.urgency, order.zone) == (Kind.SAFETY, Urgency.EMERGENCY, Zone.COMMON)

    order = intake.report(given.order(Stage.DRAFT), said(kind=Kind.OTHER, urgency=Urgency.NORMAL, zone=Zone.OUTLYING))
    assert (order.kind, order.urgency, order.zone) == (Kind.OTHER, Urgency.NORMAL, Zone.OUTLYING)


def test_every_category_is_sorted():
    assert set(SORTS) == set(Category)


def test_a_correction_leaves_stage_and_receipt_as_they_were():
    old = given.order(Stage.SCHEDULED)

    new = intake.amend(old, said(urgency=Urgency.EMERGENCY))

    assert (new.stage, new.reported_at, new.urgency) == (old.stage, old.reported_at, Urgency.EMERGENCY)


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.DISPATCHED, Stage.ON_SITE, Stage.DONE, Stage.CLOSED])
def test_nothing_is_corrected_once_somebody_is_on_the_way(stage):
    with pytest.raises(Refused):
        intake.amend(given.order(stage), said())


def test_a_correction_cannot_take_a_field_away():
    with pytest.raises(Unclear):
        intake.amend(replace(given.order(Stage.REPORTED)), said(phone=""))
