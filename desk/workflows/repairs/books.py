"""Workbooks (.xlsx): the open list as it is filtered, and the month with its charts. A text is never a formula."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from desk.kit.clock import SITE_ZONE
from desk.kit.words import _, word
from desk.workflows.repairs.papers import span, stamp
from desk.workflows.repairs.rules.choices import Category, Kind
from desk.workflows.repairs.store import Line
from desk.workflows.repairs.words import clock_word

SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
WIDEST = 48


def list_book(lines: Iterable[Line], made_at: datetime, by: str) -> bytes:
    """Return orders as a workbook, one a line."""
    headings = [
        _("Number"), _("Stage"), _("Urgency"), _("Kind"), _("Category"), _("Room"), _("What is broken"), _("Name"), _("Phone"),
        _("Reported at"), _("Appointment"), _("Worker"), _("Who answers"), _("Next due"), _("What is due"), _("Cycle"),
    ]  # fmt: skip
    rows = [
        [
            line.number, word(line.stage), word(line.urgency), word(line.kind), word(line.category), line.place, line.what, line.name,
            line.phone, stamp(line.reported_at), span(line.appointed_from, line.appointed_to), line.worker_name, word(line.verdict),
            stamp(line.next_due_at), clock_word(line.due_kind), line.cycle,
        ]
        for line in lines
    ]  # fmt: skip
    out = io.BytesIO()
    book = _book(out, made_at)
    _table(book, book.add_worksheet(_("Repairs")), headings, rows, " · ".join((_("Repairs"), stamp(made_at), by, str(len(rows)))))
    book.close()
    return out.getvalue()


def month_book(figures: Mapping[str, Any], made_at: datetime) -> bytes:
    """Return a month's frozen figures as a workbook with charts; the same figures give the same bytes."""
    out = io.BytesIO()
    book = _book(out, made_at)
    title = _("Monthly repair report %(month)s", month=figures["month"])
    _table(book, book.add_worksheet(_("Summary")), [_("Figure"), _("Value"), _("Of")], _summary(figures), title)
    heads = [_("Repairs reported"), _("Repairs finished"), _("On time"), _("Of"), _("Revisits made"), _("Of")]
    kinds = [[word(Kind(row["label"])), *_row(row)] for row in figures["by_kind"]]
    _charted(book, _("By kind"), [_("Kind"), *heads], kinds, title)
    _charted(book, _("By building"), [_("Building"), *heads], [[row["label"], *_row(row)] for row in figures["by_building"]], title)
    repeats = [[one["building"], word(Category(one["category"])), one["count"], "、".join(one["numbers"])] for one in figures["repeats"]]
    _table(book, book.add_worksheet(_("Came back")), [_("Building"), _("Category"), _("Times"), _("Numbers")], repeats, title)
    late = [
        [one["number"], one["place"], word(Category(one["category"])), clock_word(one["clock"]), one["minutes"]] for one in figures["late"]
    ]
    _table(book, book.add_worksheet(_("Late")), [_("Number"), _("Room"), _("Category"), _("What was due"), _("Minutes late")], late, title)
    book.close()
    return out.getvalue()


def _book(out: io.BytesIO, made_at: datetime) -> Workbook:
    book = xlsxwriter.Workbook(out, SAFE)
    book.set_properties({"created": made_at.astimezone(SITE_ZONE).replace(tzinfo=None), "author": "LobbyDesk"})
    return book


def _summary(figures: Mapping[str, Any]) -> list[list[Any]]:
    plain = [
        (_("Repairs reported"), "reported"),
        (_("Repairs finished"), "finished"),
        (_("Cancelled"), "cancelled"),
        (_("Merged"), "merged"),
    ]
    shares = [
        (_("Answered in time"), "responded"), (_("Visited in time"), "visited"), (_("Completed in time"), "completed"),
        (_("Revisits made"), "revisited"), (_("Revisited in time"), "revisited_in_time"), (_("Other parties in time"), "external"),
    ]  # fmt: skip
    apart = [(_("Not reached"), "unreachable"), (_("Found not good"), "bad")]
    return [
        *([label, figures[name], ""] for label, name in plain),
        *([label, figures[name]["part"], figures[name]["whole"]] for label, name in shares),
        *([label, figures[name], ""] for label, name in apart),
    ]


def _row(row: Mapping[str, Any]) -> list[int]:
    return [
        row["reported"], row["finished"], row["on_time"]["part"], row["on_time"]["whole"], row["revisited"]["part"], row["revisited"]["whole"],
    ]  # fmt: skip


def _charted(book: Workbook, name: str, headings: Sequence[str], rows: Sequence[Sequence[Any]], title: str) -> None:
    """Add a sheet with a table and a bar chart of what was reported and finished."""
    sheet = book.add_worksheet(name)
    _table(book, sheet, headings, rows, title)
    if not rows:
        return
    chart = book.add_chart({"type": "bar"})
    for column in (1, 2):
        chart.add_series(
            {
                "name": [name, 1, column],
                "categories": [name, 2, 0, 1 + len(rows), 0],
                "values": [name, 2, column, 1 + len(rows), column],
            }
        )
    chart.set_title({"name": name})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"min": 0})
    sheet.insert_chart(2, len(headings) + 1, chart)


def _table(book: Workbook, sheet: Worksheet, headings: Sequence[str], rows: Sequence[Sequence[Any]], title: str) -> None:
    """Write a title, headings and rows; text stays text, whatever it begins with."""
    bold = book.add_format({"bold": True, "bottom": 1})
    sheet.write_string(0, 0, title)
    for column, heading in enumerate(headings):
        sheet.write_string(1, column, heading, bold)
        texts = [heading, *(str(row[column]) for row in rows[:200])]
        sheet.set_column(column, column, min(WIDEST, 2 + max(sum(2 if ord(c) > 0x2E7F else 1 for c in text) for text in texts)))
    for line, row in enumerate(rows, 2):
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(line, column, value)
            else:
                sheet.write_string(line, column, str(value))
    sheet.freeze_panes(2, 1)
    if rows:
        sheet.autofilter(1, 0, 1 + len(rows), len(headings) - 1)
