"""The local page's server: waitress on a loopback port that the system picks, in the very process of the window."""

import threading
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from flask import Flask
from waitress import wasyncore
from waitress.server import create_server

THREADS = 4
SLOWEST = 10  # seconds that a page may still take when the server is told to stop


@dataclass
class Serving:
    """A running server: its port, and how to stop it."""

    server: Any
    thread: threading.Thread

    @property
    def port(self) -> int:
        """Return the port that the system picked."""
        port: int = self.server.effective_port
        return port

    @property
    def origin(self) -> str:
        """Return the one origin of the local page."""
        return f"http://127.0.0.1:{self.port}"

    def stop(self) -> None:
        """Finish what is running, close all connections, and end the thread."""
        self.server.task_dispatcher.shutdown(cancel_pending=True, timeout=SLOWEST)
        self.server.trigger.pull_trigger(self._close)
        self.thread.join(SLOWEST)

    def _close(self) -> None:
        """Close the listener and every connection, on the server's own thread; its loop ends when nothing is left to watch."""
        wasyncore.close_all(self.server._map, ignore_all=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()


def serve(app: Flask) -> Serving:
    """Serve the local page on a free port of 127.0.0.1."""
    server = create_server(app, host="127.0.0.1", port=0, threads=THREADS, ident=None, clear_untrusted_proxy_headers=True)
    thread = threading.Thread(target=server.run, name="kiosk-pages", daemon=True)
    thread.start()
    return Serving(server, thread)
