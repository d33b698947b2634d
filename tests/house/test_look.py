"""The look keeps its promises: colours that can be read in both themes, small scripts, drawings and classes that exist."""

import re
from itertools import product

import pytest

from tests.house.tree import ROOT, files, name, python_files, templates

TOKEN = re.compile(r"--([a-z0-9-]+):var\(--L,(#[0-9a-f]{6})\) var\(--D,(#[0-9a-f]{6})\)")
BASE = (ROOT / "desk/static/css/base.css").read_text("utf-8")
COLOURS = {token: (light, dark) for token, light, dark in TOKEN.findall(BASE)}
GROUNDS = ("paper", "sheet", "sheet2", "hover")
PAIRS = [
    *product(("ink", "ink2", "blue", "blue-deep", "late", "soon", "ok"), GROUNDS),
    *product(("ink3", "grey"), ("paper", "sheet", "sheet2")),
    *((tone, f"{tone}-bg") for tone in ("blue", "late", "soon", "ok", "grey")),
    *product(("ink",), ("blue-bg", "late-bg", "soon-bg", "ok-bg", "grey-bg")),
    *product(("ink2", "late", "soon", "ok", "blue"), ("blue-bg",)),
    ("ink2", "grey-bg"),
    ("on-blue", "blue"),
    ("on-blue", "blue-deep"),
    ("on-late", "late"),
    ("sheet", "ink"),
]
ICON = re.compile(r"""(?:ui|w|words)\.icon\(\s*["']([a-z-]*[a-z])["']|icon\s*=\s*["']([a-z-]+)["']|icon\(["']([a-z-]*[a-z])["']\)""")
NAV_ICON = re.compile(r"""icon\s*=\s*"([a-z-]+)\"""")
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
CLASSES = re.compile(r"""class="([^"]*)\"""")


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def test_contrast_is_counted_as_the_guideline_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("words", "ground"), PAIRS)
def test_words_can_be_read_on_their_ground_in_both_themes(words, ground):
    for theme in (0, 1):
        assert contrast(COLOURS[words][theme], COLOURS[ground][theme]) >= 4.5


@pytest.mark.parametrize("ground", ["sheet", "sheet2"])
def test_the_edge_of_a_field_is_seen_in_both_themes(ground):
    for theme in (0, 1):
        assert contrast(COLOURS["edge"][theme], COLOURS[ground][theme]) >= 3


def test_a_colour_is_said_in_one_place():
    others = [path for path in files() if path.suffix == ".css" and name(path).startswith("desk/static/css/") and path.name != "base.css"]
    paper = {"#fff", "#000", "#b9b5a9"}  # the signature pad and the printed page are white in every theme

    assert others
    assert {colour for path in others for colour in re.findall(r"#[0-9a-f]{3,6}\b(?=[^{]*\})", path.read_text("utf-8"))} <= paper


def test_our_own_scripts_stay_under_60_kb():
    scripts = [path for path in files() if name(path).startswith("desk/static/js/")]

    assert scripts
    assert sum(path.stat().st_size for path in scripts) <= 60 * 1024


def test_every_drawing_that_a_page_asks_for_is_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="([a-z-]+)"', (ROOT / "desk/static/icons.svg").read_text("utf-8")))
    asked = {
        f"{name(page)}: {icon}"
        for page in templates()
        for found in ICON.findall(page.read_text("utf-8"))
        for icon in found
        if icon and icon not in drawn
    }
    places = [path for path in python_files("desk") if path.name == "workflow.py"]
    asked |= {f"{name(path)}: {icon}" for path in places for icon in NAV_ICON.findall(path.read_text("utf-8")) if icon not in drawn}

    assert asked == set()


def test_every_class_of_a_page_means_something():
    sheets = "".join(path.read_text("utf-8") for path in files() if path.suffix == ".css" and name(path).startswith("desk/"))
    scripts = "".join(path.read_text("utf-8") for path in files() if name(path).startswith("desk/static/js/"))
    known = set(re.findall(r"\.([a-z][a-z0-9-]*)", sheets + scripts))
    unknown = {
        f"{name(page)}: {one}"
        for page in templates()
        if name(page).startswith("desk/")
        for value in CLASSES.findall(JINJA.sub("?", page.read_text("utf-8")))
        for one in value.split()
        if re.fullmatch(r"[a-z][a-z0-9-]*", one) and one not in known
    }

    assert unknown == set()
