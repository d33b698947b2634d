"""为什么是这个日期: a deadline explained step by step, for a resident or a dispute."""

from dataclasses import dataclass

from forms.form import Form
from forms.labels import Table, labels
from forms.parts.grid import Cell, row, section
from forms.parts.letterhead import letterhead
from forms.sheet import Sheet
from forms.words import Words

LABELS: Table = {
    "title": ("为什么是这个日期", "Why this date"),
    "case": ("事项", "Case"),
    "subject": ("办理事项", "What is due"),
    "address": ("地址", "Address"),
    "who": ("责任人 / 工号", "Who / staff no."),
    "rule": ("规则", "Rule"),
    "clause": ("条款", "Clause"),
    "start": ("起算时间", "Counted from"),
    "due": ("最迟时间", "At the latest"),
    "steps": ("推算过程", "Step by step"),
    "calendar": ("日历版本：", "Calendar: "),
    "computed": ("计算时间：", "Worked out: "),
    "same": ("相同的起算时间、规则和日历，得出的日期始终相同。", "The same start, rule and calendar always give the same date."),
}



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


def draw(s: Sheet, w: WhySheetWords) -> None:
    """Draw the sheet: the date in large type, then each step that leads to it."""
    t = labels(LABELS, w.lang)
    compact = s.paper == "A5"
    letterhead(s, w, t["title"], compact=compact)
    with section(s, t["case"]):
        row(s, [Cell(t["subject"], w.subject, 1.6, 12, bold=True), Cell(t["address"], w.address, 1.6, 12), Cell(t["who"], w.person, 1)], 12)
        row(s, [Cell(t["rule"], w.rule, 0.5, 12, bold=True), Cell(t["clause"], w.clause, 3.7)], 12)
        due = " ".join(filter(None, (w.due, w.provisional)))
        row(s, [Cell(t["start"], w.start, 1, 14), Cell(t["due"], due, 1.6, 18 if not w.provisional else 13, bold=True)], 16)
    s.y += 3.0
    s.text(s.left, s.y + 5, t["steps"], 13, bold=True, fixed=True)
    s.y += 8.5
    for number, step in enumerate(w.trace, 1):
        _step(s, number, step, last=number == len(w.trace))
    s.y += 2.0
    for line in filter(None, (w.calendar and t["calendar"] + w.calendar, w.computed_at and t["computed"] + w.computed_at, t["same"])):
        s.need(5)
        s.y += s.para(s.left, s.y, s.width, line, 9, leading=1.4)


def _step(s: Sheet, number: int, text: str, *, last: bool) -> None:
    """Draw one step beside the line that leads from the start to the date; the last one is the date."""
    x, size = s.left + 4.0, 12 if last else 11
    lines = s.lines(text, s.width - 14, size, bold=last)
    height = max(8.0, len(lines) * size * 1.4 / 2.835 + 3)
    s.need(height)
    if not last:
        s.line(x, s.y + 2.3, x, s.y + height + 2.3, 0.8)
    s.box(x - 2.6, s.y, 5.2, 5.2, 1.6 if last else 0.8)
    s.box(x - 2.55, s.y + 0.05, 5.1, 5.1, fill=True, white=True)
    s.text(x, s.y + 3.9, str(number), 9, bold=True, align="centre", fixed=True)
    s.para(s.left + 11, s.y - 0.3, s.width - 14, text, size, bold=last)
    s.y += height


FORM = Form(
    name="why_sheet",
    title={"zh": "时限说明单", "en": "Why this date"},
    words=WhySheetWords,
    draw=draw,
    sizes=("A4", "A5"),
)
