"""Rows to the words of the papers: work order, paid service, promise slip, leak slip, revisit sheet. Everything becomes text here."""

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from desk.kit import clocks, site_facts
from desk.kit.act import Act
from desk.kit.clock import SITE_ZONE
from desk.kit.clocks import Clock
from desk.kit.database import Database
from desk.kit.deadlines import Trace, show_due, trace_words
from desk.kit.words import _, language, word
from desk.workflows.households import store as register
from desk.workflows.repairs import store
from desk.workflows.repairs.rules.choices import Kind, RevisitResult, SignHow, TestResult, TripOutcome, Verdict
from desk.workflows.repairs.rules.clauses import revisit_policy
from desk.workflows.repairs.rules.order import LeakTest, Material, Quote, Revisit, Signature, TakenItem, Trip, WorkOrder
from desk.workflows.repairs.rules.tables import Run, next_run
from desk.workflows.repairs.words import PAYERS, QUESTIONS, clock_word
from forms import amounts
from forms.catalog.leak_slip import LeakSlipWords
from forms.catalog.paid_service import PaidServiceWords, QuoteLine
from forms.catalog.promise_slip import PromiseSlipWords
from forms.catalog.revisit_sheet import Attempt, RevisitSheetWords
from forms.catalog.work_order import Material as MaterialLine
from forms.catalog.work_order import WorkOrderWords

STAMPED = {"head", "check", "qr", "issued", "issued_by"}  # differ from one issue to the next


def head(db: Database, act: Act, number: str) -> dict[str, Any]:
    """Return what stands at the head of every paper of this site."""
    facts, lang = site_facts.of(db), language()
    return {
        "lang": lang,
        "site": facts.name(lang),
        "company": facts.company(lang),
        "phone": facts.phone,
        "number": number,
        "issued": stamp(act.now),
        "issued_by": f"{act.name} {act.staff_no}".strip(),
    }


def stamp(at: datetime | None) -> str:
    """Return an instant as the site's clock shows it, '2026-11-23 14:05'; '' for None."""
    return at.astimezone(SITE_ZONE).strftime("%Y-%m-%d %H:%M") if at else ""


def span(start: datetime | None, end: datetime | None) -> str:
    """Return an appointment, '2026-11-23 14:00–16:00'; '' if there is none."""
    if start is None or end is None:
        return ""
    same_day = start.astimezone(SITE_ZONE).date() == end.astimezone(SITE_ZONE).date()
    return f"{stamp(start)}–{stamp(end)[11:] if same_day else stamp(end)}"


def brief(text: str, most: int = 300) -> str:
    """Return text cut to what a sheet has room for; the whole of it stays on the screen."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def day(on: date | None) -> str:
    """Return a day as text; '' for None."""
    return on.isoformat() if on else ""


def split_name(signed: str) -> tuple[str, str]:
    """Return name and staff number of '张伟 S012'."""
    name, _space, number = signed.rpartition(" ")
    return (name, number) if name else (signed, "")


def shown(clock: Clock) -> str:
    """Return a clock's due time in the language in use, with its year, for paper that is kept."""
    return show_due(clock.due_at, language(), year=True)


def why(clock: Clock) -> tuple[str, ...]:
    """Return the derivation of a due time, one sentence a step."""
    return tuple(trace_words(Trace.from_json(clock.trace), language()))


def provisional(clock: Clock) -> str:
    """Return the reservation under which a due time stands, '' if it is firm."""
    return _("The holidays of that year are not published yet; the date may still move.") if clock.provisional else ""


def run_note(run: Run) -> str:
    """Return what the slip says after the last cut-off of the day (TR54)."""
    return _("Received after the last cut-off of the day: work starts on %(day)s.", day=run.on.isoformat()) if run.late else ""


def paid_by(verdict: Verdict | None) -> str:
    """Return who bears the cost, in words."""
    return _(PAYERS[verdict]) if verdict else ""


def running(db: Database, order: WorkOrder, *kinds: str) -> Clock | None:
    """Return the first running clock of an order among these kinds, in their order."""
    found = {clock.kind: clock for clock in clocks.store.running_of(db, order.id)}
    return next((found[kind] for kind in kinds if kind in found), None)


def any_of(db: Database, order: WorkOrder, kind: str) -> Clock | None:
    """Return the newest clock of a kind that an order ever had."""
    return next((clock for clock in clocks.store.of_object(db, order.id) if clock.kind == kind), None)


def work_order(db: Database, act: Act, order: WorkOrder) -> WorkOrderWords:
    """Return the words of the sheet that the worker takes along."""
    return WorkOrderWords(**_order_words(db, act, order))


