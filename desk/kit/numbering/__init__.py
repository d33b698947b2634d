"""Gap-free numbers: taken inside the change that uses them, so that an undone act uses up none.

A desk that was brought back from a backup cannot know which numbers it gave out since: its series go on with a letter behind the year
(WX-2026A), so that no number is ever used twice.
"""

import os
from datetime import date

from desk.kit.act import Act
from desk.kit.clock import to_text
from desk.kit.database import Database
from desk.kit.numbering import store


def next_number(db: Database, act: Act, kind: str, on: date, object_id: str) -> str:
    """Take the next number of a kind in the year of `on`, such as 'WX-2026-000017', for the object with this id."""
    if not db.conn.in_transaction:
        raise RuntimeError("a number is taken inside a change")
    series = f"{kind}-{on.year}{letters(store.generation(db).n)}"
    n = store.last(db, series) + 1
    number = f"{series}-{n:06d}"
    store.keep(db, series, n, number, object_id, to_text(act.now))
    return number


def letters(generation: int) -> str:
    """Return what stands behind the year in the numbers of a generation: nothing in the first, then A, B, ... Z, AA."""
    said, rest = "", generation - 1
    while rest > 0:
        rest, place = divmod(rest - 1, 26)
        said = chr(ord("A") + place) + said
    return said


def begin_generation(db: Database, act: Act, known: int, why: str) -> store.Generation:
    """Begin a new life of the desk after a restore or the promotion of a standby; `known` is the highest generation that anybody told of."""
    n = max(known, store.generation(db).n) + 1
    store.keep_generation(db, n, os.urandom(8).hex(), to_text(act.now), why)
    return store.generation(db)
