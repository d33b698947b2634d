"""The door: sign in, sign out, lock and unlock, own password, PIN and look."""

from urllib.parse import urlencode

from flask import abort, g, make_response, redirect, request

from desk.kit.access import commands, passwords, sessions, store
from desk.kit.access.inputs import Look
from desk.kit.access.rules import Door, Role
from desk.kit.problems import Problem, Unclear
from desk.kit.web import Answer, Form, Pages, act, cookies, db, flash, house, page, public, viewer
from desk.kit.web.gate import local_path
from desk.kit.web.house import maybe_viewer, nobody
from desk.kit.web.pages import form_of
from desk.kit.words import _, problem_words, word

pages = Pages("door", __name__)


@public(pages, "GET", "/login")
def login(form: Form = Form(), status: int = 200) -> Answer:
    """Ask who comes."""
    if g.door is Door.OPEN:
        return redirect(local_path(request.args.get("next")), 303)
    back = request.values.get("next", "")
    return page("login.html", form=form, next=back, demo_logins=_demo_logins()), status


def _demo_logins() -> list[tuple[str, str, str, str]]:
    """Return the logins of a demo with each role in the language in use; none at a real desk."""
    return [(word(Role(role)), name, staff_no, password) for role, name, staff_no, password in house().demo_logins]


@public(pages, "POST", "/login")
def sign_in() -> Answer:
    """Let in who knows the password, with a fresh session."""
    try:
        token = _token()
    except Problem as problem:
        form = form_of(problem)
        return login(Form(form.values, form.errors or {"user": problem_words(problem)}), 429 if problem.code == "access.wait" else 422)
    answer = make_response(redirect(local_path(request.form.get("next")), 303))
    cookies.sign_in(answer, token)
    return answer


def _token() -> str:
    """Return the token of a new session; an older one of this browser ends."""
    user, password = request.form.get("user", ""), request.form.get("password", "")
    missing = [name for name, typed in (("user", user.strip()), ("password", password)) if not typed]
    if missing:
        raise Unclear("form.unclear", fields=dict.fromkeys(missing, _("Please fill this in.")))
    before = maybe_viewer()
    token = sessions.sign_in(db(), nobody(), user, password, request.remote_addr or "", request.user_agent.string)[1]
    if before:
        sessions.sign_out(db(), act(), before.session)
    return token


@public(pages, "POST", "/logout")
def sign_out() -> Answer:
    """End the session."""
    sessions.sign_out(db(), act(), viewer().session)
    answer = make_response(redirect("/login", 303))
    cookies.sign_out(answer)
    return answer


@public(pages, "POST", "/lock")
def lock() -> Answer:
    """Lock the screen."""
    sessions.lock(db(), act(), viewer().session)
    back = local_path(request.form.get("next"))
    return redirect(f"/lock?{urlencode({'next': back})}" if back != "/" else "/lock", 303)


@public(pages, "GET", "/lock")
def locked(form: Form = Form(), status: int = 200) -> Answer:
    """Show the locked screen."""
    if g.door is Door.OPEN:
        return redirect(local_path(request.args.get("next")), 303)
    return page("lock.html", form=form, next=request.values.get("next", "")), status


@public(pages, "POST", "/unlock")
def unlock() -> Answer:
    """Open the locked screen with the PIN."""
    try:
        sessions.unlock(db(), act(), viewer().session, request.form.get("pin", ""))
    except Problem as problem:
        if problem.code == "access.over":
            answer = make_response(redirect("/login", 303))
            cookies.sign_out(answer)
            return answer
        return locked(Form(errors={"pin": problem_words(problem)}), 422)
    return redirect(local_path(request.form.get("next")), 303)


@public(pages, "POST", "/settings/look")
def look() -> Answer:
    """Keep language, colours and size of letters: for the person, or in the browser of a guest."""
    typed = {name: value.removesuffix("-CN") for name, value in request.form.items()}
    wished = Look.read(typed)
    who = maybe_viewer()
    if who:
        commands.set_look(db(), act(), who.id, wished)
    answer = make_response(redirect(local_path(request.form.get("next")), 303))
    if wished.lang:
        cookies.keep_language(answer, wished.lang.value)
    return answer


@pages.get("/settings/password", perm="self.change")
def secrets(form: Form = Form()) -> Answer:
    """Show the form for the own password and PIN."""
    has_pin = bool(store.secrets_of(db(), viewer().id).pin)
    return page("secrets.html", form=form, must_change=viewer().must_change, has_pin=has_pin)


@pages.post("/settings/password", perm="self.change", again="secrets")
def keep_password() -> Answer:
    """Keep a new password; all other sessions of the person end."""
    _check_old("old_password")
    commands.set_password(db(), act(), viewer().id, request.form.get("password", ""), viewer().session)
    flash("ok", _("Your new password counts from now on."))
    return redirect("/", 303)


@pages.post("/settings/pin", perm="self.change", again="secrets")
def keep_pin() -> Answer:
    """Keep a new PIN for the lock screen."""
    _check_old("own_password")
    commands.set_pin(db(), act(), viewer().id, request.form.get("pin", ""))
    flash("ok", _("Your new PIN opens the locked screen from now on."))
    return redirect("/", 303)


def _check_old(field: str) -> None:
    """Make sure that it is still the same person: a screen left open is no key to the account."""
    typed = request.form.get(field, "")
    if len(typed) > passwords.LONGEST:
        abort(400)
    sessions.check_own_password(db(), act(), typed, field)
