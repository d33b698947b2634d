"""The Chinese words of a trace, version 1. History: see `words.py` before touching a sentence."""

from collections.abc import Callable, Mapping
from datetime import date

from desk.kit.deadlines.trace import Value

Values = Mapping[str, Value]

WEEKDAYS = "一二三四五六日"
UNITS = {
    "minute": "分钟",
    "hour": "小时",
    "open_hour": "个服务小时",
    "day": "天（自然日）",
    "workday": "个工作日",
    "month": "个月",
}
RESTS = {"weekend": "周末休息", "holiday": "放假", "paused": "暂停计时", "closed": "不上班"}


def _day(text: Value) -> str:
    on = date.fromisoformat(str(text))
    return f"{on.year}年{on.month}月{on.day}日（星期{WEEKDAYS[on.weekday()]}）"


def _at(values: Values) -> str:
    return f"{_day(values['day'])}{values['time']}"


def _from_to(values: Values) -> str:
    return _day(values["from"]) if values["from"] == values["to"] else f"{_day(values['from'])}至{_day(values['to'])}"


def _rest(values: Values) -> str:
    return f"{values['name']}{RESTS[str(values['why'])]}"


def _length(values: Values) -> str:
    if values["n"] == 0 and values["unit"] in ("day", "workday", "month"):
        return "当天"
    return f"{values['n']}{UNITS[str(values['unit'])]}"


def _span(seconds: Value) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "小时"), (minutes, "分"), (rest, "秒")]
    return "".join(f"{number}{unit}" for number, unit in parts if number)


def _rule(values: Values) -> str:
    clause = f"“{values['clause']}”" if values["clause"] else ""
    return f"依据规则{values['rule']}{clause}，期限为{_length(values)}。"


def _used(values: Values) -> str:
    if values["days"] == 1:
        return f"{_day(values['from'])}计{_span(values['seconds'])}。"
    return f"{_from_to(values)}，其中{values['days']}个服务日，共计{_span(values['seconds'])}。"


def _counted(values: Values) -> str:
    unit = "个工作日" if values["unit"] == "workday" else "天"
    if values["n"] == 1:
        return f"第1{unit}是{_day(values['to'])}。"
    return f"计满{values['n']}{unit}：第1{unit}是{_day(values['from'])}，最后1{unit}是{_day(values['to'])}。"


def _month(values: Values) -> str:
    if values["month_end"]:
        return f"{values['n']}个月后没有对应日，以月末{_day(values['day'])}为最后一日（民法典第202条）。"
    return f"{values['n']}个月后，最后一日是{_day(values['day'])}（民法典第202条）。"


def _pause(values: Values) -> str:
    why = f"（{values['why']}）" if values["why"] else ""
    end = "" if values["from"] == values["to"] else _day(values["to"])
    effect = {"time": "不计时", "days": "日终仍在暂停的日子不计入", "none": "当日终了前已恢复，当日照常计入"}[str(values["effect"])]
    return f"{_day(values['from'])}{values['from_time']}至{end}{values['to_time']}暂停{why}，{effect}。"


def _manual(values: Values) -> str:
    if values.get("by") == "agreed":
        return _agreed(values)
    words = f"住户原话：“{values['words']}”，" if values["words"] else ""
    if values["order"] == "same":
        return f"约定时间{_at(values)}与规则期限相同。"
    if values["order"] == "earlier":
        return f"约定时间{_at(values)}早于规则期限，{words}以约定时间为准。"
    if values["wins"]:
        return f"住户要求的时间{_at(values)}晚于规则期限，{words}以住户要求为准。"
    return f"约定时间{_at(values)}晚于规则期限，没有住户原话，不采用。"


def _agreed(values: Values) -> str:
    what = f"约定内容：“{values['words']}”，" if values["words"] else ""
    order = {"earlier": "早于规则期限", "later": "晚于规则期限", "same": "与规则期限相同"}[str(values["order"])]
    holds = "以约定时间为准" if values["wins"] or values["order"] == "same" else "没有约定内容，不采用"
    return f"双方约定的时间{_at(values)}{order}，{what}{holds}。"


def _provisional(values: Values) -> str:
    years = values["from"] if values["from"] == values["to"] else f"{values['from']}至{values['to']}"
    return f"{years}年的放假安排尚未公布，此期限为暂定，公布后重新计算。"


ZH_1: Mapping[str, Callable[[Values], str]] = {
    "rule": _rule,
    "start": lambda v: f"从{_at(v)}起算。",
    "first_day": lambda v: f"起算当天{_day(v['day'])}不计入，从次日起计（民法典第201条）。",
    "first_day_counts": lambda v: f"起算当天{_day(v['day'])}计为第1天。",
    "same_day": lambda v: f"在{_day(v['day'])}当天办结，不另计天数。",
    "skipped": lambda v: f"{_from_to(v)}{_rest(v)}，不计入。",
    "weekends": lambda v: f"其间的周末共{v['days']}天，不计入。",
    "makeup": lambda v: f"{_day(v['day'])}{v['name']}调休上班，计入。",
    "counted": _counted,
    "month": _month,
    "rolled": lambda v: f"最后一日{_day(v['from'])}逢{_rest(v)}，顺延至{_day(v['to'])}（民法典第203条）。",
    "closing": lambda v: f"最后一日以下班时间{v['time']}为截止时间（民法典第203条）。",
    "no_closing": lambda _: "最后一日不上班，截止到24:00。",
    "real": lambda v: f"按实际时间计算{_length(v)}，不分昼夜和节假日。",
    "opens": lambda v: f"起算时不在服务时间，从{_at(v)}上班时开始计时。",
    "used": _used,
    "closed": lambda v: f"{_from_to(v)}{_rest(v)}，不计时。",
    "boundary": lambda v: f"时间正好在下班时用完，以{_at(v)}为截止时间（民法典第203条）。",
    "boundary_next": lambda v: f"时间正好在下班时用完，以下一次上班的{_at(v)}为截止时间。",
    "pause": _pause,
    "rule_end": lambda v: f"按规则截止到{_at(v)}。",
    "manual": _manual,
    "provisional": _provisional,
    "calendar": lambda v: f"所用日历：{v['version']}，时区{v['zone']}。",
    "end": lambda v: f"截止时间：{_at(v)}。",
}
