"""Which acts a case shows as buttons: those whose stage the rule book allows, for whose role may do them. The command decides again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from desk.kit.access.rules import Role, Viewer
from desk.kit.words import N_
from desk.workflows.repairs.pages.base import (
    CANCEL,
    DECIDE,
    DISPATCH,
    EXTERNAL,
    MERGE,
    OVERRULE,
    PROMISE,
    QUOTE,
    REVISIT,
    SCHEDULE,
    SIGN,
    TAKE,
    WORK,
)
from desk.workflows.repairs.rules.choices import BEFORE_WORK, EXTERNAL_PARTIES, Kind, Stage, Urgency
from desk.workflows.repairs.rules.deciding import TO_DECIDE, TO_OVERRULE, TO_QUOTE
from desk.workflows.repairs.rules.ending import TO_CANCEL
from desk.workflows.repairs.rules.order import WorkOrder
from desk.workflows.repairs.rules.outside import TO_HAND_OVER
from desk.workflows.repairs.rules.visiting import TO_DISPATCH, TO_SCHEDULE


@dataclass(frozen=True)
class Move:
    """One act on an order: its route and template are called `key`; `more` puts it into the menu of rarer acts."""

    key: str
    label: str
    icon: str
    perm: str
    fits: Callable[[WorkOrder], bool]
    more: bool = False
    tone: str = ""
    like: str = ""  # another move whose form and route it uses

    @property
    def form(self) -> str:
        """Return the name of its route and of its template."""
        return self.like or self.key


def _at(*stages: Stage) -> Callable[[WorkOrder], bool]:
    return lambda order: order.stage in stages


def _untested(order: WorkOrder) -> bool:
    return order.kind is Kind.LEAK and order.revisit_from is None


def _agreed(order: WorkOrder) -> bool:
    return not order.is_paid or order.agreed_fen is not None


def _may_go(order: WorkOrder) -> bool:
    planned = order.stage is Stage.SCHEDULED or order.urgency is not Urgency.NORMAL
    return order.stage in TO_DISPATCH and _agreed(order) and planned


def _is_external(order: WorkOrder) -> bool:
    return order.stage in TO_HAND_OVER and order.verdict in EXTERNAL_PARTIES


def _to_price(order: WorkOrder) -> bool:
    return order.is_paid and order.stage in TO_QUOTE and order.stage is not Stage.QUOTED and order.agreed_fen is None


def _again_priced(order: WorkOrder) -> bool:
    return order.is_paid and order.stage in TO_QUOTE and (order.stage is Stage.QUOTED or order.agreed_fen is not None)


def _to_plan(order: WorkOrder) -> bool:
    return order.stage in TO_SCHEDULE - {Stage.SCHEDULED} and _agreed(order)


def _to_waive(order: WorkOrder) -> bool:
    return order.stage in (Stage.DONE, Stage.LEAK_TESTING) and _untested(order)


def _to_cancel(order: WorkOrder) -> bool:
    return order.stage in TO_CANCEL and order.cycle == 1


MOVES: tuple[Move, ...] = (
    Move("complete", N_("Complete the report"), "pen", TAKE, _at(Stage.DRAFT)),
    Move("decide", N_("Decide who answers for it"), "shield", DECIDE, _at(Stage.REPORTED)),
    Move("answer", N_("Record the answer to the price"), "phone", QUOTE, _at(Stage.QUOTED)),
    Move("quote", N_("Quote a price"), "money", QUOTE, _to_price),
    Move("schedule", N_("Agree a time"), "calendar", SCHEDULE, _to_plan),
    Move("dispatch", N_("Send a worker"), "person", DISPATCH, _may_go),
    Move("hand_over", N_("Hand over to the other party"), "leave", EXTERNAL, _is_external),
    Move("arrive", N_("I am here"), "check", WORK, _at(Stage.DISPATCHED)),
    Move("finish", N_("Done"), "check", WORK, _at(Stage.ON_SITE)),
    Move("another_trip", N_("Another trip is needed"), "undo", WORK, _at(Stage.ON_SITE)),
    Move("no_access", N_("Nobody opened"), "lock", WORK, _at(Stage.DISPATCHED, Stage.ON_SITE)),
    Move("take_away", N_("Take a thing along"), "download", WORK, _at(Stage.ON_SITE)),
    Move("external_done", N_("The other party has finished"), "check", EXTERNAL, _at(Stage.EXTERNAL)),
    Move("take_back", N_("Take it back into our hands"), "undo", EXTERNAL, _at(Stage.EXTERNAL)),
    Move("begin_test", N_("Begin the leak test"), "drop", WORK, lambda o: o.stage is Stage.DONE and _untested(o)),
    Move("end_test", N_("Result of the leak test"), "drop", WORK, _at(Stage.LEAK_TESTING)),
    Move("sign", N_("Resident's signature"), "sign", SIGN, lambda o: o.stage is Stage.DONE and not _untested(o)),
    Move("revisit", N_("Record the revisit"), "phone", REVISIT, _at(Stage.SIGNED)),
    Move("monthly_visit", N_("Record the monthly visit"), "phone", REVISIT, _at(Stage.UNREACHABLE)),
    Move("waive_test", N_("Resident does without the leak test"), "pen", WORK, _to_waive, more=True),
    Move("reschedule", N_("Agree another time"), "calendar", SCHEDULE, _at(Stage.SCHEDULED), more=True, like="schedule"),
    Move("call_back", N_("Call the worker back"), "undo", DISPATCH, _at(Stage.DISPATCHED), more=True),
    Move("requote", N_("Quote another price"), "money", QUOTE, _again_priced, more=True, like="quote"),
    Move(
        "decide_anew",
        N_("Decide anew"),
        "shield",
        DECIDE,
        lambda o: o.stage in TO_DECIDE and o.stage is not Stage.REPORTED,
        more=True,
        like="decide",
    ),
    Move("overrule", N_("Overrule the verdict"), "shield", OVERRULE, lambda o: o.stage in TO_OVERRULE, more=True),
    Move("amend", N_("Correct the report"), "pen", TAKE, lambda o: o.stage in BEFORE_WORK - {Stage.DRAFT}, more=True),
    Move("promise", N_("Promise to call back"), "clock", PROMISE, lambda o: o.is_open, more=True),
    Move("merge", N_("Merge a double into this"), "merge", MERGE, lambda o: o.is_open, more=True),
    Move("cancel", N_("Cancel with a reason"), "close", CANCEL, _to_cancel, more=True, tone="danger"),
)


def moves_of(order: WorkOrder, who: Viewer) -> list[Move]:
    """Return what this person may do with this order now; maintenance only with what is theirs."""
    mine = who.role is not Role.MAINTENANCE or not order.worker or order.worker == who.id
    return [move for move in MOVES if who.can(move.perm) and move.fits(order) and (mine or move.perm != WORK)]


def chosen(moves: Iterable[Move], asked: str) -> Move | None:
    """Return the move whose form is open: the one that was asked for, else the first of the usual ones."""
    found = list(moves)
    return next((move for move in found if move.key == asked), None) or next((move for move in found if not move.more), None)
