"""What every template knows: words, addresses, money, times, who looks, and the frame's navigation."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from babel.dates import format_datetime
from flask import Flask, request, url_for
from markupsafe import Markup

from desk.kit import money
from desk.kit.clock import SITE_ZONE
from desk.kit.deadlines import show_due
from desk.kit.journal import store as journal
from desk.kit.web import cookies
from desk.kit.web.compiled import COMPILED
from desk.kit.web.dues import due_of
from desk.kit.web.house import Flash, db, house, maybe_viewer
from desk.kit.web.static import static
from desk.kit.words import _, act_words, gettext, language, ngettext, word
from desk.kit.workflow import Nav

_PATTERNS: Mapping[tuple[str, str], str] = {
    ("zh", "short"): "M月d日 HH:mm",
    ("zh", "day"): "M月d日 EEE",
    ("zh", "long"): "y年M月d日 EEEE HH:mm",
    ("zh", "date"): "y年M月d日",
    ("en", "short"): "d MMM, HH:mm",
    ("en", "day"): "EEE d MMM",
    ("en", "long"): "EEEE d MMMM y, HH:mm",
    ("en", "date"): "d MMMM y",
}
_LOCALES = {"zh": "zh_Hans_CN", "en": "en"}
_COUNTS_KEPT = 200
_MINUTE = 60


def local(at: datetime | None, form: str = "short") -> str:
    """Return an instant on the site's clock: 'short', 'day', 'long', 'date', 'time' or 'iso'; '' for None."""
    if at is None:
        return ""
    here = at.astimezone(SITE_ZONE)
    if form == "iso":
        return here.isoformat(timespec="minutes")
    if form == "time":
        return f"{here:%H:%M}"
    return format_datetime(here, _PATTERNS[language(), form], locale=_LOCALES[language()])


def choices(table: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return a table of value -> English words as the options of a field, in the language in use."""
    return [(value, gettext(words)) for value, words in table.items()]


def csrf_field() -> Markup:
    """Return the hidden field that every form of ours carries."""
    return Markup('<input type="hidden" name="csrf" value="{}">').format(cookies.csrf_token())


def flashes() -> list[Flash]:
    """Return the sentences that the last act left for this page."""
    who = maybe_viewer()
    return house().memory.said(who.session) if who else []


def equip(app: Flask) -> None:
    """Teach the templates the house's words and figures."""
    env = app.jinja_env
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.bytecode_cache = COMPILED
    env.globals.update(
        {"_": _, "word": word, "act_words": act_words, "static": static, "csrf_token": cookies.csrf_token, "csrf_field": csrf_field}
    )
    env.globals.update(
        {
            "flashes": flashes,
            "local": local,
            "due_of": due_of,
            "choices": choices,
            "show_due": _show_due,
            "now": lambda: house().clock.now(),
        }
    )
    env.filters.update({"money": money.show, "local": local, "word": word, "show_due": _show_due})
    app.context_processor(frame)


def _show_due(at: datetime) -> str:
    return show_due(at, language())


def frame() -> dict[str, Any]:
    """Return what the frame of this request shows."""
    lang = language()
    return {
        "viewer": maybe_viewer(),
        "lang": "zh-CN" if lang == "zh" else "en",
        "site_name": house().site_name[lang],
        "site": house().facts,
        "nav": Lazily(navigation),
        "tick": house().tick(),
    }


class Lazily:
    """A list that is made when a template first walks through it: pages without a frame don't pay for one."""

    def __init__(self, make: Callable[[], list[dict[str, Any]]]) -> None:
        self._make = make

    def __iter__(self) -> Any:
        return iter(self._make())

    def __bool__(self) -> bool:
        return True


def navigation() -> list[dict[str, Any]]:
    """Return the places that the viewer may go to, in order, each with its count."""
    who = maybe_viewer()
    if who is None:
        return []
    here = request.endpoint or ""
    places = sorted((nav for workflow in house().workflows for nav in workflow.nav if who.can(nav.perm)), key=lambda nav: nav.order)
    head = journal.head(db())[0]
    shown: list[dict[str, Any]] = [
        {"url": "/", "label": _("Today"), "icon": "board", "key": "", "count": None, "current": here == "desk.start"}
    ]
    for nav in places:
        current = here.split(".")[0] == nav.endpoint.split(".")[0]
        shown.append(
            {
                "url": url_for(nav.endpoint),
                "label": gettext(nav.label),
                "icon": nav.icon,
                "key": getattr(nav, "key", ""),
                "count": _count(nav, head),
                "current": current,
            }
        )
    return shown + _own(who.can, here)


def _own(can: Callable[[str], bool], here: str) -> list[dict[str, Any]]:
    """Return the house's own places."""
    own = (
        ("journal.day", _("Work journal"), "book", "journal.see"),
        ("staff.board", _("Staff"), "people", "staff.manage"),
        ("care.state", _("Upkeep"), "shield", "desk.care"),
    )
    return [
        {
            "url": url_for(endpoint),
            "label": label,
            "icon": icon,
            "key": "",
            "count": None,
            "current": here.split(".")[0] == endpoint.split(".")[0],
        }
        for endpoint, label, icon, perm in own
        if can(perm)
    ]


def _count(nav: Nav, head: int) -> int | None:
    """Return a place's count; it is asked for anew after each change and each minute, not for each page."""
    minute = int(house().clock.now().timestamp()) // _MINUTE
    kept, key = house().nav_counts, (nav.endpoint, head, minute)
    with house().lock:
        if key in kept:
            return kept[key]
    counted = nav.count(db())
    with house().lock:
        kept[key] = counted
        while len(kept) > _COUNTS_KEPT:
            kept.popitem(last=False)
    return counted
