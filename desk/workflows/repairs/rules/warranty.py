"""Rule book: who answers for a repair, in five outcomes, with the clause and the last day (RC8).

Source: seed 002 第2篇 2(3)② 根据报修内容及保修期限 (according to the report and the warranty period), and the law behind the period:

    建设工程质量管理条例 (2000) 第四十条   minimum warranty from the completion acceptance:
        基础设施、房屋建筑的地基基础工程和主体结构工程，为设计文件规定的该工程的合理使用年限   structure: its design life
        屋面防水工程、有防水要求的卫生间、房间和外墙面的防渗漏，为5年              roof, wet rooms, outer walls: 5 years
        供热与供冷系统，为2个采暖期、供冷期                                      heating and cooling: 2 seasons
        电气管线、给排水管道、设备安装和装修工程，为2年                          wiring, pipes, equipment, decoration: 2 years
        建设工程的保修期，自竣工验收合格之日起计算                               counted from completion
    商品住宅实行住宅质量保证书和住宅使用说明书制度的规定 (1998) 第五条、第六条   the certificate counts from delivery:
        墙面、顶棚抹灰层脱落1年；地面空鼓开裂、大面积起砂1年；门窗翘裂、五金件损坏1年；卫生洁具1年；灯具、电器开关6个月；管道堵塞2个月
    住宅室内装饰装修管理办法 (建设部令第110号) 第三十二条                        the resident's own renovation:
        在正常使用条件下，住宅室内装饰装修工程的最低保修期限为二年，有防水要求的厨房、卫生间和外墙面的防渗漏为五年
    物业管理条例 第五十一条                                                     supply companies answer for mains and meters
        供水、供电、供气、供热、通信、有线电视等单位，应当依法承担物业管理区域内相关管线和设施设备维修、养护的责任
    民法典 第二百零二条                                                         months end on the corresponding date

The end is the later of completion + statute and delivery + certificate. A date that is missing and could matter leaves the
verdict open: a person decides, nothing is guessed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desk.kit.deadlines.days import month_after
from desk.workflows.repairs.rules.choices import Part, Verdict, Zone

STATUTE = "建设工程质量管理条例第四十条"
CERTIFICATE = "住宅质量保证书（1998年规定第五条）"
RENOVATION = "住宅室内装饰装修管理办法第三十二条"
SUPPLY = "物业管理条例第五十一条"
COMMON = "物业管理条例第五十三条"  # 专项维修资金: the maintenance fund pays for common parts after the warranty
BY_PRICE = "物业管理条例第四十三条"  # 特约服务: extra services are priced by agreement

YEAR = 12
DESIGN_LIFE_YEARS = 50


@dataclass(frozen=True)
class Term:
    """How long a part is under warranty: months from completion, whole seasons, and months from delivery."""

    statute_months: int = 0
    certificate_months: int = 0
    season: str = ""  # 'heating' or 'cooling': two of them from completion, one from delivery
    wet: bool = False  # waterproofing: five years for a renovation, too


TERMS: Mapping[Part, Term] = {
    Part.STRUCTURE: Term(DESIGN_LIFE_YEARS * YEAR),
    Part.ROOF: Term(5 * YEAR, 3 * YEAR, wet=True),
    Part.WET_ROOM: Term(5 * YEAR, 1 * YEAR, wet=True),
    Part.OUTER_WALL: Term(5 * YEAR, 1 * YEAR, wet=True),
    Part.HEATING: Term(season="heating"),
    Part.COOLING: Term(season="cooling"),
    Part.ELECTRICAL: Term(2 * YEAR),
    Part.PLUMBING: Term(2 * YEAR, 1 * YEAR),
    Part.EQUIPMENT: Term(2 * YEAR),
    Part.DECORATION: Term(2 * YEAR),
    Part.PLASTER: Term(2 * YEAR, 1 * YEAR),
    Part.FLOOR: Term(2 * YEAR, 1 * YEAR),
    Part.DOOR_WINDOW: Term(2 * YEAR, 1 * YEAR),
    Part.SANITARY: Term(2 * YEAR, 1 * YEAR),
    Part.SWITCH: Term(2 * YEAR, 6),
    Part.BLOCKED_PIPE: Term(0, 2),
}

SEASONS: Mapping[str, tuple[tuple[int, int], tuple[int, int]]] = {  # (month, day) of the first and the last day; a city may differ
    "heating": ((11, 15), (3, 15)),
    "cooling": ((6, 15), (9, 15)),
}


@dataclass(frozen=True)
class Renovation:
    """The resident's own renovation of this part: what was altered is no longer the developer's."""

    accepted_on: date
    months: int | None = None  # what the contract says; None = the statutory minimum


@dataclass(frozen=True)
class Facts:
    """What the verdict rests on; a date that nobody knows is None."""

    part: Part
    zone: Zone
    reported_on: date
    completed_on: date | None = None
    delivered_on: date | None = None
    renovation: Renovation | None = None


Why = tuple[str, dict[str, str]]


@dataclass(frozen=True)
class WarrantyVerdict:
    """Who answers, by which clause, until when, and the reasons in order; `verdict` None = a person must decide."""

    verdict: Verdict | None
    clause: str
    ends_on: date | None
    why: tuple[Why, ...]

    @property
    def is_unclear(self) -> bool:
        """Say whether a person must decide."""
        return self.verdict is None


def judge(facts: Facts) -> WarrantyVerdict:
    """Decide who answers for a repair of this part reported on this day."""
    if facts.part is Part.UTILITY:
        return WarrantyVerdict(Verdict.UTILITY, SUPPLY, None, (("utility", {}),))
    if facts.part is Part.OWN:
        return WarrantyVerdict(Verdict.PAID, BY_PRICE, None, (("own", {}),))
    if facts.renovation:
        return _renovated(facts, facts.renovation)
    return _built(facts, TERMS[facts.part])


def _renovated(facts: Facts, renovation: Renovation) -> WarrantyVerdict:
    """Decide for a part that the resident has altered: the renovation contractor's warranty, then the resident's own cost."""
    months = renovation.months or (5 if TERMS[facts.part].wet else 2) * YEAR
    ends_on = month_after(renovation.accepted_on, months)[0]
    why: list[Why] = [("renovated", {"from": renovation.accepted_on.isoformat(), "months": str(months), "to": ends_on.isoformat()})]
    if facts.reported_on <= ends_on:
        return WarrantyVerdict(Verdict.CONTRACTOR, RENOVATION, ends_on, (*why, _inside(facts, ends_on)))
    return WarrantyVerdict(Verdict.PAID, BY_PRICE, ends_on, (*why, _outside(facts, ends_on)))


def _built(facts: Facts, term: Term) -> WarrantyVerdict:
    """Decide for a part as the developer built it: the later of the two ends counts."""
    ends: list[tuple[date, str]] = []
    why: list[Why] = []
    unknown = False
    for name, start, ground, length in _grounds(facts, term):
        if start is None:
            unknown = True
            why.append((f"no_{name}", {}))
        else:
            ends.append((_end(start, term, length), ground))
            why.append((name, {"from": start.isoformat(), "length": _length(term, length), "to": ends[-1][0].isoformat()}))
    ends_on, clause = _later(ends)
    if ends_on and facts.reported_on <= ends_on:
        return WarrantyVerdict(Verdict.DEVELOPER, clause, ends_on, (*why, _inside(facts, ends_on)))
    if unknown:
        return WarrantyVerdict(None, "", ends_on, (*why, ("unclear", {})))
    if ends_on:
        why.append(_outside(facts, ends_on))
    if facts.zone is Zone.COMMON or facts.part is Part.STRUCTURE:
        return WarrantyVerdict(Verdict.COMMON_PART, COMMON, ends_on, (*why, ("common", {})))
    return WarrantyVerdict(Verdict.PAID, BY_PRICE, ends_on, (*why, ("paid", {})))


def _later(ends: list[tuple[date, str]]) -> tuple[date | None, str]:
    return max(ends) if ends else (None, "")


def _grounds(facts: Facts, term: Term) -> list[tuple[str, date | None, str, int]]:
    """Return the grounds of a warranty as (name, first day, clause, length); common parts are never delivered to anybody."""
    grounds: list[tuple[str, date | None, str, int]] = []
    if term.statute_months or term.season:
        grounds.append(("statute", facts.completed_on, STATUTE, 2 if term.season else term.statute_months))
    if (term.certificate_months or term.season) and facts.zone is not Zone.COMMON:
        grounds.append(("certificate", facts.delivered_on, CERTIFICATE, 1 if term.season else term.certificate_months))
    return grounds


def _end(start: date, term: Term, length: int) -> date:
    return season_end(start, term.season, length) if term.season else month_after(start, length)[0]


def _length(term: Term, length: int) -> str:
    return f"{length} {term.season}" if term.season else f"{length} months"


def season_end(start: date, season: str, n: int) -> date:
    """Return the last day of the n-th whole season after a day; one that is already running does not count."""
    (first_month, first_day), (last_month, last_day) = SEASONS[season]
    begins = date(start.year, first_month, first_day)
    if begins < start:
        begins = begins.replace(year=begins.year + 1)
    begins = begins.replace(year=begins.year + n - 1)
    over_new_year = (last_month, last_day) < (first_month, first_day)
    return date(begins.year + over_new_year, last_month, last_day)


def _inside(facts: Facts, ends_on: date) -> Why:
    return ("inside", {"reported": facts.reported_on.isoformat(), "to": ends_on.isoformat()})


def _outside(facts: Facts, ends_on: date) -> Why:
    return ("outside", {"reported": facts.reported_on.isoformat(), "to": ends_on.isoformat()})
