"""The workbooks of the roster: the empty template, the failed rows with what is wrong, and the register as a roster.

Every cell is written as text: nothing in a file of ours is a formula, and no phone or ID number loses a digit.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from io import BytesIO
from typing import Any

import xlsxwriter

from desk.kit.database import Database
from desk.kit.words import _, gettext, language, using
from desk.workflows.households import store
from desk.workflows.households.roster.headings import COLUMNS
from desk.workflows.households.roster.notes import EXAMPLES, NEEDED, NOTES
from desk.workflows.households.roster.plan import Plan
from desk.workflows.households.roster.reading import Sheet
from desk.workflows.households.roster.rows import Fault, usual_word
from desk.workflows.households.rules import (
    Building,
    CareNeed,
    Contact,
    ContactKind,
    Entrance,
    Floor,
    HouseRole,
    Occupancy,
    Person,
    PersonKind,
    Unit,
    UnitState,
    Usage,
)

OWN_COLUMNS = tuple(name for name in COLUMNS if not name.startswith("tenant_"))
DROP_DOWNS: dict[str, type[StrEnum]] = {"role": HouseRole, "kind": PersonKind, "usage": Usage, "state": UnitState, "care": CareNeed}
DROP_DOWN_ROWS = 5_000


def heading(name: str) -> str:
    """Return the heading of a column in the language in use."""
    return COLUMNS[name].zh if language() == "zh" else COLUMNS[name].en


def template() -> bytes:
    """Return an empty roster with drop-downs and an example, and a sheet of notes, in the language in use."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        columns = [name for name in OWN_COLUMNS if name not in ("person_ref", "id_last4")]
        sheet = book.add_worksheet(_("Roster"))
        _head(book, sheet, [heading(name) for name in columns])
        for column, name in enumerate(columns):
            if name in DROP_DOWNS:
                words = [usual_word(member) for member in DROP_DOWNS[name]]
                sheet.data_validation(1, column, DROP_DOWN_ROWS, column, {"validate": "list", "source": words, "error_type": "warning"})
            sheet.write_comment(0, column, gettext(NOTES.get(name, "")) or heading(name), {"x_scale": 2})
        _notes(book, columns)
    return out.getvalue()


def _notes(book: Any, columns: Sequence[str]) -> None:
    """Add the sheet that explains each column: needed or not, what it takes, an example, and headings that are understood too."""
    sheet = book.add_worksheet(_("Notes"))
    _head(book, sheet, [_("Column"), _("Needed"), _("What to write"), _("Example"), _("Also understood as")])
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(2, 2, 60)
    sheet.set_column(4, 4, 60)
    for row, name in enumerate(columns, 1):
        what = gettext(NOTES.get(name, ""))
        if name in DROP_DOWNS:
            what = (what + " " if what else "") + "、".join(usual_word(member) for member in DROP_DOWNS[name])
        cells = [heading(name), _("yes") if name in NEEDED else "", what, EXAMPLES.get(name, ""), "、".join(COLUMNS[name].others.split())]
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text, wrap)


def failed_rows(sheet: Sheet, plan: Plan) -> bytes:
    """Return the rows that were left out as they came, with what is wrong in both languages, ready to be mended and imported again."""
    faults: dict[int, list[Fault]] = defaultdict(list)
    for fault in plan.faults:
        faults[fault.row].append(fault)
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet(_("Failed rows"))
        _head(book, page, [*sheet.titles, "原行号 Row", "错误", "Errors"])
        marked = book.add_format({"bg_color": "#FFE3E0", "num_format": "@"})
        text_format = book.add_format({"num_format": "@"})
        kept = [(number, cells) for number, cells in sheet.rows if number in faults]
        for line, (number, cells) in enumerate(kept, 1):
            wrong = {sheet.head.columns[fault.name] for fault in faults[number] if fault.name in sheet.head.columns}
            for column, cell in enumerate(cells):
                page.write_string(line, column, cell[:32_000], marked if column in wrong else text_format)
            said = [str(number), *(sentences(faults[number], lang) for lang in ("zh", "en"))]
            for column, text in enumerate(said, len(sheet.titles)):
                page.write_string(line, column, text)
    return out.getvalue()


def sentences(faults: Iterable[Fault], lang: str) -> str:
    """Return what is wrong with a row in one language: column, found, expected."""
    with using(lang):
        parts = [(fault.column(), fault.found[:60], fault.expected()) for fault in faults]
    between = "；" if lang == "zh" else "; "
    return between.join(f"{column}“{found}”: {expected}" if found else f"{column}: {expected}" for column, found, expected in parts)


