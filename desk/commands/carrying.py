"""`desk kiosk take`: the file of a kiosk without a line, carried here on a stick."""

from pathlib import Path

import click

from desk import lobby
from desk.commands.common import DeskCommand, act_of, say, site_of
from desk.kit.files import durable_write
from desk.kit.words import N_
from sync.batch import take_batch
from sync.inbox import store


@click.command("take", cls=DeskCommand)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--answer", type=click.Path(dir_okay=False, path_type=Path), help="Where the answer goes (FILE.answer).")
@click.option("--revoked", is_flag=True, help="Also from a kiosk that was revoked.")
@click.pass_context
def take(ctx: click.Context, file: Path, answer: Path | None, revoked: bool) -> None:
    """Take the file of a kiosk in that has no line, and write the answer to carry back."""
    opened = site_of(ctx)
    act, before = act_of(opened), store.newest_n(opened.db())
    made = take_batch(lobby.engine(opened, act.clock), file.read_bytes(), revoked, act)
    into = answer or file.with_name(f"{file.name}.answer")
    durable_write(into, made)
    say(N_("New submissions taken: %(n)s. Carry %(answer)s back to the kiosk."), n=store.newest_n(opened.db()) - before, answer=into)
