"""为什么是这个日期: a deadline explained step by step, for a resident or a dispute."""

from dataclasses import dataclass

from forms.words import Words


@dataclass(frozen=True, kw_only=True)
class WhySheetWords(Words):
    """What stands on the sheet; `number` is the case's."""

    subject: str  # what is due
    address: str = ""
    person: str = ""
    rule: str
    clause: str
    start: str
    due: str
    provisional: str = ""
    trace: tuple[str, ...]  # one step a line
    calendar: str = ""  # version of the calendar
    computed_at: str = ""
