"""A whole data folder with the real application on it, and a household to look at."""

import pytest

from desk.app import create_app
from desk.site import make
from desk.workflows.households import persons
from desk.workflows.households.inputs import ContactInput
from tests.make_households import a_member, a_unit, an_owner


@pytest.fixture
def house(tmp_path, clock):
    """A whole data folder, so that a backup can be made of it."""
    return make(tmp_path / "house")


@pytest.fixture
def app(house, clock):
    app = create_app(house, clock)
    app.config["TESTING"] = False
    return app


@pytest.fixture
def unit(site, act):
    unit = a_unit(site, act)
    owner = an_owner(site, act, unit, from_on="2024-06-30", id_number="11010519491231002X")
    persons.add_contact(site, act, owner.person, ContactInput.read({"value": "13800005678", "best_time": "19:30"}))
    a_member(site, act, unit, "occupant", "周桂英", relation="父母", care="elderly", care_note="听力弱")
    return unit
