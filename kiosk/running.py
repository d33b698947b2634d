"""What runs on a kiosk, put together: the machine, its agent, the local page, and the window."""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog
from flask import Flask

from desk.kit.clock import SITE_ZONE
from desk.kit.web.log import set_up
from desk.kit.words import _
from forms.catalog.kiosk_slip import KioskSlipWords
from kiosk import admin, excuse, guard
from kiosk.agent import Agent
from kiosk.app import create_app
from kiosk.clocks import Clocks
from kiosk.heart import Heart
from kiosk.keeping import Wanted
from kiosk.local import LocalMachine
from kiosk.pin import Pin
from kiosk.printer import Printer
from kiosk.serving import Serving, serve
from kiosk.speech import Voice, can_speak, speech_pages
from kiosk.watchdog import RESTART
from kiosk.window.lobby import LobbyWindow, Surroundings, gui_here
from sync.transport import HttpLine

NIGHT = (3, 5)
"""Hours of the site between which a kiosk that was left alone starts anew, once a day."""
LONG_ENOUGH = timedelta(hours=12)
TOLD = 20


@dataclass
class Recent:
    """The last warnings of this program, for the staff's page: what happened and when, without its details."""

    said: deque[str] = field(default_factory=lambda: deque(maxlen=TOLD))

    def __call__(self, _logger: Any, method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        """Note a line of the log that tells of something wrong."""
        if method in ("warning", "error", "exception", "critical"):
            self.said.append(f"{datetime.now(SITE_ZONE):%m-%d %H:%M} {str(event.get('event', ''))[:80]}")
        return event


def is_due_at_night(now: datetime, up: timedelta) -> bool:
    """Tell whether a program that has been up so long shall start anew now, if nobody is there."""
    return up > LONG_ENOUGH and NIGHT[0] <= now.astimezone(SITE_ZONE).hour < NIGHT[1]


@dataclass
class Running:
    """One kiosk in one process, under a watchdog."""

    wanted: Wanted
    clocks: Clocks = field(default_factory=Clocks)
    recent: Recent = field(default_factory=Recent)

    def show(self) -> int:
        """Show the kiosk until it is closed, and return the exit code for the watchdog."""
        set_up()
        structlog.configure(processors=[self.recent, *structlog.get_config()["processors"]])
        self.machine = LocalMachine(self.wanted.folder, clocks=self.clocks)
        made = self.machine.config
        line = HttpLine(made.url, made.ca) if made and not self.wanted.offline else None
        self.machine.send = line
        self.printer = Printer(made.printer if made else "")
        self.voice = Voice()
        agent = Agent(self.machine, lambda: self.printer.state().state.value)
        self.app = self._app()
        agent.start()
        try:
            with serve(self.app) as serving:
                return self._window(serving)
        finally:
            agent.stop()
            agent.join(5)
            if line:
                line.close()

    def _app(self) -> Flask:
        app = create_app(self.machine, printer=self.printer, speaks=can_speak(), on_end=self._ended)
        app.register_blueprint(speech_pages(self.voice))
        pin = Pin(self.wanted.folder, lambda: self.machine.config.pin if self.machine.config else "", self.machine.now)
        doings = admin.Doings(
            restart=lambda: self.window.close(RESTART),
            close=lambda: self.window.close(0),
            leave=lambda: self.window.wipe(),
            errors=lambda: list(self.recent.said)[::-1],
            print_test=self._print_test if self.machine.config and self.machine.config.printer else None,
        )
        admin.attach(app, self.machine, pin, doings)
        return app

    def _window(self, serving: Serving) -> int:
        heart = Heart(serving.port, orphaned=lambda: self.window.close(0))
        first = [self.app.config["ENTRY"]]
        around = Surroundings(
            entry=lambda: first.pop() if first else guard.again(self.app),
            is_free=lambda: bool(self.app.extensions["lobby"].visits.now().is_fresh),
            beat=self._beating(heart),
            touched=self._touched,
            staff=admin.PATH,
        )
        self.window = LobbyWindow(serving.origin, around, gui=gui_here(self.wanted.gui), windowed=self.wanted.windowed)
        excuse.keep(self.wanted.folder, self.machine.site())
        heart.start()
        try:
            return self.window.show()
        finally:
            heart.stop()
            excuse.keep(self.wanted.folder, self.machine.site())

    def _beating(self, heart: Heart) -> Callable[[], None]:
        began = time.monotonic()

        def beat() -> None:
            heart.beat()
            up = timedelta(seconds=time.monotonic() - began)
            if is_due_at_night(self.machine.now(), up) and self.window.is_left_alone():
                self.window.close(RESTART)

        return beat

    def _touched(self) -> None:
        self.machine.touched_at = self.machine.now()

    def _ended(self) -> None:
        """Forget what a resident left outside the pages: in the engine, in the printer, in the voice."""
        self.window.wipe()
        self.voice.forget()
        threading.Thread(target=self.printer.cancel, daemon=True).start()  # a print queue may take its time

    def _print_test(self) -> bool:
        site, now = self.machine.site(), f"{self.machine.now().astimezone(SITE_ZONE):%Y-%m-%d %H:%M}"
        name = site.name_zh or "LobbyDesk"
        return self.printer.print_slip(
            KioskSlipWords(site=name, phone=site.phone, number=self.machine.device or "—", issued=now, kind=_("Test slip"), saved_at=now)
        )
