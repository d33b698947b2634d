"""The desk in a process of its own, on a clock that a file moves: `python -m tests.stories.desk_at FOLDER CLOCK PORT`."""

import sys
from pathlib import Path

from desk import site
from desk.app import learn_words
from desk.commands.serving import bring_up_to_date, serve_until_told
from desk.kit.web.log import set_up
from tests.stories.moved_clock import MovedClock


def main(folder: Path, clock: Path, port: int) -> None:
    """Serve the folder until told to stop, as `desk serve` does."""
    set_up()
    learn_words()
    with site.only_server(folder):
        opened = site.open_site(folder)
        bring_up_to_date(opened)
        serve_until_told(opened, "127.0.0.1", port, clock=MovedClock(clock))


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
    except KeyboardInterrupt:
        sys.exit(0)
