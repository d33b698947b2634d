"""The desk's two doors for kiosks in threads of this process: waitress on this machine, and the TLS front of the network."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from waitress.server import create_server

from desk.commands.serving import WAITRESS
from desk.kit.clock import WallClock
from sync import tls
from sync.desk import Answer, Desk, Envelope
from sync.front import Front
from sync.server import beside, reply
from sync.transport import HttpLine


def app_of(desk: Desk) -> Any:
    """The kiosks' routes, and nothing else."""
    return beside(lambda environ, start: [], desk)


@contextmanager
def served(app: Any) -> Iterator[int]:
    """Serve an application on a free port of this machine, as the desk is served."""
    server = create_server(app, host="127.0.0.1", port=0, **WAITRESS)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield server.effective_port
    finally:
        server.task_dispatcher.shutdown()
        server.close()
        thread.join(5)


@contextmanager
def fronted(desk: Desk, folder: Path) -> Iterator[tuple[str, str]]:
    """Serve kiosks through the TLS front; yield its address and the authority that they trust."""
    made = tls.authority(desk.db())
    front = Front(
        lambda asked: reply(desk, asked), lambda: tls.certify(made, ["127.0.0.1"], WallClock().now(), folder / "door.pem"), "127.0.0.1", 0
    )
    front.start()
    assert front.ready.wait(10)
    try:
        yield f"https://127.0.0.1:{front.port}", made.cert
    finally:
        front.stop()


class Wire:
    """A kiosk's line to this machine, which counts the bytes of bodies."""

    def __init__(self, port: int) -> None:
        self.line: Callable[[Envelope], Answer] = HttpLine(f"http://127.0.0.1:{port}")
        self.sent = self.got = 0

    def __call__(self, envelope: Envelope) -> Answer:
        """Send an envelope and return the answer."""
        answer = self.line(envelope)
        self.sent, self.got = self.sent + len(envelope.body), self.got + len(answer.body)
        return answer
