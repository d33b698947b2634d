"""Joining a desk: the link from its sheet, a key made here, and nothing of an earlier outbox lost."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from nacl.signing import SigningKey

from desk.kit.access.passwords import check_pin, make
from kiosk import config
from kiosk.config import Config
from sync.enrolment import Address, Joined, read_link
from sync.outbox import Outbox, store

Join = Callable[[Address, SigningKey], tuple[Joined, str]]
"""Shows the code to the desk with a public key; returns what the desk says and the PEM of its authority."""


def enrol(folder: Path, code: str, join: Join, pin: str = "", printer: str = "") -> Config:
    """Join the desk of a link, or join it again; `Unclear` or `Refused` if it does not work out, and then nothing has changed.

    A kiosk that the desk took for a copy gets a new key, and signs with it what it still keeps.
    """
    address = read_link(code)
    hashed = make(check_pin(pin)) if pin else ""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    before, box = config.read(folder), Outbox(folder)
    is_suspect = bool(store.known(box.db, "suspect", False))
    seed = before.key if before and not is_suspect else secrets.token_hex(32)
    joined, ca = join(address, SigningKey(bytes.fromhex(seed)))
    made = Config(joined.device, joined.name, seed, joined.seal_for, address.url, ca, hashed, printer)
    if before:
        made = replace(made, pin=hashed or before.pin, printer=printer or before.printer)
    config.keep(folder, made)
    if before and before.key != seed:
        box.resign(made.who.signing)
    box.joined(joined.nonce)
    return made
