"""The kiosk's line over HTTP: one desk, known by the site's own authority, asked over connections that stay open.

Whatever goes wrong between the two machines is one thing, `NoLine`: the round ends and the next one is another try. An answer that does not come
from the desk's own door (the page of a hotel's portal, a proxy's complaint) is none.
"""

import base64
import hmac
import http.client
import json
import ssl
import threading
import time
from collections.abc import Callable
from urllib.parse import SplitResult, urlsplit

from nacl.signing import SigningKey

from desk.kit.problems import Problem, Refused
from desk.kit.rows import to_json
from sync import protocol, tls
from sync.client import NoLine
from sync.desk import BASE, Answer, Envelope, to_sign
from sync.enrolment import Address, Joined
from sync.server import KIND

WAIT = 20.0  # seconds for the line to open, and for each part of an answer
WHOLE = 60.0  # seconds for one answer
MOST_ANSWER = 32 << 20
MOST_CERTIFICATE = 16 << 10
MOST_WAIT = 3600  # seconds that a desk may ask to stay away
OWN = ("127.0.0.1", "::1", "localhost")
LOST = (OSError, http.client.HTTPException, ValueError)


class HttpLine:
    """A line to one desk: called with an envelope it returns the desk's answer, or raises `NoLine`. Any thread may call it."""

    def __init__(self, url: str, ca: str = "", wait: float = WAIT, whole: float = WHOLE) -> None:
        self.place = _place(url)
        if self.place.scheme == "http" and (ca or self.place.hostname not in OWN):
            raise Refused("sync.line_not_safe", url=url)
        if self.place.scheme == "https" and not ca:
            raise Refused("sync.line_not_safe", url=url)
        self.context = tls.trusting(ca) if ca else None
        self.wait, self.whole = wait, whole
        self._free: list[http.client.HTTPConnection] = []
        self._lock = threading.Lock()

    def __call__(self, envelope: Envelope) -> Answer:
        """Send one envelope. A line that was found closed before any answer came is opened anew, once: the counter tells the desk a repeat."""
        said = {
            "X-Kiosk-Device": envelope.device, "X-Kiosk-Counter": str(envelope.counter), "X-Kiosk-Signature": envelope.signature,
            "Content-Type": KIND,
        }  # fmt: skip
        used = self._take()
        if used is not None:
            try:
                return self._ask(used, envelope, said)
            except (http.client.RemoteDisconnected, ConnectionError, ssl.SSLEOFError):
                used.close()
            except LOST:
                used.close()
                raise NoLine from None
        fresh = self._opened()
        try:
            return self._ask(fresh, envelope, said)
        except LOST:
            fresh.close()
            raise NoLine from None

    def close(self) -> None:
        """Close what is open."""
        with self._lock:
            free, self._free = self._free, []
        for line in free:
            line.close()

    def _opened(self) -> http.client.HTTPConnection:
        return _open(self.place, self.context, self.wait)

    def _take(self) -> http.client.HTTPConnection | None:
        with self._lock:
            return self._free.pop() if self._free else None

    def _keep(self, line: http.client.HTTPConnection) -> None:
        """Keep a line for the next request; one is enough, the second was for a resident who looked something up meanwhile."""
        with self._lock:
            if not self._free:
                self._free.append(line)
                return
        line.close()

    def _ask(self, line: http.client.HTTPConnection, envelope: Envelope, said: dict[str, str]) -> Answer:
        until = time.monotonic() + self.whole
        line.request("POST", envelope.path, envelope.body, said)
        with line.getresponse() as answer:
            if answer.getheader("Content-Type", "") != KIND:
                raise http.client.HTTPException("not the desk's door")
            made = Answer(answer.status, _read(answer, until, MOST_ANSWER), _seconds(answer.getheader("Retry-After", "")))
        if answer.will_close:
            line.close()
        else:
            self._keep(line)
        return made


def join(address: Address, signing: SigningKey) -> tuple[Joined, str]:
    """Show an enrolment code to the desk of a link; return what the desk says, and its authority as PEM ('' on the desk's own machine).

    `Refused` if nobody answers, if it is not the desk whose fingerprint stands on the sheet, or if the code does not count.
    """
    ca = _authority(address) if address.pin else ""
    line = HttpLine(address.url, ca)
    path, public = f"{BASE}/enrol", signing.verify_key.encode().hex()
    body = protocol.pack(to_json({"public_key": public, "code": address.code}).encode())
    signature = base64.b64encode(signing.sign(to_sign(path, "", 0, body)).signature).decode()
    try:
        answer = line(Envelope(path, "", 0, signature, body))
    except NoLine:
        raise Refused("sync.no_desk", url=address.url) from None
    finally:
        line.close()
    return _joined(address, answer), ca


def _joined(address: Address, answer: Answer) -> Joined:
    try:
        said = json.loads(protocol.unpack(answer.body, 64 << 10)) if answer.body else {}
        if answer.status == 200:
            return Joined(*(str(said[name]) for name in ("device", "name", "nonce", "seal_for")))
        problem = str(said.get("problem", ""))
    except (Problem, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Refused("sync.no_desk", url=address.url) from None
    raise Refused(problem if problem.startswith("sync.") else "sync.no_desk", url=address.url)


def _authority(address: Address) -> str:
    """Fetch the authority of the desk, from whoever answers, and keep it only if it is the one on the sheet."""
    place = _place(address.url)
    if place.scheme != "https":
        raise Refused("sync.line_not_safe", url=address.url)
    line = _open(place, tls.looking(), WAIT)
    try:
        line.request("GET", f"{BASE}/ca")
        with line.getresponse() as answer:
            der = ssl.PEM_cert_to_DER_cert(_read(answer, time.monotonic() + WHOLE, MOST_CERTIFICATE).decode("ascii").strip())
    except LOST:
        raise Refused("sync.no_desk", url=address.url) from None
    finally:
        line.close()
    if not hmac.compare_digest(tls.pin_of(der), address.pin):
        raise Refused("sync.other_desk", url=address.url)
    return ssl.DER_cert_to_PEM_cert(der)  # of the very bytes that were compared: nothing behind them is taken along


def _place(url: str) -> SplitResult:
    try:
        place = urlsplit(url)
        is_good = place.scheme in ("http", "https") and bool(place.hostname) and (place.port or 1) > 0
    except ValueError:
        is_good = False
    if not is_good:
        raise Refused("sync.line_not_safe", url=url)
    return place


def _open(place: SplitResult, context: ssl.SSLContext | None, wait: float) -> http.client.HTTPConnection:
    host = place.hostname or ""
    if context is None:
        return http.client.HTTPConnection(host, place.port, timeout=wait)
    return http.client.HTTPSConnection(host, place.port, timeout=wait, context=context)


def _read(answer: http.client.HTTPResponse, until: float, most: int, now: Callable[[], float] = time.monotonic) -> bytes:
    """Return a body whole; an HTTPException for one that is cut, too long, or does not end in time."""
    pieces, size = [], 0
    while True:
        piece = answer.read1(1 << 16)
        if not piece:
            break
        pieces.append(piece)
        size += len(piece)
        if size > most or now() > until:
            raise http.client.HTTPException("too long")
    if answer.length:
        raise http.client.IncompleteRead(b"", answer.length)
    return b"".join(pieces)


def _seconds(text: str) -> int:
    return min(int(text), MOST_WAIT) if text.isascii() and text.isdigit() and len(text) < 9 else 0
