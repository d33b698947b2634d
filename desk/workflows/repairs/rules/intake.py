"""Rule book: taking a repair (报修接待).

Source: seed 002 第2篇 2(3)①:
    仔细询问客户姓名、住址、联系方式、报修内容、方便维修的时间等   ask for name, address, phone, what is broken, and when it suits (RC6)
    并录入电脑                                                     the sheet and the computer carry one number (RC16)

While somebody is on the phone, the room and one line are enough: the order is saved first, with its number, and completed after.
"""

from dataclasses import dataclass, replace

from desk.kit.problems import Unclear
from desk.workflows.repairs.rules.choices import BEFORE_WORK, Category, Kind, Stage, Urgency, Zone
from desk.workflows.repairs.rules.order import WorkOrder, need, need_any
from desk.workflows.repairs.rules.tables import SORTS

FIVE = ("name", "unit", "phone", "what", "wished")  # RC6, in the order in which they are asked


@dataclass(frozen=True)
class Reported:
    """What the resident said, and how staff read it; None where the category's usual answer stands."""

    name: str
    phone: str
    what: str
    wished: str
    category: Category
    kind: Kind | None = None
    urgency: Urgency | None = None
    zone: Zone | None = None


def save_first(order: WorkOrder, said: Reported) -> WorkOrder:
    """Keep a report of which the room and one line are known, and perhaps more."""
    taken = _with(order, said)
    _ask(taken, ("unit", "what"))
    return replace(taken, stage=Stage.DRAFT)


def report(order: WorkOrder, said: Reported) -> WorkOrder:
    """Take a report with its five fields; `Unclear` names those that are missing."""
    taken = _with(order, said)
    _ask(taken, FIVE)
    return replace(taken, stage=Stage.REPORTED)


def complete(draft: WorkOrder, said: Reported) -> WorkOrder:
    """Complete a report that was saved first; its number and receipt stay."""
    need(draft, Stage.DRAFT)
    return report(draft, said)


def amend(order: WorkOrder, said: Reported) -> WorkOrder:
    """Correct what was reported as long as nobody is on the way; the receipt, from which the targets count, stays."""
    need_any(order, BEFORE_WORK - {Stage.DRAFT})
    amended = _with(order, said)
    _ask(amended, FIVE)
    return amended


def _with(order: WorkOrder, said: Reported) -> WorkOrder:
    usual = SORTS[said.category]
    return replace(
        order,
        name=said.name,
        phone=said.phone,
        what=said.what,
        wished=said.wished,
        category=said.category,
        kind=said.kind or usual.kind,
        urgency=said.urgency or usual.urgency,
        zone=said.zone or usual.zone,
    )


def _ask(order: WorkOrder, names: tuple[str, ...]) -> None:
    missing = [name for name in names if not getattr(order, name).strip()]
    if missing:
        raise Unclear("repair.five_fields", fields=dict.fromkeys(missing, "repair.field_needed"))
