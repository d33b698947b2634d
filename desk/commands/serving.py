"""`desk serve`: the one server of a data folder, with its ticker."""

import signal
import socket
import tempfile
from pathlib import Path
from typing import Any

import click
import structlog
from waitress.server import create_server

from desk import backup, lobby, site
from desk.app import create_app
from desk.commands.common import DeskCommand, folder_of, say
from desk.kit.clock import Clock, WallClock
from desk.kit.database import quick_check
from desk.kit.problems import Refused
from desk.kit.web.log import set_up
from desk.kit.words import N_
from desk.schemas import migrate_all, owners
from desk.site import Site
from desk.ticker import Ticker

log = structlog.get_logger("desk")

WAITRESS: dict[str, Any] = {
    "threads": 8,
    "connection_limit": 1000,  # the default of 100 dies from 100 idle sockets
    "asyncore_use_poll": True,
    "channel_timeout": 10,
    "cleanup_interval": 5,
    "backlog": 1024,
    "max_request_body_size": 20 * 1024 * 1024,
    "ident": None,
    "url_scheme": "http",
}


@click.command(cls=DeskCommand)
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on.")
@click.pass_context
def serve(ctx: click.Context, host: str | None, port: int | None) -> None:
    """Serve the desk to the browsers of the staff, and run its clock service."""
    serve_site(folder_of(ctx), host, port)


def serve_site(
    folder: Path, host: str | None = None, port: int | None = None, demo_logins: tuple[tuple[str, str, str, str], ...] = ()
) -> None:
    """Serve a data folder until told to stop; `Refused` if another server holds it, the port is taken, or the file is damaged."""
    set_up()
    if not (folder / "desk.sqlite").exists():
        site.open_site(folder)  # says what is wrong
    writable(folder)
    with site.only_server(folder):
        opened = site.open_site(folder)
        bring_up_to_date(opened)
        made = opened.settings
        serve_until_told(opened, host or made.host, port or made.port, demo_logins)


def writable(folder: Path) -> None:
    """Make sure that the folder can be written to, before anybody relies on it."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"desk")
    except OSError:
        raise Refused("site.read_only", folder=str(folder)) from None


def bring_up_to_date(opened: Site) -> list[str]:
    """Check the file's pages and run pending migrations, with a backup before; return their names."""
    db = opened.db()
    damaged = quick_check(db)
    if damaged:
        raise Refused("site.damaged", found=damaged[0])
    if not any(owner.pending(db) for owner in owners()):
        return []
    made = backup.make(opened, WallClock().now())
    ran = migrate_all(db)
    log.info("migrated", steps=ran, backup=made.path.name)
    return ran


def serve_until_told(
    opened: Site, host: str, port: int, demo_logins: tuple[tuple[str, str, str, str], ...] = (), clock: Clock | None = None
) -> None:
    """Answer requests until SIGTERM or Ctrl+C, then finish what is running."""
    app, made = create_app(opened, clock), opened.settings
    app.extensions["desk"].demo_logins = demo_logins
    app.extensions["desk"].hosts |= {host.lower()} - {"0.0.0.0", "::"}  # noqa: S104 - compared, not bound
    free(host, port)
    server = create_server(app, host=host, port=port, **WAITRESS)
    ticker, front = Ticker(opened, clock), lobby.front(opened, app.extensions["kiosks"])
    app.extensions["desk"].kiosk_door = lambda asked: lobby.door(opened, asked)
    lobby.apply_deferred(app.extensions["kiosks"])
    signal.signal(signal.SIGTERM, _stop)
    ticker.start()
    front.start()
    say(N_("The desk is open: http://%(host)s:%(port)s/"), host=host, port=port)
    if lobby.is_wanted(opened):
        say(N_("Kiosks are answered at %(url)s"), url=lobby.door(opened)[0])
    if host in ("0.0.0.0", "::") and not made.allowed_hosts:  # noqa: S104 - compared, not bound
        say(N_("Other machines are not answered yet: name the desk's address in allowed_hosts of desk.toml."))
    try:
        server.run()
    finally:
        front.stop()
        ticker.stop()
        ticker.join(timeout=10)
        server.close()
        say(N_("The desk is closed."))


def _stop(_number: int, _frame: Any) -> None:
    raise KeyboardInterrupt


def free(host: str, port: int) -> None:
    """Refuse a port that another program has."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise Refused("port.taken", host=host, port=port) from None
