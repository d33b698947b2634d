"""The lobby window with the kiosk's own screens on WebKit: from the command to the first paint, from a tap to the next page, and memory.

Paint is what the display shows, looked at from outside; the times hold the start of the program that taps, so they are upper bounds. Needs
Xvfb and xdotool. `LOBBYDESK_BENCH_RESIDENTS=30` asks for fewer residents.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import gi

from tests.bench._show import show
from tests.kiosk.driving import ROOT, WORDS, Driven, display, homes

gi.require_version("Gdk", "3.0")

from gi.repository import Gdk  # noqa: E402 - the version is asked for first

RESIDENTS = int(os.environ.get("LOBBYDESK_BENCH_RESIDENTS", "300"))
TAPS = 40
STARTS = 5
FIRST_PAGE = "点"  # 'What can we do for you? Tap a picture.'
TILE = "document.querySelector('.tile.blue')"
HOME = "document.querySelector('a[href=\\'/\\']')"


class Eyes:
    """Looks at the display."""

    def __init__(self, name: str) -> None:
        os.environ["DISPLAY"] = name
        self.display = Gdk.Display.open(name)
        self.root = self.display.get_default_screen().get_root_window()

    def see(self) -> int:
        """Return a number for what the middle of the screen shows."""
        picture = Gdk.pixbuf_get_from_window(self.root, 100, 500, 880, 500)
        return hash(picture.get_pixels())

    def until_other(self, than: int, seconds: float = 90) -> int:
        """Wait until the screen shows something else."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            now = self.see()
            if now != than:
                return now
        raise AssertionError("nothing was painted")


@contextmanager
def place() -> Iterator[tuple[dict[str, str], Eyes, Path]]:
    """A display, eyes on it, and a folder."""
    with tempfile.TemporaryDirectory() as folder, display() as shown:
        yield shown | homes(Path(folder)), Eyes(shown["DISPLAY"]), Path(folder)


def first_paint() -> float:
    """Return the seconds from the command to something on the empty screen: the child of the watchdog, as it starts on a machine."""
    with place() as (env, eyes, folder):
        empty, began = eyes.see(), time.monotonic()
        command = [sys.executable, "-m", "kiosk", "show", "--data", str(folder / "kiosk"), "--gui", "gtk"]
        kiosk = subprocess.Popen(command, cwd=ROOT, env=os.environ | env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        white = eyes.until_other(empty)  # the window, still without a page
        eyes.until_other(white)
        took = time.monotonic() - began
        kiosk.terminate()
        kiosk.wait(30)
        return took


def tap(driven: Driven, eyes: Eyes, what: str) -> float:
    """Tap a thing of the page, and return the milliseconds until the screen shows something else."""
    box = json.loads(
        driven.ask(f"(() => {{ const b = {what}.getBoundingClientRect(); return JSON.stringify([b.x, b.y, b.width, b.height]); }})()")
    )
    driven.xdotool("mousemove", str(round(box[0] + box[2] / 2)), str(round(box[1] + box[3] / 2)))
    time.sleep(0.3)
    before, began = eyes.see(), time.monotonic()
    driven.xdotool("click", "1")
    eyes.until_other(before)
    return (time.monotonic() - began) * 1000


def mib(driven: Driven) -> float:
    """Return what all processes of the window hold."""
    return float(sum(driven.do("state")["mib"].values()))


def live(driven: Driven, count: int) -> None:
    """Let residents come and go: each opens three pages and is forgotten."""
    for _ in range(count):
        for path in ("/repair", "/urgent", "/notices"):
            driven.do("go", path)
            driven.until("location.pathname + document.readyState", "complete")
        driven.wipe(FIRST_PAGE)


def figures() -> list[dict[str, Any]]:
    """Return the figures."""
    starts = sorted(first_paint() for _ in range(STARTS))
    with place() as (env, eyes, folder):
        driven = Driven("gtk", env, f"--real={folder / 'kiosk'}")
        driven.until(WORDS, FIRST_PAGE, 60)
        taps = sorted(tap(driven, eyes, what) for _ in range(TAPS // 2) for what in (TILE, HOME))
        live(driven, min(30, RESIDENTS))
        early = mib(driven)
        live(driven, RESIDENTS - min(30, RESIDENTS))
        late = mib(driven)
        driven.end()
    return [
        {"name": "kiosk window: command to first paint, median", "value": round(starts[STARTS // 2], 2), "unit": "s", "budget": 3.0},
        {"name": "kiosk window: tap to paint, median", "value": round(taps[TAPS // 2]), "unit": "ms", "budget": None},
        {"name": "kiosk window: tap to paint, 95 of 100", "value": round(taps[int(TAPS * 0.95)]), "unit": "ms", "budget": 100},
        {"name": "kiosk window: memory after 30 residents", "value": round(early), "unit": "MiB", "budget": None},
        {"name": f"kiosk window: more after {RESIDENTS} residents", "value": round(late - early), "unit": "MiB", "budget": 60},
    ]


if __name__ == "__main__":
    show(figures)
