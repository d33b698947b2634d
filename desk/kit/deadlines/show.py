"""A due time as people read it: the day with 24:00, how much is left or how late it is, and its traffic light."""

from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from desk.kit.clock import SITE_ZONE
from desk.kit.deadlines.words_en import MONTHS
from desk.kit.deadlines.words_en import WEEKDAYS as WEEKDAYS_EN
from desk.kit.deadlines.words_zh import WEEKDAYS as WEEKDAYS_ZH

SOON = timedelta(hours=2)  # amber when no more than this is left,
SOON_SHARE = 4  # or no more than a quarter of the whole

MIDNIGHT = timedelta(days=1)


class State(StrEnum):
    """The traffic light of a clock; always shown with words, never as a colour alone (TR55)."""

    PAUSED = "paused"
    OK = "ok"
    SOON = "soon"
    LATE = "late"


def _is_chinese(lang: str) -> bool:
    return lang.lower().startswith("zh")


def show_due(at: datetime, lang: str, tz: ZoneInfo = SITE_ZONE, *, year: bool = False) -> str:
    """Return a due time as '11月25日 星期三 24:00前' or 'Wed 25 Nov, by 24:00'; with `year` for paper that is kept."""
    local = at.astimezone(tz)
    ends_day = local.hour == local.minute == local.second == local.microsecond == 0
    on = (local - MIDNIGHT if ends_day else local).date()
    time = "24:00" if ends_day else f"{local:%H:%M}"
    if _is_chinese(lang):
        return f"{f'{on.year}年' if year else ''}{on.month}月{on.day}日 星期{WEEKDAYS_ZH[on.weekday()]} {time}前"
    return f"{WEEKDAYS_EN[on.weekday()]} {on.day} {MONTHS[on.month - 1]}{f' {on.year}' if year else ''}, by {time}"


def state(due_at: datetime, now: datetime, started_at: datetime, *, paused: bool = False) -> State:
    """Return a clock's traffic light; it is late from the first moment after its due time."""
    if paused:
        return State.PAUSED
    left = due_at - now
    if left < timedelta(0):
        return State.LATE
    return State.SOON if left <= SOON or left * SOON_SHARE <= due_at - started_at else State.OK


def left_words(due_at: datetime, now: datetime, lang: str, *, paused: bool = False) -> str:
    """Return '还剩 3小时20分' or '超时 1天2小时', in English '3 h 20 min left' or 'late by 1 d 2 h'."""
    if paused:
        return "暂停计时" if _is_chinese(lang) else "paused"
    late = now > due_at
    span = _span(abs(due_at - now), _is_chinese(lang))
    if _is_chinese(lang):
        return f"超时 {span}" if late else f"还剩 {span}"
    return f"late by {span}" if late else f"{span} left"


def _span(length: timedelta, chinese: bool) -> str:
    minutes = length // timedelta(minutes=1)
    if not minutes:
        return "不到1分钟" if chinese else "less than 1 min"
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    units = ("天", "小时", "分") if chinese else (" d", " h", " min")
    told = [f"{n}{unit}" for n, unit in zip((days, hours, 0 if days else minutes), units, strict=True) if n]
    return ("" if chinese else " ").join(told)
