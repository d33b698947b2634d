"""The lobby window: covers the screen, stays painted, forgets each resident, and closes only when told to."""

import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import structlog
import webview

from kiosk.keeping import Gui
from kiosk.window import memory
from kiosk.window.corner import Corner
from kiosk.window.engine import LOOK, Engine, Told
from kiosk.window.places import is_own

log = structlog.get_logger("kiosk")

TITLE = "LobbyDesk"
EMPTY = "<!doctype html><html><body></body></html>"
LOOK_EVERY = 2.0
FROZEN_AFTER = 8.0
"""Seconds without an answer of the page until its renderer is ended."""
REPAINT_AFTER = 0.2
MOST_DEATHS = 5
"""Renderers that may die within a minute; more, and the whole program starts anew."""
RENDERER_MIB = 600.0
WEIGH_EVERY = 60.0
LEFT_ALONE_AFTER = 120.0
FAILED = 1


def nothing() -> None:
    """Do nothing."""


@dataclass
class Surroundings:
    """What the window asks of the program around it."""

    entry: Callable[[], str]  # a fresh path by which the window comes in
    is_free: Callable[[], bool] = lambda: False  # nobody is in front of the screen
    beat: Callable[[], None] = nothing  # the window is well: said again and again
    touched: Callable[[], None] = nothing  # somebody touched the screen
    staff: str = ""  # path of the staff's page; '' for none
    renderer_mib: float = RENDERER_MIB
    frozen_after: float = FROZEN_AFTER


@dataclass
class LobbyWindow:
    """The window; `show` blocks the main thread until it is closed. What is not named otherwise may be called on any thread."""

    origin: str
    around: Surroundings
    gui: Gui = "gtk"
    windowed: bool = False
    wiped: int = 0  # residents that were forgotten
    repainted: int = 0  # renderers that were started anew
    code: int = 0
    _unlocked: bool = False
    _window: Any = None
    _answered: float = 0.0
    _tapped_at: float = 0.0
    _deaths: list[float] = field(default_factory=list)
    _corner: Corner = field(default_factory=Corner)
    _ready: threading.Event = field(default_factory=threading.Event)

    def show(self) -> int:
        """Show the window until it is closed, and return the program's exit code."""
        os.environ["PYWEBVIEW_GUI"] = self.gui  # read where `screens` is asked for
        self.engine = engine_of(self.gui, Told(self.origin, self._gone, self._tapped))
        self._window = make_window(self.windowed)
        self._window.events.closing += lambda: self._unlocked
        self._window.events.before_show += self._before_show
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.close())
        webview.start(gui=self.gui, private_mode=True, debug=False)
        return self.code

    def _before_show(self) -> None:
        """Lock the engine down, come in, and begin to look after the page."""
        self.engine.lock_down(self._window)
        self._answered = time.monotonic()
        self.engine.soon(lambda: self.engine.wipe(self._entry, nothing))  # after pywebview has loaded its empty page
        self.engine.every(LOOK_EVERY, self._look)
        self.engine.every(WEIGH_EVERY, self._weigh)
        self._ready.set()

    def wipe(self) -> None:
        """Forget the resident who was here, and show the first page; before the window is there, there was nobody."""
        if self._ready.is_set():
            self.engine.soon(lambda: self.engine.wipe(self._entry, self._was_wiped))

    def _entry(self) -> str:
        return self.origin + self.around.entry()

    def _was_wiped(self) -> None:
        self.wiped += 1

    def close(self, code: int = 0) -> None:
        """Close the window, which nobody in front of it can."""
        self.code, self._unlocked = code, True
        self._ready.wait()
        self.engine.soon(self.engine.close)

    def repaint(self) -> None:
        """Throw the renderer away and paint the first page anew."""
        self._ready.wait()
        self.engine.soon(self.engine.kill_renderer)

    def _look(self) -> None:
        """Ask the page whether it lives; say that all is well only while it answers."""
        self.engine.ask(LOOK, self._heard)
        silent = time.monotonic() - self._answered
        if silent > self.around.frozen_after:
            log.warning("page_frozen", seconds=round(silent))
            self._answered = time.monotonic()  # what is painted anew gets its time
            self.engine.kill_renderer()

    def _heard(self, said: str) -> None:
        """Note an answer, and say that the window is well if the answer is the local page's."""
        if said and is_own(said, self.origin):
            self._answered = time.monotonic()
            self.around.beat()

    def _gone(self, why: str) -> None:
        """Paint the first page anew after a renderer or a page was lost; give up when that happens all the time."""
        if self._unlocked:
            return
        now = time.monotonic()
        self._deaths = [at for at in self._deaths if now - at < 60] + [now]
        log.warning("page_gone", why=why, lately=len(self._deaths))
        if len(self._deaths) > MOST_DEATHS:
            self.close(FAILED)
            return
        wait = REPAINT_AFTER * 2 ** (len(self._deaths) - 1)
        threading.Timer(wait, lambda: self.engine.soon(self._paint_anew)).start()

    def _paint_anew(self) -> None:
        self.repainted += 1
        self.engine.wipe(self._entry, nothing)

    def is_left_alone(self) -> bool:
        """Tell whether nobody is there: nothing is entered, and nothing was touched for a while."""
        return self.around.is_free() and time.monotonic() - self._tapped_at > LEFT_ALONE_AFTER

    def _weigh(self) -> None:
        """Throw a renderer away that has grown too large, while nobody is there."""
        if not self.is_left_alone():
            return
        pids = self.engine.renderers()
        largest = max((each.mib for each in memory.below(os.getpid()) if each.pid in pids), default=0.0)
        if largest > self.around.renderer_mib:
            log.info("renderer_replaced", mib=round(largest))
            self._deaths.clear()
            self.engine.kill_renderer()

    def _tapped(self, x: float, y: float) -> None:
        """Note that somebody is there; show the staff's page after five taps in the corner."""
        self._tapped_at = time.monotonic()
        self.around.touched()
        if self.around.staff and self._corner.tap(x, y, time.monotonic()):
            self.engine.load(self.origin + self.around.staff)


def gui_here(asked: Gui | None = None) -> Gui:
    """Return the engine that was asked for, else GTK where it is installed, else Qt."""
    if asked:
        return asked
    try:
        import_module("kiosk.window.gtk")
    except (ImportError, ValueError):
        return "qt"
    return "gtk"


def engine_of(gui: Gui, told: Told) -> Engine:
    """Return an engine by its name; the other one's libraries are not touched."""
    module = import_module(f"kiosk.window.{gui}")
    made: Engine = (module.GtkEngine if gui == "gtk" else module.QtEngine)(told)
    return made


def make_window(windowed: bool) -> webview.Window:
    """Make pywebview's window: the whole first screen, without a frame, above all others; or an ordinary one."""
    settings = {
        "ALLOW_DOWNLOADS": False,
        "ALLOW_FILE_URLS": False,
        "OPEN_EXTERNAL_LINKS_IN_BROWSER": False,
        "OPEN_DEVTOOLS_IN_DEBUG": False,
    }
    for name, value in settings.items():
        webview.settings[name] = value
    shape: dict[str, Any] = {"width": 720, "height": 1280}
    if not windowed:
        screen = webview.screens[0]  # a size and a place: `fullscreen` stays small on Qt and asks for a window manager
        shape = {"width": screen.width, "height": screen.height, "x": 0, "y": 0, "frameless": True, "on_top": True, "resizable": False}
    window = webview.create_window(TITLE, html=EMPTY, easy_drag=False, zoomable=False, text_select=False, **shape)
    if window is None:
        raise RuntimeError("pywebview made no window")
    return window
