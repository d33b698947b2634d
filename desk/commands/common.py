"""What all commands share: --data and --lang on each, words in both languages, problems as sentences with exit codes."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from desk import lobby, site
from desk.app import learn_words
from desk.kit.act import Act
from desk.kit.clock import WallClock
from desk.kit.problems import Problem
from desk.kit.terminal import Terminal
from desk.kit.words import _, gettext, problem_words, speak
from desk.site import Site

REFUSED = 3
FOUND = 1
_DATA, _LANG = "desk.data", "desk.lang"


def language_of(args: list[str], env: dict[str, str]) -> str:
    """Return the language of the terminal: --lang, else what LANG says, else Chinese."""
    for n, arg in enumerate(args):
        if arg.startswith("--lang"):
            return "en" if (arg.partition("=")[2] or (args[n + 1] if n + 1 < len(args) else "")).startswith("en") else "zh"
    said = env.get("LC_ALL") or env.get("LC_MESSAGES") or env.get("LANG") or ""
    return "en" if said.startswith(("en", "C", "POSIX")) else "zh"


def _remember(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def keep(ctx: click.Context, _param: click.Parameter, value: Any) -> None:
        if value is not None:
            ctx.meta[name] = value

    return keep


def _shared() -> list[click.Parameter]:
    folder = click.Path(file_okay=False, path_type=Path)
    data = click.Option(["--data"], type=folder, expose_value=False, callback=_remember(_DATA), help="Data folder (DESK_DATA, ./data).")
    lang = click.Option(["--lang"], type=click.Choice(["zh", "en"]), expose_value=False, callback=_remember(_LANG), help="zh or en.")
    return [data, lang]


class _Spoken(click.Command):
    """A command whose help is in the language of the terminal."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help sentence in the language in use."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(gettext(" ".join((self.help or "").split())))

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first sentence of the help in the language in use."""
        return gettext(" ".join((self.help or "").split())).split(". ")[0]


class DeskCommand(_Spoken):
    """A command with --data and --lang."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.params += _shared()


class DeskGroup(_Spoken, click.Group):
    """A group of commands with --data and --lang."""

    command_class = DeskCommand
    group_class = type

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.params += _shared()


def folder_of(ctx: click.Context) -> Path:
    """Return the data folder that the command is about."""
    said: Path = ctx.meta.get(_DATA) or Path(os.environ.get("DESK_DATA") or "data")
    return said.absolute()


def site_of(ctx: click.Context) -> Site:
    """Return the opened data folder."""
    return site.open_site(folder_of(ctx))


def act_of(opened: Site) -> Act:
    """Return the act of whoever sits at the terminal."""
    user = os.environ.get("USER") or os.environ.get("USERNAME") or "terminal"
    return Act(f"terminal:{user}"[:60], opened.settings.device, WallClock(), name=user)


def terminal_of(ctx: click.Context) -> Terminal:
    """Return what a workflow's command works with; the site is opened when it is first asked for."""

    def opened() -> tuple[Any, Act]:
        found = site_of(ctx)
        return found.db(), act_of(found)

    return Terminal(opened, lambda: lobby.door(site_of(ctx)))


def say(text: str, **places: Any) -> None:
    """Write a sentence to the terminal in the language in use."""
    click.echo(_(text, **places))


def run(cli: click.Group, args: list[str] | None = None) -> int:
    """Run a command line and return its exit code: 0 done, 1 something was found, 2 used wrongly, 3 refused."""
    given = sys.argv[1:] if args is None else args
    speak(language_of(given, dict(os.environ)))
    learn_words()
    try:
        code = cli.main(args=given, prog_name="desk", standalone_mode=False)
    except Problem as problem:
        click.echo(problem_words(problem), err=True)
        for name, words in dict(problem.details.get("fields", {})).items():
            click.echo(f"  {name}: {gettext(str(words))}", err=True)
        return REFUSED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo(_("Stopped."), err=True)
        return 130
    return code if isinstance(code, int) else 0
