"""The two ways to a slip printer: bytes to a device, or a document to the system's print queue."""

import errno
import os
import re
import select
import shutil
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from forms import render
from forms.catalog.kiosk_slip import FORM, KioskSlipWords
from forms.thermal import ACROSS, BAND, escpos, raster

if sys.platform != "win32":
    import fcntl

LPGETSTATUS = 0x060B  # linux/lp.h, answered by usblp
NO_PAPER, NO_ERROR = 0x20, 0x08  # bits of its answer
PIECE = 4096  # bytes written at once, so that a cancelled slip stops soon
UNSTICK = bytes(BAND * ACROSS // 8)  # white dots: they end a picture that was cut off, and are ignored by a printer that waits for none
LP_PATIENCE = 20  # seconds for lp, lpstat and cancel
COMES_OUT = 45.0  # seconds in which a queue that works prints a slip: whoever took it and left at once still gets it
JOB = re.compile(r"request id is (\S+)")


class What(StrEnum):
    """How a printer is, in more detail than a screen shows."""

    OK = "ok"
    NONE = "none"
    NO_PAPER = "no_paper"
    AWAY = "away"  # unplugged, switched off, unknown
    STUCK = "stuck"  # takes no more bytes
    FAULT = "fault"
    CANCELLED = "cancelled"


class Trouble(Exception):
    """A slip did not get to the printer."""

    def __init__(self, what: What) -> None:
        """Say how the printer is."""
        super().__init__(what.value)
        self.what = what


def meaning(status: int) -> What:
    """Return what the status byte of a printer port says."""
    if status & NO_PAPER:
        return What.NO_PAPER
    return What.OK if status & NO_ERROR else What.FAULT


class Device:
    """A device, FIFO or file that takes ESC/POS bytes."""

    def __init__(self, path: str) -> None:
        """Take its path."""
        self._path = Path(path)
        self._cut_off = False  # the last slip ended in the middle

    def look(self) -> What:
        """Return how the printer is now: by its own status where the device has one."""
        try:
            kind = self._kind()
            if kind is None or stat.S_ISREG(kind):
                return What.OK if os.access(self._path if kind else self._path.parent, os.W_OK) else What.AWAY
            handle = self._open(kind)
        except OSError as error:
            return _what_of(error)
        try:
            return _status(handle) if stat.S_ISCHR(kind) else What.OK
        finally:
            os.close(handle)

    def put(self, words: KioskSlipWords, cancelled: threading.Event, patience: float) -> None:
        """Write a slip as dots; raise `Trouble` if it is cancelled, or the printer does not take it all in time."""
        data = escpos(raster(FORM, words))
        if cancelled.is_set():
            raise Trouble(What.CANCELLED)
        try:
            handle = self._open(self._kind())
        except OSError as error:
            raise Trouble(_what_of(error)) from error
        try:
            self._write(handle, UNSTICK + data if self._cut_off else data, cancelled, patience)
        finally:
            os.close(handle)

    def cancel(self) -> None:
        """Do nothing: a slip that is being written stops by its event, one that is written is with the printer."""

    def _write(self, handle: int, data: bytes, cancelled: threading.Event, patience: float) -> None:
        """Write all bytes, waiting for room; know afterwards whether the slip was cut off."""
        left, until = memoryview(data), time.monotonic() + patience
        room = select.poll()
        room.register(handle, select.POLLOUT)
        try:
            while left:
                if cancelled.is_set():
                    raise Trouble(What.CANCELLED)
                if time.monotonic() > until:
                    raise Trouble(What.STUCK)
                if room.poll(100):
                    left = left[_some(handle, left) :]
            if stat.S_ISREG(os.fstat(handle).st_mode):
                os.fsync(handle)
        finally:
            self._cut_off = self._cut_off if len(left) == len(data) else bool(left)

    def _kind(self) -> int | None:
        """Return the mode of what lies at the path; None for a file that can still be made, never below /dev."""
        try:
            return self._path.stat().st_mode
        except FileNotFoundError:
            if self._path.is_relative_to("/dev"):
                raise
            return None

    def _open(self, kind: int | None) -> int:
        make = os.O_CREAT if kind is None else 0
        return os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_NONBLOCK | os.O_CLOEXEC | make, 0o600)


def _some(handle: int, left: memoryview) -> int:
    """Write what there is room for and return how much it was."""
    try:
        return os.write(handle, left[:PIECE])
    except BlockingIOError:
        return 0
    except OSError as error:
        raise Trouble(_what_of(error)) from error


def _what_of(error: OSError) -> What:
    """Return what an error of the system says about the printer."""
    if error.errno == errno.ENOSPC:  # usblp: out of paper
        return What.NO_PAPER
    away = (errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.EPIPE, errno.EACCES, errno.EPERM, errno.ENOTDIR)
    return What.AWAY if error.errno in away else What.FAULT


def _status(handle: int) -> What:
    """Return what a device says of itself; one that says nothing is taken to be ready."""
    answer = bytearray(4)
    try:
        fcntl.ioctl(handle, LPGETSTATUS, answer)
    except OSError:
        return What.OK
    return meaning(int.from_bytes(answer, sys.byteorder))


class Queue:
    """A print queue of the system, by its own programs. Nothing is written to a file of ours."""

    def __init__(self, name: str, paper: str, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the queue's name and the paper in it, A5 or 80mm, and the clock that tells how long a job has waited."""
        self._name = name
        self._paper = paper
        self._clock = clock
        self._jobs: list[tuple[float, str]] = []

    def look(self) -> What:
        """Return how the queue is."""
        try:
            told = _run("lpstat", "-l", "-p", self._name)
        except Trouble as trouble:
            return trouble.what
        if "media-empty" in told or "out of paper" in told.lower():
            return What.NO_PAPER
        return What.FAULT if "disabled" in told else What.OK

    def put(self, words: KioskSlipWords, cancelled: threading.Event, patience: float) -> None:
        """Send a slip to the queue and remember its job."""
        document = render("kiosk_slip", words, paper=self._paper)
        if cancelled.is_set():
            raise Trouble(What.CANCELLED)
        told = _run("lp", "-d", self._name, "-t", words.number, data=document)
        self._jobs += [(self._clock(), job) for job in JOB.findall(told)]

    def cancel(self) -> None:
        """Take back our jobs, but for a fresh one that is just coming out; one that is printed already is not there any more."""
        jobs, self._jobs = self._jobs, []
        works = bool(jobs) and self.look() is What.OK
        for begun, job in jobs:
            if works and self._clock() - begun < COMES_OUT:
                self._jobs.append((begun, job))
                continue
            try:
                _run("cancel", job)
            except Trouble:
                continue  # printed


def _run(program: str, *arguments: str, data: bytes = b"") -> str:
    """Run one of the queue's programs and return what it says."""
    found = shutil.which(program)
    if not found:
        raise Trouble(What.AWAY)
    try:
        done = subprocess.run(  # noqa: S603 - a list, no shell; the name of the queue is this machine's setting
            [found, *arguments], input=data, capture_output=True, timeout=LP_PATIENCE, check=True, env={**os.environ, "LC_ALL": "C"}
        )
    except subprocess.TimeoutExpired as error:
        raise Trouble(What.STUCK) from error
    except (OSError, subprocess.CalledProcessError) as error:
        raise Trouble(What.AWAY) from error
    return done.stdout.decode("utf-8", "replace")
