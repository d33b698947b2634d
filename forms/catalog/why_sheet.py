"""为什么是这个日期: a deadline explained step by step, for a resident or a dispute."""

from dataclasses import dataclass

from forms.form import Form
from forms.labels import Table, labels
from forms.parts.grid import Cell, row, section
from forms.parts.letterhead import letterhead
from forms.press import MM
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
    t, compact = labels(LABELS, w.lang), s.paper == "A5"
    letterhead(s, w, t["title"], compact=compact)
    high = 11.0 if compact else 14.0
    with section(s, t["case"]):
        row(s, [Cell(t["subject"], w.subject, 1.6, 12, bold=True), Cell(t["address"], w.address, 1.6, 11), Cell(t["who"], w.person)], high)
        row(s, [Cell(t["rule"], w.rule, 0.5, 12, bold=True), Cell(t["clause"], w.clause, 3.7)], high)
        due = Cell(t["due"], w.due, 1.6, 20, bold=True, least=13)
        row(s, [Cell(t["start"], w.start, 1, 13, least=10), due], high + 2)
        if w.provisional:
            row(s, [Cell("", w.provisional, bold=True)], 6.5)
    s.y += 2.0 if compact else 6.0
    s.text(s.left, s.y + 5, t["steps"], 12 if compact else 15, bold=True, fixed=True)
    s.y += 7.5 if compact else 11.0
    for number, step in enumerate(w.trace, 1):
        _step(s, number, step, 10.5 if compact else 12.0, last=number == len(w.trace))
    foot = (w.calendar and t["calendar"] + w.calendar, w.computed_at and t["computed"] + w.computed_at, t["same"])
    s.need(8)
    s.y += s.para(s.left, s.y, s.width, "   ".join(filter(None, foot)), 9, leading=1.4)


def _step(s: Sheet, number: int, text: str, size: float, *, last: bool) -> None:
    """Draw one step and the line that leads on from it; the last one is the date."""
    broken = s.lines(text, s.width - 12, size, bold=last)
    height = max(0.72 * size, len(broken) * size * 1.4 / MM + 0.12 * size)
    s.need(height + 1)
    x, side = s.left + 2.6, 5.2
    s.box(x - side / 2, s.y, side, side, 1.8 if last else 0.8)
    s.text(x, s.y + 3.85, str(number), 9, bold=True, align="centre", fixed=True)
    if not last:
        s.line(x, s.y + side, x, s.y + height, 0.8)
    s.para(s.left + 8, s.y + 2.6 - size * 0.7 / MM, s.width - 12, text, size, bold=last)
    s.y += height


FORM = Form(
    name="why_sheet",
    title={"zh": "时限说明单", "en": "Why this date"},
    words=WhySheetWords,
    draw=draw,
    sizes=("A5", "A4"),
)
