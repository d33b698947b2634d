"""A data folder with some history in it."""

import logging

import pytest
import structlog

from desk import site as sites
from desk.kit.access import store
from desk.kit.access.rules import Lang, Role, Size, Staff, Theme
from desk.kit.act import Act
from desk.kit.journal import change
from desk.kit.numbering import next_number


@pytest.fixture(autouse=True)
def _quiet():
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))


@pytest.fixture
def home(tmp_path):
    """An opened data folder."""
    made = sites.make(tmp_path / "home")
    yield made
    made.db().conn.close()


@pytest.fixture
def lived(home, clock):
    """The same after three acts: a person, and two numbered things."""
    act = Act("boss", "D1", clock)
    with change(home.db(), act) as note:
        member = Staff("li", "F01", "李晓雯", Role.FRONT_DESK, True, False, False, Lang.ZH, Theme.AUTO, Size.NORMAL, act.now, 1)
        store.keep_staff(home.db(), member, "$argon2id$secret-hash")
        note("staff.added", member.id, staff_no="F01", role=member.role)
    for _n in range(2):
        clock.forward(minutes=5)
        with change(home.db(), act) as note:
            number = next_number(home.db(), act, "XX", act.now.date(), f"thing-{_n}")
            note("thing.made", f"thing-{_n}", number=number)
    return home
