"""What the resident in front of the screen has entered so far: in memory only, one visit at a time, gone at its end.

A kiosk has one screen, so there is one visit. It ends by the button, by the idle timer of the page, or by the timer here when the page
no longer answers. Nothing of it is written to disk, and no page of an ended visit is taken: each form carries its visit's id.
"""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kiosk.machine import Request, Saved

TAPPING = 60  # seconds without a touch until the warning
READING = 90  # the same on screens to read
WARNING = 20  # seconds that the warning stands
SLACK = 10  # seconds that the page may be late before the server ends the visit itself
MOST_PHOTOS = 3


@dataclass
class Draft:
    """The answers of one flow so far; `back_to_review` says that all were seen once, so a change leads back there."""

    answers: dict[str, str] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)  # answers that are asked again, to begin from
    photos: list[bytes] = field(default_factory=list)
    back_to_review: bool = False


@dataclass(frozen=True)
class Keeping:
    """A submission that was kept in this visit: the receipt, and what its page says."""

    saved: Saved
    flow: str
    about: str = ""  # what it is about, in words
    said: str = ""  # the resident's own words
    category: str = ""
    urgency: str = ""
    place: str = ""
    wished: str = ""
    photos: int = 0
    is_common: bool = False


@dataclass
class Visit:
    """One resident's visit: how the screen shall look, the drafts, what was saved, and what a code or a card opened."""

    id: str = field(default_factory=lambda: secrets.token_urlsafe(9))
    lang: str = "zh"
    large: bool = False
    aloud: bool = False
    reach: str = ""  # '' | 'left' | 'right' | 'low'
    drafts: dict[str, Draft] = field(default_factory=dict)
    typed: dict[str, dict[str, str]] = field(default_factory=dict)  # page -> what stands in its fields, not taken yet
    errors: dict[str, dict[str, str]] = field(default_factory=dict)  # page -> field -> sentence code
    keeping: Keeping | None = None
    slip: str = ""  # '' | 'printed' | 'failed': of the submission that was kept
    requests: list[tuple[str, Request]] = field(default_factory=list)  # (code or '', request)
    missed: str = ""  # why the last search found nothing: '' | 'unknown' | 'offline'

    def draft(self, flow: str) -> Draft:
        """Return the draft of a flow, a new one if there is none."""
        return self.drafts.setdefault(flow, Draft())

    @property
    def is_fresh(self) -> bool:
        """Whether nobody has touched anything yet, so there is nothing to wipe."""
        settings = (self.lang, self.large, self.aloud, self.reach) != ("zh", False, False, "")
        return not (settings or self.drafts or self.typed or self.keeping or self.requests or self.missed)


class Visits:
    """The one visit, its idle timer, and its end."""

    def __init__(self, forget: Callable[[], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._forget = forget
        self._clock = clock
        self._visit = Visit()
        self._touched = clock()
        self._allowed = TAPPING
        self._timer: threading.Timer | None = None
        self.lock = threading.RLock()  # held while a submission is kept: two taps on 'save' keep one

    def now(self) -> Visit:
        """Return the visit, a new one if the last was left alone too long."""
        with self.lock:
            self.sweep()
            return self._visit

    def touch(self, allowed: int | None = None) -> None:
        """Note that somebody is there; `allowed` seconds may pass on the screen that is shown now."""
        with self.lock:
            self._touched = self._clock()
            self._allowed = allowed or self._allowed
            self._arm()

    def end(self) -> None:
        """End the visit: everything that was entered or opened is dropped, here and in the machine."""
        with self.lock:
            visit, self._visit = self._visit, Visit()
            _empty(visit)
            self._forget()
            self.touch(TAPPING)

    def sweep(self) -> bool:
        """End the visit if it was left alone longer than the warning stands; return whether it ended."""
        with self.lock:
            left_alone = self._clock() - self._touched > self._allowed + WARNING + SLACK
            if left_alone and not self._visit.is_fresh:
                self.end()
                return True
            return False

    def _arm(self) -> None:
        if self._timer is None and not self._visit.is_fresh:
            self._timer = threading.Timer(self._allowed + WARNING + SLACK + 1, self._ring)
            self._timer.daemon = True
            self._timer.start()

    def _ring(self) -> None:
        with self.lock:
            self._timer = None
            if not self.sweep():
                self._arm()


def _empty(visit: Visit) -> None:
    """Empty a visit in place, so that whoever still holds it holds nothing."""
    held: list[Any] = [visit.drafts, visit.typed, visit.errors, visit.requests]
    for draft in visit.drafts.values():
        draft.answers.clear()
        draft.before.clear()
        draft.photos.clear()
    for thing in held:
        thing.clear()
    visit.keeping = None
