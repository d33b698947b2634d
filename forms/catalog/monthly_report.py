"""维修月度统计分析报表: the month's repairs in figures (RC10, RC11, VS7)."""

from dataclasses import dataclass

from forms.form import Form
from forms.labels import Table, labels
from forms.parts.letterhead import letterhead
from forms.parts.table import Column, table
from forms.press import MM
from forms.sheet import Sheet
from forms.words import Words

LABELS: Table = {
    "title": ("维修统计分析", "Repairs"),
    "by_kind": ("按维修类型", "By kind"),
    "by_kind_head": ("维修类型", "Kind"),
    "by_building": ("按楼栋", "By building"),
    "by_building_head": ("楼栋", "Building"),
    "reported": ("受理", "Reported"),
    "finished": ("完工", "Finished"),
    "on_time": ("按时率", "On time"),
    "revisited": ("回访率", "Revisited"),
    "legend": ("条长为受理数，实心为已完工", "Length: reported; solid: finished"),
    "repeats": ("重复出现的问题", "Problems that came back"),
    "late": ("超时事项", "Late"),
    "notes": ("分析与措施", "Analysis and measures"),
    "building": ("楼栋", "Building"),
    "kind": ("维修类型", "Kind"),
    "times": ("次数", "Times"),
    "delay": ("超时", "Late by"),
    "numbers": ("单号", "Orders"),
    "remark": ("说明", "Remark"),
    "none": ("本月没有。", "None this month."),
    "author": ("编制", "Written by"),
    "reviewer": ("客户服务中心主管审核", "Reviewed, supervisor"),
    "approver": ("管理处主任批示", "Approved, site director"),
    "date": ("日期：", "Date:"),
}


@dataclass(frozen=True)
class Figure:
    """One number of the summary."""

    label: str
    value: str  # 98.5%
    note: str = ""  # 目标 100%


@dataclass(frozen=True)
class Row:
    """One line of a table by kind or by building; all but the first are numbers as text, empty where nothing is known."""

    label: str
    reported: str
    finished: str = ""
    on_time: str = ""  # 95.0%
    revisited: str = ""


@dataclass(frozen=True)
class Repeat:
    """A problem that came back."""

    building: str
    kind: str
    count: str
    numbers: str  # the order numbers, K3-000017、K3-000021
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class MonthlyReportWords(Words):
    """What stands in the monthly report."""

    period: str  # 2026年10月
    figures: tuple[Figure, ...]
    by_kind: tuple[Row, ...]
    by_building: tuple[Row, ...]
    repeats: tuple[Repeat, ...] = ()
    late: tuple[Repeat, ...] = ()  # what was late; `count` holds the delay, `numbers` the order
    notes: tuple[str, ...] = ()  # analysis, one paragraph each
    author: str = ""
    reviewer: str = ""
    approver: str = ""


def draw(s: Sheet, w: MonthlyReportWords) -> None:
    """Draw the report, as many pages as it takes."""
    t = labels(LABELS, w.lang)
    letterhead(s, w, f"{w.period} {t['title']}" if w.lang == "zh" else f"{t['title']}, {w.period}")
    summary(s, w.figures)
    for number, (name, rows) in enumerate((("by_kind", w.by_kind), ("by_building", w.by_building)), 1):
        chapter(s, f"{number}. {t[name]}")
        bars(s, rows, t)
        figures(s, rows, t, t[name + "_head"])
    cases(s, f"3. {t['repeats']}", w.repeats, t, t["times"])
    cases(s, f"4. {t['late']}", w.late, t, t["delay"])
    if w.notes:
        chapter(s, f"5. {t['notes']}")
        for note in w.notes:
            _paragraph(s, note)
    approval(s, w, t)


def chapter(s: Sheet, title: str, below: float = 30.0) -> None:
    """Write the heading of a chapter, never alone at the end of a page: `below` mm must follow it."""
    s.need(9 + below)
    s.y += 4.2
    s.text(s.left, s.y + 4.6, title, 13, bold=True)
    s.y += 7.0


