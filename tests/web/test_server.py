"""The real server on a real port: one per folder, calm under hundreds of idle sockets, and a clean end."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from desk import site as sites

IDLE = 300
SECRETS = ("zhouyuan1803", "13800009999", "%E6%BC%8F")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(folder, port):
    command = [sys.executable, "-m", "desk", "serve", "--data", str(folder), "--port", str(port), "--lang", "en"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"})


def ask(port, method="GET", path="/healthz", body=None, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def raw(port, data):
    """Send bytes as they are and return the status code of the answer, 0 if the line was closed without one."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(data)
        line.shutdown(socket.SHUT_WR)
        try:
            answer = line.recv(65536)
        except ConnectionResetError:
            return 0
    return int(answer.split(b" ")[1]) if answer.startswith(b"HTTP/1.") else 0


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A running desk: (folder, port, process)."""
    folder, port = tmp_path_factory.mktemp("server") / "desk", free_port()
    sites.make(folder).db().conn.close()
    process = start(folder, port)
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            if ask(port)[0] == 200:
                break
        except OSError:
            time.sleep(0.1)
    yield folder, port, process
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "The desk is closed." in out
    assert [line for line in err.splitlines() if not line.startswith("{")] == []
    assert [word for word in SECRETS if word in err] == []


def test_the_second_server_on_a_folder_is_refused_in_words(server):
    folder, _port, _process = server
    second = start(folder, free_port())
    _out, err = second.communicate(timeout=60)

    assert second.returncode == 3
    assert "Another desk already runs" in err


def test_a_taken_port_is_told_in_words(server, tmp_path):
    sites.make(tmp_path / "other").db().conn.close()
    second = start(tmp_path / "other", server[1])
    _out, err = second.communicate(timeout=60)

    assert second.returncode == 3
    assert "--port" in err


@pytest.mark.parametrize(
    "sent", [b"", b"GET / HTTP/1.1\r\nHost: localhost\r\n", b"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nuser="]
)
def test_honest_people_are_served_while_hundreds_of_sockets_do_nothing(server, sent):
    port = server[1]
    lines = [socket.create_connection(("127.0.0.1", port), timeout=10) for _n in range(IDLE)]
    try:
        for line in lines:
            line.sendall(sent)
        times = []
        for _n in range(10):
            began = time.monotonic()
            assert ask(port, path="/login")[0] == 200
            times.append(time.monotonic() - began)
        assert max(times) < 2
    finally:
        for line in lines:
            line.close()


@pytest.mark.parametrize(
    "data",
    [
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil\r\n\r\n",
        b"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"POST /login HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nqq\r\n\r\n",
        b"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
        b"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"GET / HTTP/1.1\r\nX: " + b"a" * 300_000 + b"\r\n\r\n",
    ],
)
def test_damaged_requests_are_refused_and_the_next_one_is_served(server, data):
    assert raw(server[1], data) in (0, 303, 400, 403, 404, 413, 415, 431)
    assert ask(server[1])[0] == 200


def test_the_log_holds_a_line_for_a_request_and_nothing_that_was_typed(server):
    port = server[1]
    typed = f"user={SECRETS[0]}&password={SECRETS[1]}"

    assert ask(port, "POST", f"/login?next=/search?q={SECRETS[2]}", typed, {"Content-Type": "application/x-www-form-urlencoded"})[0] == 403
    assert ask(port, path=f"/search?q={SECRETS[2]}{SECRETS[0]}")[0] in (303, 400)


def test_a_foreign_host_name_is_refused_and_the_server_says_nothing_of_itself(server):
    assert ask(server[1], headers={"Host": "evil.example"})[0] == 400
    connection = http.client.HTTPConnection("127.0.0.1", server[1], timeout=10)
    connection.request("GET", "/healthz")
    answer = connection.getresponse()
    names = {name.lower() for name, _value in answer.getheaders()}
    connection.close()

    assert "server" not in names
    assert "x-powered-by" not in names


def test_the_clock_service_of_the_running_desk_is_alive(server):
    until, state = time.monotonic() + 20, b""
    while time.monotonic() < until and b'"ok"' not in state:
        state = ask(server[1], path="/tick")[1]
        time.sleep(0.2)

    assert b'"state":"ok"' in state
