"""The whole kiosk with its real window in a process of its own, on a clock that a file moves, driven by one JSON command a line.

`python -m tests.stories.kiosk_at FOLDER CLOCK GUI`. Commands: ask (a script; its answer as text) and grab (a file for a picture). Answers begin
with `= `; the other lines are the beat that its watchdog would hear.
"""

import json
import os
import sys
import threading
from pathlib import Path

from kiosk.clocks import Clocks
from kiosk.keeping import Wanted
from kiosk.running import Running
from tests.stories.moved_clock import MovedClock


class Driven(Running):
    """A running kiosk that also listens to a test."""

    def listen(self) -> None:
        """Do one command after another."""
        for line in sys.stdin:
            wanted = json.loads(line)
            said: list[str] = []
            done = threading.Event()
            engine = self.window.engine

            def answer(text: str, said: list[str] = said, done: threading.Event = done) -> None:
                said.append(text)
                done.set()

            def grab(path: str = wanted["with"], answer=answer) -> None:
                answer(str(self.window._window.native.grab().save(path)))

            engine.soon((lambda: engine.ask(wanted["with"], answer)) if wanted["do"] == "ask" else grab)  # noqa: B023 - waited for below
            done.wait(5)
            print("=", json.dumps(said[0] if said else "silent", ensure_ascii=False), flush=True)


def main(folder: Path, clock: Path, gui: str) -> int:
    """Show the kiosk until it is closed."""
    moved = MovedClock(clock)
    running = Driven(Wanted(folder, gui, windowed=True), Clocks(moved, "the machine's one start", moved.steady))
    threading.Thread(target=running.listen, daemon=True).start()
    return running.show()


if __name__ == "__main__":
    code = main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
    sys.stdout.flush()
    os._exit(code)
