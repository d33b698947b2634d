"""What the window asks of a web engine, and what an engine tells the window; GTK and Qt fill it in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import webview

LOOK = "document.body ? location.origin : ''"
"""What a living page answers: its origin, once it has a body."""
ISOLATED = "kiosk"


@dataclass(frozen=True)
class Told:
    """What an engine tells the window, on the thread of the engine."""

    origin: str
    gone: Callable[[str], None]  # the renderer died, or a page could not be loaded: why
    tapped: Callable[[float, float], None]


class Engine(Protocol):
    """One web engine, locked down. Everything but `soon` is called on the engine's own thread."""

    def lock_down(self, window: webview.Window) -> None:
        """Take pywebview's bridge away from the window's page, and refuse what leads out of the local page."""
        ...

    def load(self, url: str) -> None:
        """Show a page."""
        ...

    def wipe(self, entry: Callable[[], str], done: Callable[[], None]) -> None:
        """Forget everything of the resident before, come in by a fresh entry, and say when that page is asked for."""
        ...

    def ask(self, script: str, answer: Callable[[str], None]) -> None:
        """Have the page's answer to a script, in a world of its own that the page's scripts cannot reach; a frozen page never answers."""
        ...

    def renderers(self) -> list[int]:
        """Return the processes that hold the page."""
        ...

    def kill_renderer(self) -> None:
        """End the process that holds the page; `gone` follows."""
        ...

    def close(self) -> None:
        """Close the window; `closing` was allowed before."""
        ...

    def soon(self, job: Callable[[], None]) -> None:
        """Do a job on the engine's thread; may be called on any thread."""
        ...

    def every(self, seconds: float, job: Callable[[], None]) -> None:
        """Do a job on the engine's thread again and again."""
        ...
