"""Taking the list out of the house, as a workbook: logged with how many and by whom."""

from desk.kit.act import Act
from desk.kit.database import Database
from desk.kit.journal import change
from desk.workflows.repairs import books, store
from desk.workflows.repairs.commands.base import named, signed_name
from desk.workflows.repairs.store import Line, Wanted

MOST = 20_000
STEP = 500


def export(db: Database, act: Act, wanted: Wanted) -> bytes:
    """Return the open orders of a filter as .xlsx, at most 20,000, next due first."""
    with change(db, act) as note:
        lines = _all(db, wanted)
        filtered = {name: value for name, value in vars(wanted).items() if value}
        note("repair.exported", "repairs", count=len(lines), **named({f"wanted_{name}": value for name, value in filtered.items()}))
    return books.list_book(lines, act.now, signed_name(act))


def _all(db: Database, wanted: Wanted) -> list[Line]:
    lines: list[Line] = []
    after = ""
    while len(lines) < MOST:
        found = store.open_list(db, wanted, after, STEP)
        lines += found.lines
        after = found.after
        if not after:
            break
    return lines[:MOST]
