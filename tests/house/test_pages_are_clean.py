"""The strict content policy holds by construction: no inline code in any template, and the style sheets stay small."""

import re

import pytest

from tests.house.tree import PACKAGES, ROOT, files, name, templates

INLINE = re.compile(
    r"<style\b|<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")|\sstyle\s*=\s*[\"']|\son[a-z]+\s*=\s*[\"']|javascript:|\shx-on|[\"']js:",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    "bad",
    ["<script>x()</script>", '<p style="color:red">', '<a onclick="x()">', '<a href="javascript:x()">', "<style>", '<b hx-on:click="x">'],
)
def test_the_scan_sees_inline_code(bad):
    assert INLINE.search(bad)


@pytest.mark.parametrize(
    "good", ['<script src="a.js" defer></script>', '<script type="application/json" id="w">{}</script>', '<td class="on">style = 1</td>']
)
def test_the_scan_lets_files_and_data_pass(good):
    assert not INLINE.search(good)


def test_no_template_holds_inline_code():
    found = [
        f"{name(path)}:{n}: {line.strip()[:80]}"
        for path in templates()
        for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if INLINE.search(line)
    ]

    assert found == []


def test_no_template_switches_escaping_off():
    found = [name(path) for path in templates() if re.search(r"\|\s*safe\b|autoescape\s+false", path.read_text(encoding="utf-8"))]

    assert found == []


def test_the_style_sheets_of_the_desk_stay_under_25_kb():
    sheets = [path for path in files() if path.suffix == ".css" and "vendor" not in path.parts and name(path).startswith("desk/")]

    assert sheets
    assert sum(path.stat().st_size for path in sheets) <= 25 * 1024


def test_every_template_lies_where_its_package_finds_it():
    assert [name(path) for path in templates() if "templates" not in path.parts] == []
    assert all((ROOT / package / "__init__.py").exists() for package in PACKAGES)
