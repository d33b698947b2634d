"""When a visit would suit: parts of the coming days to tap. It is a wish; a person agrees the time."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desk.kit.clock import SITE_ZONE
from desk.kit.words import N_, _, using
from kiosk import times
from kiosk.screens.asking import Ask, Errors, Form, show_step
from kiosk.screens.base import Page, machine
from kiosk.sessions import Draft

DAYS = 6
PARTS = {"morning": (N_("morning"), time(11)), "afternoon": (N_("afternoon"), time(16)), "evening": (N_("evening"), time(19))}
"""Part of a day -> its word, and until when it may still be wished for today."""
ANY = "any"


@dataclass(frozen=True)
class Day:
    """One day with the parts that are still to come."""

    words: str
    date: str
    parts: tuple[tuple[str, str, str], ...]  # value, words, and the whole for a reader of the screen


def days(now: datetime) -> list[Day]:
    """Return the coming days; a part that is nearly over today is not offered."""
    local = now.astimezone(SITE_ZONE)
    found = []
    for n in range(DAYS):
        on = local.date() + timedelta(days=n)
        parts = tuple(
            (f"{on}/{part}", _(word), f"{_day_words(on, n)} {_(word)}")
            for part, (word, until) in PARTS.items()
            if n or local.time() < until
        )
        if parts:
            found.append(Day(_day_words(on, n), times.day(_noon(on)), parts))
    return found


def _day_words(on: date, n: int) -> str:
    return (_("Later today"), _("Tomorrow"), _("Day after tomorrow"))[n] if n < 3 else times.day(_noon(on))


def _noon(on: date) -> datetime:
    return datetime.combine(on, time(12), SITE_ZONE)


def slot_words(slot: str) -> str:
    """Return a wished time in words of the language in use."""
    if slot == ANY:
        return _("any time, please phone first")
    day, _slash, part = slot.partition("/")
    return f"{times.day(_noon(date.fromisoformat(day)))} {_(PARTS[part][0])}" if part in PARTS else slot


def slot_for_desk(slot: str) -> str:
    """Return a wished time in the words of the staff, whatever language the resident reads."""
    with using("zh"):
        return slot_words(slot)


def is_slot(slot: str) -> bool:
    """Whether this is a time that is offered now."""
    return slot == ANY or slot in {value for day in days(machine().now()) for value, *_rest in day.parts}


def _show(ask: Ask, flow: str, draft: Draft) -> Page:
    return show_step(ask, flow, draft, "when.html", days=days(machine().now()), any=ANY)


def _take(ask: Ask, draft: Draft, form: Form) -> Errors:
    if not is_slot(form.get("wished", "")):
        return {"wished": _("Choose one from the list.")}
    draft.answers["wished"] = form["wished"]
    return {}


def _said(draft: Draft) -> str:
    return slot_words(draft.answers.get("wished", ""))


WHEN = Ask("wished", "time", N_("When would a visit suit you?"), N_("Wished time"), _show, _take, _said)
