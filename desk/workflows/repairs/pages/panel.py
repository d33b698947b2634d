"""The repairs of one unit, as the household file shows them."""

from typing import Any

from desk.kit.database import Database
from desk.kit.web.house import house
from desk.workflows.repairs import store
from desk.workflows.repairs.pages.beside import lamp_of


def panel(db: Database, unit_id: str) -> list[dict[str, Any]]:
    """Return the repairs of a unit with their lamps, newest first."""
    now = house().clock.now()
    return [{"line": line, "lamp": None if line.closed_at else lamp_of(line, now)} for line in store.of_unit(db, unit_id)]
