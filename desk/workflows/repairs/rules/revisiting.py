"""Rule book: the signature and the revisit (回访): nothing closes without its result.

Source: seed 002 第2篇 2(3)④ and 5(1):
    对维修服务回访处理率达100%            every repair is revisited (RC11)
    回访可上门或电话回访                  at the door or by phone (VS1)
    回访中发现问题及时通知维修人员整改    found bad: back to maintenance, cycle n+1, and a new revisit follows (RC15)
Whoever repaired does not ask whether it was repaired well. Three attempts on different days and a slip left at the door count as
handled, and are shown apart.
"""

from collections.abc import Iterable
from dataclasses import replace

from desk.kit.problems import Refused, Unclear
from desk.workflows.repairs.rules.choices import RevisitResult, SignHow, Stage, TripOutcome
from desk.workflows.repairs.rules.order import Revisit, Signature, Trip, WorkOrder, need, need_words

ATTEMPTS = 3


def sign(order: WorkOrder, signature: Signature) -> tuple[WorkOrder, Signature]:
    """Take the resident's signature under the work; not signed needs the reason, a leak its test first."""
    need(order, Stage.DONE)
    if order.revisit_from is None:
        raise Refused("repair.leak_test_needed", number=order.number)
    if signature.how is SignHow.NONE:
        signature = replace(signature, words=need_words("words", signature.words))
    else:
        signature = replace(signature, who=need_words("who", signature.who))
    if signature.how is SignHow.SCREEN and not signature.image:
        raise Unclear("repair.signature_missing", fields={"image": "repair.signature_missing"})
    return replace(order, stage=Stage.SIGNED), signature


def revisit(order: WorkOrder, made: Revisit, earlier: Iterable[Revisit], trips: Iterable[Trip]) -> WorkOrder:
    """Record a revisit or an attempt: fine closes, bad begins the next cycle, the third attempt with a slip ends as unreachable."""
    need(order, Stage.SIGNED)
    if made.by in repairers(order, trips):
        raise Refused("repair.revisit_by_repairer", number=order.number, name=made.by_name)
    if made.result is RevisitResult.NOT_REACHED:
        return _not_reached(order, made, earlier)
    if made.result is RevisitResult.BAD:
        need_words("words", made.words)
        return _again(order, made)
    return replace(order, stage=Stage.CLOSED, revisit_result=RevisitResult.OK, closed_at=made.at)


def repairers(order: WorkOrder, trips: Iterable[Trip]) -> set[str]:
    """Return the staff ids of those who repaired in this cycle; who was called back on the way has not."""
    return {trip.worker for trip in trips if trip.cycle == order.cycle and trip.outcome is not TripOutcome.CALLED_BACK}


def _not_reached(order: WorkOrder, made: Revisit, earlier: Iterable[Revisit]) -> WorkOrder:
    tried = [made, *(one for one in earlier if one.cycle == order.cycle and one.result is RevisitResult.NOT_REACHED)]
    days = {one.on_day for one in tried}
    if len(days) < ATTEMPTS or not any(one.slip_left for one in tried):
        return order
    return replace(order, stage=Stage.UNREACHABLE, revisit_result=RevisitResult.NOT_REACHED, closed_at=made.at)


def _again(order: WorkOrder, made: Revisit) -> WorkOrder:
    """Begin cycle n+1: what this cycle's work and test had reached no longer counts."""
    return replace(
        order,
        stage=Stage.REWORK,
        cycle=order.cycle + 1,
        cycle_at=made.at,
        done_at=None,
        revisit_from=None,
        leak_tested=False,
        appointed_from=None,
        appointed_to=None,
        worker="",
        worker_name="",
    )
