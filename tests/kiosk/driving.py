"""A display of our own and a real window on it, in a process of its own, driven from a test."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SCREEN = (1080, 1920)
WORDS = "document.body ? document.body.innerText : ''"
PLACE = "location.href"


@contextmanager
def display() -> Iterator[dict[str, str]]:
    """A display without a window manager, as a lobby has it; yields the environment that leads to it."""
    ear, mouth = os.pipe()
    size = f"{SCREEN[0]}x{SCREEN[1]}x24"
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(mouth), "-screen", "0", size, "-nolisten", "tcp"], pass_fds=(mouth,), stderr=subprocess.DEVNULL
    )
    os.close(mouth)
    with os.fdopen(ear) as told:
        number = told.readline().strip()
    try:
        yield {"DISPLAY": f":{number}", "LIBGL_ALWAYS_SOFTWARE": "1", "NO_AT_BRIDGE": "1", "GDK_BACKEND": "x11"}
    finally:
        server.terminate()
        server.wait(10)


def homes(folder: Path) -> dict[str, str]:
    """Folders of its own for everything that an engine may write."""
    names = {"HOME": "home", "XDG_CACHE_HOME": "cache", "XDG_DATA_HOME": "data", "XDG_CONFIG_HOME": "config", "TMPDIR": "tmp"}
    for name in names.values():
        (folder / name).mkdir(exist_ok=True)
    return {variable: str(folder / name) for variable, name in names.items()}


class Driven:
    """The probe's window, and what a test asks of it."""

    def __init__(self, gui: str, env: dict[str, str], *options: str) -> None:
        self.gui, self.env = gui, os.environ | env
        command = [sys.executable, "-m", "tests.kiosk.window_probe", gui, *options]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, bufsize=1
        )

    def do(self, what: str, with_: str = "") -> Any:
        """Do one command and return its answer; lines that are none are an engine's noise."""
        self.process.stdin.write(json.dumps({"do": what, "with": with_}) + "\n")
        for line in self.process.stdout:
            if line.startswith("= "):
                return json.loads(line[2:])
        raise AssertionError(f"the window ended with {self.process.wait(5)}")

    def ask(self, script: str) -> str:
        """Return what the page answers."""
        return self.do("ask", script)

    def until(self, script: str, wanted: str, seconds: float = 20) -> str:
        """Wait until the page's answer holds some words; return the answer."""
        return wait_for(lambda: self.ask(script), lambda said: wanted in said, seconds)

    def go(self, path: str, wanted: str) -> None:
        """Show a page, and wait for words on it."""
        self.do("go", path)
        self.until(f"{PLACE} + ' ' + ({WORDS})", wanted)

    def wipe(self, words: str = "欢迎") -> None:
        """Wipe, and wait until the first page stands there again, by its words."""
        before = self.do("state")["wiped"]
        self.do("wipe")
        wait_for(lambda: self.do("state")["wiped"], lambda now: now > before)
        self.until(WORDS, words)

    def xdotool(self, *args: str) -> str:
        """Act as hands on the display."""
        return subprocess.run(["xdotool", *args], env=self.env, capture_output=True, text=True, check=False, timeout=30).stdout

    def windows(self) -> set[str]:
        """Return all windows that can be seen on the display."""
        seen = [set(self.xdotool("search", "--onlyvisible", "--maxdepth", depth, ".*").split()) for depth in ("0", "1")]
        return seen[1] - seen[0]  # without the screen itself

    def end(self) -> int:
        """Tell the window to end, and return its exit code."""
        self.process.terminate()
        code = self.process.wait(20)
        self.process.stdin.close()
        self.process.stdout.close()
        return code


def wait_for(ask: Callable[[], Any], fine: Callable[[Any], bool], seconds: float = 20) -> Any:
    """Ask until the answer is fine."""
    until = time.monotonic() + seconds
    while True:
        said = ask()
        if fine(said):
            return said
        if time.monotonic() > until:
            raise AssertionError(f"after {seconds} s still: {said!r}")
        time.sleep(0.05)


@contextmanager
def window(gui: str, folder: Path, *options: str, words: str = "欢迎", **env: str) -> Iterator[Driven]:
    """A window on a display of its own (GTK), or without one (Qt), painted: its page says some words."""
    with display() as shown:
        offscreen = {"QT_QPA_PLATFORM": "offscreen"} if gui == "qt" else {}
        driven = Driven(gui, shown | offscreen | homes(folder) | env, *options)
        try:
            driven.until(WORDS, words, 60)
            yield driven
        finally:
            if driven.process.poll() is None:
                driven.process.kill()
            driven.process.wait(10)
            driven.process.stdin.close()
            driven.process.stdout.close()
