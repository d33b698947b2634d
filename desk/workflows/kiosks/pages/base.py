"""The routes of the kiosks, and what all of their pages need."""

from typing import Any

from desk.kit.access import store as access
from desk.kit.database import Database
from desk.kit.journal.store import Entry
from desk.kit.web import Pages, db
from desk.kit.web.frame import local
from desk.kit.words import act_words

pages = Pages("kiosks", "desk.workflows.kiosks", url_prefix="/kiosks")
items = Pages("submissions", "desk.workflows.kiosks", url_prefix="/submissions")

SEE, MANAGE, SETTLE, CARD, NOTICE = "kiosk.see", "kiosk.manage", "kiosk.settle", "card.issue", "notice.write"


def timeline(entries: list[Entry]) -> list[dict[str, Any]]:
    """Return journal entries as the timeline shows them."""
    names = names_of(db())
    return [
        {
            "at_words": local(entry.at), "iso": local(entry.at, "iso"), "who": names.get(entry.actor, ""),
            "what": act_words(entry.act, entry.payload), "said": "", "icon": "dot", "tone": "", "url": "",
        }
        for entry in entries
    ]  # fmt: skip


def names_of(database: Database) -> dict[str, str]:
    """Return staff id -> name."""
    return {member.id: member.name for member in access.staff(database, active=False)}
