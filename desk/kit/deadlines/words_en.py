"""The English words of a trace, version 1. History: see `words.py` before touching a sentence."""

from collections.abc import Callable, Mapping
from datetime import date

from desk.kit.deadlines.trace import Value

Values = Mapping[str, Value]

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
UNITS = {
    "minute": "minute",
    "hour": "hour",
    "open_hour": "open hour",
    "day": "calendar day",
    "workday": "working day",
    "month": "month",
}
RESTS = {"weekend": "weekend", "holiday": "public holiday", "paused": "clock paused", "closed": "closed"}
NAMES = {
    "元旦": "New Year",
    "春节": "Spring Festival",
    "清明节": "Qingming",
    "劳动节": "Labour Day",
    "端午节": "Dragon Boat Festival",
    "中秋节": "Mid-Autumn Festival",
    "国庆节": "National Day",
}


def _day(text: Value) -> str:
    on = date.fromisoformat(str(text))
    return f"{WEEKDAYS[on.weekday()]} {on.day} {MONTHS[on.month - 1]} {on.year}"


def _at(values: Values) -> str:
    return f"{_day(values['day'])} {values['time']}"


def _from_to(values: Values) -> str:
    return _day(values["from"]) if values["from"] == values["to"] else f"{_day(values['from'])} to {_day(values['to'])}"


def _name(text: Value) -> str:
    return ", ".join(NAMES.get(name, name) for name in str(text).split("、"))


def _rest(values: Values) -> str:
    why = RESTS[str(values["why"])]
    return f"{why}, {_name(values['name'])}" if values["name"] else why


def _plural(n: Value, unit: str) -> str:
    return f"{n} {unit}" if n == 1 else f"{n} {unit}s"


def _length(values: Values) -> str:
    if values["n"] == 0 and values["unit"] in ("day", "workday", "month"):
        return "the same day"
    return _plural(values["n"], UNITS[str(values["unit"])])


def _span(seconds: Value) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "h"), (minutes, "min"), (rest, "s")]
    return " ".join(f"{number} {unit}" for number, unit in parts if number)


def _rule(values: Values) -> str:
    clause = f" (“{values['clause']}”)" if values["clause"] else ""
    return f"Rule {values['rule']}{clause} says: {_length(values)}."


def _used(values: Values) -> str:
    if values["days"] == 1:
        return f"{_day(values['from'])} counts for {_span(values['seconds'])}."
    return f"{_from_to(values)}, {values['days']} open days in it, count for {_span(values['seconds'])}."


def _counted(values: Values) -> str:
    unit = "working day" if values["unit"] == "workday" else "day"
    if values["n"] == 1:
        return f"Day 1 is {_day(values['to'])}." if unit == "day" else f"Working day 1 is {_day(values['to'])}."
    return f"{_plural(values['n'], unit)} are counted: the first is {_day(values['from'])}, the last {_day(values['to'])}."


def _month(values: Values) -> str:
    months = _plural(values["n"], "month")
    if values["month_end"]:
        return f"{months} on there is no such date, so the month's end {_day(values['day'])} is the last day (Civil Code 202)."
    return f"{months} on, the last day is {_day(values['day'])} (Civil Code 202)."


def _pause(values: Values) -> str:
    why = f" ({values['why']})" if values["why"] else ""
    end = "" if values["from"] == values["to"] else f"{_day(values['to'])} "
    effect = {
        "time": "that time is not counted",
        "days": "days at whose end the clock stood still are not counted",
        "none": "it ran again before the day was over, so the day counts",
    }[str(values["effect"])]
    return f"Paused from {_day(values['from'])} {values['from_time']} to {end}{values['to_time']}{why}; {effect}."


def _manual(values: Values) -> str:
    if values.get("by") == "agreed":
        return _agreed(values)
    words = f", in the resident's words “{values['words']}”" if values["words"] else ""
    if values["order"] == "same":
        return f"The agreed time {_at(values)} is the same as the rule's."
    if values["order"] == "earlier":
        return f"The agreed time {_at(values)} is earlier than the rule's{words}, so it holds."
    if values["wins"]:
        return f"The resident asked for the later time {_at(values)}{words}, so it holds."
    return f"The agreed time {_at(values)} is later than the rule's and not in the resident's words, so it does not hold."


def _agreed(values: Values) -> str:
    what = f" (“{values['words']}”)" if values["words"] else ""
    order = {"earlier": "is earlier than the rule's", "later": "is later than the rule's", "same": "is the same as the rule's"}[
        str(values["order"])
    ]
    holds = "so it holds" if values["wins"] or values["order"] == "same" else "and nothing is recorded of it, so it does not hold"
    return f"The time that both sides agreed on, {_at(values)}{what}, {order}, {holds}."


def _provisional(values: Values) -> str:
    years = values["from"] if values["from"] == values["to"] else f"{values['from']} to {values['to']}"
    return f"The holidays of {years} are not published yet: this time is provisional and is counted again when they are."


EN_1: Mapping[str, Callable[[Values], str]] = {
    "rule": _rule,
    "start": lambda v: f"Counted from {_at(v)}.",
    "first_day": lambda v: f"The first day, {_day(v['day'])}, is not counted (Civil Code 201).",
    "first_day_counts": lambda v: f"The first day, {_day(v['day'])}, counts as day 1.",
    "same_day": lambda v: f"It is due on {_day(v['day'])} itself; no further day is counted.",
    "skipped": lambda v: f"Not counted: {_from_to(v)} ({_rest(v)}).",
    "weekends": lambda v: f"Not counted: the weekends in between, {_plural(v['days'], 'day')}.",
    "makeup": lambda v: f"Counted: {_day(v['day'])}, a make-up workday ({_name(v['name'])}).",
    "counted": _counted,
    "month": _month,
    "rolled": lambda v: f"The last day {_day(v['from'])} is a rest day ({_rest(v)}), so it moves to {_day(v['to'])} (Civil Code 203).",
    "closing": lambda v: f"The last day ends at closing time, {v['time']} (Civil Code 203).",
    "no_closing": lambda _: "Closed on the last day, so it ends at 24:00.",
    "real": lambda v: f"The clock runs for {_length(v)} of real time, day and night, holidays too.",
    "opens": lambda v: f"Closed at that moment, so the time runs from the opening on {_at(v)}.",
    "used": _used,
    "closed": lambda v: f"No time counts on {_from_to(v)} ({_rest(v)}).",
    "boundary": lambda v: f"The time runs out exactly at closing, so {_at(v)} it is (Civil Code 203).",
    "boundary_next": lambda v: f"The time runs out exactly at closing, so the next opening {_at(v)} it is.",
    "pause": _pause,
    "rule_end": lambda v: f"By the rule it ends on {_at(v)}.",
    "manual": _manual,
    "provisional": _provisional,
    "calendar": lambda v: f"Calendar: {v['version']}, time zone {v['zone']}.",
    "end": lambda v: f"Due: {_at(v)}.",
}
