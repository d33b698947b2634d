"""`desk import messages FILE.csv`: residents' messages from the command line."""

from pathlib import Path

import click

from desk.kit.terminal import Terminal, at_desk
from desk.kit.words import _
from desk.workflows.reception.messages import Imported, import_messages


@click.command("messages")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@at_desk
def messages(desk: Terminal, file: Path) -> None:
    """Take residents' messages from a CSV file into the inbox; a second time nothing is doubled."""
    done = import_messages(desk.db, desk.act, file.read_bytes(), file.name)
    for sentence in report(done):
        click.echo(sentence)


def report(done: Imported) -> list[str]:
    """Return what became of the file, one sentence a line."""
    counts = {"new": done.new, "known": done.known, "answered": done.answered, "failed": len(done.faults)}
    return [
        _("%(new)s new, %(known)s known, %(answered)s replies added, %(failed)s rows left out", **counts),
        *(
            _("Line %(row)s, %(column)s: %(wrong)s Found: %(found)s", row=one.row, column=one.column, wrong=one.wrong, found=one.found)
            for one in done.faults
        ),
    ]
