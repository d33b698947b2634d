"""A real lobby window that a test drives: `python -m tests.kiosk.window_probe gtk`, then one JSON command a line; answers begin with `= `.

It shows a tiny page behind the real door. Commands: ask (a script, its answer as text), go (a path or an address), wipe, repaint, destroy
(as a window manager asks), state, and history (every address that the engine still knows). With `--real=FOLDER` it shows the kiosk's own screens instead.
"""

import json
import os
import secrets
import sys
import threading
import time
from pathlib import Path
from typing import Any

from flask import Flask, render_template_string, request
from nacl.public import PrivateKey

from kiosk import config, guard
from kiosk.app import create_app
from kiosk.config import Config
from kiosk.local import LocalMachine
from kiosk.serving import serve
from kiosk.window import memory
from kiosk.window.lobby import LobbyWindow, Surroundings
from tests.kiosk import hostile

PAGE = """<!doctype html><html lang=zh><title>欢迎</title><h1>欢迎</h1><form method=post action=/told>{{ csrf_field() }}
<input name=what id=what><button id=send>send</button></form><p id=said>{{ said }}</p>"""


class Probe:
    """The window, and what a test may ask of it."""

    def __init__(self, gui: str, windowed: bool, folder: str) -> None:
        self.said = ""
        self.app = create_app(joined(Path(folder)), on_end=lambda: self.lobby.wipe()) if folder else self._tiny()
        first = self.app.config["ENTRY"]
        entries = iter([first])
        self.serving = serve(self.app)
        self.beats = 0
        around = Surroundings(
            entry=lambda: next(entries, "") or guard.again(self.app), beat=self._beat, staff="/staff", is_free=lambda: True
        )
        self.lobby = LobbyWindow(self.serving.origin, around, gui=gui, windowed=windowed)

    def _tiny(self) -> Flask:
        app = Flask("probe", static_folder=None)
        app.register_blueprint(hostile.pages)
        app.add_url_rule("/", "home", lambda: render_template_string(PAGE, said=self.said))
        app.add_url_rule("/told", "told", self._told, methods=["POST"])
        app.add_url_rule("/staff", "staff", lambda: "<!doctype html><title>staff</title>")
        app.config["ENTRY"] = guard.protect(app)
        return app

    def _told(self) -> str:
        self.said = request.form["what"]
        return render_template_string(PAGE, said=self.said)

    def _beat(self) -> None:
        self.beats += 1

    def ask(self, script: str) -> str:
        """Return the page's answer, or 'silent' after five seconds."""
        heard: list[str] = []
        done = threading.Event()
        self.lobby.engine.soon(lambda: self.lobby.engine.ask(script, lambda said: (heard.append(said), done.set())))
        return heard[0] if done.wait(2) else "silent"

    def answer(self, wanted: dict[str, Any]) -> Any:
        """Do one command."""
        do, with_ = wanted["do"], wanted.get("with", "")
        if do == "ask":
            return self.ask(with_)
        if do == "go":
            url = self.serving.origin + with_ if with_.startswith("/") else with_
            return self.lobby.engine.soon(lambda: self.lobby.engine.load(url))
        if do == "mock_camera":
            return self.lobby.engine.soon(self._mock_camera)
        if do in ("state", "history"):
            return getattr(self, do)()
        return {"wipe": self.lobby.wipe, "repaint": self.lobby.repaint, "close": self.lobby.close, "destroy": self._destroy}[do]()

    def _mock_camera(self) -> None:
        self.lobby.engine._web.get_settings().props.enable_mock_capture_devices = True

    def _destroy(self) -> None:
        """Ask pywebview to close the window, as a window manager does."""
        self.lobby._window.destroy()

    def history(self) -> list[str]:
        """Return the addresses of the engine's history; WebKit's as far as its saved session tells them."""
        engine, found, done = self.lobby.engine, [], threading.Event()

        def look() -> None:
            if self.lobby.gui == "qt":
                found.extend(item.url().toString() for item in engine._page.history().items())
            else:
                found.append(engine._web.get_session_state().serialize().get_data().decode("utf-16-le", "replace"))
                found.append(engine._web.get_session_state().serialize().get_data().decode("latin-1"))
                found.extend(item.get_uri() for item in engine._web.get_back_forward_list().get_back_list())
            done.set()

        engine.soon(look)
        return found if done.wait(5) else ["silent"]

    def state(self) -> dict[str, Any]:
        """Return what is to be known without the page."""
        lobby, family = self.lobby, memory.below(os.getpid())
        return {
            "origin": self.serving.origin,
            "wiped": lobby.wiped,
            "repainted": lobby.repainted,
            "beats": self.beats,
            "seen": hostile.seen,
            "said": self.said,
            "renderers": lobby.engine.renderers(),
            "mib": {each.name: each.mib for each in family},
            "at": time.monotonic(),
        }

    def listen(self) -> None:
        """Answer commands until there are none, then close."""
        self.lobby._ready.wait()
        for line in sys.stdin:
            print("=", json.dumps(self.answer(json.loads(line)), ensure_ascii=False), flush=True)
        self.lobby.close()


def joined(folder: Path) -> LocalMachine:
    """A machine that joined a desk once, and has no line to it now."""
    seal_for = PrivateKey.generate().public_key.encode().hex()
    config.keep(folder, Config("K1", "大堂", secrets.token_hex(32), seal_for, "http://127.0.0.1:9"))
    return LocalMachine(folder)


def main() -> int:
    """Show the window."""
    folder = next((option.removeprefix("--real=") for option in sys.argv if option.startswith("--real=")), "")
    probe = Probe(sys.argv[1], "--windowed" in sys.argv, folder)
    threading.Thread(target=probe.listen, daemon=True).start()
    try:
        return probe.lobby.show()
    finally:
        probe.serving.stop()


if __name__ == "__main__":
    sys.exit(main())
