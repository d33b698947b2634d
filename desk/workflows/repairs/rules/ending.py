"""Rule book: orders that end without a repair, keep their number, and are never removed.

Source: seed 002:
    查詢買家是否在網店中重復拍下產品,如存在這種現象,對交易記錄進行關閉處理   the same thing asked twice is closed as a double (TR16)
A merge keeps the earliest receipt and all numbers: kiosk, phone and desk may all have written it down.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from desk.kit.problems import Refused
from desk.workflows.repairs.rules.choices import BEFORE_WORK, Stage
from desk.workflows.repairs.rules.order import WorkOrder, need_any, need_words

TO_CANCEL = BEFORE_WORK | {Stage.NO_ACCESS, Stage.EXTERNAL}
DOUBLE_WITHIN = timedelta(days=7)


def cancel(order: WorkOrder, now: datetime, reason: str) -> WorkOrder:
    """Cancel an order on which nobody has worked, with the reason; its number stays used."""
    need_any(order, TO_CANCEL)
    if order.cycle > 1:
        raise Refused("repair.rework_not_cancelled", number=order.number)
    return replace(order, stage=Stage.CANCELLED, end_reason=need_words("reason", reason), closed_at=now)


def merge(order: WorkOrder, double: WorkOrder, now: datetime) -> tuple[WorkOrder, WorkOrder]:
    """Close `double` into `order`, which keeps the earlier of both receipts; return both."""
    need_any(double, BEFORE_WORK)
    if double.id == order.id:
        raise Refused("repair.merge_same", number=order.number)
    if not order.is_open:
        raise Refused("repair.merge_ended", number=order.number)
    if double.unit != order.unit:
        raise Refused("repair.merge_other_unit", number=double.number, place=double.place, other=order.place)
    earliest = min(order.reported_at, double.reported_at)
    kept = replace(order, reported_at=earliest, cycle_at=earliest if order.cycle == 1 else order.cycle_at)
    return kept, replace(double, stage=Stage.MERGED, merged_into=order.id, closed_at=now)


def is_double(order: WorkOrder, other: WorkOrder) -> bool:
    """Say whether two orders may be one repair: the same unit and kind, within seven days, neither cancelled nor merged."""
    return (
        other.id != order.id
        and other.unit == order.unit
        and other.kind is order.kind
        and other.stage not in (Stage.CANCELLED, Stage.MERGED)
        and abs(other.reported_at - order.reported_at) <= DOUBLE_WITHIN
    )


def doubles(order: WorkOrder, others: Iterable[WorkOrder]) -> list[WorkOrder]:
    """Return the orders that may be the same repair, the earliest receipt first."""
    return sorted((other for other in others if is_double(order, other)), key=lambda other: (other.reported_at, other.number))
