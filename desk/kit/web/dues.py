"""A running clock as pages show it: its lamp, what is left, the due time and why."""

from dataclasses import dataclass
from functools import lru_cache

from desk.kit.clocks import Clock
from desk.kit.deadlines import State, Trace, left_words, show_due, state, trace_words
from desk.kit.web.house import house
from desk.kit.words import _, language


@dataclass(frozen=True)
class ShownDue:
    """What `ui.due` draws."""

    state: str  # ok, soon, late, paused, done
    words: str
    at_words: str
    iso: str
    provisional: bool
    trace: list[str]


def due_of(clock: Clock | None, why: bool = True) -> ShownDue | None:
    """Return a clock as `ui.due` draws it, in the viewer's language; None for none. `why=False` leaves the trace out of long lists."""
    if clock is None:
        return None
    now, lang = house().clock.now(), language()
    if clock.state == "running":
        lamp, words = state(clock.due_at, now, clock.started_at).value, left_words(clock.due_at, now, lang)
    else:
        lamp, words = {"kept": ("done", _("kept")), "missed": (State.LATE.value, _("missed"))}.get(clock.state, ("done", _("dropped")))
    trace = _trace(clock.trace, lang) if why else []
    return ShownDue(lamp, words, show_due(clock.due_at, lang), clock.due_at.isoformat(timespec="seconds"), clock.provisional, trace)


@lru_cache(maxsize=2000)
def _trace(text: str, lang: str) -> list[str]:
    return trace_words(Trace.from_json(text), lang)
