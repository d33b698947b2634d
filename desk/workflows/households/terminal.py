"""`desk import roster FILE`: a roster from the command line, with the same report as on the page."""

from pathlib import Path

import click

from desk.kit.terminal import Terminal, at_desk
from desk.kit.words import _
from desk.workflows.households import commands
from desk.workflows.households.inputs import RegularInput
from desk.workflows.households.roster import commands as roster
from desk.workflows.households.roster import workbooks
from desk.workflows.households.roster.outcomes import Outcome
from desk.workflows.households.roster.plan import Plan
from desk.workflows.households.roster.reading import read

FILE = click.Path(dir_okay=False, path_type=Path)
SHOWN = 50


@click.command("roster")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Say what it would change, change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before the good rows come in.")
@click.option("--failed", type=FILE, help="Write the rows that stay out to this .xlsx, with what is wrong.")
@at_desk
def bring_in(desk: Terminal, file: Path, check: bool, yes: bool, failed: Path | None) -> None:
    """Bring a roster of households in from .xlsx or .csv; a second time nothing is doubled."""
    sheet = read(file.name, file.read_bytes())
    plan = roster.dry_run(desk.db, desk.act, sheet)
    for sentence in report(plan):
        click.echo(sentence)
    if failed is not None and plan.faults:
        failed.write_bytes(workbooks.failed_rows(sheet, plan))
        click.echo(_("The rows that stay out stand in %(file)s.", file=failed))
    wanted = plan.count(Outcome.NEW) + plan.count(Outcome.CHANGED)
    if check or not wanted:
        return
    if yes or not plan.faults or click.confirm(_("Bring the other %(n)s rows in?", n=wanted)):
        done = roster.bring(desk.db, desk.act, sheet)
        click.echo(_("%(units)s units and %(people)s people are new.", units=done.units, people=done.people))


def report(plan: Plan) -> list[str]:
    """Return what becomes of the rows, and what is wrong with those that stay out, one sentence a line."""
    counts = {outcome.value: plan.count(outcome) for outcome in Outcome}
    lines = [_("Rows: %(new)s new, %(changed)s add something, %(same)s known already, %(failed)s left out", **counts)]
    for fault in plan.faults[:SHOWN]:
        lines.append(f"  {fault.row} {fault.column()} “{fault.found[:60]}”: {fault.expected()}")
    if len(plan.faults) > SHOWN:
        lines.append(_("… and %(n)s more", n=len(plan.faults) - SHOWN))
    return lines


@click.command("roster")
@click.argument("file", type=FILE)
@at_desk
def hand_out(desk: Terminal, file: Path) -> None:
    """Write the register as a roster that can be brought in again."""
    file.write_bytes(workbooks.export(desk.db))
    click.echo(_("The roster stands in %(file)s.", file=file))


@click.command("estate")
@click.option("--first", default="1", help="Number of the first building.")
@click.option("--buildings", required=True, help="How many buildings.")
@click.option("--entrances", default="1", help="Entrances in each; 0 if rooms are named without one.")
@click.option("--floors", required=True, help="Floors of each.")
@click.option("--rooms", required=True, help="Rooms on a floor of one entrance.")
@click.option("--names", default="numbers", type=click.Choice(["numbers", "letters", "running"]), help="1801, 18A, or 1.")
@click.option("--skip", default="", help="Floors that do not exist: 4,13,14.")
@click.option("--completed-on", default="", help="Day of the completion acceptance.")
@click.option("--developer", default="", help="Who built it.")
@at_desk
def lay_out(desk: Terminal, /, **said: str) -> None:
    """Lay out regular buildings; what is there already stays as it is."""
    made, old = commands.lay_out(desk.db, desk.act, RegularInput.read(said))
    click.echo(_("%(made)s units entered; %(old)s were there already.", made=made, old=old))
