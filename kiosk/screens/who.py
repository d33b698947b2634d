"""How to reach the resident: a phone number, and a name if they like."""

from desk.kit.inputs import Input, Line, Phone
from desk.kit.words import N_
from kiosk.screens.asking import Ask, Errors, Form, read_into, show_step
from kiosk.screens.base import Page
from kiosk.sessions import Draft


class Name(Input):
    """A name; may stay empty."""

    name: Line = ""


class Reach(Input):
    """The number under which the staff call back."""

    phone: Phone


def _show_phone(ask: Ask, flow: str, draft: Draft) -> Page:
    return show_step(ask, flow, draft, "phone.html")


def _take_phone(ask: Ask, draft: Draft, form: Form) -> Errors:
    return read_into(draft, Reach, form)


def _show_name(ask: Ask, flow: str, draft: Draft) -> Page:
    return show_step(ask, flow, draft, "name.html")


def _take_name(ask: Ask, draft: Draft, form: Form) -> Errors:
    return read_into(draft, Name, form)


def _name(draft: Draft) -> str:
    return draft.answers.get("name", "") or "—"


PHONE = Ask("phone", "who", N_("Your phone number"), N_("Phone"), _show_phone, _take_phone, lambda draft: draft.answers.get("phone", ""))
NAME = Ask("name", "who", N_("How may we address you?"), N_("Name"), _show_name, _take_name, _name)
