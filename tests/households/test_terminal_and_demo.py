"""Rosters and estates from the command line, and the invented community."""

from datetime import timedelta

import openpyxl
import pytest
from click.testing import CliRunner

from desk.kit.clock import SetClock, day_of
from desk.kit.demo import Demo
from desk.kit.journal import store as journal
from desk.kit.terminal import Terminal
from desk.kit.words import using
from desk.workflows.households import demo, names, store
from desk.workflows.households.commands import unit_of
from desk.workflows.households.rules import ContactKind, HouseRole, PersonKind
from desk.workflows.households.terminal import bring_in, hand_out, lay_out
from tests.households.rosters import HEAD, as_csv

GOOD = ("3", "1", "1803", "周予安", "13800000001", "", "89.37")
BAD = ("3", "1", "1804", "林小满", "1380000", "", "")


@pytest.fixture
def desk(site, act):
    def run(command, *args: str, typed: str = "") -> str:
        result = CliRunner().invoke(command, list(args), obj=Terminal(lambda: (site, act)), input=typed)
        assert result.exit_code == 0, result.output
        return result.output

    return run


def a_file(tmp_path, *rows) -> str:
    path = tmp_path / "名单.csv"
    path.write_bytes(as_csv(rows, encoding="gbk"))
    return str(path)


def labels(site) -> list[str]:
    return [unit.label for unit in store.every(site, store.Unit)]


def test_a_roster_is_brought_in_and_twice_says_so(desk, site, tmp_path):
    file = a_file(tmp_path, GOOD)

    first, again = desk(bring_in, file), desk(bring_in, file)

    assert "新增 1" in first
    assert "已有 1" in again
    assert labels(site) == ["3-1-1803"]


def test_a_check_changes_nothing(desk, site, tmp_path):
    said = desk(bring_in, a_file(tmp_path, GOOD, BAD), "--check")

    assert "手机号" in said
    assert journal.head(site) == (0, "")


@pytest.mark.parametrize(("answer", "there"), [("n\n", []), ("y\n", ["3-1-1803"])])
def test_with_a_bad_row_the_command_asks_before_the_good_ones_come_in(desk, site, tmp_path, answer, there):
    failed = tmp_path / "failed.xlsx"

    desk(bring_in, a_file(tmp_path, GOOD, BAD), "--failed", str(failed), typed=answer)

    assert labels(site) == there
    assert openpyxl.load_workbook(failed).active.cell(2, 4).value == "林小满"


def test_many_faults_are_cut_short_and_spoken_in_english_too(desk, tmp_path):
    with using("en"):
        said = desk(bring_in, a_file(tmp_path, *[BAD] * 60), "--yes")

    assert "60 left out" in said
    assert "10 more" in said
    assert said.count("Enter a phone number") == 50


def test_the_register_goes_out_and_comes_in_again(desk, site, tmp_path):
    desk(bring_in, a_file(tmp_path, GOOD))
    out = tmp_path / "out.xlsx"

    desk(hand_out, str(out))

    assert [cell.value for cell in openpyxl.load_workbook(out).active[1]][:2] == list(HEAD[:2])
    assert "已有 1" in desk(bring_in, str(out))


def test_an_estate_is_laid_out(desk, site):
    said = desk(lay_out, "--buildings", "2", "--floors", "3", "--rooms", "2", "--skip", "2", "--completed-on", "2024-05-20")

    assert "8" in said
    assert len(labels(site)) == 8
    assert str(store.building_of_code(site, "2").completed_on) == "2024-05-20"


@pytest.fixture
def community(site, clock: SetClock):
    clerk = ("f1", "F01", "李晓雯")
    story = Demo(clock.now() + timedelta(weeks=6), clock, {"front_desk": clerk, "supervisor": clerk})
    demo.fill(site, story)
    return story


def test_the_invented_community_has_households_of_every_sort(site, community):
    people = store.every(site, store.Person)
    roles = {one.role for one in store.every(site, store.Occupancy)}
    today = day_of(community.clock.now())

    assert 250 <= len(labels(site)) <= 350
    assert roles == set(HouseRole)
    assert {person.kind for person in people} == set(PersonKind)
    assert {"龚䶮", "𠮷野和子", "单晓"} <= {person.name for person in people}
    assert len(store.special_care(site)) > 3
    assert store.consents(
        site, next(contact.person for contact in store.every(site, store.Contact) if store.consents(site, contact.person))
    )
    assert [member.name for member in store.people(site, unit_of(site, "3-1-902").id, today)] == ["仇清和"]
    assert store.faults(site) == []


def test_the_invented_phones_and_documents_belong_to_nobody(site, community):
    phones = [contact.value for contact in store.every(site, store.Contact) if contact.kind is ContactKind.PHONE]

    assert all(phone.startswith("1380000") for phone in phones)
    assert len(set(phones)) == len(phones)
    assert not any(names.is_id_card(person.id_last4) for person in store.every(site, store.Person))


def test_the_dates_of_the_invented_buildings_lead_to_every_kind_of_warranty(site, community):
    ages = sorted((day_of(community.clock.now()) - building.completed_on).days // 365 for building in store.buildings(site))

    assert ages[0] < 1 <= ages[1] < 2 < ages[2] < 5 < ages[3]
    units = store.every(site, store.Unit)
    assert any(unit.delivered_on is None for unit in units)
    assert any(unit.renovated_by for unit in units)
    assert community.made["unit:3-1-1803"] == unit_of(site, "3-1-1803").id
