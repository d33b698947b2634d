"""The desk's door for kiosks: only its own routes, strict about what it reads, and calm under junk."""

import http.client
import socket
import ssl
import time

import pytest

from sync import protocol, server, tls
from sync.blobs import PIECE
from sync.server import Asked
from tests.sync.wire import HASTY, fronted, plain
from tests.sync.world import ToyDesk

HEX = "ab" * 32


def talk(desk: ToyDesk, port: int, data: bytes, pause: float = 0) -> bytes:
    """Send bytes through TLS as they are and return all that comes back until the desk closes the line."""
    with tls.trusting(tls.authority(desk.db).cert).wrap_socket(socket.create_connection(("127.0.0.1", port), timeout=10)) as line:
        line.sendall(data)
        time.sleep(pause)
        answer = b""
        try:
            while piece := line.recv(65536):
                answer += piece
        except OSError:
            pass
    return answer


def post(path: str, body: bytes = b"", more: str = "") -> bytes:
    return f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n{more}\r\n".encode() + body


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"GET /login HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", b"404"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", b"404"),
        (b"GET /sync/v1/../../login HTTP/1.1\r\nConnection: close\r\n\r\n", b"404"),
        (b"GET http://127.0.0.1/login HTTP/1.1\r\n\r\n", b"400"),
        (b"GET /sync/v1/pull HTTP/1.1\r\nConnection: close\r\n\r\n", b"404"),
        (post("/sync/v1/login", more="Connection: close\r\n"), b"404"),
        (post("/sync/v1/blob/short?at=0", more="Connection: close\r\n"), b"404"),
        (b"POST /sync/v1/pull HTTP/1.1\r\nConnection: close\r\n\r\n", b"411"),
        (b"POST /sync/v1/pull HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"411"),
        (b"POST /sync/v1/pull HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", b"400"),
        (b"POST /sync/v1/pull HTTP/1.1\r\nContent-Length: -1\r\n\r\n", b"411"),
        (b"POST /sync/v1/pull HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n", b"413"),
        (b"POST /sync/v1/pull HTTP/1.1\r\nContent-Length : 3\r\n\r\nabc", b"400"),
        (b"POST /sync/v1/pull HTTP/1.1\r\n folded: x\r\n\r\n", b"400"),
        (b"POST /sync/v1/pull HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n", b"417"),
        (b"\x00\x01\x02\r\n\r\n", b"400"),
        ("POST /sync/v1/物业 HTTP/1.1\r\n\r\n".encode(), b"400"),
        (b"GET /sync/v1/ca HTTP/1.1\r\nX: " + b"a" * 20_000 + b"\r\n\r\n", b"431"),
        (post("/sync/v1/pull", b"junk", "Connection: close\r\nX-Kiosk-Device: K1\r\nX-Kiosk-Counter: 1\r\n"), b"401"),
        (post("/sync/v1/pull", b"junk", "Connection: close\r\nX-Kiosk-Counter: one\r\n"), b"400"),
        (post("/sync/v1/enrol", b"junk", "Connection: close\r\n"), b"422"),
    ],
)
def test_junk_gets_a_word_and_never_a_fault(toy, data, status):
    desk, _kiosk = toy
    with fronted(desk) as front:
        answer = talk(desk, front.port, data)

    assert answer.split(b" ")[1] == status
    assert b"staff" not in answer


def test_a_second_request_on_the_same_line_reaches_no_other_page_either(toy):
    desk, _kiosk = toy
    first, second = b"GET /sync/v1/ca HTTP/1.1\r\nHost: x\r\n\r\n", b"GET /households HTTP/1.1\r\nConnection: close\r\n\r\n"
    with fronted(desk) as front:
        answer = talk(desk, front.port, first + second)

    assert answer.count(b"HTTP/1.1 200 OK") == 1
    assert answer.count(b"HTTP/1.1 404 Not Found") == 1


@pytest.mark.parametrize("data", [b"", b"POST /sync/v1/pull HT", post("/sync/v1/pull", b"x")[:-1]])
def test_who_says_nothing_more_is_cut_off(toy, data):
    desk, _kiosk = toy
    with fronted(desk, HASTY.__class__(idle=0.5, head=0.5, body=0.5, stop=1)) as front:
        began = time.monotonic()
        answer = talk(desk, front.port, data)

    assert answer == b""
    assert time.monotonic() - began < 5


