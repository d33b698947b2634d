"""回执: what the house has promised, who keeps the promise, and until when exactly."""

from dataclasses import dataclass

from forms.words import Words


@dataclass(frozen=True, kw_only=True)
class PromiseSlipWords(Words):
    """What stands on the slip that a resident takes home."""

    address: str
    resident: str = ""
    channel: str = ""
    received_at: str
    matter: str  # 报修·渗漏水
    content: str
    promise: str  # 上门维修, 答复, ...
    rule: str  # rule id, as RC13
    clause: str  # the clause in words
    person: str  # who is responsible
    staff_number: str
    due: str  # exact date and time
    provisional: str = ""  # why the date may still change, empty if it is firm
    why: tuple[str, ...] = ()  # the trace of the date
    note: str = ""  # TR54: cut-off note and the like
