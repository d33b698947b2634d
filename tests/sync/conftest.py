"""A toy world for each test of the replication: one desk and as many kiosks as the test asks for."""

import pytest

from tests.sync.world import in_memory, make_blank, world


@pytest.fixture(scope="session")
def blank_desk(tmp_path_factory):
    """A desk's file with the toy workflow, made once."""
    return make_blank(tmp_path_factory.mktemp("toy") / "desk.sqlite")


@pytest.fixture
def make_world(blank_desk):
    """Make worlds whose files lie in memory."""
    with in_memory() as folder:
        made = []

        def make(kiosks=1):
            found = world(folder / str(len(made)), blank_desk, kiosks)
            made.append(found)
            return found

        yield make
        for desk, machines in made:
            desk.db.conn.close()
            for kiosk in machines:
                kiosk.close()


@pytest.fixture
def toy(make_world):
    """A desk and one enrolled kiosk."""
    desk, (kiosk,) = make_world(1)
    return desk, kiosk
