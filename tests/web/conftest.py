"""The real application on a fresh site."""

import logging

import pytest
import structlog

from desk.kit.access.rules import Role
from tests.client import Browser, app_of


@pytest.fixture(autouse=True)
def _quiet():
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))


@pytest.fixture
def app(site, clock):
    return app_of(site, clock)


@pytest.fixture
def clerk(app):
    return Browser(app, Role.FRONT_DESK)


@pytest.fixture
def admin(app):
    return Browser(app, Role.ADMIN)


@pytest.fixture
def guest(app):
    return Browser(app, None)
