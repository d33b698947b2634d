"""One question of a flow: what it asks, when it applies, and how its answer is taken. A flow is a row of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import request

from desk.kit.inputs import Input
from desk.kit.problems import Unclear
from desk.kit.words import _
from kiosk.screens.base import Page, show
from kiosk.sessions import Draft

Errors = Mapping[str, str]
Form = Mapping[str, str]


@dataclass(frozen=True)
class Option:
    """One big button: the value it sends, its words, its drawing."""

    value: str
    words: str
    icon: str = ""
    note: str = ""


def always(draft: Draft) -> bool:
    """Ask this of everybody."""
    return True


@dataclass(frozen=True)
class Ask:
    """One question. `group` is the part of the flow that the progress bar counts; `clears` are answers that hang on this one."""

    name: str
    group: str
    title: str
    label: str
    show: Callable[["Ask", str, Draft], Page]
    take: Callable[["Ask", Draft, Form], Errors]
    said: Callable[[Draft], str]
    applies: Callable[[Draft], bool] = always
    clears: tuple[str, ...] = ()

    def is_open(self, draft: Draft) -> bool:
        """Whether it still needs an answer."""
        return self.applies(draft) and self.name not in draft.answers


def choice(
    name: str,
    group: str,
    title: str,
    label: str,
    options: Callable[[Draft], list[Option]],
    *,
    applies: Callable[[Draft], bool] = always,
    clears: tuple[str, ...] = (),
    leads: tuple[str, ...] = (),
    look: str = "",
    said: Callable[[Draft], str] | None = None,
) -> Ask:
    """Return a question that is answered by one tap; `look` is 'pictures', 'keys', 'wide' or '' for rows.

    Another answer clears those that hang on it (`clears`); the same answer, given again from the review, asks the next ones anew (`leads`).
    """

    def page(ask: Ask, flow: str, draft: Draft) -> Page:
        return show_step(ask, flow, draft, "choose.html", options=options(draft), look=look)

    def take(ask: Ask, draft: Draft, form: Form) -> Errors:
        picked = form.get(name, "")
        if picked not in {option.value for option in options(draft)}:
            return {name: _("Choose one from the list.")}
        if draft.answers.get(name) != picked:
            forget(draft, clears)
        elif draft.back_to_review:
            forget(draft, leads)
        draft.answers[name] = picked
        return {}

    def words_of(draft: Draft) -> str:
        return next((option.words for option in options(draft) if option.value == draft.answers.get(name)), "")

    return Ask(name, group, title, label, page, take, said or words_of, applies, clears)


def forget(draft: Draft, names: tuple[str, ...]) -> None:
    """Ask again what hangs on a changed answer, beginning from what was said."""
    for name in names:
        if name in draft.answers:
            draft.before[name] = draft.answers.pop(name)


def read_into(draft: Draft, model: type[Input], form: Form) -> Errors:
    """Take typed fields by an input model of the desk's kind; the errors name each field, and nothing is lost."""
    try:
        read = model.read(form)
    except Unclear as unclear:
        fields: Errors = unclear.details["fields"]
        return fields
    draft.answers.update({name: str(getattr(read, name) or "") for name in model.model_fields})
    return {}


def show_step(ask: Ask, flow: str, draft: Draft, template: str, **facts: Any) -> Page:
    """Return the page of a question inside its flow's frame."""
    return show(template, ask=ask, flow=flow, draft=draft, answers=draft.answers, form_id="page", here=request.path, **facts)
