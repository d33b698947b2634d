"""One search box: a room in any spelling, a phone's tail, pinyin initials, Han characters (two are enough), a number.

FTS5's own trigram index finds no two-character Chinese word, so Chinese runs are split into bigrams before indexing and asking.
"""

import re
import unicodedata
from collections.abc import Iterable

from desk.kit.database import Database
from desk.kit.search import store
from desk.kit.search.store import Hit

__all__ = ["Hit", "asked", "find", "fold", "grams", "index", "key_of", "phone_key"]

_HAN = r"\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUNS = re.compile(rf"[{_HAN}]+|[0-9a-z]+")


def fold(text: str) -> str:
    """Return text as it is compared: NFKC, lower case, full-width digits as digits."""
    return unicodedata.normalize("NFKC", text).lower()


def grams(text: str) -> str:
    """Return text as index words: Chinese runs as single characters and overlapping pairs, the rest as it is."""
    words: list[str] = []
    for run in _RUNS.findall(fold(text)):
        words += _han_words(run) if ord(run[0]) > 0x2E7F else [run]
    return " ".join(words)


def _han_words(run: str) -> list[str]:
    return [*run, *(run[i : i + 2] for i in range(len(run) - 1))]


def asked(query: str) -> str:
    """Return what FTS5 is asked for a query: every run must stand there, its pairs one after the other; '' for nothing to ask."""
    parts: list[str] = []
    for run in _RUNS.findall(fold(query)):
        if ord(run[0]) <= 0x2E7F:
            parts.append(f'"{run}"*')
        elif len(run) == 1:
            parts.append(f'"{run}"')
        else:
            pairs = " ".join(run[i : i + 2] for i in range(len(run) - 1))
            parts.append(f'"{pairs}"')
    return " AND ".join(dict.fromkeys(parts))


def key_of(text: str) -> str:
    """Return a key as it is compared: folded, only letters, digits and Han; '３-1-1803室' and '3#1-1803' both give 3|1|1803."""
    runs = re.findall(rf"[0-9]+|[a-z]+|[{_HAN}]+", re.sub(r"[栋幢座楼号室单元房层#]+", " ", fold(text)))
    return "|".join(run.lstrip("0") or "0" if run.isdigit() else run for run in runs)


def phone_key(phone: str) -> str:
    """Return the key by which a phone's tail finds it: its digits from the end."""
    return "tel:" + re.sub(r"\D", "", phone)[::-1]


def index(db: Database, object_id: str, kind: str, title: str, detail: str, link: str, rank: str, text: str, keys: Iterable[str]) -> None:
    """Make a thing findable, replacing what was known of it; called inside the change that alters the thing."""
    store.keep(db, (object_id, kind, title, detail, link, rank), grams(text), sorted({key for key in keys if key}))


def find(db: Database, query: str, limit: int = 20, kinds: tuple[str, ...] = ()) -> list[Hit]:
    """Return what a query means, exact keys first, then full text, newest first."""
    keys = [key for key in (key_of(query), *_phone_keys(query), fold(query).strip()) if key]
    found = store.by_keys(db, list(dict.fromkeys(keys)), kinds, limit)
    match = asked(query)
    if match and len(found) < limit:
        seen = {hit.object for hit in found}
        found += [hit for hit in store.by_text(db, match, kinds, limit) if hit.object not in seen]
    return found[:limit]


def _phone_keys(query: str) -> list[str]:
    digits = re.sub(r"\D", "", fold(query))
    return [phone_key(digits)] if len(digits) >= 4 else []
