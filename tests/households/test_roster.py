"""What a roster does to the register: all of a row or nothing of it, twice the same as once, out and in again unchanged."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.kit import search
from desk.kit.act import Act
from desk.kit.clock import day_of
from desk.kit.database import open_database
from desk.kit.journal import store as journal
from desk.kit.journal import verify
from desk.schemas import migrate_all
from desk.workflows.households import commands, persons, store
from desk.workflows.households.commands import unit_of
from desk.workflows.households.inputs import ContactInput, EndInput
from desk.workflows.households.roster import commands as roster
from desk.workflows.households.roster import workbooks
from desk.workflows.households.roster.headings import COLUMNS, find_head
from desk.workflows.households.roster.outcomes import Outcome
from desk.workflows.households.roster.reading import Sheet, read
from desk.workflows.households.rules import PersonKind, UnitState
from tests.households.rosters import HEAD, as_xlsx
from tests.make_households import a_unit, an_owner

ID = "11010519491231002X"


def sheet_of(*rows, head=HEAD) -> Sheet:
    """A sheet without the detour through a file: the reading has its own tests."""
    found = find_head([list(head)])
    return Sheet("名单.csv", "d" * 64, found, tuple(head), tuple((n, tuple(row)) for n, row in enumerate(rows, 2)))


def faults(plan) -> list[tuple[int, str]]:
    return [(fault.row, fault.name) for fault in plan.faults]


def people(site, act, label: str) -> list[str]:
    return [
        f"{member.role.value} {member.name} {member.phone}".strip()
        for member in store.people(site, unit_of(site, label).id, day_of(act.now))
    ]


def state_of(site) -> dict[str, list]:
    return {table: site.rows(f"SELECT * FROM {table} ORDER BY id") for table in store.TABLES.values()}


def test_a_roster_brings_in_buildings_units_and_people(site, act):
    done = roster.bring(
        site, act, sheet_of(("3号楼", "1单元", "1803室", "周予安", "138 0000 0001", ID, "89.37㎡"), ("4", "", "101", "", "", "", ""))
    )

    assert (done.units, done.people) == (2, 1)
    assert people(site, act, "3-1-1803") == ["owner 周予安 13800000001"]
    unit = unit_of(site, "3-1-1803")
    assert (unit.area_cm2, unit.state) == (893_700, UnitState.OCCUPIED)
    assert unit_of(site, "4-101").state is UnitState.VACANT
    assert [hit.title for hit in search.find(site, "zya")] == ["周予安"]
    assert [hit.title for hit in search.find(site, "三栋一单元1803", kinds=("unit",))] == ["3-1-1803"]
    assert [entry.act for entry in journal.of_file(site, unit.id)] == ["unit.imported"]
    assert list(verify(site)) == []
    assert store.faults(site) == []


def test_a_dry_run_writes_nothing_and_foretells_the_import(site, act):
    sheet = sheet_of(("3", "1", "1803", "周予安", "13800000001", ID, "89.37"), ("3", "1", "1804", "林小满", "12", "", ""))
    before = (state_of(site), journal.head(site))

    plan = roster.dry_run(site, act, sheet)

    assert (state_of(site), journal.head(site)) == before
    assert store.id_key(site) is None
    done = roster.bring(site, act, sheet)
    assert (done.plan.outcome, faults(done.plan)) == (plan.outcome, faults(plan))


def test_the_same_file_twice_changes_nothing(site, act):
    sheet = sheet_of(
        ("3", "1", "1803", "周予安、周予宁", "13800000001/13800000002", "", "89.37"),
        ("3", "1", "1804", "青梧商贸有限公司", "", "91350100M000100Y43", ""),
    )
    roster.bring(site, act, sheet)
    before = state_of(site)

    again = roster.bring(site, act, sheet)

    assert state_of(site) == before
    assert set(again.plan.outcome.values()) == {Outcome.SAME}
    assert journal.of_file(site, unit_of(site, "3-1-1803").id)[0].act == "unit.imported"
    assert len(journal.of_file(site, unit_of(site, "3-1-1803").id)) == 1


def test_one_bad_row_of_many_stays_out_alone(site, act):
    rows = [("3", "1", f"{n}01", f"周予{'一二三四五六七八九'[n - 1]}", f"1380000000{n}", "", "89.37") for n in range(1, 10)]
    rows[4] = ("3", "1", "501", "周予五", "1380000", "", "-1")

    done = roster.bring(site, act, sheet_of(*rows))

    assert faults(done.plan) == [(6, "area"), (6, "phone")]
    assert (done.units, done.people) == (8, 8)
    assert store.spelled(site, "3|1|501") == []


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (("", "", "1803", "周予安", "", "", ""), "building"),
        (("3", "1", "", "周予安", "", "", ""), "room"),
        (("3", "1", "1803", "123", "", "", ""), "name"),
        (("3", "1", "1803", "张\ue4f0", "", "", ""), "name"),
        (("3", "1", "1803", "周予安", "", "110105194912310021", ""), "id_number"),
        (("3", "1", "1803", "周予安", "", "1.10105194912310E+17", ""), "id_number"),
        (("3", "1", "1803", "周予安", "1.38E+10", "", ""), "phone"),
        (("3", "1", "1803", "周予安", "", "", "89.375"), "area"),
        (("3", "1", "1803", "周" * 101, "", "", ""), "name"),
        (("3", "1", "1803", "周予\x07安", "", "", ""), "name"),
        (("3", "1", "1803", "x" * 5000, "", "", ""), "name"),
    ],
)
def test_each_wrong_cell_is_named_with_what_is_expected(site, act, row, field):
    (fault,) = roster.dry_run(site, act, sheet_of(row)).faults

    assert (fault.row, fault.name) == (2, field)
    said = {lang: workbooks.sentences([fault], lang) for lang in ("zh", "en")}
    assert COLUMNS[field].zh in said["zh"]
    assert COLUMNS[field].en in said["en"]
    assert said["zh"] != said["en"]


def test_two_rows_that_contradict_each_other_are_both_named(site, act):
    plan = roster.dry_run(site, act, sheet_of(("3", "1", "1803", "周予安", "", "", "89.37"), ("3", "1", "1803", "周予宁", "", "", "90")))

    (fault,) = plan.faults
    assert (fault.row, fault.name) == (3, "area")
    assert "89.37" in fault.expected()


def test_a_row_that_fails_leaves_nothing_behind(site, act):
    an_owner(site, act, a_unit(site, act), "周予安")
    before = state_of(site)

    done = roster.bring(site, act, sheet_of(("3", "1", "1803", "高远", "13800000005", ID, "100")))

    assert faults(done.plan) == [(2, "name")]
    assert "周予安" in done.plan.faults[0].expected()
    assert state_of(site) == before


def test_a_second_owner_in_the_file_is_a_co_owner(site, act):
    roster.bring(site, act, sheet_of(("3", "1", "1803", "周予安", "", "", ""), ("3", "1", "1803", "周予宁", "", "", "")))

    assert people(site, act, "3-1-1803") == ["owner 周予安", "co_owner 周予宁"]


def test_a_new_phone_stands_beside_the_old_one_and_an_ended_one_stays_ended(site, act):
    first = sheet_of(("3", "1", "1803", "周予安", "13800000001", "", ""))
    roster.bring(site, act, first)
    (person,) = store.persons_named(site, "周予安")
    persons.add_contact(site, act, person.id, ContactInput.read({"value": "13800000009", "preferred": "1"}))
    persons.drop_contact(site, act, store.persons_reached_at(site, "13800000001") and store.contacts(site, person.id)[1].id)

    roster.bring(site, act, first)
    roster.bring(site, act, sheet_of(("3", "1", "1803", "周予安", "13800000002", "", "")))

    held = [(contact.value, contact.preferred) for contact in store.contacts(site, person.id) if contact.ended_at is None]
    assert held == [("13800000009", True), ("13800000002", False)]


def test_somebody_who_left_does_not_come_back_with_an_old_roster(site, act):
    sheet = sheet_of(("3", "1", "1803", "周予安", "", "", ""))
    roster.bring(site, act, sheet)
    (member,) = store.history(site, unit_of(site, "3-1-1803").id)
    commands.leave(site, act, member.occupancy.id, EndInput.read({"last_day": "2026-02-28"}))

    again = roster.bring(site, act, sheet)

    assert again.plan.outcome == {2: Outcome.SAME}
    assert people(site, act, "3-1-1803") == []


def test_another_document_for_the_same_name_is_asked_back(site, act):
    roster.bring(site, act, sheet_of(("3", "1", "1803", "周予安", "", ID, "")))

    plan = roster.dry_run(site, act, sheet_of(("3", "1", "1803", "周予安", "", "440524188001010014", "")))
    stranger = roster.dry_run(site, act, sheet_of(("3", "1", "1804", "高远", "", ID, "")))

    assert faults(plan) == faults(stranger) == [(2, "id_number")]
    assert "002X" in plan.faults[0].expected()


def test_the_same_document_in_two_units_is_one_person(site, act):
    roster.bring(site, act, sheet_of(("3", "1", "1803", "周予安", "", ID, ""), ("3", "1", "1804", "周予安", "", ID, "")))

    assert len(store.every(site, store.Person)) == 1


def test_two_namesakes_without_a_common_phone_or_document_stay_two(site, act):
    roster.bring(
        site, act, sheet_of(("3", "1", "1803", "周予安", "13800000001", "", ""), ("3", "1", "1804", "周予安", "13800000002", "", ""))
    )
    roster.bring(site, act, sheet_of(("3", "1", "1805", "周予安", "13800000001", "", "")))

    assert len(store.every(site, store.Person)) == 2


def test_one_room_column_and_other_usual_headings(site, act):
    head = ("房号", "户主", "联系电话", "面积（平方米）", "收楼日期", "住户类型", "备注")
    roster.bring(
        site,
        act,
        sheet_of(
            ("3栋1单元1803", "周予安", "13800000001", "89.37", "2024/6/30", "产权人", "x"),
            ("3-1-1803", "林小满", "", "", "", "租客", ""),
            head=head,
        ),
    )

    assert people(site, act, "3-1-1803") == ["owner 周予安 13800000001", "tenant 林小满"]
    assert str(unit_of(site, "3-1-1803").delivered_on) == "2024-06-30"


def test_a_tenant_in_columns_of_their_own(site, act):
    head = ("幢", "单元号", "室号", "业主", "业主电话", "租户", "租户电话")
    roster.bring(site, act, sheet_of(("3幢", "1", "1803", "周予安", "13800000001", "林小满", "13800000002"), head=head))

    assert people(site, act, "3-1-1803") == ["owner 周予安 13800000001", "tenant 林小满 13800000002"]


def test_agents_handlers_and_companies(site, act):
    head = ("房号", "姓名", "身份", "代理对象", "委托范围", "委托期限")
    plan = roster.bring(
        site,
        act,
        sheet_of(
            ("3-1-1803", "林若溪", "代理人", "周予安", "报修", "2026-12-31"),
            ("3-1-1803", "周予安", "业主", "", "", ""),
            ("3-1-1804", "青梧商贸有限公司", "", "", "", ""),
            ("3-1-1804", "郑书宁", "经办人", "", "", ""),
            ("3-1-1805", "无期", "代理人", "", "报修", ""),
            ("3-1-1803", "谁", "代理人", "没有的人", "报修", "2026-12-31"),
            ("3-1-1803", "某某", "国王", "", "", ""),
            head=head,
        ),
    ).plan

    assert people(site, act, "3-1-1803") == ["owner 周予安", "agent 林若溪"]
    assert people(site, act, "3-1-1804") == ["owner 青梧商贸有限公司", "handler 郑书宁"]
    assert {person.name: person.kind for person in store.every(site, store.Person)}["青梧商贸有限公司"] is PersonKind.COMPANY
    assert sorted(faults(plan)) == [(6, "role"), (7, "principal"), (8, "role")]


def test_a_person_number_that_belongs_to_another_name_is_asked_back(site, act):
    person = an_owner(site, act, a_unit(site, act)).person

    plan = roster.dry_run(site, act, sheet_of(("3-1-1804", "高远", person), head=("房号", "姓名", "人员编号")))

    assert faults(plan) == [(2, "person_ref")]


def test_what_the_register_does_not_know_of_a_role_is_filled_in(site, act):
    role = an_owner(site, act, a_unit(site, act))
    head = ("房号", "姓名", "起始日期", "关系", "建设单位", "竣工日期")

    done = roster.bring(site, act, sheet_of(("3-1-1803", "周予安", "2024年6月30日", "本人", "新青梧公司", "2024-05-21"), head=head))

    kept = store.occupancy(site, role.id)
    assert (str(kept.from_on), kept.relation, kept.version) == ("2024-06-30", "本人", 2)
    building = store.building_of_code(site, "3")
    assert (building.developer, str(building.completed_on), building.version) == ("新青梧公司", "2024-05-21", 2)
    assert done.plan.outcome == {2: Outcome.CHANGED}


def test_a_last_day_before_the_first_and_two_dates_for_one_building_are_faults(site, act):
    head = ("房号", "姓名", "起始日期", "结束日期", "竣工日期")

    plan = roster.dry_run(
        site,
        act,
        sheet_of(
            ("3-1-1803", "甲一", "2024-06-30", "2024-06-29", ""),
            ("3-1-1804", "", "", "", "2024-05-20"),
            ("3-1-1805", "", "", "", "2024-05-21"),
            head=head,
        ),
    )

    assert faults(plan) == [(2, "to_on"), (4, "completed_on")]


def test_a_building_column_beside_a_whole_room_is_no_trouble(site, act):
    roster.bring(site, act, sheet_of(("3栋", "", "3-1-1803", "周予安", "", "", ""), ("3", "2", "1803", "周予宁", "", "", "")))

    assert sorted(unit.label for unit in store.every(site, store.Unit)) == ["3-1-1803", "3-2-1803"]


def test_a_floor_that_the_roster_says_moves_the_unit_there(site, act):
    a_unit(site, act, "3-1-老虎窗")

    roster.bring(site, act, sheet_of(("3-1-老虎窗", "6层"), head=("房号", "楼层")))

    assert store.floor(site, unit_of(site, "3-1-老虎窗").floor).number == 6


cells = st.sampled_from(
    [
        "3",
        "1",
        "1803",
        "1804",
        "周予安",
        "林小满",
        "13800000001",
        "13800000002",
        ID,
        "89.37",
        "90",
        "",
        "abc",
        "业主",
        "租户",
        "代理人",
        "2024-06-30",
    ]
)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["3", "4", ""]), st.sampled_from(["1", ""]), st.sampled_from(["1803", "1804", ""]), cells, cells, cells, cells
        ),
        min_size=1,
        max_size=8,
    )
)
def test_whatever_stands_in_a_roster_it_never_breaks_the_register_and_twice_is_once(tmp_path_factory, rows):
    site, act = open_database(tmp_path_factory.mktemp("roster") / "desk.sqlite", create=True), Act("clerk")
    migrate_all(site)
    sheet = sheet_of(*rows, head=("楼号", "单元", "房间", "姓名", "手机号", "身份", "面积"))

    first = roster.bring(site, act, sheet)
    before = state_of(site)
    again = roster.bring(site, act, sheet)

    assert set(first.plan.outcome) == set(range(2, len(rows) + 2))
    assert state_of(site) == before
    assert Outcome.NEW not in again.plan.outcome.values()
    assert store.faults(site) == []
    site.conn.close()


def test_five_thousand_rows_come_in_within_a_minute(site, act):
    rows = [
        (str(1 + n // 500), "1", f"{1 + n % 500 // 20}{1 + n % 20:02d}", f"周予{chr(0x4E00 + n % 3000)}", f"138{n:08d}", "", "89.37")
        for n in range(5_000)
    ]
    began = time.monotonic()

    done = roster.bring(site, act, sheet_of(*rows))

    assert (done.units, done.people) == (5_000, 5_000)
    assert time.monotonic() - began < 60


def test_the_workbook_of_a_spreadsheet_program_comes_in_as_it_is(site, act):
    data = as_xlsx([(3.0, 1.0, 1803.0, "周　予", 13800000001.0, None, 89.37)], above=1)

    roster.bring(site, act, read("名单.xlsx", data))

    assert people(site, act, "3-1-1803") == ["owner 周予 13800000001"]


def test_what_somebody_wrote_while_the_roster_was_compared_is_not_overlooked(site, act, monkeypatch):
    an_owner(site, act, a_unit(site, act, "9-1-101"), "别户", id_number=ID)
    real, compared = roster.compare, []

    def slow(sheet, register, key):
        plan = real(sheet, register, key)
        if not compared:
            an_owner(site, act, a_unit(site, act), "高远")
        compared.append(plan)
        return plan

    monkeypatch.setattr(roster, "compare", slow)
    done = roster.bring(site, act, sheet_of(("3", "1", "1803", "周予安", "13800000001", "", "")))

    assert len(compared) == 2
    assert faults(done.plan) == [(2, "name")]
    assert people(site, act, "3-1-1803") == ["owner 高远 13800000001"]
