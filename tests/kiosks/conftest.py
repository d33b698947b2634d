"""A site to which a kiosk may already speak."""

import pytest

from sync.inbox.store import Device, keep_device


@pytest.fixture
def site(site, clock):
    """The fresh site, with two enrolled kiosks."""
    for n in (1, 2):
        keep_device(site, Device(f"K{n}", f"{n}栋大堂", "一层", clock.now(), public_key="ab" * 32, enrolled_at=clock.now()))
    return site
