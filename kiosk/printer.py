"""The slip printer: a device that takes ESC/POS bytes, a print queue of the system, or none. A screen never fails because of it.

    ''                no printer
    /dev/usb/lp0      bytes written to the device in order; any path will do: a FIFO, or a plain file for a trial
    lp:NAME           the slip on A5 paper, by `lp -d NAME`; lp:NAME:80mm for a queue with a roll

A slip is written before `print_slip` returns: True says that the printer has taken all of it, not that paper came out; no printer tells
that. What stops it is a state with words for people. A wipe cancels what is still being written or waits in the queue.
"""

import threading
import time
from dataclasses import replace
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

import structlog

from desk.kit.words import N_, _
from forms.catalog.kiosk_slip import KioskSlipWords
from forms.fonts import spell_missing
from kiosk.printing import Device, Queue, Trouble, What

SAYS = {
    What.OK: N_("The printer is ready."),
    What.NONE: N_("There is no printer here."),
    What.NO_PAPER: N_("The printer is out of paper."),
    What.AWAY: N_("The printer is not connected."),
    What.STUCK: N_("The printer does not answer."),
    What.FAULT: N_("The printer reports a fault."),
}
REMEMBERED = 60.0  # seconds that a failed slip counts as the printer's state, if the printer itself says nothing
log = structlog.get_logger("kiosk.printer")


class State(StrEnum):
    """What a screen needs to know of the printer."""

    OK = "ok"
    NONE = "none"
    NO_PAPER = "no_paper"
    ERROR = "error"


class PrinterState(NamedTuple):
    """The state, and a sentence about it in the language in use."""

    state: State
    words: str


class Way(Protocol):
    """How slips get to a printer."""

    def look(self) -> What:
        """Return how the printer is now."""
        ...

    def put(self, words: KioskSlipWords, cancelled: threading.Event, patience: float) -> None:
        """Give the printer a slip, or raise `Trouble`."""
        ...

    def cancel(self) -> None:
        """Take back what has been given and is not printed yet."""
        ...


def way_to(target: str) -> Way | None:
    """Return the way that a setting names, None for no printer."""
    if target.startswith("lp:"):
        name, _, paper = target.removeprefix("lp:").partition(":")
        return Queue(name, paper or "A5")
    return Device(target) if target else None


class Printer:
    """The one printer of a kiosk."""

    def __init__(self, target: str, *, patience: float = 10.0) -> None:
        """Take where the printer is; `patience` is how many seconds it may take to swallow a slip."""
        self._way = way_to(target)
        self._patience = patience
        self._turn = threading.Lock()  # one slip after the other
        self._cancelled = threading.Event()
        self._failed: tuple[float, What] | None = None

    def state(self) -> PrinterState:
        """Return how the printer is, in words of the language in use."""
        what = self._what()
        state = {What.OK: State.OK, What.NONE: State.NONE, What.NO_PAPER: State.NO_PAPER}.get(what, State.ERROR)
        return PrinterState(state, _(SAYS[what]))

    def print_slip(self, words: KioskSlipWords) -> bool:
        """Print a slip and return whether the printer has taken it; a character that no font has is spelled out."""
        if self._way is None:
            return False
        cancelled = self._cancelled
        with self._turn:
            try:
                self._way.put(spelled(words), cancelled, self._patience)
            except Trouble as trouble:
                return self._note(trouble.what, trouble)
            except (OSError, ValueError) as error:
                return self._note(What.FAULT, error)
        self._failed = None
        return True

    def cancel(self) -> None:
        """Stop every slip that is being written or waits its turn; the next one prints again."""
        cancelled, self._cancelled = self._cancelled, threading.Event()
        cancelled.set()
        if self._way:
            self._way.cancel()

    def _what(self) -> What:
        if self._way is None:
            return What.NONE
        if not self._turn.acquire(blocking=False):
            return What.OK  # it is printing
        try:
            now = self._way.look()
        finally:
            self._turn.release()
        if now is What.OK and self._failed and time.monotonic() - self._failed[0] < REMEMBERED:
            return self._failed[1]
        return now

    def _note(self, what: What, problem: Exception) -> bool:
        """Keep why a slip did not print, for the screen and for the log. Nothing of the slip is logged."""
        if what is not What.CANCELLED:
            self._failed = time.monotonic(), what
            log.warning("printer.failed", what=what.value, problem=type(problem).__name__)
        return False


def spelled(words: KioskSlipWords) -> KioskSlipWords:
    """Return the words with every character that cannot be printed spelled out."""
    printed: dict[str, Any] = {
        name: tuple(map(spell_missing, value)) if isinstance(value, tuple) else spell_missing(value)
        for name, value in vars(words).items()
        if name not in ("lang", "qr")
    }
    return replace(words, **printed)
