"""The kiosk's agent: round after round with the desk, at once after a submission, ever more patiently while nobody answers."""

import random
import shutil
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog

from desk import __version__
from desk.kit.clock import to_text
from kiosk.local import LocalMachine
from kiosk.machine import Offline
from kiosk.reads import versions
from sync import replica
from sync.client import Round, State, sync_round
from sync.outbox import store

log = structlog.get_logger("kiosk")

POLL = 5.0
BEAT_EVERY = 60_000  # milliseconds
SCRUB_EVERY = 3_600_000
PATIENCE = 300.0


@dataclass(eq=False)
class Agent(threading.Thread):
    """The loop beside the window; `stop()` ends it after the running round. `printer` tells how the printer is, for the sign of life."""

    machine: LocalMachine
    printer: Callable[[], str] = lambda: ""
    poll: float = POLL
    over: threading.Event = field(default_factory=threading.Event)
    wanted: threading.Event = field(default_factory=threading.Event)
    last: Round = field(default_factory=Round)

    def __post_init__(self) -> None:
        super().__init__(name="agent", daemon=True)
        self.failures = 0
        self._beat_at = -BEAT_EVERY
        self._scrubbed_at = self.machine.clocks.steady()
        self._told_reads = ""
        self.machine.on_submit = self.wanted.set

    def run(self) -> None:
        """Do rounds until told to stop; the loop outlives whatever fails."""
        while not self.over.is_set():
            self.once()
            self.wanted.wait(self.pause())
            self.wanted.clear()

    def stop(self) -> None:
        """Let the loop end."""
        self.over.set()
        self.wanted.set()

    def once(self) -> Round:
        """Do one round, and learn from it."""
        try:
            self.last = self._round()
        except Offline:
            self.last = Round(State.OFFLINE)
        except Exception:  # a full disk, a damaged copy: the next round is another try, and the screens go on
            log.exception("round failed")
            self.last = Round(State.OFFLINE)
        self.machine.heard(self.last)
        self.failures = 0 if self.last.state is State.GOOD else self.failures + 1
        return self.last

    def _round(self) -> Round:
        machine, beat = self.machine, self._due_beat()
        reads = versions() if self._told_reads != machine.device else None
        done = sync_round(machine.line(), machine.copy, machine.scopes, beat, reads)
        if done.state is State.GOOD:
            self._told_reads = machine.device
            self._beat_at = self.machine.clocks.steady() if beat is not None else self._beat_at
            self._scrub()
        return done

    def _scrub(self) -> None:
        """Each hour, look whether the copy on the disk still is what it was."""
        if self.machine.clocks.steady() - self._scrubbed_at >= SCRUB_EVERY:
            self._scrubbed_at = self.machine.clocks.steady()
            wrong = replica.scrub(self.machine.copy)
            if wrong:
                log.warning("copy damaged, fetched anew", scopes=wrong)

    def _due_beat(self) -> Mapping[str, Any] | None:
        return self.beat() if self.machine.clocks.steady() - self._beat_at >= BEAT_EVERY else None

    def beat(self) -> dict[str, Any]:
        """Return the sign of life: what waits and since when, printer, clock, version, disk, and what a damaged outbox lost."""
        box = self.machine.box
        waiting, oldest = store.count_waiting(box.db)
        disk = shutil.disk_usage(self.machine.folder)
        touched = self.machine.touched_at
        return {
            "queue": waiting, "oldest_at": to_text(oldest) if oldest else "", "printer": self.printer(), "offset_ms": box.offset or 0,
            "version": __version__, "disk": round(100 * (disk.total - disk.free) / disk.total), "full": box.fullness(),
            "lost": list(store.known(box.db, "lost", []))[:50], "salvaged": store.known(box.db, "salvaged", 0),
            "touched_at": to_text(touched) if touched else "",
        }  # fmt: skip

    def pause(self) -> float:
        """Return how many seconds to wait: about the poll time, longer and at random while nobody answers, as the desk asks if it is busy."""
        if self.last.again_in:
            return self.last.again_in * random.uniform(1.0, 1.5)  # noqa: S311 - so that not all come back at once
        if self.failures:
            return random.uniform(self.poll, max(self.poll, min(PATIENCE, self.poll * 2 ** min(self.failures, 10))))  # noqa: S311
        return self.poll * random.uniform(0.8, 1.2)  # noqa: S311
