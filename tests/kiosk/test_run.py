"""`kiosk run`, whole: the real screens in the real window under the real watchdog, on a machine that never joined a desk and has no line."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest

from kiosk.window.memory import below
from tests.kiosk.driving import ROOT, display, homes, wait_for


@contextmanager
def running(folder, *options):
    """The command on a display of its own; yields its process and the way to count the colours on the screen."""
    with display() as shown:
        env = os.environ | shown | homes(folder)
        command = [sys.executable, "-m", "kiosk", "run", "--data", str(folder / "kiosk"), "--gui", "gtk", *options]
        process = subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.DEVNULL)

        def colours() -> int:
            told = subprocess.run(
                [sys.executable, "-m", "tests.kiosk.pixels"], cwd=ROOT, env=env, capture_output=True, text=True, check=True
            )
            return int(told.stdout)

        try:
            yield process, colours
        finally:
            process.terminate()
            process.wait(60)


def window_of(watchdog):
    """The process that the watchdog watches."""
    return next(each.pid for each in below(watchdog.pid) if each.pid != watchdog.pid and each.name.startswith("python"))


@pytest.fixture(scope="module")
def kiosk(tmp_path_factory):
    with running(tmp_path_factory.mktemp("run")) as found:
        yield found


def test_it_paints_the_first_page_without_a_desk_and_without_a_line(kiosk):
    _watchdog, colours = kiosk

    assert wait_for(colours, lambda count: count > 20, 90) > 20


def test_killed_it_is_painted_again(kiosk):
    watchdog, colours = kiosk
    wait_for(colours, lambda count: count > 20, 90)
    first = window_of(watchdog)

    os.kill(first, signal.SIGKILL)

    wait_for(colours, lambda count: count < 5, 30)
    wait_for(colours, lambda count: count > 20, 90)
    assert window_of(watchdog) != first


def test_told_to_end_it_ends_with_everything_it_started(tmp_path):
    with running(tmp_path) as (watchdog, colours):
        wait_for(colours, lambda count: count > 20, 90)
        family = [each.pid for each in below(watchdog.pid)]

        watchdog.terminate()

        assert watchdog.wait(60) == 0
        wait_for(lambda: [pid for pid in family if os.path.exists(f"/proc/{pid}/exe")], lambda left: left == [])


def test_a_second_one_on_the_same_folder_is_refused(tmp_path):
    (tmp_path / "kiosk").mkdir()
    with running(tmp_path) as (watchdog, _colours):
        wait_for(lambda: (tmp_path / "kiosk" / "kiosk.lock").exists(), bool, 30)

        second = subprocess.run(
            [sys.executable, "-m", "kiosk", "run", "--data", str(tmp_path / "kiosk"), "--lang", "zh"],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )

        assert second.returncode == 3
        assert "另一个程序" in second.stderr
        assert watchdog.poll() is None
