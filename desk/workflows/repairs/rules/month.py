"""Rule book: the month in figures.

Source: seed 002 第2篇 2(3)④ and 5(5):
    每月进行汇总、统计、分析              a report each month (RC10)
    对维修服务回访处理率达100%            revisits handled: 100 % (RC11)
    对类似问题出现较多的，写成统计分析报告   what comes back often is reported (VS7)
Revisits count in the month in which they fall due: then 100 % can be asked of a month that is over. Not reached counts as handled and
is shown apart; the other party's delays are shown apart from ours.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.workflows.repairs.rules.choices import Category, Kind, RevisitResult, Stage

REPEAT_AT_LEAST = 3
REPEAT_WITHIN = timedelta(days=30)
KEPT, MISSED = "kept", "missed"


@dataclass(frozen=True)
class Told:
    """What the month needs to know of one order."""

    number: str
    stage: Stage
    kind: Kind
    category: Category
    building: str
    place: str
    reported_at: datetime
    done_at: datetime | None


@dataclass(frozen=True)
class Timed:
    """One clock of an order: when it was due, how and when it ended ('running' if it has not)."""

    number: str
    kind: str
    clock: str
    building: str
    place: str
    category: Category
    due_at: datetime
    state: str
    ended_at: datetime | None
    result: RevisitResult | None = None


@dataclass(frozen=True)
class Share:
    """A part of a whole; a whole of nothing has no percentage."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        """Return the share in percent with one decimal, None where there is nothing to share."""
        return round(self.part * 100 / self.whole, 1) if self.whole else None


@dataclass(frozen=True)
class Row:
    """One kind or building: what was reported and finished, finished on time, revisited."""

    label: str
    reported: int
    finished: int
    on_time: Share
    revisited: Share


@dataclass(frozen=True)
class Repeat:
    """The same category in the same building again and again."""

    building: str
    category: Category
    count: int
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class Late:
    """One promise that was missed or is overdue: which, where, and by how many whole minutes."""

    number: str
    clock: str
    building: str
    place: str
    category: Category
    minutes: int


@dataclass(frozen=True)
class Month:
    """The figures of one month."""

    month: str
    reported: int
    finished: int
    cancelled: int
    merged: int
    responded: Share
    visited: Share
    completed: Share
    revisited: Share  # handled of those due: must be 100 %
    revisited_in_time: Share
    unreachable: int
    bad: int
    external: Share  # other parties in time, apart from ours
    by_kind: tuple[Row, ...]
    by_building: tuple[Row, ...]
    repeats: tuple[Repeat, ...]
    late: tuple[Late, ...]


def report(month: str, start: datetime, end: datetime, orders: Sequence[Told], clocks: Sequence[Timed]) -> Month:
    """Return the figures of the month from `start` to before `end`; `orders` reach back as far as repeats are looked for.

    What is due at 24:00 of the last day is due in this month, although that is the instant at which the next one begins.
    """
    reported = [one for one in orders if start <= one.reported_at < end]
    finished = [one for one in orders if one.done_at and start <= one.done_at < end]
    due = [one for one in clocks if start < one.due_at <= end and one.state != "dropped"]
    visits = [one for one in due if one.clock == "repair.revisit"]
    results = Counter(one.result for one in visits if one.state != "running")
    return Month(
        month=month,
        reported=len(reported),
        finished=len(finished),
        cancelled=sum(one.stage is Stage.CANCELLED for one in reported),
        merged=sum(one.stage is Stage.MERGED for one in reported),
        responded=_in_time(due, "repair.respond"),
        visited=_in_time(due, "repair.visit"),
        completed=_in_time(due, "repair.complete"),
        revisited=_handled(visits),
        revisited_in_time=_in_time(due, "repair.revisit"),
        unreachable=results[RevisitResult.NOT_REACHED],
        bad=results[RevisitResult.BAD],
        external=_in_time(due, "repair.external"),
        by_kind=_rows(reported, finished, due, lambda one: one.kind, [kind.value for kind in Kind]),
        by_building=_rows(reported, finished, due, lambda one: one.building, _buildings(reported, finished)),
        repeats=tuple(repeats(orders, start, end)),
        late=tuple(_late(due, end)),
    )


def _in_time(clocks: Iterable[Timed], clock: str) -> Share:
    mine = [one for one in clocks if one.clock == clock]
    return Share(sum(one.state == KEPT for one in mine), len(mine))


def _handled(visits: Sequence[Timed]) -> Share:
    return Share(sum(one.state != "running" for one in visits), len(visits))


def _buildings(reported: Iterable[Told], finished: Iterable[Told]) -> list[str]:
    return sorted({one.building for one in (*reported, *finished)}, key=lambda name: (len(name), name))


def _rows(
    reported: Sequence[Told],
    finished: Sequence[Told],
    due: Sequence[Timed],
    label_of: Callable[[Told | Timed], str],
    labels: Iterable[str],
) -> tuple[Row, ...]:
    told, done = Counter(map(label_of, reported)), Counter(map(label_of, finished))
    return tuple(
        Row(
            label,
            told[label],
            done[label],
            _in_time([one for one in due if label_of(one) == label], "repair.complete"),
            _handled([one for one in due if one.clock == "repair.revisit" and label_of(one) == label]),
        )
        for label in labels
    )


def repeats(orders: Iterable[Told], start: datetime, end: datetime, at_least: int = REPEAT_AT_LEAST) -> list[Repeat]:
    """Return what came back: the same category in the same building at least so often within 30 days, the last time this month."""
    cases: dict[tuple[str, Category], list[Told]] = defaultdict(list)
    for one in orders:
        if one.stage not in (Stage.CANCELLED, Stage.MERGED) and one.reported_at < end:
            cases[one.building, one.category].append(one)
    found = [
        _most(building, category, sorted(told, key=lambda one: one.reported_at), start) for (building, category), told in cases.items()
    ]
    return sorted((one for one in found if one.count >= at_least), key=lambda one: (-one.count, one.building, one.category))


def _most(building: str, category: Category, told: Sequence[Told], start: datetime) -> Repeat:
    """Return the fullest 30 days of one category in one building that end in the month."""
    best: tuple[Told, ...] = ()
    for last in told:
        if last.reported_at >= start:
            window = tuple(one for one in told if last.reported_at - REPEAT_WITHIN <= one.reported_at <= last.reported_at)
            best = max(best, window, key=len)
    return Repeat(building, category, len(best), tuple(one.number for one in best))


def _late(due: Iterable[Timed], end: datetime) -> list[Late]:
    late = [one for one in due if one.state in (MISSED, "running")]
    told = [
        Late(one.number, one.clock, one.building, one.place, one.category, int(((one.ended_at or end) - one.due_at).total_seconds()) // 60)
        for one in late
    ]
    return sorted(told, key=lambda one: (-one.minutes, one.number))
