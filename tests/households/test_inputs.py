"""What may be typed into the register's forms."""

from datetime import date

import pytest

from desk.kit.problems import Unclear
from desk.workflows.households.inputs import BuildingInput, ContactInput, MemberInput, RegularInput, UnitInput
from desk.workflows.households.places import Regular, RoomNames


def wrong(model, typed) -> set[str]:
    with pytest.raises(Unclear) as problem:
        model.read(typed)
    return set(problem.value.details["fields"])


@pytest.mark.parametrize(
    "typed", ["2024-06-30", "2024/6/30", "2024.06.30", "2024年6月30日", "20240630", "２０２４-06-30", "2024-06-30 00:00:00"]
)
def test_a_day_is_read_in_the_usual_ways(typed):
    assert BuildingInput.read({"code": "3", "completed_on": typed}).completed_on == date(2024, 6, 30)


@pytest.mark.parametrize(
    "typed", ["2024-02-30", "0000-01-01", "9999-12-31", "45987", "45987.0", "民国113年6月30日", "30.6.2024", "1", "2024-06-30 14:00"]
)
def test_what_is_no_day_is_never_guessed(typed):
    assert wrong(BuildingInput, {"code": "3", "completed_on": typed}) == {"completed_on"}


@pytest.mark.parametrize(
    ("typed", "cm2"),
    [("89.37", 893_700), ("89.37㎡", 893_700), ("89", 890_000), ("1,089.5平方米", 10_895_000), ("89.370", 893_700), ("0.01", 100)],
)
def test_an_area_is_whole_square_centimetres(typed, cm2):
    assert UnitInput.read({"building": "3", "room": "1803", "area": typed}).area == cm2


@pytest.mark.parametrize("typed", ["89.375", "-1", "0", "abc", "1e3", "NaN", "inf", "12345678"])
def test_what_is_no_area_is_refused_and_not_rounded(typed):
    assert wrong(UnitInput, {"building": "3", "room": "1803", "area": typed}) == {"area"}


def test_every_wrong_field_is_named_at_once():
    typed = {"role": "king", "name": "\u202e安", "phone": "12", "id_number": "110105194912310021", "term_on": "soon"}

    assert wrong(MemberInput, typed) == {"role", "name", "phone", "id_number", "term_on"}


@pytest.mark.parametrize("name", ["", "123", "#N/A", "张\ue4f0", "x" * 101])
def test_what_is_no_name_is_refused(name):
    assert wrong(MemberInput, {"role": "owner", "name": name}) == {"name"}


def test_words_that_programs_use_are_names_like_any_other():
    assert MemberInput.read({"role": "owner", "name": "NULL"}).name == "NULL"


def test_a_number_that_excel_cut_is_told_apart_from_a_wrong_one():
    with pytest.raises(Unclear) as problem:
        MemberInput.read({"role": "owner", "name": "周予安", "id_number": "1.10105194912310E+17"})

    assert "Excel" in problem.value.details["fields"]["id_number"]


def test_only_a_phone_is_checked_as_a_phone():
    assert ContactInput.read({"value": "138 0000 0001"}).value == "13800000001"
    assert ContactInput.read({"kind": "wechat", "value": "qingwu_1"}).value == "qingwu_1"
    assert wrong(ContactInput, {"kind": "phone", "value": "qingwu_1"}) == {"value"}
    assert ContactInput.read({"value": "13800000001", "best_time": "8点30分"}).best_time == "08:30"
    assert wrong(ContactInput, {"value": "13800000001", "best_time": "25:00"}) == {"best_time"}


def test_an_estate_whose_rooms_would_share_a_name_is_refused():
    whole = {"buildings": "2", "floors": "3", "rooms": "2", "skip": "4, 13 和 14"}

    assert RegularInput.read(whole).plan() == Regular(1, 2, 1, 3, 2, RoomNames.NUMBERS, (4, 13, 14))
    assert wrong(RegularInput, whole | {"names": "running"}) == {"names"}
    assert wrong(RegularInput, whole | {"names": "letters", "rooms": "27"}) == {"names"}
