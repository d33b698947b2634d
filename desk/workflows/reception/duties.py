"""What the clock does for reception: it finds promised answers that are late, marks each once, and tells the supervisor."""

from contextlib import suppress

from desk.kit.act import Act
from desk.kit.database import Database
from desk.kit.problems import Refused
from desk.kit.workflow import Duty
from desk.workflows.reception import commands, store


def break_promises(db: Database, act: Act) -> None:
    """Mark every promised answer that passed its time, and bring it before the supervisor (RC2)."""
    for late in store.broken_promises(db, act.clock.now()):
        with suppress(Refused):  # answered by somebody in this very moment
            commands.break_promise(db, act, late.id)


DUTIES = (Duty("reception.promises", break_promises),)
