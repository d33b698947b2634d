"""The real desk for page tests of repairs: people with names that fit on paper, and a signature as a browser sends it."""

import base64
import io
import logging

import structlog
from flask import Flask
from PIL import Image, ImageDraw

from desk.kit.access import store
from desk.kit.access.rules import Lang, Role, Size, Staff, Theme
from desk.kit.clock import Clock
from desk.kit.database import Database
from desk.kit.quiet import quietly
from tests.client import app_of

PEOPLE = (
    ("front_desk-1", "F01", "李晓雯", Role.FRONT_DESK),
    ("front_desk-2", "F02", "周敏", Role.FRONT_DESK),
    ("supervisor-1", "Z01", "陈志远", Role.SUPERVISOR),
    ("maintenance-1", "M01", "王建军", Role.MAINTENANCE),
    ("maintenance-2", "M02", "赵铁柱", Role.MAINTENANCE),
)


def repairs_desk(site: Database, clock: Clock) -> Flask:
    """The application on a site with two clerks, a supervisor and two repairers: Browser(app, role, n) signs them in."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    app = app_of(site, clock)
    with quietly(site):
        for staff_id, staff_no, name, role in PEOPLE:
            member = Staff(staff_id, staff_no, name, role, True, False, False, Lang.ZH, Theme.AUTO, Size.NORMAL, clock.now(), 1)
            store.keep_staff(site, member, "no hash")
    return app


def drawn() -> str:
    """One stroke on white, as a PNG data URL."""
    sheet = Image.new("RGB", (200, 80), "white")
    ImageDraw.Draw(sheet).line([(10, 60), (90, 20), (180, 60)], fill="black", width=3)
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return f"data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}"
