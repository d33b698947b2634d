"""Buildings and units: entered, laid out, described, and found in any spelling."""

from datetime import date

import pytest

from desk.kit import search
from desk.kit.journal import store as journal
from desk.kit.problems import Missing, Refused, Unclear
from desk.workflows.households import commands, store
from desk.workflows.households.inputs import BuildingInput, RegularInput, UnitFacts, UnitInput
from desk.workflows.households.rules import Usage
from tests.make_households import a_unit, an_owner


@pytest.mark.parametrize(
    "typed", ["3-1-1803", "３栋1单元1803", "3#1-1803室", "三号楼一单元1803号", "311803", "3-1803", "1803", "03-01-1803"]
)
def test_a_unit_is_meant_by_any_spelling(site, act, typed):
    unit = a_unit(site, act)
    a_unit(site, act, "13-1-1802")

    assert commands.unit_of(site, typed) == unit
    assert commands.unit_of(site, unit.id) == unit


def test_a_spelling_that_means_two_units_is_asked_back(site, act):
    a_unit(site, act, "3-1-1803")
    a_unit(site, act, "3-2-1803")

    with pytest.raises(Unclear) as problem:
        commands.unit_of(site, "3-1803")

    assert "3-1-1803" in problem.value.details["fields"]["unit"]
    assert "3-2-1803" in problem.value.details["fields"]["unit"]


def test_digits_without_signs_that_could_be_two_units_are_asked_back(site, act):
    a_unit(site, act, "3-11-803")
    a_unit(site, act, "31-1-803")

    with pytest.raises(Unclear, match="unit"):
        commands.unit_of(site, "311803")


@pytest.mark.parametrize("typed", ["9-9-999", "", "   ", "%", "3-1-18%", "' OR 1=1 --", "x" * 500])
def test_a_spelling_that_means_nothing_says_what_to_type(site, act, typed):
    a_unit(site, act)

    with pytest.raises(Unclear) as problem:
        commands.unit_of(site, typed)

    assert "unit" in problem.value.details["fields"]


def test_a_building_without_entrances_has_shorter_labels(site, act):
    unit = a_unit(site, act, "A-1803")

    assert unit.label == "A-1803"
    assert commands.unit_of(site, "A座1803") == unit


def test_the_floor_is_read_from_the_room_or_said(site, act):
    assert store.floor(site, a_unit(site, act).floor).number == 18
    assert store.floor(site, a_unit(site, act, "3-1-老虎窗", floor="6").floor).number == 6


def test_a_unit_or_building_is_entered_once(site, act):
    a_unit(site, act)

    with pytest.raises(Unclear, match="room"):
        a_unit(site, act, "03-1-1803")
    with pytest.raises(Unclear, match="code"):
        commands.add_building(site, act, BuildingInput.read({"code": "3号楼"}))
    with pytest.raises(Unclear, match="building"):
        commands.add_unit(site, act, UnitInput.read({"building": "8", "room": "101"}))


def test_what_is_described_anew_is_told_in_the_file_with_what_it_was(site, act):
    unit = a_unit(site, act)

    new = commands.describe_unit(
        site, act, unit.id, UnitFacts.read({"area": "90", "usage": "office", "delivered_on": "2024-06-30", "version": "1"})
    )

    entry = journal.of_file(site, unit.id)[0]
    assert (new.area_cm2, new.usage, new.version) == (900_000, Usage.OFFICE, 2)
    assert entry.payload["facts"] == ["UnitFact.area_cm2", "UnitFact.usage"]
    assert entry.payload["area_cm2_was"] == 893_700


def test_two_clerks_do_not_write_over_each_other(site, act):
    unit = a_unit(site, act)
    building = store.building(site, unit.building)
    commands.describe_unit(site, act, unit.id, UnitFacts.read({"area": "90", "version": "1"}))
    commands.describe_building(site, act, building.id, BuildingInput.read({"code": "3", "name": "听雨楼", "version": "1"}))

    with pytest.raises(Refused, match=r"record\.changed"):
        commands.describe_unit(site, act, unit.id, UnitFacts.read({"area": "91", "version": "1"}))
    with pytest.raises(Refused, match=r"record\.changed"):
        commands.describe_building(site, act, building.id, BuildingInput.read({"code": "3", "version": "1"}))


def test_a_building_that_gets_a_name_is_found_by_it(site, act):
    unit = a_unit(site, act)

    commands.describe_building(site, act, unit.building, BuildingInput.read({"code": "3", "name": "听雨楼", "completed_on": "2023-01-05"}))

    assert store.building(site, unit.building).completed_on == date(2023, 1, 5)
    assert [hit.object for hit in search.find(site, "听雨")] == [unit.id]


def test_an_estate_is_laid_out_in_one_act_and_again_without_doubling(site, act):
    there = a_unit(site, act)
    plan = RegularInput.read({"first": "3", "buildings": "2", "entrances": "2", "floors": "18", "rooms": "4", "skip": "4", "area": "89.37"})

    assert commands.lay_out(site, act, plan) == (2 * 2 * 17 * 4 - 1, 1)
    assert commands.lay_out(site, act, plan) == (0, 2 * 2 * 17 * 4)
    assert commands.unit_of(site, "3-1-1803") == there
    assert commands.unit_of(site, "4-2-301").area_cm2 == 893_700
    assert store.faults(site) == []
    assert sum(row["units"] for row in store.counts(site).values()) == 272


def test_what_is_not_in_the_register_is_missing(site, act):
    for ask in (commands.the_unit, commands.the_building, commands.the_person):
        with pytest.raises(Missing):
            ask(site, "nobody")


def test_the_search_box_finds_a_unit_in_any_spelling(site, act):
    unit = a_unit(site, act)
    an_owner(site, act, unit, "单晓", "13800001234")

    for typed in ("3-1-1803", "３栋1单元1803", "三栋一单元1803", "311803", "1803", "3-1803", "3-1-18"):
        assert unit.id in {hit.object for hit in search.find(site, typed)}, typed
    for typed in ("sx", "dx", "单晓", "单", "1234", "00001234", "13800001234", "3-1-1803"):
        assert "单晓" in {hit.title for hit in search.find(site, typed, kinds=("person",))}, typed


def test_what_contradicts_itself_in_the_register_is_found(site, act):
    unit, other = a_unit(site, act), a_unit(site, act, "4-1-101")
    an_owner(site, act, unit)
    site.conn.execute("UPDATE occupancy SET principal = 'nobody'")
    site.conn.execute("UPDATE unit SET floor = ? WHERE id = ?", (unit.floor, other.id))
    site.conn.execute("DELETE FROM search_entry WHERE object = ?", (other.id,))

    assert {code for code, _ in store.faults(site)} == {
        "household.unknown_principal",
        "household.misplaced",
        "household.unit_not_found_by_search",
    }


def test_what_is_typed_so_far_finds_that_building_before_longer_numbers(site, act):
    for label in ("31-1-101", "3-1-101", "3-11-101", "3-2-101"):
        a_unit(site, act, label)

    assert [unit.label for unit in store.beginning(site, "3")] == ["3-1-101", "3-2-101", "3-11-101", "31-1-101"]
    assert [unit.label for unit in store.beginning(site, "3|1")] == ["3-1-101", "3-11-101"]
    assert [unit.label for unit in store.beginning(site, "3", limit=2)] == ["3-1-101", "3-2-101"]
