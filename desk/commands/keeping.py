"""`desk backup`, `restore`, `verify`, `export` and `tick`: what keeps the data safe and shows that it is."""

from pathlib import Path

import click

from desk import backup, checks, export, restore, ticker
from desk.commands.common import FOUND, DeskCommand, DeskGroup, act_of, folder_of, say, site_of, terminal_of
from desk.kit.act import Act
from desk.kit.clock import WallClock
from desk.kit.problems import Refused
from desk.kit.words import N_, sentence

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command("backup", cls=DeskCommand)
@click.option("--to", "into", type=FOLDER, help="Another folder, such as a USB disk.")
@click.option("--quiet", is_flag=True, help="Say nothing if all is well.")
@click.pass_context
def back_up(ctx: click.Context, into: Path | None, quiet: bool) -> None:
    """Make a backup and prove it sound; it runs while the desk is open."""
    opened = site_of(ctx)
    made = backup.make(opened, WallClock().now(), into)
    gone = backup.thin_out(opened) if into is None else []
    if not quiet:
        say(N_("Backup %(path)s: sound, up to entry %(seq)s."), path=made.path, seq=made.head_seq)
        if gone:
            say(N_("Old backups removed: %(n)s"), n=len(gone))


@click.command("restore", cls=DeskCommand)
@click.argument("source", type=FOLDER, required=False)
@click.option("--check", "only_check", is_flag=True, help="Look whether the backup is sound, change nothing.")
@click.pass_context
def bring_back(ctx: click.Context, source: Path | None, only_check: bool) -> None:
    """Put a backup in the place of the data folder (the newest one without SOURCE); the old folder stays beside it."""
    folder = folder_of(ctx)
    path = source or _newest(folder)
    if only_check:
        found = backup.check(path)
        say(N_("Backup %(path)s: sound, up to entry %(seq)s."), path=path, seq=found.head_seq)
        return
    found, aside, lost = restore.restore(path, folder, Act("terminal", clock=WallClock()))
    say(N_("Restored %(path)s, up to entry %(seq)s. All sessions have ended."), path=path, seq=found.head_seq)
    if aside:
        say(N_("The old folder stands in %(path)s."), path=aside)
    if lost:
        say(
            N_(
                "It holds %(n)s newer entries that are not in the backup; new numbers carry a letter behind the year, so that none is given out twice."
            ),
            n=lost,
        )


def _newest(folder: Path) -> Path:
    """Return the newest backup of a data folder."""
    found = backup.taken(folder / "backups")
    if not found:
        raise Refused("backup.none", path=str(folder / "backups"))
    return found[0][1]


@click.command(cls=DeskCommand)
@click.option("--head", "heads", multiple=True, metavar="SEQ:HASH", help="A journal head read from a paper.")
@click.pass_context
def verify(ctx: click.Context, heads: tuple[str, ...]) -> None:
    """Check the whole folder: pages, references, journal chain, numbers, papers, photos, workflows; exit code 1 if anything is found."""
    told = [_head(text) for text in heads]
    count = 0
    for count, (code, details) in enumerate(checks.findings(site_of(ctx), told), 1):  # noqa: B007 - the last count is the answer
        click.echo(sentence(code, details))
    if count:
        say(N_("Found: %(n)s"), n=count)
        ctx.exit(FOUND)
    say(N_("All is as it was written."))


def _head(text: str) -> tuple[int, str]:
    seq, _colon, digest = text.partition(":")
    if not seq.isdigit() or len(digest) < 6:
        raise click.BadParameter("SEQ:HASH", param_hint="--head")
    return int(seq), digest.lower()


@click.group("export", cls=DeskGroup, invoke_without_command=True)
@click.option("--to", "into", type=click.Path(path_type=Path), help="A new folder, or a .zip file.")
@click.pass_context
def hand_over(ctx: click.Context, into: Path | None) -> None:
    """Write everything the desk holds as CSV, JSON and PDF into a folder, for whoever takes over."""
    ctx.obj = terminal_of(ctx)
    if ctx.invoked_subcommand:
        return
    if into is None:
        raise click.UsageError("--to FOLDER", ctx)
    write = export.export_zip if into.suffix == ".zip" else export.export
    for name, count in write(site_of(ctx), into).items():
        click.echo(f"{count:>9,}  {name}")
    say(N_("Everything stands in %(folder)s."), folder=into)


@click.command(cls=DeskCommand)
@click.option("--once", is_flag=True, required=True, help="Run every duty once and end.")
@click.pass_context
def tick(ctx: click.Context, once: bool) -> None:
    """Run the clock service once: everything that is due by now; done twice it changes nothing."""
    opened = site_of(ctx)
    beat = ticker.tick(opened, act_of(opened).clock)
    if beat.halted:
        say(N_("Nothing was fired: the computer's clock is wrong (%(why)s)."), why=beat.halted)
        ctx.exit(FOUND)
    say(N_("Ticked at %(at)s."), at=beat.at.isoformat(timespec="seconds"))
