"""The beat by which the watchdog knows that all is well: the page answers, and so does the server behind it."""

import http.client
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TextIO

KNOCK_EVERY = 5.0
KNOCK_TIMEOUT = 5.0
DEAF_AFTER = 25.0
"""Seconds without an answer of the server until the beat stops."""


@dataclass
class Heart:
    """Beats on standard output while the server answers; `orphaned` is called when nobody listens any more."""

    port: int
    orphaned: Callable[[], None]
    out: TextIO = field(default_factory=lambda: sys.stdout)
    _answered: float = field(default_factory=time.monotonic)
    _stopped: threading.Event = field(default_factory=threading.Event)

    def beat(self) -> None:
        """Say that the window is well, if the server is, too."""
        if time.monotonic() - self._answered > DEAF_AFTER:
            return
        try:
            self.out.write("beat\n")
            self.out.flush()
        except OSError:
            self.orphaned()

    def start(self) -> None:
        """Begin to knock at the server."""
        threading.Thread(target=self._knocking, name="kiosk-heart", daemon=True).start()

    def stop(self) -> None:
        """Knock no more."""
        self._stopped.set()

    def _knocking(self) -> None:
        while not self._stopped.wait(KNOCK_EVERY):
            if answers(self.port):
                self._answered = time.monotonic()


def answers(port: int) -> bool:
    """Tell whether the server answers at all; it refuses us (403), for we are not the window."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=KNOCK_TIMEOUT)
    try:
        line.request("GET", "/")
        return line.getresponse().status == http.client.FORBIDDEN
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()
