"""`desk routes`, `doctor` and `bench`: what the desk says about itself."""

import json
import platform
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where it is installed

from desk import backup, settings, site
from desk.app import create_app
from desk.commands.common import FOUND, DeskCommand, folder_of, say
from desk.commands.serving import free, writable
from desk.kit.access import permissions
from desk.kit.clock import WallClock
from desk.kit.database import SAFE_SQLITE
from desk.kit.problems import Problem
from desk.kit.ticks import store as ticks
from desk.kit.words import N_, _, problem_words
from desk.registry import WORKFLOWS
from desk.settings import Settings
from desk.ticker import why_halted
from desk.web_routes import routes_of
from forms import fonts

Look = tuple[str, bool, str]
ENOUGH_BYTES = 2 * 1024**3
CHECKOUT = Path(__file__).resolve().parents[2]


@click.command(cls=DeskCommand)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def routes(as_json: bool) -> None:
    """List every route with its methods, its permission and the roles that hold it."""
    with tempfile.TemporaryDirectory() as folder:
        opened = site.make(Path(folder) / "site")
        found = routes_of(create_app(opened), permissions.gather(WORKFLOWS))
        opened.db().conn.close()
    if as_json:
        click.echo(json.dumps(found, indent=1))
        return
    for route in found:
        click.echo(f"{'/'.join(route['methods']):9} {route['rule']:44} {route['permission'] or '-':22} {' '.join(route['roles'])}")


@click.command(cls=DeskCommand)
@click.pass_context
def doctor(ctx: click.Context) -> None:
    """Look at the machine and the folder, and say in words what is well and what is not; exit code 1 if anything is not."""
    looks = list(_machine()) + list(_folder(folder_of(ctx)))
    for name, well, words in looks:
        click.echo(f"{'✓' if well else '✗'} {name}: {words}")
    if not all(well for _name, well, _words in looks):
        ctx.exit(FOUND)


def _machine() -> Iterator[Look]:
    """Yield what the machine is like."""
    yield "Python", sys.version_info >= (3, 11), platform.python_version()
    yield "SQLite", sqlite3.sqlite_version_info >= SAFE_SQLITE, sqlite3.sqlite_version
    yield _("Fonts"), *_fonts()
    now = WallClock().now()
    yield _("Clock"), 2024 <= now.year < 2100, now.isoformat(timespec="seconds")
    yield _("Machine"), True, f"{platform.system()} {platform.release()}, {socket.gethostname()}"


def _fonts() -> tuple[bool, str]:
    lost = fonts.missing("物业服务中心 报修单 ¥123.00 No. A")
    return not lost, _("in order") if not lost else "".join(lost)


def _folder(folder: Path) -> Iterator[Look]:
    """Yield how a data folder is; what cannot be looked at ends the list with its reason."""
    try:
        made = settings.read_file(folder / "desk.toml")
        yield _("Settings"), True, _("in order")
        opened = site.open_site(folder)
        yield _("Data folder"), True, str(folder)
        writable(folder)
        yield _("Can be written"), True, _("yes")
        room = shutil.disk_usage(folder).free
        yield _("Room on the disk"), room >= ENOUGH_BYTES, f"{room / 1024**3:.1f} GB"
        yield from _running(opened, made)
    except Problem as problem:
        yield _("Data folder"), False, problem_words(problem)


def _running(opened: site.Site, made: Settings) -> Iterator[Look]:
    """Yield how the desk in a folder runs."""
    halted = why_halted(opened.db(), WallClock())
    yield _("Clock against the journal"), not halted, halted or _("in order")
    beat = ticks.beat(opened.db())
    yield _("Clock service"), True, beat.at.isoformat(timespec="seconds") if beat else _("has not run yet")
    errors = ticks.errors(opened.db(), 1)
    yield _("Last failed duty"), True, f"{errors[0]['at']} {errors[0]['duty']}" if errors else _("none")
    taken = backup.taken(opened.backups)
    yield _("Newest backup"), True, taken[0][1].name if taken else _("none yet")
    yield _("Port %(port)s", port=made.port), True, _port(made)


def _port(made: Settings) -> str:
    """Return whether the port is free; taken is well, too: the desk may be open."""
    try:
        free(made.host, made.port)
    except Problem:
        return _("in use")
    return _("free")


@click.command(cls=DeskCommand, context_settings={"ignore_unknown_options": True})
@click.argument("args", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def bench(ctx: click.Context, args: tuple[str, ...]) -> None:
    """Measure the desk with the benches of the source checkout; ARGS go to them."""
    found = sorted(
        path.stem for path in (CHECKOUT / "tests" / "bench").glob("*.py") if not path.stem.startswith("_") and path.stem != "conftest"
    )
    if not found:
        say(N_("The benches come with the source checkout, not with the installed package. There are none here."))
        ctx.exit(FOUND)
    named = [name for name in found if name in args] or found
    rest = [arg for arg in args if arg not in found]
    codes = [subprocess.run([sys.executable, "-m", f"tests.bench.{name}", *rest], cwd=CHECKOUT, check=False).returncode for name in named]  # noqa: S603 - our own programs
    ctx.exit(max(codes))
