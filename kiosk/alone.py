"""One kiosk per folder: whoever runs it holds its lock, and a crash frees it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desk.kit.problems import Refused

try:
    import fcntl
except ImportError:  # Windows, where the window is not built yet
    fcntl = None  # type: ignore[assignment]

LOCK = "kiosk.lock"


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; `Refused` if another program runs this kiosk."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / LOCK).open("a+") as file:
        if fcntl:
            try:
                fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise Refused("kiosk.in_use", folder=str(folder)) from None
        yield
