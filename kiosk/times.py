"""How the screens say a time: the clock, an instant with its day, how long ago, and what stands on the line to the desk."""

from datetime import datetime, timedelta

from desk.kit.clock import SITE_ZONE
from desk.kit.deadlines.words_en import MONTHS
from desk.kit.deadlines.words_en import WEEKDAYS as WEEKDAYS_EN
from desk.kit.deadlines.words_zh import WEEKDAYS as WEEKDAYS_ZH
from desk.kit.words import _, language, ngettext
from kiosk.machine import Link, SiteCard


def clock(at: datetime) -> str:
    """Return '14:05'."""
    return f"{at.astimezone(SITE_ZONE):%H:%M}"


def day(at: datetime) -> str:
    """Return '11月24日 星期二' or 'Tue 24 Nov'."""
    local = at.astimezone(SITE_ZONE)
    if language() == "zh":
        return f"{local.month}月{local.day}日 星期{WEEKDAYS_ZH[local.weekday()]}"
    return f"{WEEKDAYS_EN[local.weekday()]} {local.day} {MONTHS[local.month - 1]}"


def stamp(at: datetime, now: datetime) -> str:
    """Return an instant: '14:05' today, with its day otherwise."""
    same_day = at.astimezone(SITE_ZONE).date() == now.astimezone(SITE_ZONE).date()
    return clock(at) if same_day else f"{day(at)} {clock(at)}"


def ago(at: datetime, now: datetime) -> str:
    """Return how long ago an instant was: '32 minutes ago'."""
    minutes = max(now - at, timedelta(0)) // timedelta(minutes=1)
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return ngettext("%(n)s minute ago", "%(n)s minutes ago", minutes) % {"n": minutes}
    hours = minutes // 60
    if hours < 48:
        return ngettext("%(n)s hour ago", "%(n)s hours ago", hours) % {"n": hours}
    days = hours // 24
    return ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}


def link_words(link: Link, now: datetime, site: SiteCard) -> tuple[str, str]:
    """Return what stands on the line to the desk: in short, and as whole sentences with what a resident can do."""
    if link.last_sync_at is None:
        long = _("This machine has not reached the service centre yet. You can use it as usual: what you save is sent once the line is up.")
        return _("Not connected yet"), f"{long} {_urgent(site)}"
    last = _("last sync %(time)s (%(ago)s)", time=stamp(link.last_sync_at, now), ago=ago(link.last_sync_at, now))
    if link.online:
        return _("Connected"), _("Connected to the service centre, %(last)s.", last=last)
    short = _("Service centre not reached, %(last)s", last=last)
    long = _(
        "This machine cannot reach the service centre now, %(last)s. You can use it as usual: what you save is sent once the line is back.",
        last=last,
    )
    return short, f"{long} {_urgent(site)}" if language() == "en" else f"{long}{_urgent(site)}"


def _urgent(site: SiteCard) -> str:
    number = site.hotline or site.phone
    if number:
        return _("If it is urgent, call %(number)s or go to the front desk.", number=number)
    return _("If it is urgent, go to the front desk.")


def read(text: str) -> datetime:
    """Return an instant of a status document."""
    return datetime.fromisoformat(text)
