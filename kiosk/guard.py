"""The door of the local page: only the window of this very process gets in, and only its own forms are taken.

A browser on the same machine, a page that points a name of its own at 127.0.0.1, and a request that somebody else's page sends are all
refused. The window enters by a path that works once; everything after hangs on the cookie it got there. Wiping between residents clears
that cookie, so each resident comes in by a fresh entry, and what an earlier page still holds opens nothing.
"""

import hmac
import secrets
from dataclasses import dataclass

from flask import Flask, Response, abort, current_app, redirect, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

EXTENSION = "kiosk_guard"
COOKIE = "kiosk"
ENTER = "kiosk_enter"
LARGEST_BODY = 16 * 1024 * 1024
"""Bytes of one request: four photos of a phone camera, before they are made smaller."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # not `no-referrer`: with that, forms would send the origin 'null'
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), serial=(), display-capture=()",
}
_READING = ("GET", "HEAD")


@dataclass
class Door:
    """What opens now: the entry that was not used yet, and the session of the window that came in."""

    entry: str = ""
    session: str = ""

    def csrf(self) -> str:
        """Return the word that every form of this session sends back."""
        return hmac.new(self.session.encode(), b"csrf", "sha256").hexdigest()


def protect(app: Flask) -> str:
    """Put the app behind its door, and return the path by which the window comes in once."""
    app.extensions[EXTENSION] = Door()
    if app.config.get("MAX_CONTENT_LENGTH") is None:
        app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.before_request_funcs.setdefault(None, [])[:0] = [_own_host, _own_window, _own_form]  # before anything that the app itself asks
    app.after_request(_dress)
    app.add_url_rule("/enter/<token>", ENTER, _enter)
    app.jinja_env.globals.update({"csrf_field": csrf_field, "csrf_token": csrf_token})
    return again(app)


def again(app: Flask) -> str:
    """Return a fresh entry path; the earlier one, and the session it gave, open nothing any more."""
    door: Door = app.extensions[EXTENSION]
    door.entry, door.session = secrets.token_urlsafe(32), ""
    return f"/enter/{door.entry}"


def csrf_token() -> str:
    """Return the word of this session's forms."""
    return _door().csrf()


def csrf_field() -> Markup:
    """Return the hidden field that every form carries."""
    return Markup('<input type="hidden" name="csrf" value="{}">').format(csrf_token())


def _door() -> Door:

    door: Door = current_app.extensions[EXTENSION]
    return door


def _own_origin() -> str:
    """Return the one origin we are: the port comes from the socket, not from what the request says of itself."""
    port = request.environ["SERVER_PORT"]
    return "http://127.0.0.1" if port == "80" else f"http://127.0.0.1:{port}"


def _own_host() -> None:
    """Refuse any name but our own (421): a page of somebody else's that points a name here is not us."""
    if request.headers.get("Host", "") != _own_origin().removeprefix("http://"):
        abort(421)


def _own_window() -> None:
    """Refuse whoever did not come in by the entry (403), also for pictures and scripts."""
    if request.endpoint != ENTER and not _fits(_door().session, request.cookies.get(COOKIE, "")):
        abort(403)


def _own_form() -> None:
    """Refuse a change that was not sent by a form or script of our own page in this session (403)."""
    if request.method in _READING:
        return
    if request.headers.get("Origin") != _own_origin():
        abort(403)
    if not _fits(_door().csrf(), request.headers.get("X-Kiosk") or request.form.get("csrf", "")):
        abort(403)


def _fits(wanted: str, sent: str) -> bool:
    """Tell whether a secret is the one that is wanted; none is wanted by '' and nothing fits it."""
    return bool(wanted) and hmac.compare_digest(wanted.encode(), sent.encode("utf-8", "replace"))


def _enter(token: str) -> AnyResponse:
    """Let the window in by an entry that was not used before; the browser keeps the cookie until the wipe."""
    door = _door()
    if not _fits(door.entry, token):
        abort(404)
    door.entry, door.session = "", secrets.token_urlsafe(32)
    answer = redirect("/")
    answer.set_cookie(COOKIE, door.session, httponly=True, samesite="Strict", path="/")
    return answer


def _dress(answer: Response) -> Response:
    """Give an answer its headers; nothing but our own static files may be kept, and those are asked for again."""
    for name, value in ALWAYS.items():
        answer.headers[name] = value
    is_file = (request.endpoint or "").rpartition(".")[2] == "static"
    answer.headers["Cache-Control"] = "no-cache" if is_file else "no-store"
    return answer
