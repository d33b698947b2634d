"""The desk's door for kiosks: from an HTTP request to an envelope and back, the same behind the plain port and behind the TLS front.

It stands beside the pages of the staff and not among them: no session, no cookie, no form's word; who speaks is told by the signature.
Nothing of what a request says is written to the log.
"""

import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import structlog

from desk.kit.rows import to_json
from sync import inbox, protocol
from sync.blobs import PIECE
from sync.chain import MOST_NUMBER
from sync.desk import BASE, Desk, Envelope

log = structlog.get_logger("sync")

KIND = "application/vnd.lobbydesk.sync"
PEM = "application/x-pem-file"
MOST = {"enrol": 4 << 10, "pull": 64 << 10, "push": protocol.MOST_BODY, "blob": PIECE}
"""Route -> most bytes of its body."""
_DEVICE = re.compile(r"K[0-9]{1,6}")
_PLAIN = re.compile(r"[!-~]{1,400}")
_BLOB = re.compile(rf"{BASE}/blob/[0-9a-f]{{64}}(\?at=[0-9]{{1,12}})?")

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True)
class Asked:
    """One HTTP request: its target with the query, its headers by their names in small letters, its body."""

    method: str
    target: str
    head: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True)
class Reply:
    """What goes back."""

    status: int
    body: bytes = b""
    kind: str = KIND
    retry_after: int = 0

    @property
    def line(self) -> str:
        """Return status and phrase, such as '404 Not Found'."""
        return f"{self.status} {HTTPStatus(self.status).phrase}"

    @property
    def head(self) -> list[tuple[str, str]]:
        """Return the headers."""
        said = [
            ("Content-Type", self.kind),
            ("Content-Length", str(len(self.body))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        return said + ([("Retry-After", str(self.retry_after))] if self.retry_after else [])


def route(method: str, target: str) -> str:
    """Return which of the routes a request means, '' for none of them."""
    if not _PLAIN.fullmatch(target):
        return ""
    if method == "GET":
        return "ca" if target == f"{BASE}/ca" else ""
    if method != "POST":
        return ""
    for name in ("enrol", "pull", "push"):
        if target == f"{BASE}/{name}":
            return name
    return "blob" if _BLOB.fullmatch(target) else ""


def refused(status: int, problem: str) -> Reply:
    """Return a refusal with its problem code."""
    return Reply(status, protocol.pack(to_json({"problem": problem}).encode()))


def turned_away(method: str, target: str, length: str | None) -> Reply | None:
    """Return why a request is turned away before its body is read: no such route, no length, too long. None lets it in."""
    name = route(method, target)
    if not name:
        return refused(404, "sync.no_route")
    if name == "ca":
        return None if length in (None, "", "0") else refused(413, "sync.too_long")
    if length is None or not (length.isascii() and length.isdigit() and len(length) < 12):
        return refused(411, "sync.no_length")
    return refused(413, "sync.too_long") if int(length) > MOST[name] else None


def reply(desk: Desk, asked: Asked) -> Reply:
    """Answer one request; a fault of ours is logged with its traceback and told as one."""
    began = time.perf_counter()
    name = route(asked.method, asked.target)
    try:
        made = _answered(desk, name, asked)
    except Exception:  # whatever fails here, the next kiosk is served
        log.exception("kiosk request failed", route=name)
        made = refused(500, "sync.fault")
    device = asked.head.get("x-kiosk-device", "")
    (log.debug if made.status == 200 and name == "pull" else log.info)(
        "kiosk",
        route=name,
        status=made.status,
        ms=round((time.perf_counter() - began) * 1000, 1),
        kiosk=device if _DEVICE.fullmatch(device) else None,
    )
    return made


def _answered(desk: Desk, name: str, asked: Asked) -> Reply:
    turned = turned_away(asked.method, asked.target, str(len(asked.body)))
    if turned:
        return turned
    if name == "ca":
        cert = inbox.keys(desk.db()).ca_cert
        return Reply(200, cert.encode(), PEM) if cert else refused(404, "sync.no_authority")
    counter = asked.head.get("x-kiosk-counter", "0")
    if not (counter.isascii() and counter.isdigit() and len(counter) <= len(str(MOST_NUMBER))):
        return refused(400, "sync.malformed")
    made = desk.answer(
        Envelope(asked.target, asked.head.get("x-kiosk-device", ""), int(counter), asked.head.get("x-kiosk-signature", ""), asked.body)
    )
    return Reply(made.status, made.body, retry_after=made.retry_after)


def beside(pages: Wsgi, desk: Desk) -> Wsgi:
    """Return an application that answers kiosks itself and leaves everything else to the pages."""

    def app(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if not str(environ.get("PATH_INFO", "")).startswith(f"{BASE}/"):
            return pages(environ, start)
        made = _of_wsgi(desk, environ)
        start(made.line, made.head)
        return [made.body]

    return app


def _of_wsgi(desk: Desk, environ: dict[str, Any]) -> Reply:
    method, query = str(environ["REQUEST_METHOD"]), str(environ.get("QUERY_STRING", ""))
    target = f"{environ['PATH_INFO']}?{query}" if query else str(environ["PATH_INFO"])
    length = environ.get("CONTENT_LENGTH")
    turned = turned_away(method, target, length)
    if turned:
        return turned
    body = environ["wsgi.input"].read(int(length or 0))
    head = {name[5:].replace("_", "-").lower(): str(value) for name, value in environ.items() if name.startswith("HTTP_X_KIOSK_")}
    return reply(desk, Asked(method, target, head, body))
