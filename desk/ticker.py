"""The ticker: the loop in which `schedule` only says "look again"; what is due stands in the database.

Each tick runs every duty once, guarded: one that fails is logged and does not stop the next. Late, twice or from two processes
changes nothing, because a duty finds its work by stored due times; the lease only saves work.
"""

import os
import socket
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

import schedule
import structlog

from desk import backup, lobby
from desk.kit.act import Act
from desk.kit.clock import Clock, WallClock, to_text
from desk.kit.database import Database
from desk.kit.files import append_line
from desk.kit.journal import store as journal
from desk.kit.quiet import quietly
from desk.kit.ticks import store
from desk.kit.ticks.store import Beat
from desk.kit.workflow import Duty
from desk.registry import WORKFLOWS
from desk.site import Site, alone

log = structlog.get_logger("ticker")

SECONDS = 15
STEP = 2.0  # seconds by which wall and monotonic time may differ before it counts as a step
BACK = timedelta(minutes=2)
YEARS = range(2024, 2100)
HOURLY = timedelta(hours=1)
DAILY = timedelta(days=1)
HOLDER = f"{socket.gethostname()}:{os.getpid()}"


def tick(site: Site, clock: Clock, duties: Iterable[Duty] | None = None, backup_apart: bool = False) -> Beat:
    """Run every duty once and leave a sign of life; while another tick runs on the folder there is nothing to do here."""
    with alone(site.folder, "tick.lock") as free:
        if not free:
            return store.beat(site.db()) or Beat(HOLDER, clock.now(), "")
        halted = _run(site, clock, house_duties(site, backup_apart) if duties is None else duties)
        made = Beat(HOLDER, clock.now(), halted)
        with quietly(site.db()):
            store.keep_beat(site.db(), made)
    return made


def _run(site: Site, clock: Clock, duties: Iterable[Duty]) -> str:
    """Run the duties, and return why not: with a clock that cannot be right nothing is fired."""
    db = site.db()
    halted = why_halted(db, clock)
    if halted:
        before = store.beat(db)
        if before is None or not before.halted:
            _failed(db, clock, "clock", halted)
        return halted
    for duty in duties:
        _guarded(db, clock, site, duty)
    return ""


def why_halted(db: Database, clock: Clock) -> str:
    """Return why nothing may be fired, '' if all is well: the machine's clock is behind the journal, or in no sensible year."""
    now, newest = clock.now(), store.newest_at(db)
    if now.year not in YEARS:
        return f"year {now.year}"
    if newest is not None and now < newest - BACK:
        return f"now {to_text(now)} is before the newest entry {to_text(newest)}"
    return ""


def house_duties(site: Site, backup_apart: bool = False) -> list[Duty]:
    """Return the duties of every workflow, then the house's own."""
    kiosks = [
        Duty("kiosks_sweep", lambda db, act: lobby.sweep(site)),
        Duty("kiosks_forget", lambda db, act: forget_withdrawn(site, db, act)),
    ]
    own = [
        *kiosks,
        Duty("heads", lambda db, act: write_head(site, db, act)),
        Duty("backup", lambda db, act: back_up(site, db, act, backup_apart)),
    ]
    return [*(duty for workflow in WORKFLOWS for duty in workflow.duties), *own]


def _guarded(db: Database, clock: Clock, site: Site, duty: Duty) -> None:
    try:
        duty.run(db, Act("ticker", site.settings.device, clock))
    except Exception:  # one failure must not stop the next duty
        log.exception("duty failed", duty=duty.name)
        _failed(db, clock, duty.name, traceback.format_exc(limit=-3))


def _failed(db: Database, clock: Clock, duty: str, error: str) -> None:
    with quietly(db):
        store.keep_error(db, clock.now(), duty, error)


def _is_due(db: Database, act: Act, duty: str, each: timedelta = HOURLY) -> bool:
    last = store.done(db, duty)
    return last is None or act.now - last >= each


def forget_withdrawn(site: Site, db: Database, act: Act) -> None:
    """Forget, once a day, what was withdrawn and every living kiosk has seen so."""
    if _is_due(db, act, "kiosks_forget", DAILY):
        _done(db, act, "kiosks_forget", str(lobby.engine(site, act.clock).forget_withdrawn()))


