"""What the desk published, as the screens ask for it: read from the replica's views."""

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from desk.kit.calendar import Calendar, calendar_from, read_year, shipped_years
from desk.kit.database import Database
from desk.kit.deadlines import due, trace_words
from desk.kit.problems import Problem
from desk.workflows.repairs.rules.choices import Category, Urgency, Zone
from desk.workflows.repairs.rules.tables import PRIORITY, SORTS
from kiosk.machine import Building, Notice, Promise, SiteCard
from sync import replica


def site(db: Database) -> SiteCard:
    """Return what the desk says of itself; an empty card before the first sync."""
    found = replica.docs(db, "site@1")
    if not found:
        return SiteCard()
    row = found[0]
    words = {name: str(row[name] or "") for name in ("name_zh", "name_en", "phone", "hotline", "opens", "closes")}
    urgent = tuple((str(what), str(number)) for what, number in json.loads(row["urgent"] or "[]"))
    return SiteCard(**words, urgent=urgent)


def notices(db: Database, today: date) -> list[Notice]:
    """Return the notices that count today: pinned ones first, then the newest."""
    found = [
        Notice(
            row["id"], row["title_zh"] or "", row["words_zh"] or "", row["title_en"] or "", row["words_en"] or "", row["from_on"] or "",
            row["until_on"] or "", bool(row["pinned"]),
        )
        for row in replica.docs(db, "notice@1")
    ]  # fmt: skip
    on = today.isoformat()
    counted = [one for one in found if (one.from_on or on) <= on <= (one.until_on or on)]
    return sorted(sorted(counted, key=lambda one: one.from_on, reverse=True), key=lambda one: not one.pinned)


def buildings(db: Database) -> list[Building]:
    """Return the buildings with their rooms, 2 before 10."""
    found = [Building(row["code"], row["name"], _entrances(json.loads(row["entrances"] or "{}"))) for row in replica.docs(db, "building@1")]
    return sorted(found, key=lambda one: (not one.code.isdigit(), int(one.code) if one.code.isdigit() else 0, one.code))


def _entrances(told: Mapping[str, Mapping[str, list[str]]]) -> dict[str, dict[int, tuple[str, ...]]]:
    return {code: {int(floor): tuple(rooms) for floor, rooms in floors.items()} for code, floors in told.items()}


def calendar(db: Database) -> Calendar:
    """Return the desk's calendar: the years that come with the program, and those the desk took in since, which win."""
    return _calendar(tuple(str(row["text"]) for row in replica.docs(db, "calendar@1")))


@lru_cache(maxsize=4)
def _calendar(texts: tuple[str, ...]) -> Calendar:
    years = {year.year: year for year in shipped_years()}
    for text in texts:
        try:
            year = read_year(text)
        except Problem:  # of a newer desk: its dates count as not published here
            continue
        years[year.year] = year
    return calendar_from(years.values())


def promise(db: Database, category: str, urgency: str | None, zone: str | None, at: Any, lang: str) -> Promise:
    """Return the response promise (TR1) for a repair submitted at an instant, by the same rules and calendar as the desk's."""
    usual = SORTS[Category(category)]
    policy = PRIORITY[Urgency(urgency) if urgency else usual.urgency, Zone(zone) if zone else usual.zone].respond
    decided = due(policy, calendar(db), at)
    return Promise(policy.rule, policy.clause, decided.at, decided.provisional, tuple(trace_words(decided.trace, lang)))


def sealed(db: Database, tag: str) -> str:
    """Return the sealed status under a receipt tag, '' if none is here."""
    found = replica.docs(db, "status@1", tag)
    return str(found[0]["sealed"]) if found else ""


def checked_at(db: Database, scope: str) -> str:
    """Return the desk's time when a scope was last known to be equal to the desk's, '' before."""
    found = replica.store.cursor(db, scope)
    return found.checked_at if found else ""
