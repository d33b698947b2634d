"""Both languages are complete: every sentence of the code has its Chinese, with the same places, and no catalog says more."""

import ast
import io
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import jinja2.ext
import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from desk.kit.words import catalogs
from tests.house.tree import ROOT, files, name, parsed, python_files, templates

KEYWORDS = {"_": None, "N_": None, "gettext": None, "say": None, "ngettext": (1, 2)}
PLACE = re.compile(r"%\((\w+)\)([sd])")
HAN = re.compile(r"[\u4e00-\u9fff]")
SAME_IN_BOTH = re.compile(r"[\W\d_]*|[A-Z0-9 /.:…-]+|%\(\w+\)[sd]|.*(LobbyDesk|English|Python|A4|80 mm|SQLite|PDF|Excel|CSV|QR).*")


@cache
def said() -> dict[str, list[str]]:
    """English sentence -> where it is said."""
    places = defaultdict(list)
    for path in python_files("desk", "kiosk"):
        for line, text in [*marked(parsed(path)), *(helps(parsed(path)) if path.is_relative_to(ROOT / "desk") else ())]:
            places[text].append(f"{name(path)}:{line}")
    for path in templates():
        options = {"silent": "false", "extensions": "jinja2.ext.do"}
        for line, words, _, _ in extract(jinja2.ext.babel_extract, io.BytesIO(path.read_bytes()), KEYWORDS, options=options):
            if (text := words if isinstance(words, str) else words[0]).strip():
                places[text].append(f"{name(path)}:{line}")
    return dict(places)


def marked(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The (line, sentence) of every `_("...")` and its kin; both sentences of `_("a" if x else "b")`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and getattr(node.func, "id", getattr(node.func, "attr", "")) in KEYWORDS:
            arms = [node.args[0].body, node.args[0].orelse] if isinstance(node.args[0], ast.IfExp) else [node.args[0]]
            yield from ((node.lineno, arm.value) for arm in arms if isinstance(arm, ast.Constant) and isinstance(arm.value, str))


def helps(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The (line, help sentence) of every command: its docstring, as `desk --help` says it."""
    for node in ast.walk(tree):
        is_command = isinstance(node, ast.FunctionDef) and any(
            re.search(r"\b(command|group)\(", ast.unparse(one)) for one in node.decorator_list
        )
        if is_command and (text := ast.get_docstring(node)):
            yield node.lineno, " ".join(text.split())


@cache
def read(path: Path) -> list[Message]:
    with path.open("rb") as file:
        return [message for message in read_po(file, locale="zh_Hans_CN", abort_invalid=True) if message.id]


def english(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def chinese(message: Message) -> str:
    return message.string if isinstance(message.string, str) else message.string[0]


def test_every_catalog_is_one_that_the_house_reads():
    assert sorted(path for path in files() if path.suffix == ".po") == catalogs()


def test_the_extraction_sees_code_and_templates():
    assert len(said()) > 100
    assert any(where.endswith(".html:1") or ".html:" in where for places in said().values() for where in places)


def test_every_sentence_has_its_chinese():
    known = {english(message) for path in catalogs() for message in read(path) if chinese(message)}

    assert {text: places[0] for text, places in said().items() if text not in known} == {}


def test_no_catalog_holds_a_sentence_that_nobody_says():
    unsaid = [f"{name(path)}: {english(message)}" for path in catalogs() for message in read(path) if english(message) not in said()]
    struck = [name(path) for path in catalogs() if "\n#~" in path.read_text(encoding="utf-8")]

    assert unsaid == []
    assert struck == []


def test_nothing_is_half_translated():
    unsure = [f"{name(path)}: {english(message)}" for path in catalogs() for message in read(path) if message.fuzzy or not chinese(message)]
    not_chinese = [
        f"{name(path)}: {chinese(message)}"
        for path in catalogs()
        for message in read(path)
        if not HAN.search(chinese(message)) and not SAME_IN_BOTH.fullmatch(english(message))
    ]

    assert unsure == []
    assert not_chinese == []


def test_both_languages_have_the_same_places():
    wrong = [
        f"{name(path)}: {english(message)} | {chinese(message)}"
        for path in catalogs()
        for message in read(path)
        if set(PLACE.findall(english(message))) != set(PLACE.findall(chinese(message)))
    ]

    assert wrong == []


def test_no_two_catalogs_disagree():
    words = defaultdict(set)
    for path in catalogs():
        for message in read(path):
            words[english(message)].add(chinese(message))

    assert {text: found for text, found in words.items() if len(found) > 1} == {}


@pytest.mark.parametrize("sentence", ["%(n)s late", "100 % of %(n)s"])
def test_the_places_of_a_sentence_are_found(sentence):
    assert PLACE.findall(sentence) == [("n", "s")]
