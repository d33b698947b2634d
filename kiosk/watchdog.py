"""The small parent that keeps the lobby window alive: it starts it, hears its beat, and starts it anew when it ends, hangs or grows.

It loads no web engine and no database, so it outlives what may go wrong there. Beats are lines on the child's standard output: nothing is
written to disk, and a child whose parent is gone notices at its next beat and ends.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog

from kiosk.window.memory import below

log = structlog.wrap_logger(
    structlog.WriteLogger(sys.stderr),
    processors=[structlog.processors.TimeStamper(fmt="iso", utc=True), structlog.processors.JSONRenderer()],
)

BEAT = b"beat"
RESTART = 75
"""Exit code of a child that wants to be started anew: at night, or when staff asked for it."""
TICK = 0.2
WEIGH_EVERY = 30.0
PATIENCE = 15.0
"""Seconds that a child may take to end in order."""


@dataclass(frozen=True)
class Limits:
    """When a child counts as lost."""

    first_beat: float = 60.0  # seconds from its start
    silence: float = 20.0  # seconds between two beats
    mib: float = 2500.0  # all its processes together
    quick: float = 60.0  # a child that ended sooner crashed quickly
    patience: int = 3  # quick crashes until people are told
    longest_pause: float = 60.0


@dataclass
class Pauses:
    """How long to wait before the next start: twice as long after each quick crash, and not at all when the child asked for it."""

    limits: Limits
    quick: int = 0

    def after(self, ran: float, code: int) -> float:
        """Return the seconds to wait after a child that ran so long and ended so."""
        self.quick = self.quick + 1 if ran < self.limits.quick and code != RESTART else 0
        return 0.0 if code == RESTART else float(min(2 ** max(0, self.quick - 1), self.limits.longest_pause))

    @property
    def out_of_service(self) -> bool:
        """Whether it crashed quickly so often that people shall be told."""
        return self.quick >= self.limits.patience


@dataclass
class Child:
    """A running child and when it was last heard."""

    process: subprocess.Popen[bytes]
    began: float
    heard: float = 0.0

    def listen(self) -> None:
        """Note each beat until there are no more."""
        assert self.process.stdout is not None  # noqa: S101 - it was asked for
        for line in self.process.stdout:
            if line.strip() == BEAT:
                self.heard = time.monotonic()

    def lost(self, limits: Limits, now: float) -> str:
        """Return why the child counts as lost, '' if it does not."""
        if not self.heard:
            return "never_beat" if now - self.began > limits.first_beat else ""
        return "silent" if now - self.heard > limits.silence else ""


@dataclass
class Watchdog:
    """Keeps one command running. `excuse` makes the command that tells people why the screen does not work."""

    command: Sequence[str]
    excuse: Callable[[], Sequence[str]]
    limits: Limits = field(default_factory=Limits)
    _told_to_stop: bool = False
    _excuse: subprocess.Popen[bytes] | None = None

    def run(self) -> int:
        """Keep the child running until it ends by itself with 0, or we are told to stop; return the exit code."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        pauses = Pauses(self.limits)
        try:
            while not self._told_to_stop:
                began = time.monotonic()
                code = self._live()
                if code == 0 or self._told_to_stop:
                    break
                pause = pauses.after(time.monotonic() - began, code)
                log.warning("kiosk_ended", code=code, pause=pause, quick=pauses.quick)
                if pauses.out_of_service:
                    self._tell_people()
                self._wait(pause)
        finally:
            self._tell_people_no_more()
        return 0

    def _stop(self, *_: Any) -> None:
        self._told_to_stop = True

    def _wait(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self._told_to_stop:
            time.sleep(TICK)

    def _live(self) -> int:
        """Start a child, watch it, and return its exit code."""
        process = subprocess.Popen(self.command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603 - our own program
        child = Child(process, time.monotonic())
        ears = threading.Thread(target=child.listen, daemon=True)
        ears.start()
        try:
            self._watch(child)
        finally:
            code = end(process)
            ears.join(PATIENCE)
        return code

    def _watch(self, child: Child) -> None:
        """Return when the child has ended, or has to."""
        weighed = time.monotonic()
        while child.process.poll() is None and not self._told_to_stop:
            time.sleep(TICK)
            now = time.monotonic()
            if child.heard and self._excuse:
                self._tell_people_no_more()
            why = child.lost(self.limits, now)
            if not why and now - weighed > WEIGH_EVERY:
                weighed = now
                why = "grown" if sum(each.mib for each in below(child.process.pid)) > self.limits.mib else ""
            if why:
                log.warning("kiosk_lost", why=why)
                kill(child.process)
                return

    def _tell_people(self) -> None:
        """Cover the screen with where to turn to; once."""
        if self._excuse is None or self._excuse.poll() is not None:
            self._excuse = subprocess.Popen(self.excuse(), stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603 - our own program

    def _tell_people_no_more(self) -> None:
        if self._excuse is not None:
            kill(self._excuse)
            self._excuse = None


def end(process: subprocess.Popen[bytes]) -> int:
    """End a process in order, or by force if it takes too long; return its exit code."""
    if process.poll() is None:
        process.terminate()
    try:
        code = process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        code = -signal.SIGKILL
    kill(process)
    return code


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started, by force."""
    if hasattr(os, "killpg"):
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # all of them ended already
    else:
        process.kill()
    process.wait(PATIENCE)


def python(module: str, *args: str) -> list[str]:
    """Return the command that runs a module of ours."""
    return [sys.executable, "-m", module, *args]
