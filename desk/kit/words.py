"""Every word a person sees: English in the code, Chinese in one `zh.po` per folder, both complete.

Catalogs are read as they stand in the repository (GNU gettext .po, read by Babel), so there is no compiled copy that could be
stale or left out of a package. The language is a context variable: the request sets it, a printed paper sets its own.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, time, timedelta
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

from desk.kit.clock import SITE_ZONE
from desk.kit.problems import Problem

LANGUAGES = ("zh", "en")
_LANG: ContextVar[str] = ContextVar("lang", default="zh")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")
_PROBLEMS: dict[str, str] = {}
_ACTS: dict[str, str] = {}
_CHOICES: dict[tuple[str, str], str] = {}


def catalogs(root: Path | None = None) -> list[Path]:
    """Return the .po files of the house, in a fixed order."""
    home = root or Path(__file__).resolve().parents[2]
    return sorted(path for package in ("desk", "kiosk") for path in (home / package).rglob("zh.po"))


@cache
def chinese() -> dict[str, str]:
    """Return English sentence -> Chinese sentence, from all catalogs."""
    words: dict[str, str] = {}
    for path in catalogs():
        with path.open("rb") as file:
            for message in read_po(file, locale="zh_Hans_CN", ignore_obsolete=True):
                if message.id and message.string:
                    key = message.id if isinstance(message.id, str) else message.id[0]
                    words[key] = message.string if isinstance(message.string, str) else message.string[0]
    return words


def language() -> str:
    """Return the language now in use, 'zh' or 'en'."""
    return _LANG.get()


def speak(lang: str) -> None:
    """Use a language from here on (one request, one thread)."""
    _LANG.set(lang if lang in LANGUAGES else "zh")


@contextmanager
def using(lang: str) -> Iterator[None]:
    """Use a language inside the block: for a paper, a letter, a report."""
    token = _LANG.set(lang if lang in LANGUAGES else "zh")
    try:
        yield
    finally:
        _LANG.reset(token)


def gettext(text: str) -> str:
    """Return an English sentence in the language in use, without filling its places."""
    return chinese().get(text, text) if _LANG.get() == "zh" else text


def ngettext(one: str, many: str, n: int) -> str:
    """Return the sentence for n things; Chinese has one form."""
    return chinese().get(one, one if n == 1 else many) if _LANG.get() == "zh" else (one if n == 1 else many)


def _(text: str, **places: Any) -> str:
    """Return an English sentence in the language in use, its %(name)s places filled."""
    said = gettext(text)
    return said % places if places else said


def N_(text: str) -> str:  # noqa: N802 - the name that gettext tools look for
    """Mark a sentence for the catalogs; it is said later, by `_`."""
    return text


def learn(
    problems: Mapping[str, str] | None = None,
    acts: Mapping[str, str] | None = None,
    choices: Mapping[Any, str] | Iterable[tuple[Any, str]] = (),
) -> None:
    """Take in a workflow's words: sentences for its problem codes, its journal acts, and its enum members.

    Enum members come as pairs where two enums share a value: as keys of one mapping they would be one.
    """
    _PROBLEMS.update(problems or {})
    _ACTS.update(acts or {})
    for member, text in choices.items() if isinstance(choices, Mapping) else choices:
        _CHOICES[type(member).__name__, member.value] = text


def problem_words(problem: Problem) -> str:
    """Return what a problem means and what to do next, in the language in use."""
    return sentence(problem.code, problem.details)


def sentence(code: str, details: Mapping[str, Any] | None = None) -> str:
    """Return the sentence of a problem code with its details filled in; the code itself if nobody gave it words."""
    return _fill(_PROBLEMS.get(code, code), details or {})


def act_words(act: str, details: Mapping[str, Any] | None = None) -> str:
    """Return what a journal entry says happened, in the language in use."""
    return _fill(_ACTS.get(act, act), details or {})


def word(member: Any) -> str:
    """Return the word for an enum member; '' for None; any other value as text."""
    if isinstance(member, Enum):
        found = _CHOICES.get((type(member).__name__, str(member.value)))
        return gettext(found) if found else str(member.value)
    return "" if member is None else str(member)


class _Details(dict[str, Any]):
    """Details of an entry as words; a place that an old entry has no detail for stays a dash."""

    def __missing__(self, key: str) -> str:
        return "—"


def _fill(text: str, details: Mapping[str, Any]) -> str:
    said = gettext(text)
    return said % _Details({key: _detail(key, value) for key, value in details.items()}) if "%(" in said else said


def _detail(key: str, value: Any) -> str:
    """Return one detail as words: members of the choice that the detail is named after by their word, instants as local time, lists joined."""
    if isinstance(value, list | tuple):
        said = [_detail(key, item) for item in value]
        return "、".join(said) if language() == "zh" else ", ".join(said)
    if value is None or value == "":
        return "—"
    if isinstance(value, str) and not isinstance(value, Enum):
        name, _dot, member = value.partition(".")  # a named choice: 'Verdict.developer'
        choice = _CHOICES.get((name, member)) or _CHOICES.get((key.title().replace("_", ""), value))
        return gettext(choice) if choice else (_local(value) if _INSTANT.fullmatch(value) else value)
    return word(value)


def _local(text: str) -> str:
    """Return a stored instant as the site's wall clock says it; a midnight is the 24:00 that ends a day."""
    at = datetime.fromisoformat(text).astimezone(SITE_ZONE)
    if at.time() == time(0):
        return f"{at - timedelta(days=1):%Y-%m-%d} 24:00"
    return f"{at:%Y-%m-%d %H:%M}"


def known_words() -> dict[str, dict[str, str]]:
    """Return all learned problem and act sentences, for the house tests."""
    return {"problems": dict(_PROBLEMS), "acts": dict(_ACTS), "choices": {f"{k}.{v}": text for (k, v), text in _CHOICES.items()}}
