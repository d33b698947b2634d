"""The words of a work order."""

from dataclasses import dataclass

from forms.words import Words


@dataclass(frozen=True)
class Material:
    """One line of what was used."""

    name: str
    quantity: str = ""  # with its unit, as 2 个
    price: str = ""
    amount: str = ""


@dataclass(frozen=True, kw_only=True)
class WorkOrderWords(Words):
    """What stands on a work order. Everything after `promise_due` may be left empty and is then filled in by hand."""

    reporter: str
    role: str = ""  # 业主, 租户, ...
    phone_of_reporter: str
    address: str
    channel: str = ""  # 来电, 来访, ...
    reported_at: str
    kind: str  # 渗漏水, 安全设施, 其他
    place: str = ""  # 卫生间
    content: str
    urgency: str
    response_due: str  # response target, an exact time
    appointment: str
    access: str = ""  # what to mind: special care, dog, call first
    dispatch_note: str = ""  # TR54: after the last cut-off the work starts next day
    replaces: str = ""  # TR9: this sheet replaces another one, who takes the old one back
    verdict: str  # 保修（建设单位负责） and the other four outcomes
    payer: str = ""
    warranty_end: str = ""
    clause: str  # the clause in words
    verdict_reason: str = ""  # when a person overruled the rule
    promise: str  # what is promised
    promise_who: str  # name and staff number
    promise_due: str  # exact date and time
    cycle: str = ""  # 第2次返修, empty the first time
    repairer: str = ""  # name and staff number
    arrived_at: str = ""
    finished_at: str = ""
    minutes: str = ""
    result: str = ""
    materials: tuple[Material, ...] = ()
    leak_start: str = ""
    leak_planned_end: str = ""
    leak_result: str = ""  # 'passed', 'failed', 'refused' or empty
    leak_needed: str = ""  # 'yes' prints the leak-test line
    taken_item: str = ""  # TR4: what is taken along, with the resident's consent
    loan_item: str = ""
    satisfaction: str = ""  # 'good', 'fair', 'bad' or empty
    signed_by: str = ""
    signed_at: str = ""
    revisit: str = ""  # 完工后2天内回访
