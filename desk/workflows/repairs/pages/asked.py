"""What the form of an act begins with, and the choices it offers."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from flask import request

from desk.kit import clocks, site_facts
from desk.kit.access import store as access
from desk.kit.access.rules import Role, Staff
from desk.kit.clock import SITE_ZONE, day_of
from desk.kit.deadlines import due, workday_after
from desk.kit.web import act, db
from desk.kit.words import _, ngettext
from desk.workflows.households import store as register
from desk.workflows.repairs import commands, store
from desk.workflows.repairs.inputs import Decision
from desk.workflows.repairs.pages import options
from desk.workflows.repairs.pages.beside import offer
from desk.workflows.repairs.pages.options import Option
from desk.workflows.repairs.pages.seen import Seen
from desk.workflows.repairs.rules.choices import Category, Channel, Part, Verdict
from desk.workflows.repairs.rules.clauses import EXTERNAL, PROMISE
from desk.workflows.repairs.rules.order import WorkOrder
from desk.workflows.repairs.rules.tables import SORTS, next_run
from desk.workflows.repairs.rules.warranty import WarrantyVerdict

QUOTE_ROWS = 4
MORNING, NOON, SPAN = time(9), time(11), timedelta(hours=2)
TEST_HOURS = 24


def begun(order: WorkOrder, form: str) -> dict[str, Any]:
    """Return the values that the form of an act begins with."""
    make = BEGUN.get(form)
    return make(order) if make else {}


def _report(order: WorkOrder) -> dict[str, Any]:
    """Return what was reported; where the category's usual kind, urgency and zone stand, they follow another category, too."""
    usual = SORTS[order.category]
    said = {name: getattr(order, name) for name in ("name", "phone", "what", "wished", "category")}
    return said | {
        name: "" if getattr(order, name) is getattr(usual, name) else getattr(order, name) for name in ("kind", "urgency", "zone")
    }


def _completion(order: WorkOrder) -> dict[str, Any]:
    """Return what was saved first, with the person of the unit offered and no category guessed."""
    said = _report(order) | ({"category": ""} if order.category is Category.OTHER else {})
    return said if order.name or order.phone else said | offer(order.unit)


def _decision(order: WorkOrder) -> dict[str, Any]:
    return {"part": order.part or SORTS[order.category].part}


def _appointment(order: WorkOrder) -> dict[str, Any]:
    """Return the first time that the day's runs allow: at nine of the next run's day, or in two hours."""
    now = act().now.astimezone(SITE_ZONE)
    run = next_run(act().now, site_facts.of(db()).cut_offs)
    begin = datetime.combine(run.on, MORNING, SITE_ZONE)
    if not run.late:
        begin = max(begin, (now + SPAN).replace(minute=0, second=0, microsecond=0))
    if order.appointed_from and order.appointed_to:
        return {"from_at": stamp(order.appointed_from), "to_at": stamp(order.appointed_to)}
    return {"from_at": stamp(begin), "to_at": stamp(begin + SPAN)}


def _answer(order: WorkOrder) -> dict[str, Any]:
    return {"channel": Channel.PHONE.value, "who": order.name}


def _quote(order: WorkOrder) -> dict[str, Any]:
    """Return the lines of the quote that stands, for a new price."""
    last = Seen(order).quote
    lines = last.lines if last else ()
    yuan = [f"{fen // 100}.{fen % 100:02d}" for _what, _quantity, fen in lines]
    return {"what": [line[0] for line in lines], "quantity": [line[1] for line in lines], "price": yuan}


def _test(order: WorkOrder) -> dict[str, Any]:
    return {"planned_end_at": stamp(act().now + timedelta(hours=TEST_HOURS)), "spot": ""}


def _by_name(order: WorkOrder) -> dict[str, Any]:
    return {"who": order.name, "consent_by": order.name, "channel": Channel.PHONE.value}


def _hand_over(order: WorkOrder) -> dict[str, Any]:
    return {"due_at": stamp(due(EXTERNAL, clocks.calendar(db()), act().now).at - timedelta(minutes=1))}


def _promise(order: WorkOrder) -> dict[str, Any]:
    day = workday_after(clocks.calendar(db()), day_of(act().now), PROMISE.n)
    return {"due_at": f"{day.isoformat()}T17:00"}


BEGUN: Mapping[str, Callable[[WorkOrder], dict[str, Any]]] = {
    "complete": _completion,
    "amend": _report,
    "decide": _decision,
    "schedule": _appointment,
    "answer": _answer,
    "quote": _quote,
    "begin_test": _test,
    "sign": _by_name,
    "take_away": _by_name,
    "waive_test": _by_name,
    "revisit": _by_name,
    "monthly_visit": _by_name,
    "hand_over": _hand_over,
    "promise": _promise,
}


def stamp(at: datetime) -> str:
    """Return an instant as a date-time field takes it, on the site's clock."""
    return at.astimezone(SITE_ZONE).strftime("%Y-%m-%dT%H:%M")


def wanted() -> str:
    """Return the act whose form was asked for by the address, '' for the usual next one."""
    return request.args.get("do", "")


def choices(seen: Seen, form: str) -> dict[str, Any]:
    """Return the choices and facts that the form of an act offers."""
    found: dict[str, Any] = {
        "channels": options.options(Channel),
        "verdicts": options.options(Verdict, _("As the rule says")),
        "other_verdicts": options.options(verdict for verdict in Verdict if verdict is not seen.order.verdict),
    }
    if form in ("complete", "amend"):
        found |= {
            "categories": options.categories(),
            "kinds": options.kinds(),
            "urgencies": options.urgencies(seen.order.zone),
            "zones": options.zones(),
        }
    if form == "decide":
        found |= {"parts": options.options(Part), "advice": advice(seen.order), "asks": dates_to_ask(seen.order)}
    if form == "dispatch":
        found["workers"] = workers(access.staff(db(), Role.MAINTENANCE), store.workers(db()))
    if form == "schedule":
        found["run"] = next_run(act().now, site_facts.of(db()).cut_offs)
    if form == "merge":
        found["doubles"] = commands.doubles_of(db(), seen.order)
    return found


def advice(order: WorkOrder, form: Decision | None = None) -> WarrantyVerdict:
    """Return what the rule says about the part that is asked for."""
    return commands.advise(db(), order.id, form=form or Decision(part=order.part or SORTS[order.category].part))


def dates_to_ask(order: WorkOrder) -> tuple[str, ...]:
    """Return which dates the household file does not have, so that the form asks for them."""
    unit = register.unit(db(), order.unit)
    building = register.building(db(), unit.building) if unit else None
    facts = (("completed_on", building and building.completed_on), ("delivered_on", unit and unit.delivered_on))
    return tuple(name for name, found in facts if not found)


def workers(team: Sequence[Staff], busy: Mapping[str, int]) -> list[Option]:
    """Return the maintenance team as choices, the one with the least to do first."""
    ordered = sorted(team, key=lambda person: (busy.get(person.id, 0), person.staff_no))
    return [(person.id, f"{person.name} {person.staff_no}", _load(busy.get(person.id, 0))) for person in ordered]


def _load(n: int) -> str:
    return ngettext("%(n)s order under way", "%(n)s orders under way", n) % {"n": n} if n else _("free")
