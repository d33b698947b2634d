"""`./desk.sh demo` and `./desk.sh test`: a second start installs nothing, arguments reach the command, CI runs what we run."""

import os
import shutil
import subprocess
import time

import pytest

from tests.house.tree import ROOT


@pytest.fixture
def installed(tmp_path):
    """A folder in which everything is installed already; its `desk` says what it was asked."""
    for item in ("desk.sh", "requirements.lock", "requirements-test.lock", "requirements-tools.lock"):
        shutil.copy(ROOT / item, tmp_path)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    command = tmp_path / ".venv" / "bin" / "desk"
    command.write_text('#!/bin/sh\necho "asked: $*"\n')
    command.chmod(0o755)
    stamp = subprocess.run(
        "{ pwd; cat desk.sh requirements.lock; } | cksum", shell=True, cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    (tmp_path / ".venv" / "stamp").write_text(stamp)
    return tmp_path


def run(folder, *args):
    return subprocess.run(
        ["./desk.sh", *args], cwd=folder, capture_output=True, text=True, check=False, env={"PATH": os.environ["PATH"], "HOME": str(folder)}
    )


def test_a_second_demo_starts_at_once_and_installs_nothing(installed):
    began = time.monotonic()
    done = run(installed, "demo", "--port", "8001")

    assert done.stdout == "asked: demo --data ./demo-data --port 8001\n"
    assert done.stderr == ""
    assert time.monotonic() - began < 3
    assert not (installed / ".boot").exists()


def test_the_desk_command_is_reached_with_its_arguments(installed):
    assert run(installed, "desk", "verify", "--data", "a folder").stdout == "asked: verify --data a folder\n"


def test_a_changed_lock_is_noticed(installed):
    (installed / "requirements.lock").write_text("changed\n")
    (installed / "requirements-tools.lock").write_text("not-a-package==0 --hash=sha256:00\n")

    done = run(installed, "demo")

    assert done.returncode != 0
    assert "asked" not in done.stdout


def test_an_unknown_verb_explains_itself():
    done = run(ROOT, "dance")

    assert done.returncode == 2
    assert "./desk.sh demo" in done.stderr
    assert "./desk.sh test" in done.stderr


def test_ci_runs_exactly_what_a_developer_runs():
    lines = [line for line in (ROOT / ".ci" / "run").read_text().splitlines() if line and not line.startswith("#")]

    assert lines[-1] == "exec ./desk.sh test"
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert os.access(ROOT / "desk.sh", os.X_OK)


def test_the_script_is_plain_sh():
    assert (ROOT / "desk.sh").read_text().startswith("#!/bin/sh\n")
    assert subprocess.run(["sh", "-n", "desk.sh"], cwd=ROOT, check=False).returncode == 0