def paid_service(db: Database, act: Act, order: WorkOrder) -> PaidServiceWords:
    """Return the words of the sheet for work that the resident pays, with quote and consent."""
    offer = store.last(db, Quote, order.id)
    lines = offer.lines if offer else ()
    fen = offer.fen if offer else 0
    return PaidServiceWords(
        **_order_words(db, act, order),
        quote=tuple(
            QuoteLine(item=what, unit="", quantity=quantity, price="", amount=amounts.money(price)) for what, quantity, price in lines
        ),
        total=amounts.money(fen),
        total_words=amounts.words(fen),
        valid_until=day(offer.valid_until_on) if offer else "",
        consent_by=offer.who if offer else "",
        consent_at=stamp(offer.answered_at) if offer else "",
        consent_how=brief(f"{word(offer.channel)}：{offer.words}", 80) if offer and offer.channel else "",
    )


def _order_words(db: Database, act: Act, order: WorkOrder) -> dict[str, Any]:
    """Return what a work order and a paid-service form have in common."""
    respond = any_of(db, order, "repair.respond")
    promised = running(db, order, "repair.visit", "repair.complete", "repair.leak_test", "repair.revisit", "repair.respond")
    return {
        **head(db, act, order.number),
        "reporter": order.name,
        "phone_of_reporter": order.phone,
        "address": order.place,
        "channel": word(order.source),
        "reported_at": stamp(order.reported_at),
        "kind": f"{word(order.kind)} · {word(order.category)}",
        "place": word(order.zone),
        "content": brief(order.what),
        "urgency": word(order.urgency),
        "response_due": shown(respond) if respond else "",
        "appointment": span(order.appointed_from, order.appointed_to) or _("At once"),
        "access": _access(db, order),
        "dispatch_note": run_note(next_run(order.reported_at, site_facts.of(db).cut_offs)) if order.cycle == 1 else "",
        "verdict": word(order.verdict),
        "payer": paid_by(order.verdict),
        "warranty_end": day(order.warranty_ends_on),
        "clause": order.clause,
        "verdict_reason": brief(order.overruled, 120),
        "promise": clock_word(promised.kind) if promised else "",
        "promise_who": order.worker_name,
        "promise_due": shown(promised) if promised else "",
        "cycle": str(order.cycle) if order.cycle > 1 else "",
        "leak_needed": "yes" if order.kind is Kind.LEAK else "",
        "revisit": revisit_line(order),
        **_done_words(db, order),
    }


def _access(db: Database, order: WorkOrder) -> str:
    """Return what to mind at the door: when it suits, and who needs special care."""
    card = register.unit_card(db, order.unit, order.reported_at.astimezone(SITE_ZONE).date())
    cares = [f"{person.name} {word(person.care)}" for person in card.care] if card else []
    return "；".join(text for text in (order.wished, *cares) if text)


def revisit_line(order: WorkOrder) -> str:
    """Return when the revisit follows, as the sheet says it."""
    policy = revisit_policy(order.kind, leak_tested=True)
    return f"{policy.rule} {policy.clause}"


def _done_words(db: Database, order: WorkOrder) -> dict[str, Any]:
    """Return what is known of the work of this cycle; all of it empty before anybody went, to be filled in by hand."""
    trips = [trip for trip in store.parts(db, Trip, order.id) if trip.cycle == order.cycle and trip.outcome is not TripOutcome.CALLED_BACK]
    last = trips[-1] if trips else None
    finished = [trip for trip in trips if trip.outcome is TripOutcome.FINISHED]
    mine = {trip.id for trip in trips}
    used = [one for one in store.parts(db, Material, order.id) if one.trip in mine]
    signature = next(
        (one for one in store.parts(db, Signature, order.id) if one.cycle == order.cycle and one.how is not SignHow.NONE), None
    )
    items = [item for item in store.parts(db, TakenItem, order.id) if item.back_at is None]
    return {
        "repairer": last.worker_name if last else order.worker_name,
        "arrived_at": stamp(last.arrived_at) if last else "",
        "finished_at": stamp(finished[-1].ended_at) if finished else "",
        "minutes": str(sum(trip.minutes for trip in trips)) if finished else "",
        "result": brief(finished[-1].words) if finished else "",
        "materials": tuple(_material(one) for one in used),
        "taken_item": "；".join(item.what for item in items),
        "loan_item": "；".join(item.loan for item in items),
        "signed_by": signature.who if signature else "",
        "signed_at": stamp(signature.at) if signature else "",
        **_leak_words(db, order),
    }


