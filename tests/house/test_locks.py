"""The lock files: every pin with hashes, no address in them, and nothing that pyproject names left out."""

import re
import tomllib

import pytest

from tests.house.tree import ROOT

LOCKS = ("requirements.lock", "requirements-test.lock", "requirements-tools.lock")
PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


def pins(lock: str) -> dict[str, str]:
    return {normal(found): version for found, version in PIN.findall((ROOT / lock).read_text())}


def normal(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=!~;\[ ]", requirement.strip(), maxsplit=1)[0]).lower()


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes_and_no_address(lock):
    text = (ROOT / lock).read_text()
    blocks = re.split(r"\n(?=[A-Za-z0-9])", text.strip())

    assert blocks
    assert [block.split()[0] for block in blocks if not PIN.match(block) or "--hash=sha256:" not in block] == []
    assert "://" not in text
    assert "index" not in text


def test_all_that_runs_is_locked():
    assert {normal(item) for item in project()["project"]["dependencies"]} <= pins("requirements.lock").keys()


def test_the_tests_run_on_the_very_pins_that_are_shipped():
    shipped, tested = pins("requirements.lock"), pins("requirements-test.lock")

    assert {name: version for name, version in shipped.items() if tested.get(name) != version} == {}
    assert {normal(item) for item in project()["dependency-groups"]["test"]} <= tested.keys()


def test_the_installer_is_locked():
    assert list(pins("requirements-tools.lock")) == ["uv"]
