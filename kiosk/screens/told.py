"""In the resident's own words: sentences to tap, and a field to type in."""

from collections.abc import Callable, Sequence

from desk.kit.inputs import Input, Line, Words
from desk.kit.words import N_, _
from desk.workflows.repairs.rules.choices import Category
from kiosk import phrases
from kiosk.screens.asking import Ask, Errors, Form, Option, choice, read_into, show_step
from kiosk.screens.base import Page
from kiosk.screens.kind import category_of
from kiosk.sessions import Draft
from kiosk.words import HAPPENED

GROUP = "what"


class What(Input):
    """What happened or is broken, in the resident's words."""

    what: Words


class Concerned(Input):
    """Whom or what a complaint concerns; may stay empty."""

    concerned: Line = ""


class Wanted(Input):
    """What the resident would like to happen."""

    wanted: Words


def typed(
    name: str,
    title: str,
    label: str,
    model: type[Input],
    offered: Callable[[Draft], Sequence[str]],
    *,
    hint: str = "",
    group: str = GROUP,
    optional: bool = False,
) -> Ask:
    """Return a question that is answered in words; `offered` are sentences to tap."""

    def page(ask: Ask, flow: str, draft: Draft) -> Page:
        said = [_(phrase) for phrase in offered(draft)]
        return show_step(ask, flow, draft, "told.html", phrases=said, hint=hint, optional=optional)

    def take(ask: Ask, draft: Draft, form: Form) -> Errors:
        return read_into(draft, model, form)

    return Ask(name, group, title, label, page, take, lambda draft: draft.answers.get(name, "") or _("not said"))


def repair_phrases(draft: Draft) -> Sequence[str]:
    """Return the sentences that fit the kind of repair."""
    category = category_of(draft)
    return phrases.REPAIRS[Category(category)] if category in {known.value for known in Category} else ()


def happened(draft: Draft) -> list[Option]:
    """Return when it may have happened."""
    return [Option(name, _(words)) for name, words in HAPPENED.items()]


REPAIR_WHAT = typed("what", N_("What is it like?"), N_("In words"), What, repair_phrases, hint=N_("Tap a sentence, or write it yourself."))
COMPLAINT_WHAT = typed(
    "what",
    N_("What happened?"),
    N_("The matter"),
    What,
    lambda draft: phrases.COMPLAINTS.get(draft.answers.get("about", ""), ()),
    hint=N_("Tap a sentence, or write it yourself."),
)
CONCERNED = typed(
    "concerned",
    N_("Whom or what does it concern?"),
    N_("Concerns"),
    Concerned,
    lambda draft: (),
    hint=N_("For example a place, a car number, a piece of work. You may leave it empty."),
    optional=True,
)
HAPPENED_WHEN = choice("happened", "time", N_("When did it happen?"), N_("When"), happened, look="rows")
WANTED = typed(
    "wanted",
    N_("What would you like us to do?"),
    N_("Wanted"),
    Wanted,
    lambda draft: phrases.WANTED,
    hint=N_("Tap a sentence, or write it yourself."),
    group="wanted",
)
CALL_WHAT = typed(
    "what", N_("What is it about?"), N_("About"), What, lambda draft: phrases.CALLS, hint=N_("Tap a sentence, or write it yourself.")
)
