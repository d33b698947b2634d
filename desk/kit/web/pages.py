"""Routes with exactly one permission each, and forms that come back with what was typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, wraps
from inspect import signature
from typing import Any, cast

from flask import Blueprint, current_app, make_response, request
from flask.typing import ResponseReturnValue

from desk.kit.problems import Problem, Refused, Unclear
from desk.kit.web.house import flash, house, maybe_viewer
from desk.kit.words import problem_words, sentence

Answer = ResponseReturnValue
View = Callable[..., Answer]
SECRET_NAMES = ("password", "pin", "csrf")


@dataclass(frozen=True)
class Form:
    """What was typed and what is wrong with it: empty when a page is shown for the first time."""

    values: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)  # field -> sentence
    problem: str = ""  # what is wrong with the whole


class Pages(Blueprint):
    """A workflow's pages: each route names the one permission it needs; without it the desk does not start."""

    def __init__(
        self, name: str, import_name: str, url_prefix: str | None = None, template_folder: str = "templates", **options: Any
    ) -> None:
        super().__init__(name, import_name, url_prefix=url_prefix, template_folder=template_folder, **options)
        self.perms: dict[str, str] = {}

    def get(self, rule: str, *, perm: str, **options: Any) -> Callable[[View], View]:  # type: ignore[override]
        """Show a page to those who hold `perm`; it changes nothing."""
        return self._page(rule, "GET", perm, None, options)

    def post(self, rule: str, *, perm: str, again: str | None = None, **options: Any) -> Callable[[View], View]:  # type: ignore[override]
        """Let those who hold `perm` do something; what is unclear or refused shows the page `again` with the typed words."""
        return self._page(rule, "POST", perm, again, options)

    def _page(self, rule: str, method: str, perm: str, again: str | None, options: dict[str, Any]) -> Callable[[View], View]:
        def named(view: View) -> View:
            endpoint = options.pop("endpoint", None) or view.__name__
            if self.perms.setdefault(endpoint, perm) != perm:
                raise ValueError(f"{self.name}.{endpoint} has two permissions: {self.perms[endpoint]} and {perm}")
            self.add_url_rule(rule, endpoint, _shown_again(view, f"{self.name}.{again}") if again else view, methods=[method], **options)
            return view

        return named


def _shown_again(view: View, again: str) -> View:
    """Wrap a view so that a refusal shows the form again instead of an error page."""

    @wraps(view)
    def wrapped(**place: Any) -> Answer:
        try:
            return view(**place)
        except (Unclear, Refused) as problem:
            who = maybe_viewer()
            if who is None or not who.can(house().route_perms[again]):
                raise
            page = cast(View, current_app.view_functions[again])
            answer = make_response(page(**_places(page, place), **_form_for(page, form_of(problem))))
            if answer.status_code == 200:
                answer.status_code = status_of(problem)
            return answer

    return wrapped


def _form_for(page: View, form: Form) -> dict[str, Form]:
    """Return the form for a page that shows one; a page without a form, such as a board, says what is wrong in a toast."""
    if "form" in _names(page):
        return {"form": form}
    flash("error", " ".join([form.problem, *form.errors.values()]).strip())
    return {}


@cache
def _names(page: View) -> frozenset[str]:
    return frozenset(signature(page).parameters)


def _places(page: View, place: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in place.items() if name in _names(page)}


def form_of(problem: Problem) -> Form:
    """Return the form as it was typed, with a sentence for each wrong field; passwords are never sent back."""
    typed = {name: values if len(values) > 1 else values[0] for name, values in request.form.lists() if not _is_secret(name)}
    errors = sentences(problem)
    return Form(typed, errors, "" if errors else problem_words(problem))


def sentences(problem: Problem) -> dict[str, str]:
    """Return what is wrong with each field, in the language in use."""
    return {name: sentence(str(code), problem.details) for name, code in dict(problem.details.get("fields", {})).items()}


def _is_secret(name: str) -> bool:
    return any(secret in name for secret in SECRET_NAMES)


def status_of(problem: Problem) -> int:
    """Return the HTTP status of a problem."""
    return {"Refused": 409, "Unclear": 422, "Missing": 404, "Forbidden": 403}.get(type(problem).__name__, 409)


def public(pages: Pages, method: str, rule: str) -> Callable[[View], View]:
    """Show a page to everybody; its endpoint must stand on the gate's short list, or the desk does not start."""

    def named(view: View) -> View:
        pages.add_url_rule(rule, view.__name__, view, methods=[method])
        return view

    return named
