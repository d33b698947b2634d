"""The toy desk on the network: the real engine behind the real front or behind waitress, on free ports of this machine."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from waitress import wasyncore
from waitress.server import create_server

from desk.kit.database import Pool
from sync import feed, server, tls
from sync.desk import Desk
from sync.front import Front, Patience
from tests.sync.world import ToyDesk

HASTY = Patience(idle=5, head=1, body=2, stop=2)


def engine_for_threads(desk: ToyDesk) -> Desk:
    """The toy desk's engine with a connection for each thread; what it counted stays."""
    pool = Pool(desk.folder / "desk.sqlite", lambda db: feed.project(db, desk.published))
    desk.engine.db = pool.get
    return desk.engine


@contextmanager
def fronted(desk: ToyDesk, patience: Patience = HASTY, **options: Any) -> Iterator[Front]:
    """The toy desk behind its TLS front."""
    engine, made = engine_for_threads(desk), tls.authority(desk.db)
    path = desk.folder / "front.pem"
    front = Front(
        lambda asked: server.reply(engine, asked),
        lambda: tls.certify(made, ("127.0.0.1", "localhost"), desk.clock.now(), path),
        "127.0.0.1",
        0,
        patience=patience,
        look_every=0.05,
        **options,
    )
    front.start()
    assert front.ready.wait(10)
    try:
        yield front
    finally:
        front.stop()
        assert not front.is_alive()


def pages(environ: dict[str, Any], start: Any) -> list[bytes]:
    """What stands for the pages of the staff."""
    start("200 OK", [("Content-Type", "text/html")])
    return [b"<html>staff only</html>"]


@contextmanager
def plain(desk: ToyDesk) -> Iterator[int]:
    """The toy desk on plain HTTP, beside pages of the staff, as on the desk's own machine."""
    app = server.beside(pages, engine_for_threads(desk))
    made = create_server(app, host="127.0.0.1", port=0, threads=4, ident=None, clear_untrusted_proxy_headers=True)
    thread = threading.Thread(target=made.run, daemon=True)
    thread.start()
    try:
        yield made.effective_port
    finally:
        made.task_dispatcher.shutdown()
        made.trigger.pull_trigger(lambda: wasyncore.close_all(made._map, ignore_all=True))
        thread.join(10)
