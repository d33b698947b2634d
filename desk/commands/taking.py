"""`desk import`: the workflows' own imports, and the calendar of a year; a backup is made before."""

from pathlib import Path
from typing import Any

import click

from desk import backup
from desk.commands.common import DeskCommand, DeskGroup, act_of, say, site_of, terminal_of
from desk.commands.keeping import hand_over
from desk.kit import clocks
from desk.kit.clock import WallClock
from desk.kit.deadlines import show_due
from desk.kit.journal import store as journal
from desk.kit.words import N_, language
from desk.registry import WORKFLOWS


@click.group("import", cls=DeskGroup)
@click.pass_context
def take_in(ctx: click.Context) -> None:
    """Take in a file: roster, messages, calendar."""
    ctx.obj = terminal_of(ctx)


@take_in.command("calendar")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_context
def calendar(ctx: click.Context, file: Path) -> None:
    """Take in the holidays of a published year; due times that were provisional are decided anew."""
    opened = site_of(ctx)
    year, moved = clocks.import_calendar(opened.db(), act_of(opened), file.read_text("utf-8-sig"))
    say(N_("Calendar of %(year)s taken in; due times decided anew: %(n)s"), year=year, n=len(moved))
    for old, new in moved:
        if old.due_at != new.due_at:
            click.echo(f"  {new.number}: {show_due(old.due_at, language())} → {show_due(new.due_at, language())}")


class _AfterBackup(DeskCommand):
    """A workflow's import, with a backup before it."""

    def invoke(self, ctx: click.Context) -> Any:
        """Make a backup if there is anything to lose, then run the import."""
        opened = site_of(ctx)
        if journal.head(opened.db())[0]:
            backup.make(opened, WallClock().now())
        ctx.obj = terminal_of(ctx)
        return super().invoke(ctx)


@click.group("kiosk", cls=DeskGroup)
@click.pass_context
def kiosk(ctx: click.Context) -> None:
    """Add, list and revoke kiosks."""
    ctx.obj = terminal_of(ctx)


GROUPS: dict[str, tuple[DeskGroup, type[DeskCommand]]] = {
    "import": (take_in, _AfterBackup),
    "export": (hand_over, DeskCommand),
    "kiosk": (kiosk, DeskCommand),
}


def attach() -> None:
    """Hang the workflows' commands into `desk import`, `desk export` and `desk kiosk`."""
    for workflow in WORKFLOWS:
        for name, command in workflow.commands.items():
            verb, _space, noun = name.partition(" ")
            group, kind = GROUPS.get(verb, (None, DeskCommand))
            if group is not None and noun:
                params = [param for param in command.params if param.name not in ("data", "lang")]
                group.add_command(kind(noun, callback=command.callback, params=params, help=command.help))