def write_head(site: Site, db: Database, act: Act) -> None:
    """Write the journal's head beside the database each hour, so that a tail that is cut off shows."""
    seq, head = journal.head(db)
    if not seq or not _is_due(db, act, "heads"):
        return
    append_line(site.heads, f"{to_text(act.now)} {seq} {head}")
    _done(db, act, "heads", str(seq))


def back_up(site: Site, db: Database, act: Act, apart: bool = False) -> None:
    """Make the hourly backup if anything happened since the last one; `apart` in a process of its own, so that nothing waits for it."""
    if apart:
        _collect(site, db, act)
    seq = journal.head(db)[0]
    if not seq or not _is_due(db, act, "backup"):
        return
    if store.detail(db, "backup") == str(seq):
        _done(db, act, "backup", str(seq))
        return
    _done(db, act, "backup", "begun")  # if it fails, the next try is in an hour
    if apart:
        command = [sys.executable, "-m", "desk", "backup", "--data", str(site.folder), "--quiet"]
        _APART[site.folder] = subprocess.Popen(command, stdin=subprocess.DEVNULL), seq  # noqa: S603 - our own program
        return
    made = backup.make(site, act.now)
    backup.thin_out(site)
    _done(db, act, "backup", str(made.head_seq))


_APART: "dict[Path, tuple[subprocess.Popen[bytes], int]]" = {}


def _collect(site: Site, db: Database, act: Act) -> None:
    """Note the end of a backup that an earlier tick began in a process of its own."""
    begun = _APART.get(site.folder)
    if begun is None or begun[0].poll() is None:
        return
    process, seq = _APART.pop(site.folder)
    if process.returncode:
        raise RuntimeError(f"the backup failed with exit code {process.returncode}")
    _done(db, act, "backup", str(seq))


def _done(db: Database, act: Act, duty: str, detail: str) -> None:
    with quietly(db):
        store.keep_done(db, duty, act.now, detail)


class Ticker(threading.Thread):
    """The loop inside `desk serve`; `stop()` ends it after the running tick."""

    def __init__(
        self, site: Site, clock: Clock | None = None, monotonic: Callable[[], float] = time.monotonic, seconds: int = SECONDS
    ) -> None:
        super().__init__(name="ticker", daemon=True)
        self.site, self.clock, self.monotonic, self.seconds = site, clock or WallClock(), monotonic, seconds
        self.scheduler = schedule.Scheduler()
        self.over = threading.Event()
        self._wall, self._mono = self.clock.now(), self.monotonic()

    def run(self) -> None:
        """Tick until told to stop."""
        self.arm()
        self.tick()
        while not self.over.wait(1):
            self.look()

    def stop(self) -> None:
        """Let the loop end."""
        self.over.set()

    def arm(self) -> None:
        """Register the one job anew: after a step of the clock the old times mean nothing."""
        self.scheduler.clear()
        self.scheduler.every(self.seconds).seconds.do(self.tick)

    def look(self) -> None:
        """Run what is pending; after a step of the machine's clock note it, arm anew and tick at once."""
        wall, mono = self.clock.now(), self.monotonic()
        step = (wall - self._wall).total_seconds() - (mono - self._mono)
        self._wall, self._mono = wall, mono
        if abs(step) > STEP:
            self.arm()
            self._note_step(step)
            self.tick()
        self.scheduler.run_pending()

    def _note_step(self, step: float) -> None:
        try:
            _failed(self.site.db(), self.clock, "clock", f"the machine's clock jumped by {step:+.0f} s")
        except Exception:  # the loop must outlive a full disk
            log.exception("clock step not noted")

    def tick(self) -> None:
        """Run one tick, unless another process ticked a moment ago; the loop outlives whatever fails."""
        try:
            beat = store.beat(self.site.db())
            if beat and beat.holder != HOLDER and timedelta(0) <= self.clock.now() - beat.at < timedelta(seconds=self.seconds):
                return
            tick(self.site, self.clock, backup_apart=True)
        except Exception:
            log.exception("tick failed")
