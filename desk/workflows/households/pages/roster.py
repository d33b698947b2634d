"""Pages of the roster: choose a file, read what it would change, bring it in, take the failed rows back."""

from flask import redirect, request, url_for

from desk.kit.clock import day_of
from desk.kit.problems import Missing, Unclear
from desk.kit.web import Answer, Form, act, db, flash, house, page, xlsx_answer
from desk.kit.words import _
from desk.workflows.households.pages.base import EXPORT, IMPORT, now, pages
from desk.workflows.households.roster import commands, waiting, workbooks
from desk.workflows.households.roster.outcomes import Outcome
from desk.workflows.households.roster.plan import Plan
from desk.workflows.households.roster.reading import Sheet, read
from desk.workflows.households.rules import Building, Contact, Occupancy, Person, Unit

SHOWN = 200


@pages.get("/import", perm=IMPORT)
def choose(form: Form = Form()) -> Answer:
    """Show where a roster is chosen."""
    return page("households/import.html", page_id="households.import", form=form)


@pages.post("/import", perm=IMPORT, again="choose")
def check() -> Answer:
    """Read a roster; nothing is written yet."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Unclear("form.unclear", fields={"file": _("Choose a file first.")}, values={})
    sheet = read(file.filename[-100:], file.read())
    return redirect(url_for("households.report", token=waiting.put(act().actor, sheet, now())), 303)


def _waiting(token: str) -> Sheet:
    """Return the roster that this person chose; 404 if it is gone."""
    sheet = waiting.get(act().actor, token, now())
    if sheet is None:
        raise Missing("roster.gone")
    return sheet


@pages.get("/import/<token>", perm=IMPORT)
def report(token: str, form: Form = Form()) -> Answer:
    """Show row by row what the roster would change."""
    sheet = _waiting(token)
    plan = commands.dry_run(db(), act(), sheet)
    return page(
        "households/report.html", page_id="households.report", sheet=sheet, token=token, form=form, done=False, **_words(sheet, plan)
    )


def _words(sheet: Sheet, plan: Plan) -> dict[str, object]:
    gains = [(_("Buildings"), plan.made(Building)), (_("Units"), plan.made(Unit)), (_("People"), plan.made(Person))]
    gains += [(_("Roles"), plan.made(Occupancy)), (_("Ways to reach"), plan.made(Contact))]
    rows = [
        (number, plan.units.get(number, ""), plan.people.get(number, ()), plan.outcome[number]) for number, _cells in sheet.rows[:SHOWN]
    ]
    counts = {outcome.value: plan.count(outcome) for outcome in Outcome}
    return {
        "plan": plan,
        "gains": gains,
        "rows": rows,
        "counts": counts,
        "faults": plan.faults[:SHOWN],
        "shown": SHOWN,
        "good": len(sheet.rows) - counts["failed"],
    }


@pages.post("/import/<token>", perm=IMPORT, again="report")
def bring(token: str) -> Answer:
    """Make a backup, then bring the good rows in."""
    sheet = _waiting(token)
    house().backup()
    done = commands.bring(db(), act(), sheet)
    failed = done.plan.count(Outcome.FAILED)
    flash(
        "ok",
        _(
            "%(units)s units and %(people)s people are new; %(failed)s rows were left out.",
            units=done.units,
            people=done.people,
            failed=failed,
        ),
    )
    if not failed:
        waiting.drop(token)
    return redirect(url_for("households.report", token=token) if failed else url_for("households.index"), 303)


@pages.get("/import/<token>/failed.xlsx", perm=IMPORT)
def failed(token: str) -> Answer:
    """Hand back the rows that cannot come in, with what is wrong with each."""
    sheet = _waiting(token)
    return xlsx_answer(
        workbooks.failed_rows(sheet, commands.dry_run(db(), act(), sheet)), f"{_('Failed rows')}-{sheet.name.rpartition('.')[0]}.xlsx"
    )


@pages.get("/import/template.xlsx", perm=IMPORT)
def template() -> Answer:
    """Hand out the empty roster."""
    return xlsx_answer(workbooks.template(), f"{_('Roster')}.xlsx")


@pages.get("/export.xlsx", perm=EXPORT)
def export() -> Answer:
    """Hand out the register as a roster."""
    return xlsx_answer(workbooks.export(db()), f"{_('Roster')}-{day_of(now())}.xlsx")
