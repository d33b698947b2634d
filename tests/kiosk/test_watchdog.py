"""The watchdog: whatever ends, hangs or grows is started anew, people are told when it does not help, and a word to end ends both."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.watchdog import RESTART, Child, Limits, Pauses
from tests.kiosk.driving import ROOT, wait_for

LIMITS = Limits()


@contextmanager
def watching(kind: str, folder: Path):
    """A watchdog over a child of some kind."""
    command = [sys.executable, "-m", "tests.kiosk.watchdog_probe", kind, str(folder)]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(40)


def starts(folder: Path) -> list[tuple[int, float]]:
    """Process and moment of each start so far."""
    path = folder / "starts"
    lines = path.read_text().splitlines() if path.exists() else []
    return [(int(line.split()[0]), float(line.split()[1])) for line in lines]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_each_quick_crash_doubles_the_pause_up_to_a_minute():
    pauses = Pauses(LIMITS)

    assert [pauses.after(5, 1) for _ in range(9)] == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_a_long_life_makes_the_next_pause_short_again():
    pauses = Pauses(LIMITS)
    for _ in range(5):
        pauses.after(5, 1)

    assert pauses.after(3600, 1) == 1
    assert not pauses.out_of_service


def test_a_child_that_wants_to_start_anew_waits_for_nothing():
    pauses = Pauses(LIMITS, quick=4)

    assert pauses.after(5, RESTART) == 0
    assert pauses.quick == 0


def test_people_are_told_after_three_quick_crashes():
    pauses = Pauses(LIMITS)
    told = []
    for _ in range(3):
        pauses.after(5, 1)
        told.append(pauses.out_of_service)

    assert told == [False, False, True]


@pytest.mark.parametrize(
    ("heard", "now", "why"),
    [(0, 159, ""), (0, 161, "never_beat"), (150, 169, ""), (150, 171, "silent")],
    ids=["young", "mute", "well", "silent"],
)
def test_a_child_is_lost_when_it_is_not_heard(heard, now, why):
    child = Child(None, began=100, heard=heard)

    assert child.lost(LIMITS, now) == why


def test_a_child_that_was_closed_is_not_started_again(tmp_path):
    with watching("ends", tmp_path) as watchdog:
        assert watchdog.wait(20) == 0

    assert len(starts(tmp_path)) == 1


def test_a_killed_child_is_started_again(tmp_path):
    with watching("beats", tmp_path):
        first = wait_for(lambda: starts(tmp_path), lambda seen: len(seen) == 1)[0][0]
        os.kill(first, signal.SIGKILL)

        assert wait_for(lambda: starts(tmp_path), lambda seen: len(seen) == 2)[1][0] != first


def test_a_child_that_falls_silent_is_ended_and_started_again(tmp_path):
    with watching("falls_silent", tmp_path):
        first = wait_for(lambda: starts(tmp_path), lambda seen: len(seen) == 2, 30)[0][0]

        assert not is_alive(first)


def test_a_child_that_never_beats_is_ended_and_started_again(tmp_path):
    with watching("mute", tmp_path):
        assert wait_for(lambda: starts(tmp_path), lambda seen: len(seen) >= 2, 30)


def test_a_child_that_beats_is_left_alone(tmp_path):
    with watching("beats", tmp_path):
        wait_for(lambda: starts(tmp_path), lambda seen: len(seen) == 1)
        time.sleep(3 * 1.5)

        assert len(starts(tmp_path)) == 1


def test_people_are_told_while_it_crashes_and_no_more_when_it_lives(tmp_path):
    with watching("crashes_thrice", tmp_path):
        excuse = int(wait_for(lambda: (tmp_path / "excuse").exists() and (tmp_path / "excuse").read_text(), bool, 30))
        wait_for(lambda: starts(tmp_path), lambda seen: len(seen) == 4, 30)

        assert wait_for(lambda: is_alive(excuse), lambda alive: not alive, 30) is False


def test_told_to_end_both_end_in_order(tmp_path):
    with watching("beats", tmp_path) as watchdog:
        child = wait_for(lambda: starts(tmp_path), lambda seen: len(seen) == 1)[0][0]
        time.sleep(0.5)

        watchdog.terminate()

        assert watchdog.wait(30) == 0
        assert not is_alive(child)


def test_told_to_end_it_ends_a_child_that_does_not_listen(tmp_path):
    with watching("stubborn", tmp_path) as watchdog:
        child = wait_for(lambda: starts(tmp_path), lambda seen: len(seen) == 1)[0][0]
        time.sleep(0.5)

        watchdog.terminate()

        assert watchdog.wait(40) == 0
        assert not is_alive(child)
