"""A bad line between a kiosk and its desk: bytes pass through it, or are cut, held back, doubled, lost, answered by somebody else."""

import contextlib
import socket
import threading
from enum import StrEnum

PORTAL = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 33\r\n\r\n<html>Please log in here.</html>\n"


class Fault(StrEnum):
    """What the line does to what the desk answers."""

    NONE = "none"
    REFUSE = "refuse"  # nobody is there
    CUT = "cut"  # the first bytes arrive, then the line is gone
    LOSE = "lose"  # the desk got the request, its answer is gone
    STALL = "stall"  # nothing comes any more, and nobody says so
    DOUBLE = "double"
    FLIP = "flip"  # one bit is another
    PORTAL = "portal"  # somebody else answers


class Proxy:
    """A line to a port of this machine; set `fault` at any time, also under lines that are open."""

    def __init__(self, to: int, fault: Fault = Fault.NONE, at: int = 20) -> None:
        self.to, self.fault, self.at = to, fault, at
        self.opened = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._lines: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def __enter__(self) -> "Proxy":
        return self

    def __exit__(self, *_error: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.drop()
        for thread in self._threads:
            thread.join(5)

    def drop(self) -> None:
        """Cut every open line."""
        for line in self._lines:
            _shut(line)

    def _accept(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            self.opened += 1
            if self.fault is Fault.REFUSE:
                line.close()
            elif self.fault is Fault.PORTAL:
                self._run(self._portal, line)
            else:
                self._join(line)

    def _join(self, line: socket.socket) -> None:
        try:
            desk = socket.create_connection(("127.0.0.1", self.to), timeout=10)
        except OSError:
            line.close()
            return
        desk.settimeout(None)
        self._lines += [line, desk]
        self._run(self._up, line, desk)
        self._run(self._down, desk, line)

    def _run(self, target: object, *args: socket.socket) -> None:
        thread = threading.Thread(target=target, args=args, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _up(self, line: socket.socket, desk: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := line.recv(65536):
                desk.sendall(piece)
        _shut(line, desk)

    def _down(self, desk: socket.socket, line: socket.socket) -> None:
        with contextlib.suppress(OSError), desk, line:
            while piece := desk.recv(65536):
                if self.fault is Fault.STALL:
                    continue
                if self.fault is Fault.LOSE:
                    break
                line.sendall(self._changed(piece))
                if self.fault in (Fault.CUT, Fault.REFUSE):
                    break
            _shut(line, desk)

    def _changed(self, piece: bytes) -> bytes:
        if self.fault is Fault.CUT:
            return piece[: self.at]
        if self.fault is Fault.DOUBLE:
            return piece * 2
        if self.fault is Fault.FLIP:
            at = min(self.at, len(piece) - 1)
            return piece[:at] + bytes([piece[at] ^ 1]) + piece[at + 1 :]
        return piece

    def _portal(self, line: socket.socket) -> None:
        with contextlib.suppress(OSError), line:
            line.recv(65536)
            line.sendall(PORTAL)


def _shut(*lines: socket.socket) -> None:
    for line in lines:
        with contextlib.suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)
