"""What one kiosk is: kiosk.json in its folder, made when it joined a desk. Nobody but the kiosk's own user may read it."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from desk.kit.files import durable_write
from desk.kit.problems import Refused
from sync.outbox import Identity

FILE = "kiosk.json"


@dataclass(frozen=True)
class Config:
    """Number, name and keys of a kiosk, where its desk is and by which authority it is known, and what differs from machine to machine."""

    device: str  # K1
    name: str
    key: str  # hexadecimal seed of its signing key
    seal_for: str  # the desk's public key
    url: str
    ca: str = ""  # PEM of the site's own authority; '' for a desk on this very machine
    pin: str = ""  # argon2id of the admin PIN, '' for none: then there is no way out but the power button
    printer: str = ""  # '', a device file, or 'lp:NAME'

    @property
    def who(self) -> Identity:
        """Return who signs."""
        return Identity(self.device, self.key, self.seal_for)


def read(folder: Path) -> Config | None:
    """Return a folder's kiosk, or None if it has not joined a desk; `Refused` if its file cannot be read."""
    path = folder / FILE
    if not path.exists():
        return None
    try:
        return Config(**json.loads(path.read_text("utf-8")))
    except (ValueError, TypeError):
        raise Refused("kiosk.config_damaged", path=str(path)) from None


def keep(folder: Path, made: Config) -> None:
    """Write what the kiosk is."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    durable_write(folder / FILE, json.dumps(asdict(made), indent=1, ensure_ascii=False).encode())
