"""What is recorded for the power cuts: `python -m tests.durability.power_program FOLDER COUNT [MUTANT]`: a kiosk and its desk, hand in hand.

Each receipt is said when it is kept. A mutant takes one defence away, to prove that the replay would notice.
"""

import os
import sys
from pathlib import Path

from desk.kit.database import Database
from desk.site import open_site
from sync.outbox import store
from tests.durability.lobby import Kiosk, engine

PAGES = {"desk": 400, "kiosk": 40}  # of the log before SQLite writes it back: often, so that cuts fall into it


def say(number: str, intent_id: str) -> None:
    """Say a receipt, at once."""
    print(f"{number} {intent_id}\n", end="", flush=True)


def say_too_early(db: Database) -> None:
    """Say the newest receipt before its COMMIT."""
    last = store.last(db)
    if last and last.acked_at is None:
        say(last.number, last.id)


def main(folder: Path, count: int, mutant: str) -> None:
    """Submit, sync, and end without closing anything."""
    site, kiosk = open_site(folder / "desk"), Kiosk(folder / "kiosk")
    for name, db in (("desk", site.db()), ("kiosk", kiosk.box.db), ("kiosk", kiosk.copy)):
        db.conn.execute(f"PRAGMA wal_autocheckpoint={PAGES[name]}")
    if mutant == "outbox_normal":
        kiosk.box.db.conn.execute("PRAGMA synchronous=1")
    if mutant == "desk_normal":
        site.db().conn.execute("PRAGMA synchronous=1")
        site.db().conn.execute("PRAGMA wal_autocheckpoint=0")  # writing back would confirm what was written
    if mutant == "said_too_early":
        kiosk.box.db.before_commit = say_too_early
    if mutant == "photos_not_synced":
        os.fsync = lambda number: None
    desk = engine(site)
    for n in range(count):
        made = kiosk.submit()
        if mutant != "said_too_early":
            say(made.number, made.id)
        if n % 3 == 2:
            kiosk.round(desk.answer)
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "")
