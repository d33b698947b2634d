"""What every request passes before its page: host, readable text, session, permission, and the word of the form."""

from typing import cast
from urllib.parse import unquote_to_bytes, urlencode, urlsplit

from flask import Flask, Response, abort, g, redirect, request
from werkzeug.exceptions import HTTPException, UnsupportedMediaType

from desk.kit.access import sessions
from desk.kit.access.rules import IDLE_LIMIT, Door, Session, Staff, Viewer
from desk.kit.problems import Forbidden
from desk.kit.web import cookies
from desk.kit.web.answers import wants_fragment
from desk.kit.web.house import db, house
from desk.kit.words import speak, word

PUBLIC = frozenset({"static_file", "healthz", "pulse", "slips.check", "door.login", "door.sign_in", "door.look"})
"""Routes without a permission; everything else needs one."""
LOCKED_TOO = frozenset({"door.lock", "door.locked", "door.unlock", "door.sign_out"})
"""Routes for somebody whose session is there, but locked or waiting for a new password."""
_READING = ("GET", "HEAD")
_BODIES = ("application/x-www-form-urlencoded", "multipart/form-data", "application/json")


def guard(app: Flask) -> None:
    """Make every request pass the gate."""
    app.before_request(_host)
    app.before_request(_readable)
    app.before_request(_who)
    app.before_request(_may)
    app.before_request(_own_form)


def _host() -> None:
    """Refuse a host name that is not ours: nobody else's page shall reach the desk by a name of its own."""
    speak(cookies.language())
    host = request.host.lower()
    name = host[: host.rindex(":")] if host.rpartition(":")[2].isdigit() and not host.endswith("]") else host
    if name.strip("[]").rstrip(".") not in house().hosts:
        abort(400)


def _readable() -> None:
    """Refuse bytes that are no text (400), and bodies of a kind that no page takes (415)."""
    if not (_is_text(request.query_string) and "\x00" not in request.path):
        abort(400)
    if request.method in _READING or not (request.content_length or request.headers.get("Transfer-Encoding")):
        return
    if request.mimetype not in _BODIES:
        raise UnsupportedMediaType
    if request.mimetype == _BODIES[0]:
        if (request.content_length or 0) > (request.max_form_memory_size or 0):
            abort(413)
        if not _is_text(request.get_data(cache=True, parse_form_data=False)):
            abort(400)
    if any("\x00" in text for name, values in request.form.lists() for text in (name, *values)):
        abort(400)


def _is_text(raw: bytes) -> bool:
    """Tell whether percent-encoded bytes are UTF-8 without NUL."""
    try:
        return "\x00" not in unquote_to_bytes(raw).decode("utf-8")
    except UnicodeDecodeError:
        return False


def _who() -> None:
    """Find out who looks, and in which language."""
    endpoint = request.endpoint
    asks = endpoint not in ("static_file", "healthz") and (endpoint != "pulse" or "touched" in request.args)
    found = sessions.find(db(), cookies.token(), house().clock.now(), is_alive=endpoint != "desk.presence") if asks else None
    g.door = Door.OVER
    if found and found[2] is not Door.OVER:
        session, staff, g.door = found
        g.token = cookies.token()
        speak(staff.lang.value)
        g.viewer = _viewer(session, staff)


def _viewer(session: Session, staff: Staff) -> Viewer:
    return Viewer(
        id=staff.id,
        name=staff.name,
        staff_no=staff.staff_no,
        role=staff.role,
        lang=staff.lang.value,
        theme=staff.theme.value,
        size=staff.size.value,
        role_words=word(staff.role),
        idle_seconds=int(IDLE_LIMIT[staff.role].total_seconds()),
        session=session.id,
        must_change=staff.must_change,
        perms=house().role_perms[staff.role.value],
    )


def _may() -> Response | None:
    """Let through who holds the route's permission; send others to sign in, to the lock screen or away."""
    endpoint = request.endpoint
    if endpoint is None or isinstance(request.routing_exception, HTTPException) or endpoint in PUBLIC:
        return None
    who: Viewer | None = g.get("viewer")
    if who is None:
        return _send("/login")
    if endpoint in LOCKED_TOO:
        return None
    if g.door is Door.LOCKED:
        return _send("/lock")
    if who.must_change and endpoint not in ("door.secrets", "door.keep_password"):
        return _send("/settings/password")
    if not who.can(house().route_perms.get(endpoint, "")):
        raise Forbidden("access.forbidden")
    return None


def _send(place: str) -> Response:
    """Send the browser somewhere and back again afterwards; a part of a page is sent as a whole page."""
    back = came_from()
    url = f"{place}?{urlencode({'next': back})}" if back not in ("", "/") else place
    if wants_fragment() or request.headers.get("Sec-Fetch-Dest") == "empty" or request.accept_mimetypes.best == "application/json":
        return Response("", 401, {"HX-Redirect": url})
    return cast(Response, redirect(url, 303))


def came_from() -> str:
    """Return the page to go back to: the one asked for, or the one whose form was sent, where typed words are kept; '' for none of ours."""
    if request.method in _READING and not wants_fragment() and request.headers.get("Sec-Fetch-Dest") != "empty":
        return request.full_path.rstrip("?")
    came = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    return local_path(f"{came.path}?{came.query}" if came.query else came.path) if came.netloc == request.host else ""


def _own_form() -> None:
    """Refuse a change that does not come from a form of ours (CSRF): another origin, or without the form's word."""
    if request.method in _READING or request.endpoint is None:
        return
    origin = request.headers.get("Origin")
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise Forbidden("web.other_origin")
    if origin is not None and urlsplit(origin).netloc.lower() != request.host.lower():
        raise Forbidden("web.other_origin")
    if not cookies.csrf_fits(request.headers.get("X-CSRF", "") or request.form.get("csrf", "")):
        raise Forbidden("web.stale_form")


def local_path(text: str | None) -> str:
    """Return a place on this desk to go back to; '/' for anything else, so that nobody is led away."""
    path = text or "/"
    return (
        path
        if path.startswith("/") and not path.startswith(("//", "/\\")) and all(31 < ord(char) != 127 and char != "\\" for char in path)
        else "/"
    )