def test_who_speaks_no_tls_is_cut_off(toy):
    desk, _kiosk = toy
    with fronted(desk) as front, socket.create_connection(("127.0.0.1", front.port), timeout=5) as line:
        line.sendall(b"GET /sync/v1/ca HTTP/1.1\r\n\r\n")
        answer = line.recv(100)

    assert not answer.startswith(b"HTTP")


def test_more_lines_than_there_is_room_for_are_closed_and_the_others_go_on(toy):
    desk, _kiosk = toy
    with fronted(desk, most_lines=3) as front:
        context = tls.trusting(tls.authority(desk.db).cert)
        lines = [context.wrap_socket(socket.create_connection(("127.0.0.1", front.port), timeout=5)) for _ in range(3)]
        with pytest.raises((ConnectionError, ssl.SSLError)), socket.create_connection(("127.0.0.1", front.port), timeout=5) as fourth:
            context.wrap_socket(fourth)
        lines[0].sendall(b"GET /sync/v1/ca HTTP/1.1\r\nHost: x\r\n\r\n")
        answer = lines[0].recv(15)
        for line in lines:
            line.close()

    assert answer == b"HTTP/1.1 200 OK"


def test_the_door_opens_when_the_first_kiosk_is_there_and_outlives_a_taken_port(toy):
    desk, _kiosk = toy
    is_there = []
    with fronted(desk, wanted=lambda: True) as taken:
        second = taken.__class__(taken.handle, taken.certify, "127.0.0.1", taken.port, lambda: bool(is_there), look_every=0.05)
        second.start()
        waited = second.ready.wait(0.3)
        is_there.append("K1")
        still = second.ready.wait(0.5)
    opened = second.ready.wait(10)
    second.stop()

    assert (waited, still, opened) == (False, False, True)
    assert not second.is_alive()


def test_on_the_plain_port_the_pages_of_the_staff_are_left_as_they_are(toy):
    desk, _kiosk = toy
    tls.authority(desk.db)
    with plain(desk) as port:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        line.request("GET", "/login")
        page = line.getresponse().read()
        line.request("GET", "/sync/v1/ca")
        answer = line.getresponse()
        cert = answer.read().decode()
        line.close()

    assert page == b"<html>staff only</html>"
    assert tls.pin(cert) == tls.pin(tls.authority(desk.db).cert)
    assert answer.getheader("Set-Cookie") is None


@pytest.mark.parametrize(
    ("method", "target", "name"),
    [
        ("POST", "/sync/v1/pull", "pull"), ("POST", f"/sync/v1/blob/{HEX}?at=0", "blob"), ("POST", f"/sync/v1/blob/{HEX}", "blob"),
        ("GET", "/sync/v1/ca", "ca"), ("POST", "/sync/v1/ca", ""), ("POST", "/sync/v1/pull?x", ""), ("POST", "/sync/v1/pull/", ""),
        ("POST", f"/sync/v1/blob/{HEX}?at=-1", ""), ("POST", f"/sync/v1/blob/{HEX}/..", ""), ("POST", "/sync/v2/pull", ""),
    ],
)  # fmt: skip
def test_a_route_is_what_it_says_to_the_letter(method, target, name):
    assert server.route(method, target) == name


def test_a_fault_of_ours_is_told_as_one_and_the_next_request_is_served(toy):
    desk, _kiosk = toy
    whole = desk.engine.db
    desk.engine.db = lambda: 1 / 0
    broken = server.reply(desk.engine, Asked("POST", "/sync/v1/pull", {"x-kiosk-device": "K1"}, b"x"))
    desk.engine.db = whole

    assert broken.status == 500
    assert protocol.unpack(broken.body) == b'{"problem":"sync.fault"}'
    assert server.reply(desk.engine, Asked("POST", "/sync/v1/pull", {"x-kiosk-device": "K1"}, b"x")).status == 401


def test_a_piece_of_a_photo_fits_through_the_door():
    assert server.turned_away("POST", f"/sync/v1/blob/{HEX}?at=0", str(PIECE)) is None
    assert server.turned_away("POST", f"/sync/v1/blob/{HEX}?at=0", str(PIECE + 1)).status == 413
