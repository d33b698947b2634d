"""Foreign front-end files are exactly those of their packages, and the pages use no others."""

import json
import re
from hashlib import sha256

from tests.house.tree import ROOT, templates

MANIFEST = json.loads((ROOT / "desk/static/vendor/manifest.json").read_text("utf-8"))
WANTED = json.loads((ROOT / "tools/vendor/package.json").read_text("utf-8"))
USED = re.compile(r"""static\(['"](vendor/[^'"]+)['"]\)""")


def test_every_vendored_file_is_the_one_that_was_fetched():
    assert {entry["path"]: sha256((ROOT / entry["path"]).read_bytes()).hexdigest() for entry in MANIFEST} == {
        entry["path"]: entry["sha256"] for entry in MANIFEST
    }


def test_nothing_lies_there_that_the_manifest_does_not_know():
    there = {path.relative_to(ROOT).as_posix() for path in (ROOT / "desk/static/vendor").rglob("*") if path.is_file()}

    assert there - {"desk/static/vendor/manifest.json"} == {entry["path"] for entry in MANIFEST if entry["path"].startswith("desk/")}


def test_the_manifest_says_version_and_licence_of_what_was_asked_for():
    assert [(entry["package"], entry["licence"], entry["path"]) for entry in MANIFEST] == [
        (wanted["package"], wanted["licence"], wanted["to"]) for wanted in WANTED["vendor"]
    ]
    assert {entry["package"]: entry["version"] for entry in MANIFEST} == WANTED["dependencies"]


def test_each_package_brings_its_licence():
    with_licence = {entry["package"] for entry in MANIFEST if "LICENSE" in entry["path"]}

    assert with_licence == set(WANTED["dependencies"])


def test_templates_use_only_listed_files():
    used = {f"desk/static/{path}" for page in templates() for path in USED.findall(page.read_text("utf-8"))}

    assert used
    assert used <= {entry["path"] for entry in MANIFEST}
