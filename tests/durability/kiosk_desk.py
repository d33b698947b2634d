"""A desk in a process of its own, with its pages and its door for kiosks: `python -m tests.durability.kiosk_desk FOLDER PORT`.

It says `open` when it listens, and serves until somebody kills it. A clerk changes the house meanwhile, so that there is always news.
"""

import sys
import threading
import time
from pathlib import Path

from waitress.server import create_server

from desk.app import create_app
from desk.commands.serving import WAITRESS
from desk.kit.act import Act
from desk.site import Site, open_site
from desk.workflows.households import commands
from desk.workflows.households.inputs import BuildingInput
from sync.server import beside
from tests.durability.lobby import engine


def work(site: Site) -> None:
    """Add a building now and then, for ever."""
    while True:
        code = str(10 + site.db().value("SELECT count(*) FROM building"))
        commands.add_building(site.db(), Act("clerk", "D1"), BuildingInput.read({"code": code}))
        time.sleep(0.25)


def main(folder: str, port: str) -> None:
    """Serve for ever."""
    site = open_site(Path(folder))
    app = beside(create_app(site), engine(site))
    threading.Thread(target=work, args=(site,), daemon=True).start()
    server = create_server(app, host="127.0.0.1", port=int(port), **WAITRESS)
    print("open", flush=True)
    server.run()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
