"""Gap-free numbers: taken inside the change that uses them, so that an undone act uses up none."""

from datetime import date

from desk.kit.act import Act
from desk.kit.clock import to_text
from desk.kit.database import Database
from desk.kit.numbering import store


def next_number(db: Database, act: Act, kind: str, on: date, object_id: str) -> str:
    """Take the next number of a kind in the year of `on`, such as 'WX-2026-000017', for the object with this id."""
    if not db.conn.in_transaction:
        raise RuntimeError("a number is taken inside a change")
    series = f"{kind}-{on.year}"
    n = store.last(db, series) + 1
    number = f"{series}-{n:06d}"
    store.keep(db, series, n, number, object_id, to_text(act.now))
    return number