def summary(s: Sheet, found: tuple[Figure, ...]) -> None:
    """Draw the month's figures in large type, four in a row."""
    wide = s.width / 4
    for at in range(0, len(found), 4):
        four = found[at : at + 4]
        high = 16.5 + 4.3 * max(len(s.lines(figure.note, wide - 4, 9)) for figure in four)
        s.need(high)
        for place, figure in enumerate(four):
            x = s.left + place * wide
            s.text(x + 2.5, s.y + 5.2, figure.label, 9.5, room=wide - 4)
            s.text(x + 2.5, s.y + 13.6, figure.value, 20, bold=True, room=wide - 4)
            s.para(x + 2.5, s.y + 15.2, wide - 4, figure.note, 9, leading=1.3)
            s.box(x, s.y, wide, high, 0.8)
        s.y += high


def bars(s: Sheet, rows: tuple[Row, ...], t: dict[str, str]) -> None:
    """Draw one bar for each row, from zero, its length the number reported; the part finished is solid."""
    most = max([_number(row.reported) for row in rows], default=0) or 1
    left = s.left + 34.0
    scale = (s.width - 34.0 - 16.0) / most
    for each in rows:
        s.need(7)
        s.text(left - 2, s.y + 4.6, each.label, 9.5, align="right", room=32)
        s.box(left, s.y + 1.2, _number(each.reported) * scale, 4.4, 0.8, fixed=False)
        s.box(left, s.y + 1.2, _number(each.finished) * scale, 4.4, fill=True, fixed=False)
        s.text(left + _number(each.reported) * scale + 1.8, s.y + 4.7, each.reported, 9.5, bold=True)
        s.line(left, s.y, left, s.y + 6.8, 0.8)
        s.y += 6.8
    s.text(left, s.y + 4.2, t["legend"], 9)
    s.y += 6.6


def figures(s: Sheet, rows: tuple[Row, ...], t: dict[str, str], head: str) -> None:
    """Draw the table under the bars."""
    names = ("reported", "finished", "on_time", "revisited")
    columns = (Column(head, 2), *(Column(t[name], 1, "right") for name in names))
    _framed(s, columns, [(each.label, each.reported, each.finished, each.on_time, each.revisited) for each in rows])


def cases(s: Sheet, title: str, found: tuple[Repeat, ...], t: dict[str, str], count: str) -> None:
    """Draw a list of cases, or say that there are none."""
    chapter(s, title, 16)
    if not found:
        _paragraph(s, t["none"])
        return
    columns = (
        Column(t["building"], 1),
        Column(t["kind"], 1),
        Column(count, 0.7, "right"),
        Column(t["numbers"], 2.2),
        Column(t["remark"], 1.8),
    )
    _framed(s, columns, [(each.building, each.kind, each.count, each.numbers, each.remark) for each in found])


def approval(s: Sheet, w: MonthlyReportWords, t: dict[str, str]) -> None:
    """Draw the three lines of approval: author, supervisor, director (VS7)."""
    s.need(34)
    s.y += 6
    third, top = s.width / 3, s.y
    for at, (name, who) in enumerate((("author", w.author), ("reviewer", w.reviewer), ("approver", w.approver))):
        x = s.left + at * third
        s.text(x + 2, top + 4.6, t[name], 9.5, fixed=True)
        s.text(x + 2, top + 10.4, who, 11, bold=True, room=third - 4)
        s.text(x + 2, top + 23, t["date"], 9, fixed=True)
        s.box(x, top, third, 26, 0.8)
    s.y = top + 26


def _framed(s: Sheet, columns: tuple[Column, ...], rows: list[tuple[str, ...]]) -> None:
    """Draw a table between two strong lines."""
    s.need(min(7.0 * (len(rows) + 1), 75.0))
    s.line(s.left, s.y, s.right, s.y, 1.2)
    table(s, columns, rows, 6.8)
    s.line(s.left, s.y, s.right, s.y, 1.2)


def _paragraph(s: Sheet, text: str) -> None:
    """Write a paragraph, moved to the next page if it does not fit."""
    s.need(len(s.lines(text, s.width, 10.5)) * 10.5 * 1.5 / MM)
    s.y += s.para(s.left, s.y, s.width, text, 10.5, leading=1.5) + 1.5


def _number(text: str) -> float:
    """Return the number that a table shows as text, 0 where it shows none."""
    return float(text.replace(",", "") or 0)


FORM = Form(
    name="monthly_report",
    title={"zh": "维修月度统计分析报表", "en": "Monthly repair report"},
    words=MonthlyReportWords,
    draw=draw,
)
