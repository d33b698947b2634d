"""The monthly reports (RC10): each month's figures with charts, as it was frozen, and the running month as it stands."""

import json
from collections.abc import Mapping
from typing import Any

from flask import redirect, url_for

from desk.kit import papers as register
from desk.kit.clock import day_of
from desk.kit.rows import to_json
from desk.kit.web import Answer, Form, act, db, flash, page, xlsx_answer
from desk.kit.words import _, word
from desk.workflows.repairs.commands import month
from desk.workflows.repairs.months import store
from desk.workflows.repairs.pages.base import REPORT, now, pages
from desk.workflows.repairs.pages.options import clock_words
from desk.workflows.repairs.rules.choices import Category, Kind

GOAL = 100  # percent of the revisits that were due (RC11)


@pages.get("/reports", perm=REPORT)
def reports() -> Answer:
    """Show the months: frozen ones, missing ones, and the one that runs."""
    made = [(row, json.loads(row.figures)) for row in store.months(db())]
    return page(
        "repairs/reports.html",
        page_id="repairs.reports",
        made=made,
        missing=month.missing(db(), now()),
        running=f"{day_of(now()):%Y-%m}",
        share=share,
    )


@pages.get("/reports/<name>", perm=REPORT)
def report_of(name: str, form: Form = Form()) -> Answer:
    """Show the figures of one month: frozen if the report is made, else as the rows stand now."""
    row = store.month(db(), name)
    figures: Mapping[str, Any] = json.loads(row.figures if row else to_json(month.figures(db(), name, now())))
    paper = register.of(db(), row.paper) if row else None
    over = month.span_of(name)[1] <= now()
    return page(
        "repairs/report.html", page_id="repairs.report", name=name, row=row, paper=paper, figures=figures, over=over, form=form, share=share, goal=GOAL,
        tiles=tiles(figures), kinds=_bars(figures["by_kind"], Kind), buildings=_bars(figures["by_building"]), category=_category, clock_words=clock_words,
    )  # fmt: skip


def share(of: Mapping[str, int]) -> str:
    """Return a share in percent with its parts, '98.5 % (65/66)'; a dash where there is nothing to share."""
    if not of["whole"]:
        return "—"
    tenths = (of["part"] * 1000 + of["whole"] // 2) // of["whole"]
    return f"{tenths // 10}.{tenths % 10} % ({of['part']}/{of['whole']})"


def tiles(figures: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return the month's figures as (words, value, tone)."""
    handled = figures["revisited"]
    all_handled = "ok" if handled["part"] == handled["whole"] else "late"
    return [
        (_("Reported"), str(figures["reported"]), ""),
        (_("Finished"), str(figures["finished"]), ""),
        (_("Revisits handled"), share(handled), all_handled),
        (_("Revisits in time"), share(figures["revisited_in_time"]), ""),
        (_("First answer in time"), share(figures["responded"]), ""),
        (_("On site in time"), share(figures["visited"]), ""),
        (_("Repaired in time"), share(figures["completed"]), ""),
        (_("Other parties in time"), share(figures["external"]), ""),
        (_("Not reached"), str(figures["unreachable"]), ""),
        (_("Came back from the revisit"), str(figures["bad"]), "late" if figures["bad"] else ""),
        (_("Cancelled"), str(figures["cancelled"]), ""),
        (_("Merged"), str(figures["merged"]), ""),
    ]


def _bars(rows: list[dict[str, Any]], of: type[Kind] | None = None) -> list[tuple[str, int]]:
    return [(word(of(row["label"])) if of else row["label"], row["reported"]) for row in rows]


def _category(value: str) -> str:
    return word(Category(value))


@pages.post("/reports/<name>", perm=REPORT, again="report_of")
def make_report(name: str) -> Answer:
    """Freeze the report of a month that is over."""
    month.make(db(), act(), name)
    flash("ok", _("The report of %(month)s is made and frozen.", month=name))
    return redirect(url_for("repairs.report_of", name=name), 303)


@pages.get("/reports/<name>.xlsx", perm=REPORT)
def report_book(name: str) -> Answer:
    """Hand out a frozen month as a workbook with charts."""
    return xlsx_answer(month.workbook(db(), name), f"repairs-{name}.xlsx")
