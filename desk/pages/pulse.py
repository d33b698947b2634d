"""The ticker's lamp on every page, and how a watchdog and a page ask for it."""

import contextlib
from dataclasses import dataclass
from datetime import timedelta

from flask import Response

from desk.kit.journal import store as journal
from desk.kit.ticks import store
from desk.kit.web import db, house, json_answer
from desk.kit.words import _

RED_AFTER = timedelta(minutes=2)


@dataclass(frozen=True)
class ShownTick:
    """The lamp: 'ok' or 'late', its words, and how many seconds ago the ticker last ran."""

    state: str
    words: str
    age: int | None


def shown() -> ShownTick:
    """Return the lamp: red when the ticker has been silent for two minutes, or refuses to fire."""
    beat = store.beat(db())
    if beat is None:
        return ShownTick("late", _("The clock service has not run yet"), None)
    age = house().clock.now() - beat.at
    seconds = int(age.total_seconds())
    if beat.halted:
        return ShownTick("late", _("The computer's clock is wrong: nothing is fired"), seconds)
    if abs(age) > RED_AFTER:
        return ShownTick("late", _("The clock service has been silent for %(n)s min", n=abs(seconds) // 60), seconds)
    return ShownTick("ok", _("Clock service runs"), seconds)


def pulse() -> Response:
    """Tell a page how the ticker is."""
    lamp = shown()
    return json_answer({"state": lamp.state, "age": lamp.age, "words": lamp.words})


def healthz() -> Response:
    """Tell a watchdog whether the desk can read its data."""
    well = False
    with contextlib.suppress(Exception):  # whatever is wrong, the watchdog must hear it
        well = journal.head(db())[0] >= 0
    return json_answer({"ok": well}, 200 if well else 503)
