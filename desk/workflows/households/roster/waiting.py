"""Rosters that were read and wait for a decision: in memory only and for an hour, since they hold ID numbers that never reach the disk."""

import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.workflows.households.roster.reading import Sheet

KEPT_FOR = timedelta(hours=1)
MOST = 6


@dataclass(frozen=True)
class _Waiting:
    actor: str
    sheet: Sheet
    until: datetime


_KEPT: dict[str, _Waiting] = {}
_LOCK = threading.Lock()


def put(actor: str, sheet: Sheet, now: datetime) -> str:
    """Keep a roster for the person who chose it, and return the word that leads back to it."""
    token = secrets.token_urlsafe(16)
    with _LOCK:
        for old in [key for key, kept in _KEPT.items() if kept.until <= now]:
            del _KEPT[old]
        while len(_KEPT) >= MOST:
            del _KEPT[next(iter(_KEPT))]
        _KEPT[token] = _Waiting(actor, sheet, now + KEPT_FOR)
    return token


def get(actor: str, token: str, now: datetime) -> Sheet | None:
    """Return the roster behind a word, None if it is gone or somebody else's."""
    with _LOCK:
        kept = _KEPT.get(token)
    return kept.sheet if kept and kept.actor == actor and kept.until > now else None


def drop(token: str) -> None:
    """Forget a roster."""
    with _LOCK:
        _KEPT.pop(token, None)
