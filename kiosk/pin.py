"""The PIN of the staff's page: five wrong ones, and it is closed for a quarter of an hour, also over a restart."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from desk.kit.access.passwords import fits
from desk.kit.clock import from_text, to_text
from desk.kit.files import durable_write

FILE = "staff_tries.json"
TRIES = 5
PAUSE = timedelta(minutes=15)


class Answer(StrEnum):
    """What became of a PIN that was typed."""

    RIGHT = "right"
    WRONG = "wrong"
    PAUSED = "paused"
    NONE = "none"  # this kiosk has no PIN: nobody gets in


@dataclass(frozen=True)
class Tries:
    """How many wrong PINs there were, and until when nobody is asked."""

    wrong: int = 0
    paused_until: str = ""


@dataclass(frozen=True)
class Pin:
    """The kiosk's own PIN, kept as a hash; the desk's PINs of its staff are not on this machine."""

    folder: Path
    stored: Callable[[], str]
    now: Callable[[], datetime]

    def paused_until(self) -> datetime | None:
        """Return until when nobody is asked, None if anybody may try. A clock that went back far does not make the pause longer."""
        said = self._read().paused_until
        until = from_text(said) if said else None
        return until if until and timedelta(0) < until - self.now() <= PAUSE else None

    def check(self, typed: str) -> Answer:
        """Tell whether a PIN is right. A try is written down before it is looked at: pulling the plug gives none back."""
        if not self.stored():
            return Answer.NONE
        if self.paused_until():
            return Answer.PAUSED
        wrong = self._read().wrong + 1
        self._keep(Tries(0, to_text(self.now() + PAUSE)) if wrong >= TRIES else Tries(wrong))
        if not fits(self.stored(), typed):
            return Answer.PAUSED if wrong >= TRIES else Answer.WRONG
        self._keep(Tries())
        return Answer.RIGHT

    def _read(self) -> Tries:
        """Return the tries so far; a file that cannot be read counts as a pause that is over."""
        try:
            return Tries(**json.loads((self.folder / FILE).read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return Tries()

    def _keep(self, tries: Tries) -> None:
        durable_write(self.folder / FILE, json.dumps(asdict(tries)).encode())
