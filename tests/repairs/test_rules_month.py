"""The month in figures: RC10, RC11, VS7."""

from datetime import UTC, datetime, timedelta

from hypothesis import given as every
from hypothesis import strategies as st

from desk.workflows.repairs.rules.choices import Category, Kind, RevisitResult, Stage
from desk.workflows.repairs.rules.month import Late, Share, Timed, Told, repeats, report

START = datetime(2026, 9, 30, 16, tzinfo=UTC)  # 1 October in Shanghai
END = datetime(2026, 10, 31, 16, tzinfo=UTC)
DAY = timedelta(days=1)


def told(n, day=3, building="3栋", **more):
    facts = {
        "number": f"WX-2026-{n:06d}", "stage": Stage.CLOSED, "kind": Kind.OTHER, "category": Category.DRAIN, "building": building,
        "place": "3-1-1803", "reported_at": START + day * DAY, "done_at": START + (day + 1) * DAY,
    }  # fmt: skip
    return Told(**(facts | more))


def timed(clock="repair.revisit", state="kept", day=5, **more):
    facts = {
        "number": "WX-2026-000001", "kind": Kind.OTHER, "clock": clock, "building": "3栋", "place": "3-1-1803", "category": Category.DRAIN,
        "due_at": START + day * DAY, "state": state, "ended_at": None if state == "running" else START + day * DAY,
    }  # fmt: skip
    return Timed(**(facts | more))


def month(orders=(), clocks=()):
    return report("2026-10", START, END, list(orders), list(clocks))


def test_a_month_counts_what_was_reported_and_finished_in_it():
    found = month(
        [told(1), told(2, day=-5), told(3, day=30), told(4, stage=Stage.CANCELLED, done_at=None), told(5, stage=Stage.MERGED, done_at=None)]
    )

    assert (found.reported, found.finished, found.cancelled, found.merged) == (4, 1, 1, 1)


def test_the_first_instant_belongs_to_the_month_and_the_last_does_not():
    found = month([told(1, reported_at=START, done_at=None), told(2, reported_at=END, done_at=None)])

    assert found.reported == 1


def test_revisits_count_where_they_fall_due_and_late_ones_are_handled_but_not_in_time():
    clocks = [
        timed(), timed(state="missed"), timed(state="running"), timed(state="dropped"), timed(day=40),
        timed(result=RevisitResult.NOT_REACHED), timed(result=RevisitResult.BAD),
    ]  # fmt: skip
    found = month([], clocks)

    assert (found.revisited, found.revisited_in_time) == (Share(4, 5), Share(3, 5))
    assert (found.unreachable, found.bad) == (1, 1)
    assert found.revisited.percent == 80.0


def test_what_is_due_at_midnight_of_the_last_day_belongs_to_the_month_that_ends():
    assert month([], [timed(due_at=END)]).revisited == Share(1, 1)
    assert month([], [timed(due_at=START)]).revisited == Share(0, 0)


def test_a_month_without_revisits_has_no_percentage():
    assert month().revisited.percent is None


def test_other_parties_are_counted_apart_from_ours():
    found = month([], [timed("repair.external", "missed"), timed("repair.complete"), timed("repair.respond"), timed("repair.visit")])

    assert (found.external, found.completed, found.responded, found.visited) == (Share(0, 1), Share(1, 1), Share(1, 1), Share(1, 1))


def test_volume_is_shown_by_kind_and_building():
    found = month([told(1), told(2, building="10栋"), told(3, kind=Kind.LEAK)], [timed("repair.complete"), timed(building="10栋")])

    assert [(row.label, row.reported) for row in found.by_kind] == [("safety", 0), ("leak", 1), ("other", 2)]
    assert [(row.label, row.reported, row.finished) for row in found.by_building] == [("3栋", 2, 2), ("10栋", 1, 1)]
    assert found.by_building[0].on_time == Share(1, 1)
    assert found.by_building[1].revisited == Share(1, 1)


def test_three_times_in_thirty_days_in_one_building_is_a_repeat():
    again = [told(n, day=n) for n in (1, 2, 3)]

    assert [(one.building, one.category, one.count) for one in repeats(again, START, END)] == [("3栋", Category.DRAIN, 3)]
    assert repeats(again[:2], START, END) == []
    assert repeats([*again[:2], told(3, building="4栋")], START, END) == []
    assert repeats([*again[:2], told(3, stage=Stage.MERGED)], START, END) == []


def test_a_repeat_reaches_back_thirty_days_and_ends_in_the_month():
    spread = [told(1, day=-27), told(2, day=-10), told(3, day=3)]
    assert repeats(spread, START, END)[0].numbers == ("WX-2026-000001", "WX-2026-000002", "WX-2026-000003")
    assert repeats([told(1, day=-28), *spread[1:]], START, END) == []
    assert repeats([told(n, day=-n) for n in (1, 2, 3)], START, END) == []
    assert repeats([told(n, day=40) for n in (1, 2, 3)], START, END) == []


def test_late_ones_are_listed_the_worst_first_with_their_delay():
    missed = timed("repair.visit", "missed", ended_at=START + 5 * DAY + timedelta(minutes=90))
    open_still = timed("repair.complete", "running", day=29)

    found = month([], [missed, open_still, timed()])

    assert [(one.clock, one.minutes) for one in found.late] == [("repair.complete", 2 * 24 * 60), ("repair.visit", 90)]
    assert isinstance(found.late[0], Late)


@every(st.lists(st.tuples(st.integers(-40, 40), st.sampled_from(["3栋", "4栋"]), st.sampled_from(sorted(Kind))), max_size=30))
def test_the_parts_add_up_to_the_whole(reports):
    orders = [told(n, day=day, building=building, kind=kind) for n, (day, building, kind) in enumerate(reports)]
    found = month(orders)

    assert sum(row.reported for row in found.by_kind) == sum(row.reported for row in found.by_building) == found.reported
    assert sum(row.finished for row in found.by_kind) == found.finished
