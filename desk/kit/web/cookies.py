"""The desk's two cookies: the session's token, and a guest's random word to which the sign-in form is bound."""

import hmac
import secrets

from flask import Response, g, request

from desk.kit.web.house import house

_SESSION = "desk"
_GUEST = "desk-guest"


def _name(name: str) -> str:
    return f"__Host-{name}" if house().https else name


def token() -> str:
    """Return the session's token from the cookie, '' if there is none."""
    return request.cookies.get(_name(_SESSION), "")


def guest() -> str:
    """Return the guest's word, a new one if the browser has none yet."""
    found: str = g.get("guest") or request.cookies.get(_name(_GUEST), "")
    if len(found) < 20:
        found = g.new_guest = secrets.token_urlsafe(24)
    g.guest = found
    return found


def csrf_token() -> str:
    """Return the word that every form sends back: bound to the session, or to the guest before signing in."""
    made: str | None = g.get("csrf")
    if made is None:
        secret = g.get("token") or guest()
        made = g.csrf = hmac.new(secret.encode("utf-8", "replace"), b"csrf", "sha256").hexdigest()
    return made


def csrf_fits(sent: str) -> bool:
    """Tell whether a form sent the right word; compared as bytes, in constant time."""
    return hmac.compare_digest(csrf_token().encode(), sent.encode("utf-8", "replace"))


def keep(answer: Response, name: str, value: str, seconds: int | None = None) -> None:
    """Set a cookie that no script can read and no other site can send."""
    answer.set_cookie(_name(name), value, max_age=seconds, httponly=True, samesite="Strict", secure=house().https, path="/")


def sign_in(answer: Response, new_token: str) -> None:
    """Hand the new session's token to the browser, until it is closed."""
    keep(answer, _SESSION, new_token)


def sign_out(answer: Response) -> None:
    """Take the session's token back."""
    answer.delete_cookie(_name(_SESSION), path="/", httponly=True, samesite="Strict", secure=house().https)


def keep_guest(answer: Response) -> None:
    """Hand a new guest's word to the browser."""
    new: str | None = g.get("new_guest")
    if new:
        keep(answer, _GUEST, new, 12 * 3600)


def language() -> str:
    """Return the language a guest chose, or that the browser asks for; Chinese otherwise."""
    chosen = request.cookies.get(_name("desk-lang"), "")
    if chosen in ("zh", "en"):
        return chosen
    return "en" if request.accept_languages.best_match(["zh", "en"], default="zh") == "en" else "zh"


def keep_language(answer: Response, lang: str) -> None:
    """Remember the language of this browser for a year."""
    keep(answer, "desk-lang", lang, 365 * 86400)
