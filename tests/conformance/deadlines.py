"""Run a corpus of deadline cases against the engine: `python -m tests.conformance.deadlines [FILE]`.

The file is JSON with `sources`, `schedules` and `cases`, as `tests/data/deadline_cases.json`. Each source names where time ends
that uses up a window exactly ('close' or 'next_open'). A case with a `quirk` of its source's library is skipped and counted apart.
"""

import json
import sys
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from desk.kit.calendar import Calendar
from desk.kit.deadlines import Boundary, add, between, is_open, sub, windows, workday_after, workday_before
from desk.kit.problems import Problem
from tests.conformance.day_steps import days_away
from tests.conformance.schedules import calendar_of, date_of, instant_of, is_same, span_of

GIVEN = Path(__file__).resolve().parents[1] / "data" / "deadline_cases.json"

Case = Mapping[str, Any]
Check = Callable[[Case, Calendar, Boundary], tuple[bool, object]]  # passed, and what came out


def _pauses(case: Case, calendar: Calendar) -> list[tuple[datetime, datetime]]:
    return [span_of(pair, calendar) for pair in case.get("pauses", ())]


def _start(case: Case, calendar: Calendar) -> datetime:
    return instant_of(case["start"], calendar)


def _reached(at: datetime, case: Case, calendar: Calendar) -> tuple[bool, object]:
    return is_same(at, case["expected"], calendar), at.astimezone(calendar.tz)


def _add(case: Case, calendar: Calendar, boundary: Boundary) -> tuple[bool, object]:
    seconds = case["seconds"]
    count = add if (case["op"] == "add") is (seconds >= 0) else sub
    at = count(calendar, _start(case, calendar), abs(seconds), _pauses(case, calendar), boundary)
    return _reached(at, case, calendar)


def _between(case: Case, calendar: Calendar, _: Boundary) -> tuple[bool, object]:
    open_time = between(calendar, _start(case, calendar), instant_of(case["end"], calendar), _pauses(case, calendar))
    return open_time == timedelta(seconds=case["expected_seconds"]), open_time.total_seconds()


def _between_sum(case: Case, calendar: Calendar, _: Boundary) -> tuple[bool, object]:
    spans = [span_of(pair, calendar) for pair in case["intervals"]]
    total = sum((between(calendar, *span, _pauses(case, calendar)) for span in spans), timedelta(0))
    return total == timedelta(seconds=case["expected_seconds"]), total.total_seconds()


def _is_open(case: Case, calendar: Calendar, _: Boundary) -> tuple[bool, object]:
    found = is_open(calendar, _start(case, calendar))
    return found is case["expected"], found


def _windows(case: Case, calendar: Calendar, _: Boundary) -> tuple[bool, object]:
    found = windows(calendar, _start(case, calendar), len(case["expected"]))
    pairs = zip(found, case["expected"], strict=True)
    same = all(is_same(at, text, calendar) for window, texts in pairs for at, text in zip(window, texts, strict=True))
    return same, [(low.isoformat(), high.isoformat()) for low, high in found]


def _add_dates(case: Case, calendar: Calendar, _: Boundary) -> tuple[bool, object]:
    days = case["days"]
    if case["op"] == "add_dates":
        rolled = workday_after(calendar, date_of(case["start"]), 0)
        day = workday_after(calendar, rolled, days) if days >= 0 else workday_before(calendar, rolled, -days)
    else:
        rolled = workday_before(calendar, date_of(case["start"]), 0)
        day = workday_before(calendar, rolled, days) if days >= 0 else workday_after(calendar, rolled, -days)
    return day == date_of(case["expected"]), day


def _add_days(case: Case, calendar: Calendar, boundary: Boundary) -> tuple[bool, object]:
    return _reached(days_away(case, calendar, boundary, _start(case, calendar), _pauses(case, calendar)), case, calendar)


CHECKS: Mapping[str, Check] = {
    "add": _add,
    "sub": _add,
    "between": _between,
    "between_sum": _between_sum,
    "is_open": _is_open,
    "windows": _windows,
    "add_days": _add_days,
    "sub_days": _add_days,
    "add_dates": _add_dates,
    "sub_dates": _add_dates,
}


def tried(case: Case, corpus: Mapping[str, Any]) -> str:
    """Run one case and return '' if it passes, or else what came out and what was expected."""
    expected = case.get("expected", case.get("expected_seconds"))
    try:
        calendar = calendar_of(case["schedule"], corpus["schedules"][case["schedule"]], case)
        named = case.get("boundary") or corpus.get("sources", {}).get(case.get("source"), {}).get("boundary")
        boundary = Boundary.NEXT_OPEN if named == "next_open" else Boundary.CLOSE
        passed, found = CHECKS[case["op"]](case, calendar, boundary)
    except Problem as problem:
        passed, found = expected is None, problem
    except Exception as error:  # one unreadable case must not hide the others
        passed, found = False, f"{type(error).__name__}: {error}"
    return "" if passed else f"{case.get('id')}: {found}, expected {expected}"


def main(arguments: list[str]) -> int:
    """Print what failed, what was skipped and the count; return the exit code."""
    corpus = json.loads((Path(arguments[0]) if arguments else GIVEN).read_text(encoding="utf-8"))
    cases = [case for case in corpus["cases"] if not case.get("quirk")]
    failed = [line for line in (tried(case, corpus) for case in cases) if line]
    print(*failed, sep="\n", end="\n" if failed else "")
    print(f"{len(corpus['cases']) - len(cases)} skipped (quirks of their source's library)")
    print(f"{len(cases) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
