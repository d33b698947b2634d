"""The register as a roster: out and in again unchanged, the failed rows handed back, the template, names that are hard to keep."""

import io

import openpyxl
import pytest

from desk.kit import search
from desk.kit.clock import day_of
from desk.kit.database import open_database
from desk.kit.words import using
from desk.schemas import migrate_all
from desk.workflows.households import commands, persons, store
from desk.workflows.households.commands import unit_of
from desk.workflows.households.inputs import ContactInput, EndInput
from desk.workflows.households.roster import commands as roster
from desk.workflows.households.roster import workbooks
from desk.workflows.households.roster.headings import COLUMNS, find_head, folded
from desk.workflows.households.roster.outcomes import Outcome
from desk.workflows.households.roster.reading import Sheet, read
from tests.households.rosters import HEAD, as_csv
from tests.make_households import a_member, a_unit, an_owner

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


@pytest.mark.parametrize(
    "name", ["𠮷野和子", "龚䶮", "阿卜杜拉·买买提", "O'Brien", "NULL", "=SUM(A1)", "<script>alert(1)</script>", "{{7*7}}", "%s%n"]
)
def test_a_name_comes_out_as_it_went_in(site, act, name):
    roster.bring(site, act, sheet_of(("3", "1", "1803", name, "", "", "")))

    (cells,) = workbooks.register_rows(site)
    assert cells[workbooks.OWN_COLUMNS.index("name")] == name
    sheet = openpyxl.load_workbook(io.BytesIO(workbooks.export(site))).active
    assert [cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None and cell.data_type != "s"] == []
    assert [hit.title for hit in search.find(site, name, kinds=("person",))] in ([name], []) or name == "NULL"


def fill(site, act) -> None:
    """A register with everything in it that a roster can say."""
    unit = a_unit(site, act, renovated_on="2024-09-01", renovated_by="禾木装饰工程有限公司")
    owner = an_owner(site, act, unit, from_on="2024-06-30", id_number=ID)
    persons.add_contact(site, act, owner.person, ContactInput.read({"value": "02885551234", "best_time": "19:30", "preferred": "1"}))
    for kind, value in (("email", "zhou@example.com"), ("wechat", "qingwu"), ("address", "成都市某路1号")):
        persons.add_contact(site, act, owner.person, ContactInput.read({"kind": kind, "value": value}))
    a_member(site, act, unit, "co_owner", "周予宁", relation="配偶")
    a_member(site, act, unit, "agent", "郑一", principal=owner.person, scope="报修、缴费", term_on="2026-12-31")
    old = a_member(site, act, unit, "tenant", "旧租客", from_on="2024-07-01")
    commands.leave(site, act, old.id, EndInput.read({"last_day": "2025-06-30"}))
    a_member(site, act, unit, "tenant", "旧租客", person=old.person, from_on="2025-10-01")
    a_member(site, act, unit, "occupant", "周老太", relation="父母", care="elderly", care_note="听力弱")
    shop = a_unit(site, act, "A-101", usage="shop", area="", delivered_on="")
    company = an_owner(site, act, shop, "青梧商贸有限公司", kind="company")
    a_member(site, act, shop, "handler", "郑书宁", principal=company.person)
    an_owner(site, act, a_unit(site, act, "3-2-501"), "", phone="", person=owner.person)
    a_unit(site, act, "3-1-B105", floor="-1", usage="parking")


def without_ids(site) -> list[list[str]]:
    """The register as a roster's rows, person numbers replaced by the order in which they first come."""
    at, seen = workbooks.OWN_COLUMNS.index("person_ref"), {}
    return [
        [seen.setdefault(cell, str(len(seen))) if n == at and cell else cell for n, cell in enumerate(row)]
        for row in workbooks.register_rows(site)
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_out_and_in_again_gives_the_same_rows(site, act, tmp_path, lang):
    fill(site, act)
    with using(lang):
        file = workbooks.export(site)
    (tmp_path / "other").mkdir()
    other = open_database(tmp_path / "other" / "desk.sqlite", create=True)
    migrate_all(other)

    done = roster.bring(other, act, read("roster.xlsx", file))

    assert [fault.expected() for fault in done.plan.faults] == []
    assert without_ids(other) == without_ids(site)
    assert store.faults(other) == []


def test_out_and_in_again_at_the_same_desk_changes_nothing(site, act):
    fill(site, act)
    before = state_of(site)

    done = roster.bring(site, act, read("roster.xlsx", workbooks.export(site)))

    assert set(done.plan.outcome.values()) == {Outcome.SAME}
    assert state_of(site) == before


def test_the_failed_rows_come_back_as_a_file_that_can_be_mended_and_brought_in(site, act):
    sheet = read(
        "名单.csv",
        as_csv([("3", "1", "1803", "周予安", "1380000", "", ""), ("3", "1", "1804", "林小满", "13800000002", "", "")], encoding="gbk"),
    )
    plan = roster.bring(site, act, sheet).plan

    book = openpyxl.load_workbook(io.BytesIO(workbooks.failed_rows(sheet, plan)))
    head, row = [[cell.value for cell in line] for line in book.active.iter_rows()]
    assert head[:7] == list(HEAD)
    assert head[7:] == ["原行号 Row", "错误", "Errors"]
    assert row[7] == "2"
    assert "手机号“1380000”" in row[8]
    assert "Phone" in row[9]
    book.active.cell(2, 5, "13800000001")
    out = io.BytesIO()
    book.save(out)

    done = roster.bring(site, act, read("mended.xlsx", out.getvalue()))

    assert done.plan.faults == []
    assert people(site, act, "3-1-1803") == ["owner 周予安 13800000001"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_template_has_our_headings_drop_downs_and_notes_and_is_understood(site, act, lang):
    with using(lang):
        data = workbooks.template()
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet, notes = book.worksheets
    columns = [name for name in workbooks.OWN_COLUMNS if name not in ("person_ref", "id_last4")]
    assert find_head([[cell.value for cell in sheet[1]]]).columns == {name: n for n, name in enumerate(columns)}
    assert len(sheet.data_validations.dataValidation) == len(workbooks.DROP_DOWNS)
    assert '"业主,共有人,租户,同住人,代理人,经办人"' in {rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert notes.max_row == len(columns) + 1
    assert all(cell.value for cell in notes["A"])


def test_the_children_of_a_name_in_brackets_and_spaces_are_headings_too():
    assert find_head([["楼 号 *", "房间号（必填）", "建筑面积(㎡)", "联系方式：", "不认识"]]).columns == {
        "building": 0,
        "room": 1,
        "area": 2,
        "phone": 3,
    }


def test_no_two_columns_claim_the_same_heading():
    claimed = [folded(heading) for column in COLUMNS.values() for heading in {column.zh, *column.others.split()}]
    assert sorted(claimed) == sorted(set(claimed))