def _head(book: Any, sheet: Any, titles: Sequence[str]) -> None:
    bold = book.add_format({"bold": True, "bg_color": "#E8EEF6", "border": 1})
    for column, title in enumerate(titles):
        sheet.write_string(0, column, title, bold)
        sheet.set_column(column, column, max(10, min(28, 2 * len(title) + 4)), book.add_format({"num_format": "@"}))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, 0, max(len(titles) - 1, 0))


def export(db: Database) -> bytes:
    """Return the register as a roster: one row for each role of a person in a unit, the ended ones too, and each unit without any."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(_("Roster"))
        _head(book, sheet, [heading(name) for name in OWN_COLUMNS])
        for line, cells in enumerate(register_rows(db), 1):
            for column, text in enumerate(cells):
                if text:
                    sheet.write_string(line, column, text)
    return out.getvalue()


def register_rows(db: Database) -> Iterator[list[str]]:
    """Yield the register as rows of text in the order of `OWN_COLUMNS`, door by door."""
    houses = {one.id: one for one in store.every(db, Building)}
    entrances = {one.id: one for one in store.every(db, Entrance)}
    floors = {one.id: one for one in store.every(db, Floor)}
    persons = {one.id: one for one in store.every(db, Person)}
    roles: dict[str, list[Occupancy]] = defaultdict(list)
    reached: dict[str, list[Contact]] = defaultdict(list)
    for role in store.every(db, Occupancy):
        roles[role.unit].append(role)
    for contact in store.every(db, Contact):
        if contact.ended_at is None:
            reached[contact.person].append(contact)
    order = list(HouseRole)
    for unit in sorted(store.every(db, Unit), key=lambda one: (len(one.key), one.key)):
        place = _place_cells(unit, houses[unit.building], entrances[unit.entrance], floors[unit.floor])
        members = sorted(roles[unit.id], key=lambda one: (order.index(one.role), one.from_on or date.min, persons[one.person].name, one.id))
        for role in members:
            cells = place | _person_cells(role, persons[role.person], reached[role.person], persons)
            yield [cells.get(name, "") for name in OWN_COLUMNS]
        if not members:
            yield [place.get(name, "") for name in OWN_COLUMNS]


def _place_cells(unit: Unit, house: Building, entrance: Entrance, floor: Floor) -> dict[str, str]:
    return {
        "building": house.code,
        "entrance": entrance.code,
        "floor": str(floor.number),
        "room": unit.room,
        "area": f"{unit.area_cm2 / 10_000:.2f}" if unit.area_cm2 else "",
        "usage": usual_word(unit.usage),
        "state": usual_word(unit.state),
        "delivered_on": _day(unit.delivered_on),
        "completed_on": _day(house.completed_on),
        "developer": house.developer,
        "renovated_on": _day(unit.renovated_on),
        "renovated_by": unit.renovated_by,
    }


def _person_cells(role: Occupancy, person: Person, reached: list[Contact], persons: dict[str, Person]) -> dict[str, str]:
    by_kind: dict[ContactKind, list[Contact]] = defaultdict(list)
    for contact in sorted(reached, key=lambda one: (not one.preferred, one.id)):
        by_kind[contact.kind].append(contact)
    phones = [contact.value for contact in by_kind[ContactKind.PHONE]]
    return {
        "person_ref": person.id,
        "name": person.name,
        "role": usual_word(role.role),
        "relation": role.relation,
        "kind": usual_word(person.kind),
        "phone": phones[0] if phones else "",
        "phones": "、".join(phones[1:]),
        "best_time": next((contact.best_time for contact in by_kind[ContactKind.PHONE]), ""),
        "id_last4": person.id_last4,
        "from_on": _day(role.from_on),
        "to_on": _day(role.to_on),
        "principal": persons[role.principal].name if role.principal else "",
        "scope": role.scope,
        "term_on": _day(role.term_on),
        "care": usual_word(person.care) if person.care else "",
        "care_note": person.care_note,
        "email": next((contact.value for contact in by_kind[ContactKind.EMAIL]), ""),
        "wechat": next((contact.value for contact in by_kind[ContactKind.WECHAT]), ""),
        "address": next((contact.value for contact in by_kind[ContactKind.ADDRESS]), ""),
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
