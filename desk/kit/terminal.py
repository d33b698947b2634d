"""What a command at the terminal works with: the site's database and the act, opened when first asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import click

from desk.kit.act import Act
from desk.kit.database import Database


@dataclass
class Terminal:
    """The desk as a command sees it: `@at_desk def roster(desk: Terminal, ...)`."""

    open: Callable[[], tuple[Database, Act]]
    door: Callable[[], tuple[str, str]] = lambda: ("http://127.0.0.1:8000", "")  # where kiosks reach the desk, and its fingerprint

    @cached_property
    def _opened(self) -> tuple[Database, Act]:
        return self.open()

    @property
    def db(self) -> Database:
        """Return the site's database."""
        return self._opened[0]

    @property
    def act(self) -> Act:
        """Return the act of whoever sits at the terminal."""
        return self._opened[1]


at_desk = click.make_pass_decorator(Terminal)
