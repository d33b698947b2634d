"""What every test may ask for: a fresh site on real SQLite, a clock that is told to move, and people who act."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desk.kit.act import Act
from desk.kit.clock import SetClock
from desk.kit.database import Database, open_database
from desk.kit.words import speak
from desk.schemas import migrate_all
from tests.browser.community import community as community  # these two are fixtures: one of each for a whole process
from tests.chromium import browser as browser

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


@pytest.fixture(scope="session")
def blank_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site's file after all migrations, made once: a copy opens twenty times faster than the tables are made."""
    path = tmp_path_factory.mktemp("blank") / "desk.sqlite"
    db = open_database(path, create=True)
    migrate_all(db)
    db.conn.close()
    return path


@pytest.fixture
def site(tmp_path: Path, blank_site: Path) -> Iterator[Database]:
    """A fresh site with every table of the house."""
    shutil.copyfile(blank_site, tmp_path / "desk.sqlite")
    db = open_database(tmp_path / "desk.sqlite")
    yield db
    db.conn.close()