def _material(one: Material) -> MaterialLine:
    return MaterialLine(name=one.what, quantity=one.quantity, amount=amounts.money(one.fen) if one.fen else "")


def _leak_words(db: Database, order: WorkOrder) -> dict[str, str]:
    test = store.last(db, LeakTest, order.id)
    if test is None or test.cycle != order.cycle:
        return {}
    results = {TestResult.PASSED: "passed", TestResult.FAILED: "failed", TestResult.REFUSED: "refused"}
    return {
        "leak_start": stamp(test.started_at),
        "leak_planned_end": stamp(test.planned_end_at),
        "leak_result": results.get(test.result, ""),
    }


def promise_slip(db: Database, act: Act, order: WorkOrder, clock: Clock) -> PromiseSlipWords:
    """Return the words of the slip that the resident takes home: what is promised, by whom, until when, and why then."""
    person, staff_no = (order.worker_name, "") if clock.person and clock.person == order.worker else (act.name, act.staff_no)
    name, number = split_name(person) if not staff_no else (person, staff_no)
    policy = clock_policy(clock)
    return PromiseSlipWords(
        **head(db, act, order.number),
        address=order.place,
        resident=order.name,
        channel=word(order.source),
        received_at=stamp(order.reported_at),
        matter=_("Repair: %(what)s", what=word(order.category)),
        content=brief(order.what, 200),
        promise=clock_word(clock.kind) + (f"：{clock.title}" if clock.kind == "repair.promise" else ""),
        rule=clock.rule,
        clause=str(policy.get("clause", "")),
        person=name,
        staff_number=number,
        due=shown(clock),
        provisional=provisional(clock),
        why=why(clock),
        note=run_note(next_run(order.reported_at, site_facts.of(db).cut_offs)),
    )


def clock_policy(clock: Clock) -> dict[str, Any]:
    """Return the policy that a clock was decided with."""
    found: dict[str, Any] = json.loads(clock.policy)
    return found


def leak_slip(db: Database, act: Act, order: WorkOrder, test: LeakTest) -> LeakSlipWords:
    """Return the words of the slip on the bathroom door."""
    name, number = split_name(test.by)
    return LeakSlipWords(
        **head(db, act, order.number),
        address=order.place,
        place=test.spot,
        started=stamp(test.started_at),
        planned_end=stamp(test.planned_end_at),
        person=name,
        staff_number=number,
        call=site_facts.of(db).phone,
    )


def revisit_sheet(db: Database, act: Act, order: WorkOrder, clock: Clock) -> RevisitSheetWords:
    """Return the words of the revisit sheet, with the attempts made so far."""
    trips = [trip for trip in store.parts(db, Trip, order.id) if trip.cycle == order.cycle and trip.outcome is not TripOutcome.CALLED_BACK]
    made = [one for one in store.parts(db, Revisit, order.id) if one.cycle == order.cycle]
    done = next((trip.words for trip in reversed(trips) if trip.outcome is TripOutcome.FINISHED), "")
    return RevisitSheetWords(
        **head(db, act, order.number),
        resident=order.name,
        phone_of_resident=order.phone,
        address=order.place,
        kind=f"{word(order.kind)} · {word(order.category)}",
        content=brief(order.what, 200),
        done=brief(done, 200),
        repairer="、".join(dict.fromkeys(trip.worker_name for trip in trips)),
        finished_at=stamp(order.revisit_from),
        rule=clock.rule,
        clause=str(clock_policy(clock).get("clause", "")),
        due=shown(clock),
        questions=tuple(_(text) for text in QUESTIONS),
        attempts=tuple(_attempt(one) for one in made if one.result is RevisitResult.NOT_REACHED),
        cycle=str(order.cycle) if order.cycle > 1 else "",
    )


def _attempt(one: Revisit) -> Attempt:
    slip = _("slip left") if one.slip_left else ""
    return Attempt(
        at=stamp(one.at),
        how=word(one.channel),
        result="，".join(text for text in (word(one.result), slip, one.words) if text)[:60],
        by=one.by_name,
    )


def same_words(paper_words: dict[str, Any], words: Any) -> bool:
    """Say whether a frozen paper says what would be said now, apart from its stamp and the moment of issue."""
    now = {key: value for key, value in asdict(words).items() if key not in STAMPED}
    then = {key: value for key, value in paper_words.items() if key not in STAMPED}
    return json.dumps(now, sort_keys=True, ensure_ascii=False) == json.dumps(then, sort_keys=True, ensure_ascii=False)
