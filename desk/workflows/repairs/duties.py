"""What the clock does for repairs. Each duty finds its work by what is stored, marks it, and does it once, however often it runs."""

from contextlib import suppress

from desk.kit.act import Act
from desk.kit.database import Database
from desk.kit.problems import Refused
from desk.kit.workflow import Duty
from desk.workflows.repairs import commands, store
from desk.workflows.repairs.commands import month


def break_promises(db: Database, act: Act) -> None:
    """Mark every promise that passed its time without an answer, and bring it before the supervisor (RC2)."""
    for late in store.broken_promises(db, act.clock.now()):
        with suppress(Refused):  # kept by somebody in this very moment
            commands.break_promise(db, act, late.id)


def report_months(db: Database, act: Act) -> None:
    """Make the report of every month that is over and has none: on the 1st, or when the desk runs again (RC10)."""
    for missing in month.missing(db, act.clock.now()):
        month.make(db, act, missing)


DUTIES = (Duty("repairs.promises", break_promises), Duty("repairs.months", report_months))
