"""The words beside the choices of a form: what a kind, an urgency or a part means for the promise."""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

from desk.kit.deadlines import Policy, Unit
from desk.kit.words import _, ngettext, word
from desk.workflows.repairs.rules.choices import Category, Kind, Urgency, Zone
from desk.workflows.repairs.rules.clauses import REVISIT
from desk.workflows.repairs.rules.tables import PRIORITY
from desk.workflows.repairs.words import CLOCKS

Option = tuple[str, str, str]


def options(members: Iterable[Enum], empty: str | None = None, hints: Mapping[Any, str] | None = None) -> list[Option]:
    """Return choices as `ui.field` takes them; `empty` is the words of no choice."""
    found = [(str(member.value), word(member), (hints or {}).get(member, "")) for member in members]
    return found if empty is None else [("", empty, ""), *found]


def clock_words(kind: str) -> str:
    """Return what a clock of this kind waits for."""
    return _(CLOCKS[kind]) if kind in CLOCKS else kind


def span(policy: Policy) -> str:
    """Return the length of a time limit: '2 hours', '2 days'."""
    n = policy.n
    said = {
        Unit.MINUTE: ngettext("%(n)s minute", "%(n)s minutes", n),
        Unit.HOUR: ngettext("%(n)s hour", "%(n)s hours", n),
        Unit.OPEN_HOUR: ngettext("%(n)s opening hour", "%(n)s opening hours", n),
        Unit.DAY: ngettext("%(n)s day", "%(n)s days", n),
        Unit.WORKDAY: ngettext("%(n)s workday", "%(n)s workdays", n),
        Unit.MONTH: ngettext("%(n)s month", "%(n)s months", n),
    }[policy.unit]
    return said % {"n": n}


def kinds() -> list[Option]:
    """Return the kinds of repair with what each means for the revisit."""
    hints = {kind: _("Revisit within %(span)s (%(rule)s)", span=span(policy), rule=policy.rule) for kind, policy in REVISIT.items()}
    hints[Kind.LEAK] = _(
        "Leak test first, then a revisit within %(span)s (%(rule)s)", span=span(REVISIT[Kind.LEAK]), rule=REVISIT[Kind.LEAK].rule
    )
    return options(Kind, _("As the category says"), hints)


def urgencies(zone: Zone = Zone.UNIT) -> list[Option]:
    """Return the urgencies with their three targets."""
    hints = {}
    for urgency in Urgency:
        targets = PRIORITY[urgency, zone]
        hints[urgency] = _(
            "Answer within %(respond)s, there within %(arrive)s, repaired within %(complete)s",
            respond=span(targets.respond),
            arrive=span(targets.arrive),
            complete=span(targets.complete),
        )
    return options(Urgency, _("As the category says"), hints)


def zones() -> list[Option]:
    """Return the zones."""
    return options(Zone, _("As the category says"))


def categories() -> list[Option]:
    """Return the categories."""
    return options(Category, _("Choose what is broken"))
