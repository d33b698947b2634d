"""The monthly report (RC10): figures by rule from rows, frozen once with its paper; the workbook is made of the frozen figures."""

import json
from datetime import UTC, date, datetime
from typing import Any

from desk.kit import papers as register
from desk.kit.act import Act
from desk.kit.clock import SITE_ZONE, day_of
from desk.kit.database import Database
from desk.kit.deadlines.days import month_after
from desk.kit.journal import change
from desk.kit.problems import Missing, Refused, Unclear
from desk.kit.rows import to_json
from desk.workflows.repairs import books, month_paper
from desk.workflows.repairs.months import store
from desk.workflows.repairs.months.store import MonthRow
from desk.workflows.repairs.rules import month as rules
from desk.workflows.repairs.rules.month import REPEAT_WITHIN


def span_of(name: str) -> tuple[datetime, datetime]:
    """Return the first instant of a month such as '2026-10', and that of the next, by the site's clock; `Unclear` if it is none."""
    try:
        first = date.fromisoformat(f"{name}-01")
    except ValueError:
        raise Unclear("repair.month_unknown", month=name) from None
    return _midnight(first), _midnight(month_after(first, 1)[0])


def _midnight(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, tzinfo=SITE_ZONE).astimezone(UTC)


def missing(db: Database, now: datetime) -> list[str]:
    """Return the months that are over and have no report yet, oldest first."""
    began = store.first_report(db)
    if began is None:
        return []
    made = {row.month for row in store.months(db)}
    names: list[str] = []
    first = day_of(began).replace(day=1)
    while month_after(first, 1)[0] <= day_of(now):
        names.append(f"{first:%Y-%m}")
        first = month_after(first, 1)[0]
    return [name for name in names if name not in made]


def figures(db: Database, name: str, until: datetime | None = None) -> rules.Month:
    """Return the figures of a month as the rows stand now, without freezing anything; `until` ends a running month at the present."""
    start, end = span_of(name)
    end = min(end, until) if until else end
    return rules.report(name, start, end, store.month_orders(db, start - REPEAT_WITHIN, end), store.month_clocks(db, start, end))


def make(db: Database, act: Act, name: str) -> MonthRow:
    """Freeze the report of a month that is over, with its paper; once only."""
    with change(db, act) as note:
        if span_of(name)[1] > act.now:
            raise Refused("repair.month_running", month=name)
        if store.month(db, name):
            raise Refused("repair.month_made", month=name)
        found = figures(db, name)
        number = f"YB-{name}"
        paper = register.issue(db, act, note, "monthly_report", number, f"month:{name}", "", month_paper.words(db, act, number, found))
        row = MonthRow(name, to_json(found), paper.id, act.now, act.actor)
        store.keep_month(db, row)
        note("repair.month_reported", f"month:{name}", month=name, paper=paper.id, reported=found.reported, finished=found.finished)
    return row


def frozen(db: Database, name: str) -> MonthRow:
    """Return a frozen month; `Missing` if there is none."""
    row = store.month(db, name)
    if row is None:
        raise Missing("repair.month_unknown", month=name)
    return row


def workbook(db: Database, name: str) -> bytes:
    """Return a frozen month as .xlsx with its charts: the same bytes for the same figures."""
    row = frozen(db, name)
    content: dict[str, Any] = json.loads(row.figures)
    return books.month_book(content, row.made_at)
