"""The line of steps on top of a case: which there are for this order, and at which one it stands."""

from desk.kit.words import _
from desk.workflows.repairs.rules.choices import Kind, Stage
from desk.workflows.repairs.rules.order import WorkOrder

HERE = {
    Stage.DRAFT: "reported",
    Stage.REPORTED: "decided",
    Stage.QUOTED: "agreed",
    Stage.AGREED: "sent",
    Stage.SCHEDULED: "sent",
    Stage.DISPATCHED: "done",
    Stage.ON_SITE: "done",
    Stage.NO_ACCESS: "sent",
    Stage.PART_DONE: "sent",
    Stage.REWORK: "sent",
    Stage.EXTERNAL: "done",
    Stage.LEAK_TESTING: "tested",
    Stage.SIGNED: "revisited",
    Stage.CLOSED: "",
    Stage.UNREACHABLE: "",
}


def steps_of(order: WorkOrder) -> list[tuple[str, str]]:
    """Return the steps of this order as (key, words)."""
    every = [
        ("reported", _("Report"), True),
        ("decided", _("Verdict"), True),
        ("agreed", _("Price"), order.is_paid),
        ("sent", _("Dispatch"), True),
        ("done", _("Repair work"), True),
        ("tested", _("Leak test"), order.kind is Kind.LEAK),
        ("signed", _("Signature"), True),
        ("revisited", _("Revisit"), True),
    ]
    return [(key, words) for key, words, wanted in every if wanted]


def step_of(order: WorkOrder) -> str:
    """Return the key of the step that is to be done next, '' if all are done."""
    if order.stage is Stage.DECIDED:
        return "agreed" if order.is_paid else "sent"
    if order.stage is Stage.DONE:
        return "tested" if order.kind is Kind.LEAK and order.revisit_from is None else "signed"
    return HERE.get(order.stage, "reported")
