"""What a page can ask for: this thread's database, who looks, the act, the way to an object."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from flask import current_app, g

from desk.kit.access.rules import Viewer
from desk.kit.act import Act
from desk.kit.clock import Clock
from desk.kit.database import Database, Pool
from desk.kit.problems import Forbidden
from desk.kit.web.memory import Memory
from desk.kit.words import language
from desk.kit.workflow import Workflow

Flash = tuple[str, str, str | None]


@dataclass
class House:
    """The running desk: made once by the application factory."""

    pool: Pool
    clock: Clock
    workflows: tuple[Workflow, ...]
    hosts: frozenset[str]  # names by which the desk may be asked for, without port
    site_name: Mapping[str, str]  # language -> name
    device: str = "D1"
    https: bool = False
    demo_logins: tuple[tuple[str, str, str, str], ...] = ()  # role, name, staff number, password: only in a demo
    role_perms: Mapping[str, frozenset[str]] = field(default_factory=dict)
    route_perms: dict[str, str] = field(default_factory=dict)  # endpoint -> permission
    memory: Memory = field(default_factory=Memory)
    hashes: dict[str, str] = field(default_factory=dict)  # static path -> hash of its content
    facts: Any = None  # the site's settings, for pages that print them
    lock: threading.Lock = field(default_factory=threading.Lock)
    links: dict[str, str] = field(default_factory=dict)  # kind of object -> endpoint
    nav_counts: "OrderedDict[tuple[str, int, int], int | None]" = field(default_factory=OrderedDict)
    tick: Callable[[], Any] = lambda: None
    kiosk_door: Callable[[str], tuple[str, str]] = lambda host: (f"http://{host}", "")  # asked-for host -> URL for kiosks, fingerprint
    backup: Callable[[], Any] = lambda: None  # before an act that changes much at once


def house() -> House:
    """Return the running desk."""
    return cast(House, current_app.extensions["desk"])


def db() -> Database:
    """Return this thread's connection to the site's file."""
    return house().pool.get()


def viewer() -> Viewer:
    """Return who looks; `Forbidden` where nobody is signed in (only public pages can come here)."""
    found = maybe_viewer()
    if found is None:
        raise Forbidden("access.forbidden")
    return found


def maybe_viewer() -> Viewer | None:
    """Return who looks, or None."""
    return cast("Viewer | None", g.get("viewer"))


def act() -> Act:
    """Return the act of this request: who looks, at which machine, on the house's clock."""
    found: Act | None = g.get("act")
    if found is None:
        who = maybe_viewer()
        found = Act(who.id, house().device, house().clock, who.name, who.staff_no, who.role.value, language()) if who else nobody()
        g.act = found
    return found


def nobody() -> Act:
    """Return the act of somebody who has not signed in."""
    return Act("nobody", house().device, house().clock, lang=language())


def flash(tone: str, text: str, undo: str | None = None) -> None:
    """Show one sentence on the next page: 'ok' or 'error', with an undo button that posts to `undo`."""
    who = maybe_viewer()
    key = who.session if who else ""
    if key:
        house().memory.say(key, (tone, text, undo))
