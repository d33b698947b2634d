"""Complete, valid contacts for any test: `a_contact(site, act, words="楼道灯不亮")`; `contact_row(...)` for rules."""

from datetime import UTC, datetime
from typing import Any

from desk.kit.act import Act
from desk.kit.database import Database
from desk.workflows.reception import commands
from desk.workflows.reception.inputs import Contact
from desk.workflows.reception.rules import ContactChannel, ContactRow, Matter

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def contact_row(**said: Any) -> ContactRow:
    """Return a visit of Monday noon, as it is before it is taken."""
    whole = {
        "id": "c1", "channel": ContactChannel.VISIT, "received_at": NOON, "taken_at": NOON, "taken_by": "front_desk-1", "taken_name": "front_desk 1",
        "matter": Matter.QUESTION, "subject": "", "words": "想问一下物业费怎么交", "person": "陈小鱼", **said,
    }  # fmt: skip
    return ContactRow(**whole)


def a_contact(site: Database, act: Act, **said: Any) -> ContactRow:
    """Take a visit of somebody with a name, and return its row."""
    typed = {"channel": "visit", "person": "陈小鱼", "words": "楼道灯不亮", **said}
    return commands.take_contact(site, act, Contact.read(typed))
