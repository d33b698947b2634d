"""Upkeep: how the desk itself is, for whoever looks after it: clock service, failures, backups, settings."""

from typing import Any

from flask import redirect

from desk import backup
from desk.kit.ticks import store
from desk.kit.web import Answer, Pages, db, flash, house, page
from desk.kit.words import _
from desk.pages.pulse import shown
from desk.settings import toml

pages = Pages("care", __name__)

MOST = 30


@pages.get("/upkeep", perm="desk.care")
def state() -> Answer:
    """Show how the desk is."""
    taken = backup.taken(house().pool.path.parent / "backups")
    return page("care.html", page_id="care", lamp=shown(), errors=_told(), backups=taken[:MOST], total=len(taken), settings=_settings())


def _told() -> list[dict[str, Any]]:
    """Return the last failures with the last line of each."""
    return [row | {"said": str(row["error"]).strip().splitlines()[-1]} for row in store.errors(db(), MOST)]


def _settings() -> list[tuple[str, str]]:
    made = house().facts
    return [(name, toml(getattr(made, name))) for name in type(made).model_fields]


@pages.post("/upkeep/backup", perm="desk.care")
def back_up() -> Answer:
    """Make a backup now."""
    house().backup()
    flash("ok", _("The backup is made and proved sound."))
    return redirect("/upkeep", 303)
