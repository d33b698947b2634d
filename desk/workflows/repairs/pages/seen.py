"""A case as its page shows it: everything that hangs on the order, read once."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import url_for

import forms
from desk.kit import clocks, papers
from desk.kit.access import store as access
from desk.kit.clock import day_of
from desk.kit.clocks import Clock
from desk.kit.journal import store as journal
from desk.kit.journal.store import Entry
from desk.kit.papers import Paper
from desk.kit.web import act, db
from desk.kit.web.dues import due_of
from desk.kit.web.frame import local
from desk.kit.words import act_words, language
from desk.workflows.repairs import store
from desk.workflows.repairs.pages.options import clock_words
from desk.workflows.repairs.rules.choices import PromiseState
from desk.workflows.repairs.rules.order import External, LeakTest, Material, Promise, Quote, Revisit, Signature, TakenItem, Trip, WorkOrder

HIDDEN = frozenset({"clock.started", "clock.dropped", "clock.kept"})  # the lamps on top say the same
ICONS = {
    "repair.saved": ("phone", "accent"),
    "repair.reported": ("phone", "accent"),
    "repair.decided": ("shield", ""),
    "repair.overruled": ("shield", "soon"),
    "repair.quoted": ("money", ""),
    "repair.agreed": ("money", "ok"),
    "repair.declined": ("money", "late"),
    "repair.scheduled": ("calendar", ""),
    "repair.dispatched": ("person", ""),
    "repair.arrived": ("home", ""),
    "repair.no_access": ("lock", "soon"),
    "repair.part_done": ("undo", "soon"),
    "repair.done": ("wrench", "ok"),
    "repair.test_begun": ("drop", "accent"),
    "repair.test_passed": ("drop", "ok"),
    "repair.test_failed": ("drop", "late"),
    "repair.test_waived": ("pen", "soon"),
    "repair.signed": ("sign", "ok"),
    "repair.revisited": ("check", "ok"),
    "repair.revisited_bad": ("warn", "late"),
    "repair.not_reached": ("phone", "soon"),
    "repair.promise_broken": ("warn", "late"),
    "repair.cancelled": ("close", "late"),
    "repair.merged": ("merge", ""),
    "repair.merged_in": ("merge", ""),
    "clock.missed": ("warn", "late"),
    "paper.issued": ("paper", ""),
    "paper.printed": ("print", ""),
    "paper.voided": ("close", "late"),
}


@dataclass(frozen=True)
class Sheet:
    """One paper of the case as its list shows it."""

    paper: Paper
    title: str
    sizes: tuple[str, ...]


@dataclass(frozen=True)
class Seen:
    """An order with all that hangs on it."""

    order: WorkOrder

    @cached_property
    def trips(self) -> list[Trip]:
        """All ways to the place, oldest first."""
        return store.parts(db(), Trip, self.order.id)

    @cached_property
    def materials(self) -> dict[str, list[Material]]:
        """What was used up, by trip."""
        found: dict[str, list[Material]] = {}
        for one in store.parts(db(), Material, self.order.id):
            found.setdefault(one.trip, []).append(one)
        return found

    @cached_property
    def quote(self) -> Quote | None:
        """The newest quote."""
        return store.last(db(), Quote, self.order.id)

    @cached_property
    def tests(self) -> list[LeakTest]:
        """The leak tests."""
        return store.parts(db(), LeakTest, self.order.id)

    @cached_property
    def signatures(self) -> list[Signature]:
        """The resident's signatures, one for each cycle."""
        return store.parts(db(), Signature, self.order.id)

    @cached_property
    def revisits(self) -> list[Revisit]:
        """The revisits and the attempts."""
        return store.parts(db(), Revisit, self.order.id)

    @cached_property
    def taken(self) -> list[TakenItem]:
        """Things that were taken along."""
        return store.parts(db(), TakenItem, self.order.id)

    @cached_property
    def externals(self) -> list[External]:
        """What other parties were asked to do."""
        return store.parts(db(), External, self.order.id)

    @cached_property
    def promises(self) -> list[Promise]:
        """What was promised to be answered."""
        return store.parts(db(), Promise, self.order.id)

    @cached_property
    def merged(self) -> list[store.Line]:
        """The doubles that were merged into it."""
        return store.merged_into(db(), self.order.id, self.order.unit)

    @cached_property
    def people(self) -> dict[str, str]:
        """Everybody who works or worked here, by id, with staff number (TR39)."""
        return {person.id: f"{person.name} {person.staff_no}" for person in access.staff(db(), active=False)}

    @cached_property
    def running(self) -> list[Clock]:
        """The clocks that run: the order's own, and its open promises'."""
        open_promises = [one.id for one in self.promises if one.state is not PromiseState.KEPT and one.kept_at is None]
        found = [clock for key in (self.order.id, *open_promises) for clock in clocks.store.running_of(db(), key)]
        return sorted(found, key=lambda clock: clock.due_at)

    def dues(self) -> list[tuple[str, Any]]:
        """Return the running clocks as (what they wait for, lamp with the reason)."""
        return [(clock_words(clock.kind), due_of(clock)) for clock in self.running]

    def sheets(self) -> list[Sheet]:
        """Return the papers of the case, newest first."""
        found = papers.store.of_object(db(), self.order.id)
        return [Sheet(one, forms.KINDS[one.kind].title[language()], forms.KINDS[one.kind].sizes) for one in found]

    def timeline(self) -> list[dict[str, str]]:
        """Return what happened, newest first, as `ui.timeline` draws it."""
        entries = [entry for entry in journal.of_object(db(), self.order.id) if entry.act not in HIDDEN]
        return [_entry(entry, self.people) for entry in entries]

    @property
    def today(self) -> str:
        """The site's day."""
        return day_of(act().now).isoformat()

    def drawing_url(self, signature: Signature, mine: str) -> str:
        """Return the address of a drawn signature, '' if it was not drawn; `mine` is not empty on the worker's own page."""
        endpoint = "repairs.my_drawing" if mine else "repairs.drawing"
        return url_for(endpoint, number=self.order.number, digest=signature.image) if signature.image else ""


def _entry(entry: Entry, names: dict[str, str]) -> dict[str, str]:
    icon, tone = ICONS.get(entry.act, ("dot", ""))
    details = entry.payload
    if entry.act.startswith("paper.") and details.get("kind") in forms.KINDS:
        details = details | {"kind": forms.KINDS[details["kind"]].title[language()]}
    if "kind" in details and str(details["kind"]).startswith("repair."):
        details = details | {"kind": clock_words(str(details["kind"]))}
    return {
        "what": act_words(entry.act, details),
        "at_words": local(entry.at),
        "iso": local(entry.at, "iso"),
        "who": names.get(entry.actor, ""),
        "icon": icon,
        "tone": tone,
    }
