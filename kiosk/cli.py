"""The `kiosk` command.

`kiosk run` stays in memory for months as the watchdog: what only the other commands need is loaded by them (`far`), so that it stays small.
"""

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import click

from desk import __version__
from desk.kit.files import durable_write
from desk.kit.problems import Problem, Refused
from desk.kit.words import N_, _, gettext, learn, problem_words, speak
from kiosk.keeping import Gui, Wanted, keep_running

REFUSED = 3
PROBLEMS = {
    "kiosk.in_use": N_("Another program runs the kiosk of %(folder)s already."),
    "kiosk.config_damaged": N_("%(path)s cannot be read. Let the kiosk join its desk anew: what waits in its outbox stays."),
    "kiosk.not_joined": N_("This kiosk has not joined a desk yet."),
}

folder_option = click.option(
    "--data", "folder", type=click.Path(file_okay=False, path_type=Path), help="Folder of this kiosk (KIOSK_DATA, ./kiosk-data)."
)
lang_option = click.option("--lang", type=click.Choice(["zh", "en"]), expose_value=False, help="zh or en.")


class Spoken(click.Command):
    """A command whose help is in the language of the terminal."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help sentence in the language in use."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(gettext(" ".join((self.help or "").split())))

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first sentence of the help in the language in use."""
        return gettext(" ".join((self.help or "").split())).split(". ")[0]


class SpokenGroup(Spoken, click.Group):
    """A group of such commands."""

    command_class = Spoken


@click.group(cls=SpokenGroup, help=N_("The lobby kiosk of a desk."))
@click.version_option(__version__, prog_name="kiosk")
def cli() -> None:
    """Hold the commands together."""


def window_options(command: Any) -> Any:
    """Add the options that say how the window shall be."""
    command = click.option("--simulate-offline", "offline", is_flag=True, help="As if the line to the desk were cut.")(command)
    command = click.option("--gui", type=click.Choice(["gtk", "qt"]), help="Web engine: gtk where it is installed, else qt.")(command)
    return click.option("--windowed", is_flag=True, help="In a window, not over the whole screen.")(command)


@cli.command(help=N_("Show the lobby window, and keep it running."))
@folder_option
@lang_option
@window_options
@click.pass_context
def run(ctx: click.Context, folder: Path | None, windowed: bool, gui: str | None, offline: bool) -> None:
    """Run the kiosk under its watchdog."""
    ctx.exit(keep_running(Wanted(folder_of(folder), cast("Gui | None", gui), windowed, offline)))


@cli.command(hidden=True, help=N_("Show the lobby window once, as the watchdog does."))
@folder_option
@lang_option
@window_options
@click.pass_context
def show(ctx: click.Context, folder: Path | None, windowed: bool, gui: str | None, offline: bool) -> None:
    """Show the window in this very process; its standard output is its beat."""
    ctx.exit(far("kiosk.running").Running(Wanted(folder_of(folder), cast("Gui | None", gui), windowed, offline)).show())


@cli.command(help=N_("Join a desk with the code from its sheet."))
@click.argument("code")
@folder_option
@lang_option
@click.option("--pin", help="Staff PIN of this kiosk, 4 to 8 digits; asked for at a terminal.")
@click.option("--printer", default="", help="Slip printer: a device file, or lp:NAME.")
def enrol(code: str, folder: Path | None, pin: str | None, printer: str) -> None:
    """Join a desk."""
    place = folder_of(folder)
    before = far("kiosk.config").read(place)
    if pin is None and sys.stdin.isatty() and not (before and before.pin):
        pin = click.prompt(_("New staff PIN of this kiosk"), hide_input=True, confirmation_prompt=True)
    made = far("kiosk.enrol").enrol(place, code, far("sync.transport").join, pin or "", printer)
    say(N_("This is kiosk %(device)s (%(name)s) now."), device=made.device, name=made.name)
    if not made.pin:
        say(N_("It has no staff PIN: nobody can close it at the screen."))


