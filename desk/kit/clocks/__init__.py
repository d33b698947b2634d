"""Clocks that run: a rule decides a due time once; it is stored with its trace, and boards and ticker only compare it.

Nothing restarts a clock: it is kept, missed or dropped, or decided anew from its own start (a calendar year was published), and then
old, new, why and who are logged.
"""

import dataclasses
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from desk.kit.act import Act
from desk.kit.calendar import Calendar, calendar_from, read_year, shipped_years
from desk.kit.clock import from_text, to_text
from desk.kit.clocks import store
from desk.kit.clocks.store import Clock
from desk.kit.database import Database
from desk.kit.deadlines import Due, Manual, Policy, due
from desk.kit.ids import new_id
from desk.kit.journal import Note, change
from desk.kit.rows import to_json

__all__ = ["Clock", "calendar", "drop", "end", "hand", "import_calendar", "start", "verify"]


def calendar(db: Database) -> Calendar:
    """Return the site's calendar: the shipped years, and those imported since, which win."""
    return _calendar(tuple(store.years(db)))


@lru_cache(maxsize=8)
def _calendar(texts: tuple[str, ...]) -> Calendar:
    years = {year.year: year for year in shipped_years()} | {year.year: year for year in map(read_year, texts)}
    return calendar_from(years.values())


def start(
    db: Database,
    act: Act,
    note: Note,
    *,
    kind: str,
    policy: Policy,
    start: datetime,
    object_id: str,
    number: str,
    title: str,
    waits_for: str,
    about: str = "",
    place: str = "",
    person: str = "",
    manual: Manual | None = None,
) -> Clock:
    """Decide a due time and let it run; a running clock of the same kind and case is an error of ours, not a restart."""
    if store.running_of(db, object_id, kind):
        raise RuntimeError(f"a clock {kind} of {number} runs already")
    decided = due(policy, calendar(db), start, manual=manual)
    clock = Clock(
        id=new_id(act.now),
        kind=kind,
        object=object_id,
        about=about,
        number=number,
        title=title,
        place=place,
        waits_for=waits_for,
        person=person,
        rule=policy.rule,
        policy=to_json(dataclasses.asdict(policy)),
        calendar=calendar(db).version,
        manual=to_json(dataclasses.asdict(manual)) if manual else None,
        started_at=start,
        due_at=decided.at,
        trace=decided.trace.to_json(),
        provisional=decided.provisional,
    )
    store.keep(db, clock)
    note("clock.started", object_id, about, kind=kind, rule=policy.rule, number=number, due=decided.at)
    return clock


def end(db: Database, act: Act, note: Note, object_id: str, kind: str, at: datetime | None = None) -> Clock | None:
    """Stop the running clock of a kind because what it waits for happened at `at`: kept if in time, else missed. None if none runs."""
    found = store.running_of(db, object_id, kind)
    if not found:
        return None
    happened = at or act.now
    state = "kept" if happened <= found[0].due_at else "missed"
    ended = replace(found[0], state=state, ended_at=happened)
    store.keep(db, ended)
    note(f"clock.{state}", object_id, found[0].about, kind=kind, rule=ended.rule, number=ended.number, due=ended.due_at)
    return ended


def drop(db: Database, act: Act, note: Note, object_id: str, kind: str = "") -> list[Clock]:
    """Stop running clocks of a case because nothing is waited for any more (cancelled, merged)."""
    dropped = [replace(clock, state="dropped", ended_at=act.now) for clock in store.running_of(db, object_id, kind)]
    for clock in dropped:
        store.keep(db, clock)
        note("clock.dropped", object_id, clock.about, kind=clock.kind, rule=clock.rule, number=clock.number, due=clock.due_at)
    return dropped


def hand(db: Database, object_id: str, kind: str, *, waits_for: str | None = None, person: str | None = None) -> None:
    """Say who must act next; the due time stays. Called inside a change that notes why."""
    for clock in store.running_of(db, object_id, kind):
        store.keep(
            db,
            replace(
                clock, waits_for=clock.waits_for if waits_for is None else waits_for, person=clock.person if person is None else person
            ),
        )


def import_calendar(db: Database, act: Act, text: str) -> tuple[int, list[tuple[Clock, Clock]]]:
    """Take in a published year and decide every provisional deadline anew; return the year and the (old, new) clocks.

    `Unclear('calendar.unclear')` names the key that cannot be read. What was promised on paper stays visible in the change log.
    """
    year = read_year(text)
    moved: list[tuple[Clock, Clock]] = []
    with change(db, act) as note:
        store.keep_year(db, year.year, text, act.now)
        note(
            "calendar.imported", f"calendar:{year.year}", year=year.year, papers=[paper.name for paper in year.papers], days=len(year.days)
        )
        for old in store.provisional(db):
            moved.append((old, _decide_anew(db, act, note, old, f"calendar {year.year}")))
    return year.year, moved


def _decide_anew(db: Database, act: Act, note: Note, old: Clock, why: str) -> Clock:
    decided = _due_again(db, old)
    new = replace(old, due_at=decided.at, trace=decided.trace.to_json(), provisional=decided.provisional, calendar=calendar(db).version)
    store.keep(db, new)
    row = {"clock": old.id, "at": to_text(act.now), "actor": act.actor, "why": why, "old_trace": old.trace}
    store.log_change(db, row | {"old_due": to_text(old.due_at), "new_due": to_text(new.due_at)})
    note("clock.decided_anew", old.object, old.about, kind=old.kind, number=old.number, why=why, old=old.due_at, new=new.due_at)
    return new


def _due_again(db: Database, clock: Clock) -> Due:
    manual: dict[str, Any] | None = json.loads(clock.manual) if clock.manual else None
    said = Manual(from_text(manual["at"]), manual["words"], manual.get("by", "resident")) if manual else None
    return due(Policy(**json.loads(clock.policy)), calendar(db), clock.started_at, manual=said)


def verify(db: Database) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield clocks whose state and end contradict each other."""
    for row in store.broken(db):
        yield "clock.broken", row
