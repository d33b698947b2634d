"""The power fails at the kiosk, at the desk, or in the whole house, at any moment of submitting, sending, applying and pulling.

Nothing that was printed or acknowledged is lost, nothing is doubled, and every file opens clean. `LOBBYDESK_POWER_CUTS` sets how many cuts.
"""

import os
import random
from pathlib import Path

import pytest

from tests.durability.lobby import Kiosk, make_lobby, wrongs_after, wrongs_of_desk, wrongs_of_kiosk
from tests.durability.power import Disk, Op, lay_down, record

CUTS = int(os.environ.get("LOBBYDESK_POWER_CUTS", "75"))
SUBMITTED = 12
VICTIMS = ("kiosk", "desk", "")


def recorded(folder: Path, mutant: str = "") -> tuple[Disk, list[Op]]:
    """Return the disk before the program ran, and what the program did."""
    home = folder / "lobby"
    home.mkdir()
    make_lobby(home)
    before = Disk.of(home)
    program = ["-m", "tests.durability.power_program", str(home), str(SUBMITTED), mutant]
    return before, record(program, home, folder / "trace.txt")


def cuts(ops: list[Op], count: int, rng: random.Random) -> list[int]:
    """Return at which of the operations the power fails: half of them just after something was said, the others anywhere."""
    said = [n + 1 for n, op in enumerate(ops) if op.kind == "say"]
    chosen = [rng.choice(said) + rng.randrange(3) for _ in range(count // 2)]
    chosen += [rng.randrange(len(ops)) for _ in range(count - len(chosen))]
    return sorted(chosen)


def wrongs(folder: Path, disk: Disk, victim: str, rng: random.Random) -> list[str]:
    """Return what is wrong with both machines' files after a cut."""
    old, new = folder / "lobby", folder / "then"
    lay_down(disk.after_a_cut(rng, str(old / victim)), old, new)
    printed = set(disk.said)
    found = wrongs_of_kiosk(new / "kiosk", printed)
    kiosk = Kiosk(new / "kiosk")
    acknowledged = kiosk.acknowledged()
    kiosk.close()
    return found + wrongs_of_desk(new / "desk", acknowledged)


def replay(folder: Path, disk: Disk, ops: list[Op], count: int, rng: random.Random, until: str = "") -> list[str]:
    """Return everything that is wrong after so many cuts, at once and after both machines went on; or until a wrong is found that one looks for."""
    found, done = [], 0
    for n, at in enumerate(cuts(ops, count, rng)):
        for op in ops[done:at]:
            disk.do(op)
        done = max(done, at)
        victim = VICTIMS[n % len(VICTIMS)]
        here = wrongs(folder, disk, victim, rng)
        here += [] if until else wrongs_after(folder / "then", set(disk.said))
        found += [f"cut {at} at {victim or 'both'}: {wrong}" for wrong in here]
        if until and any(until in wrong for wrong in found):
            break
    return found


def test_no_power_cut_loses_or_doubles_what_was_said(tmp_path: Path):
    disk, ops = recorded(tmp_path)

    found = replay(tmp_path, disk, ops, CUTS, random.Random(20261124))

    assert found == []
    assert len(disk.said) > SUBMITTED / 2
    assert {"write", "sync", "cut", "create", "rename", "mkdir", "say"} <= {op.kind for op in ops}


@pytest.mark.parametrize(
    ("mutant", "noticed"),
    [
        ("outbox_normal", "kiosk lost K1-"),
        ("said_too_early", "kiosk lost K1-"),
        ("photos_not_synced", "kiosk lost the photo"),
        ("desk_normal", "desk lost"),
    ],
)
def test_the_replay_notices_a_defence_that_is_gone(tmp_path: Path, mutant: str, noticed: str):
    disk, ops = recorded(tmp_path, mutant)

    found = replay(tmp_path, disk, ops, CUTS, random.Random(7), until=noticed)

    assert noticed in " ".join(found)
