"""What every test may ask for: a fresh site on real SQLite, a clock that is told to move, and people who act."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desk.kit.act import Act
from desk.kit.clock import SetClock
from desk.kit.database import Database, open_database
from desk.kit.words import speak
from desk.schemas import migrate_all

MONDAY_MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai


@pytest.fixture(autouse=True)
def _chinese() -> None:
    speak("zh")


@pytest.fixture
def clock() -> SetClock:
    """A clock that stands on Monday 2 March 2026, 09:00 in Shanghai."""
    return SetClock(MONDAY_MORNING)


@pytest.fixture
def acts(clock: SetClock) -> Callable[..., Act]:
    """People of a role: acts('supervisor') is always the same supervisor, acts('maintenance', 2) another repairer."""

    def make(role: str = "front_desk", n: int = 1) -> Act:
        return Act(f"{role}-{n}", "D1", clock, name=f"{role} {n}", staff_no=f"S{n:03d}", role=role)

    return make


@pytest.fixture
def act(acts: Callable[..., Act]) -> Act:
    """An act of a front-desk clerk."""
    return acts()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Database]:
    """A fresh site with every table of the house."""
    db = open_database(tmp_path / "desk.sqlite", create=True)
    migrate_all(db)
    yield db
    db.conn.close()
