"""The ticker: what happens by itself when time passes."""

from dataclasses import dataclass
from datetime import timedelta

from desk.kit.ticks import store
from desk.kit.web.house import db, house
from desk.kit.words import _

RED_AFTER = timedelta(minutes=2)


@dataclass(frozen=True)
class ShownTick:
    """The ticker's lamp on every page."""

    state: str
    words: str
    age: int | None


def shown() -> ShownTick:
    """Return the ticker's lamp: red when it has been silent for two minutes, or refuses to fire."""
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
