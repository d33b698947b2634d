"""What a page says, as a reader without eyes would: its words and labels, and what among them should not be there."""

import json
import re
from functools import cache
from html.parser import HTMLParser

from desk.kit.words import chinese
from desk.settings import Settings
from desk.workflows.repairs.rules import clauses
from tests.browser.community import ROSTER, Community

SPOKEN = ("title", "alt", "aria-label", "placeholder", "data-words", "data-key-words", "data-confirm")
LATIN = re.compile(r"[A-Za-z][A-Za-z'’-]+")
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
CODES = (
    re.compile(r"(?<![\w.@/-])[a-z]+(?:_[a-z]+)*\.[a-z]+(?:_[a-z]+)+\b"),  # repair.not_now
    re.compile(r"(?<![\w.@/-])(?:repair|contact|staff|paper|unit|person|household|clock|access|form|roster)s?\.[a-z]+\b"),
    re.compile(r"(?<![\w./-])[a-z]+_[a-z_]+\b"),  # on_site
    re.compile(r"\b(?:None|undefined|NaN|True|False|null|datetime|Markup)\b"),
    re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d"),
    re.compile(r"%\(\w+\)|\{\{|\}\}|<[\w.]+ object|\[object"),
)
PLACE = re.compile(r"%\(\w+\)s")
SAID_IN_CHINESE = """Excel PDF CSV LobbyDesk PIN ID Ctrl Enter Esc Shift Alt WX WT XS XLSX xlsx csv QQ WeChat GB OK Chromium Linux zw KB MB
Chinese English"""
ALLOWED = frozenset(SAID_IN_CHINESE.split())
"""Words in Latin letters that a Chinese page says too."""
COLUMNS = "message_id user subject sent_at body reply replied_at desk.toml"
FILE_WORDS = frozenset([*COLUMNS.split(), *Settings.model_fields])
"""Names that stand in a file: the columns of messages, the keys of the settings."""
FILE_WORD = re.compile(r"\b(?:" + "|".join(re.escape(word) for word in sorted(FILE_WORDS, key=len, reverse=True)) + r")\b")
LAWS = ("物业管理条例第五十一条", *(policy.clause for policy in (*clauses.REVISIT.values(), clauses.PROMISE, clauses.REWORK)))
"""Clauses are quoted as they are written."""
NAMES = ("中文 简体中文 楼号 单元 房间 业主名称 手机号 身份证号 建筑面积 花名册", "Asia/Shanghai zzzzqq")
"""Names in their own language: of languages, of a roster's columns, of the time zone, and what these tests look for."""


class Reader(HTMLParser):
    """Collects the words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._silent = 0
        self._words = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self._words = tag == "script" and found.get("id") == "words"
        if tag in ("script", "style", "kbd"):
            self._silent += 1
        self.said += [value for name, value in attrs if name in SPOKEN and value]
        if tag == "input" and found.get("type") in ("submit", "button") and found.get("value"):
            self.said.append(str(found["value"]))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "kbd"):
            self._silent -= 1
            self._words = False

    def handle_data(self, data: str) -> None:
        if self._words:
            self.said += [PLACE.sub("", words) for words in json.loads(data).values()]
        elif not self._silent and data.strip():
            self.said.append(" ".join(data.split()))


class Found:
    """What was found wrong, each thing once, with how often and an example of where."""

    def __init__(self) -> None:
        self.places: dict[str, list[str]] = {}

    def add(self, place: str, faults: list[str]) -> None:
        """Take in what is wrong with a page."""
        for fault in faults:
            self.places.setdefault(fault, []).append(place)

    def __str__(self) -> str:
        return "\n".join(f"{fault} ({len(places)} times, such as {places[0]})" for fault, places in sorted(self.places.items()))


def words_of(html: str) -> list[str]:
    """Return all that a page says, label by label."""
    reader = Reader()
    reader.feed(html)
    return reader.said


@cache
def typed_in(community: Community) -> str:
    """Return all that people have typed: names, rooms, what was said. Whatever stands there may appear in any language."""
    settings = community.site.settings
    said = [*NAMES, *LAWS, *("".join(row) for row in ROSTER), *(str(value) for value in vars(settings).values())]
    for table in community.ids("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE %STRICT%'"):
        for column in _columns(community, table):
            if (table, column) not in _OUR_OWN:
                said += [one for one in community.ids(f"SELECT DISTINCT {column} FROM {table}") if isinstance(one, str)]
    return "\n".join(said)


_OUR_OWN = {("paper", "words"), ("clock", "trace"), ("repair_month", "figures"), ("search_entry", "text"), ("journal_payload", "payload")}


def _columns(community: Community, table: str) -> list[str]:
    return [row["name"] for row in community.db().rows(f"PRAGMA table_info({table})")]


class Ear:
    """Hears what a page should not say: codes, and words of the other language that nobody typed."""

    def __init__(self, lang: str, typed: str) -> None:
        self.lang, self.typed, self.heard = lang, typed, dict[str, list[str]]()

    def faults(self, said: list[str]) -> list[str]:
        """Return what is wrong with the words of a page; each text is judged once."""
        for text in set(said) - set(self.heard):
            self.heard[text] = self._judge(text)
        return sorted({fault for text in said for fault in self.heard[text]})

    def _judge(self, text: str) -> list[str]:
        found = [f"{text[:60]!r} shows {code!r}" for pattern in CODES for code in pattern.findall(text) if not self._is_data(code)]
        if self.lang == "zh":
            return found + [f"{text[:60]!r} is not Chinese: {self._english(text)}"] * bool(self._english(text))
        return found + [f"{text[:60]!r} says {run!r}" for run in HAN.findall(text) if run not in self.typed]

    def _is_data(self, code: str) -> bool:
        return code in FILE_WORDS or code in self.typed

    def _english(self, text: str) -> list[str]:
        """Return the English words of a text: a label of the catalogs, words beside each other, and any long one."""
        words = [word for word in LATIN.findall(FILE_WORD.sub("", text)) if word not in ALLOWED and word not in self.typed]
        return words if len(words) > 1 or text in chinese() or any(len(word) > 3 for word in words) else []