@cli.command(help=N_("Say how this kiosk is: whose it is, the line, and what waits."))
@folder_option
@lang_option
def status(folder: Path | None) -> None:
    """Say how the kiosk is."""
    place = folder_of(folder)
    made = far("kiosk.config").read(place)
    if made is None:
        say(PROBLEMS["kiosk.not_joined"])
        return
    machine, times = far("kiosk.local").LocalMachine(place), far("kiosk.times")
    link = machine.link()
    say(N_("Kiosk %(device)s (%(name)s) of %(url)s"), device=made.device, name=made.name, url=made.url)
    last = times.stamp(link.last_sync_at, machine.now()) if link.last_sync_at else _("never")
    say(N_("Last sync: %(last)s. Waiting to be sent: %(waiting)s."), last=last, waiting=link.waiting)


def far(name: str) -> Any:
    """Load a part of the house that not every command needs."""
    return import_module(name)


@cli.command(help=N_("Write what waits into a file for the desk, where no line will be for days."))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@folder_option
@lang_option
def export(file: Path, folder: Path | None) -> None:
    """Write what waits into a file."""
    machine, who = joined(folder)
    durable_write(file, far("sync.batch").write_batch(machine.box, machine.copy, who, machine.clocks.moment()))
    say(
        N_("%(waiting)s submissions stand in %(file)s. Take it to the desk: desk kiosk take FILE"),
        waiting=machine.link().waiting,
        file=file,
    )


@cli.command(help=N_("Take the desk's answer to such a file home."))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@folder_option
@lang_option
def take(file: Path, folder: Path | None) -> None:
    """Take an answer home."""
    machine, who = joined(folder)
    carried = far("sync.batch").take_answer(machine.box, machine.copy, who, file.read_bytes())
    say(
        N_("The desk has %(acked)s more submissions. Waiting to be sent: %(waiting)s."), acked=carried.acked, waiting=machine.link().waiting
    )


def joined(said: Path | None) -> tuple[Any, Any]:
    """Return the kiosk of a folder; `Refused` if it has not joined a desk."""
    machine = far("kiosk.local").LocalMachine(folder_of(said))
    if machine.config is None:
        raise Refused("kiosk.not_joined")
    return machine, machine.config.who


def folder_of(said: Path | None) -> Path:
    """Return the folder of this kiosk."""
    return (said or Path(os.environ.get("KIOSK_DATA") or "kiosk-data")).absolute()


def say(text: str, **places: Any) -> None:
    """Write a sentence to the terminal in the language in use."""
    click.echo(_(text, **places))


def language_of(args: list[str], env: dict[str, str]) -> str:
    """Return the language of the terminal: --lang, else what LANG says, else Chinese."""
    for n, arg in enumerate(args):
        if arg.startswith("--lang"):
            return "en" if (arg.partition("=")[2] or (args[n + 1] if n + 1 < len(args) else "")).startswith("en") else "zh"
    said = env.get("LC_ALL") or env.get("LC_MESSAGES") or env.get("LANG") or ""
    return "en" if said.startswith(("en", "C", "POSIX")) else "zh"


def main(args: list[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 done, 2 used wrongly, 3 refused."""
    given = sys.argv[1:] if args is None else args
    speak(language_of(given, dict(os.environ)))
    try:
        code = cli.main(args=given, prog_name="kiosk", standalone_mode=False)
    except Problem as problem:
        far("kiosk.words").learn_words()
        learn(problems={**far("desk.workflows.kiosks.words").PROBLEMS, **far("desk.kit.sync_words").PROBLEMS, **PROBLEMS})
        click.echo(problem_words(problem), err=True)
        for name, said in dict(problem.details.get("fields", {})).items():
            click.echo(f"  {name}: {gettext(str(said))}", err=True)
        return REFUSED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return 130
    return code if isinstance(code, int) else 0


if __name__ == "__main__":
    sys.exit(main())
