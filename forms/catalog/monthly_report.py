"""维修月度统计分析报表: the month's repairs in figures (RC10, RC11, VS7)."""

from dataclasses import dataclass

from forms.words import Words


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
