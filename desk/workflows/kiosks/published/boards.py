"""What every kiosk shows to everybody (scope 'pub'): structure and notices, never a person, never who lives where."""

from collections.abc import Mapping
from typing import Any

from desk.kit import site_facts
from desk.kit.database import Database
from desk.kit.plugs import Doc, Place, Published
from desk.kit.site_facts import SiteFacts
from desk.workflows.households import store as register
from desk.workflows.households.rules import Building, Usage
from desk.workflows.kiosks import store
from desk.workflows.kiosks.rules.notices import STATE_NUMBERS, Notice, Urgent

HOMES = frozenset({Usage.DWELLING, Usage.SHOP, Usage.OFFICE})
Rooms = dict[str, dict[str, list[str]]]


def facts_of(db: Database) -> dict[str, str]:
    """Return what is published of the site's settings."""
    facts: SiteFacts = site_facts.of(db)
    return {
        "name_zh": facts.name_zh, "name_en": facts.name_en, "phone": facts.desk_phone or facts.phone, "hotline": facts.hotline,
        "opens": f"{facts.opens:%H:%M}", "closes": f"{facts.closes:%H:%M}",
    }  # fmt: skip


def urgent_numbers(db: Database) -> dict[Urgent, str]:
    """Return the urgent numbers: the desk's own before those of the country, the hotline where nobody wrote who is on duty."""
    facts = site_facts.of(db)
    known = STATE_NUMBERS | store.numbers(db)
    duty = facts.hotline or facts.desk_phone or facts.phone
    return ({Urgent.DUTY: duty} if duty else {}) | known


def _read_site(db: Database, _key: str) -> dict[str, Any]:
    numbers = urgent_numbers(db)
    return {**facts_of(db), "urgent": [[what.value, numbers[what]] for what in Urgent if what in numbers]}


def _site(_key: str, doc: dict[str, Any]) -> Mapping[Place, Doc]:
    return {("pub", "site@1", "site"): doc}


def _read_building(db: Database, key: str) -> tuple[Building, Rooms] | None:
    building = register.building(db, key)
    if building is None:
        return None
    rooms: Rooms = {}
    for unit, floor, entrance in register.units_of(db, key):
        if unit.usage in HOMES:
            rooms.setdefault(entrance, {}).setdefault(str(floor), []).append(unit.room)
    return building, rooms


def _building(key: str, found: tuple[Building, Rooms] | None) -> Mapping[Place, Doc]:
    if found is None:
        return {}
    building, rooms = found
    return {("pub", "building@1", key): {"code": building.code, "name": building.name, "entrances": rooms}}


def _notice(key: str, notice: Notice | None) -> Mapping[Place, Doc]:
    if notice is None or notice.withdrawn_at:
        return {}
    doc = {
        "title_zh": notice.title_zh, "words_zh": notice.words_zh, "title_en": notice.title_en, "words_en": notice.words_en,
        "from_on": notice.from_on.isoformat(), "until_on": notice.until_on.isoformat() if notice.until_on else "", "pinned": notice.pinned,
    }  # fmt: skip
    return {("pub", "notice@1", key): doc}


def _calendar(key: str, text: str | None) -> Mapping[Place, Doc]:
    return {("pub", "calendar@1", key): {"year": int(key), "text": text}} if text else {}


SITE = Published(
    source="kiosks.site",
    watch={"kiosk_site": "id", "kiosk_urgent_number": "site"},
    keys=lambda _db: ("site",),
    read=_read_site,
    project=_site,
    fields={"site@1": frozenset({"name_zh", "name_en", "phone", "hotline", "opens", "closes", "urgent"})},
)
BUILDING = Published(
    source="kiosks.building",
    watch={"building": "id", "entrance": "building", "unit": "building"},
    keys=lambda db: [building.id for building in register.buildings(db)],
    read=_read_building,
    project=_building,
    fields={"building@1": frozenset({"code", "name", "entrances"})},
)
NOTICE = Published(
    source="kiosks.notice",
    watch={"notice": "id"},
    keys=store.notice_ids,
    read=store.notice,
    project=_notice,
    fields={"notice@1": frozenset({"title_zh", "words_zh", "title_en", "words_en", "from_on", "until_on", "pinned"})},
)
CALENDAR = Published(
    source="kiosks.calendar",
    watch={"calendar_year": "year"},
    keys=store.calendar_years,
    read=store.calendar_text,
    project=_calendar,
    fields={"calendar@1": frozenset({"year", "text"})},
)
