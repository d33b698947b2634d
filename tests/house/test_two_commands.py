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
        "cat desk.sh requirements.lock | cksum", shell=True, cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    (tmp_path / ".venv" / "stamp").write_text(stamp)
    (tmp_path / ".venv" / "home").write_text(f"{tmp_path}\n")
    return tmp_path


@pytest.fixture
def bare(tmp_path):
    """A folder in which nothing is installed yet; the installer is at hand, and knows how to make an empty environment."""
    for item in ("desk.sh", "requirements.lock", "requirements-test.lock", "requirements-tools.lock"):
        shutil.copy(ROOT / item, tmp_path)
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "__init__.py").write_text("")
    (tmp_path / "desk" / "cli.py").write_text("import sys\n\ndef main():\n    print('asked:', *sys.argv[1:])\n    return 0\n")
    uv = tmp_path / ".boot" / "bin" / "uv"
    uv.parent.mkdir(parents=True)
    uv.write_text('#!/bin/sh\n[ "$1" != venv ] || exec python3 -m venv --without-pip .venv\n')
    uv.chmod(0o755)
    stamp = subprocess.run(
        "cat desk.sh requirements-tools.lock | cksum", shell=True, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    (tmp_path / ".boot" / "stamp").write_text(stamp.stdout)
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


def test_the_first_start_installs_and_the_second_does_not(bare):
    first, second = run(bare, "desk", "serve"), run(bare, "desk", "serve")

    assert (first.stdout, second.stdout) == ("asked: serve\n", "asked: serve\n")
    assert "installing what requirements.lock lists" in first.stderr
    assert second.stderr == ""


def test_a_folder_that_was_moved_is_installed_anew(bare):
    run(bare, "desk", "serve")
    moved = bare.rename(bare.with_name("moved"))

    again = run(moved, "desk", "serve")

    assert again.stdout == "asked: serve\n"
    assert str(moved) in (moved / ".venv" / "bin" / "desk").read_text()


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
