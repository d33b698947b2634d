"""The holidays of one year as the State Council publishes them, and the calendar made of several.

Source: 全国年节及纪念日放假办法 and the yearly 国务院办公厅关于…部分节假日安排的通知; each file in `desk/calendars/` names its notice.
A file reads {"year": 2026, "papers": [{"name", "number", "url"}], "days": [{"name": "春节", "date": "2026-02-17", "off": true}, ...]};
a year that nobody has published yet has no papers.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

from desk.kit.calendar.days import WORKWEEK, Calendar, Day, Windows
from desk.kit.problems import Unclear

WORKING_HOURS: Windows = ((9 * 3600, 18 * 3600),)
EVERY_DAY: tuple[Windows, ...] = (WORKING_HOURS,) * 7


@dataclass(frozen=True)
class Paper:
    """The notice that a year's days are taken from."""

    name: str
    number: str = ""
    url: str = ""


@dataclass(frozen=True)
class NamedDay:
    """A date on which the notice says `off` (放假) or, if not off, to work instead (调休上班)."""

    on: date
    name: str
    off: bool


@dataclass(frozen=True)
class Year:
    """The days of one year's notice; without papers it is somebody's expectation and stays provisional."""

    year: int
    papers: tuple[Paper, ...]
    days: tuple[NamedDay, ...]

    @property
    def is_published(self) -> bool:
        """Say whether the State Council has published this year."""
        return bool(self.papers)


def read_year(text: str | bytes) -> Year:
    """Read one year's file; `Unclear('calendar.unclear')` names the key, what was found and what is expected."""
    try:
        data = json.loads(text.removeprefix("\ufeff") if isinstance(text, str) else text)
    except (ValueError, RecursionError) as problem:
        raise _unclear("file", str(problem), "JSON") from None
    if not isinstance(data, dict):
        raise _unclear("file", type(data).__name__, '{"year": ..., "papers": [...], "days": [...]}')
    year = data.get("year")
    if not isinstance(year, int) or isinstance(year, bool) or not 1949 <= year <= 9998:
        raise _unclear("year", year, "2026")
    papers = tuple(_paper(item, f"papers[{index}]") for index, item in enumerate(_list(data, "papers")))
    days = tuple(_named_day(item, f"days[{index}]", year) for index, item in enumerate(_list(data, "days")))
    _check(days, papers)
    return Year(year, papers, tuple(sorted(days, key=lambda day: day.on)))


def _unclear(key: str, found: object, expected: str) -> Unclear:
    return Unclear("calendar.unclear", key=key, found=found, expected=expected)


def _list(data: Mapping[str, Any], key: str) -> list[Any]:
    value = data.get(key)
    if not isinstance(value, list):
        raise _unclear(key, value, "[...]")
    return value


def _text(item: Mapping[str, Any], key: str, where: str) -> str:
    value = item.get(key)
    if not isinstance(value, str) or not value.strip():
        raise _unclear(f"{where}.{key}", value, "text")
    return value.strip()


def _paper(item: object, where: str) -> Paper:
    if isinstance(item, str) and item.strip():
        return Paper(name=item.strip(), url=item.strip())
    if not isinstance(item, dict):
        raise _unclear(where, item, '{"name": ..., "number": ..., "url": ...}')
    return Paper(_text(item, "name", where), str(item.get("number", "")), str(item.get("url", "")))


def _named_day(item: object, where: str, year: int) -> NamedDay:
    if not isinstance(item, dict):
        raise _unclear(where, item, '{"name": ..., "date": ..., "off": ...}')
    written = _text(item, "date", where)
    try:
        on = date.fromisoformat(written)
    except ValueError:
        raise _unclear(f"{where}.date", written, f"{year}-10-01") from None
    if not date(year - 1, 12, 1) <= on <= date(year, 12, 31):  # a notice may reach back into December
        raise _unclear(f"{where}.date", written, f"{year}-10-01")
    off = item.get("off", item.get("isOffDay"))
    if not isinstance(off, bool):
        raise _unclear(f"{where}.off", off, "true / false")
    return NamedDay(on, _text(item, "name", where), off)


def _check(days: tuple[NamedDay, ...], papers: tuple[Paper, ...]) -> None:
    if papers and not days:
        raise _unclear("days", [], "[...]")
    seen: set[date] = set()
    for index, day in enumerate(days):
        if day.on in seen:
            raise _unclear(f"days[{index}].date", day.on.isoformat(), "each date once")
        if not day.off and day.on.weekday() in WORKWEEK:
            raise _unclear(f"days[{index}].off", day.on.isoformat(), "a Saturday or Sunday")
        seen.add(day.on)


def shipped_years() -> list[Year]:
    """Return the years that come with the product, oldest first."""
    folder = files("desk") / "calendars"
    found = [read_year(file.read_text("utf-8")) for file in folder.iterdir() if file.name.endswith(".json")]
    return sorted(found, key=lambda year: year.year)


def calendar_from(
    years: Iterable[Year],
    weekly: tuple[Windows, ...] = EVERY_DAY,
    tz: str = "Asia/Shanghai",
    version: str = "",
    *,
    hours: Mapping[date, Windows] | None = None,
    holiday: Windows = (),
) -> Calendar:
    """Make the site's calendar of published years and its own weekly hours, Monday first.

    On a holiday the site keeps the `holiday` hours (closed unless told otherwise); on a make-up workday those of a
    normal working day. `hours` are the site's own exceptions: they change when it is open, never what a working day is.
    Without a `version`, one is made from the content: same content, same version.
    """
    ordered = sorted(years, key=lambda year: year.year)
    normal = next((weekly[weekday] for weekday in sorted(WORKWEEK) if weekly[weekday]), ())
    days = {
        day.on: Day(False, holiday, "holiday", day.name) if day.off else Day(True, normal, "makeup", day.name)
        for year in ordered
        for day in year.days
    }
    known = frozenset(year.year for year in ordered if year.is_published)
    plain = Calendar("", tz, weekly, days, years=known)
    for on, windows in (hours or {}).items():
        usual = plain.day(on)
        days[on] = Day(usual.work, windows, usual.why, usual.name)
    return Calendar(version or _version(plain), tz, weekly, days, years=known)


def load_calendar(texts: Iterable[str | bytes], weekly: tuple[Windows, ...] = EVERY_DAY, tz: str = "Asia/Shanghai") -> Calendar:
    """Make a calendar of year files; the errors are those of `read_year`."""
    return calendar_from([read_year(text) for text in texts], weekly, tz)


def _version(calendar: Calendar) -> str:
    days = [[on.isoformat(), day.work, day.windows, day.name] for on, day in sorted(calendar.days.items())]
    known = sorted(calendar.years or ())
    content = json.dumps([calendar.zone, calendar.weekly, days, known], ensure_ascii=False, separators=(",", ":"))
    span = f"{known[0]}-{known[-1]}" if known else "none"
    return f"CN {span} {hashlib.sha256(content.encode()).hexdigest()[:8]}"
