"""What a workflow plugs into the replication: what it shows to kiosks, and what it makes of their submissions.

The engine in `sync` calls these and knows nothing of their meaning; the workflows fill them in and know nothing of the wire.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from desk.kit.act import Act
from desk.kit.database import Database

Place = tuple[str, str, str]
"""Where a published row stands: scope ('pub', 'kiosk:K1', 'res:<tag>'), kind with version ('notice@1'), id."""
Doc = Mapping[str, Any]


@dataclass(frozen=True)
class Published:
    """One source of rows for kiosks: a change in a watched table marks its key, and the key's rows are projected before COMMIT.

    `watch` maps a table to the column that holds the key; `read` fetches what the projection needs; `project` is pure and returns every
    row that the key now has anywhere: what it no longer returns is withdrawn. `fields` is the allow-list: kind@version -> names that may leave
    the desk; anything else in a document is an error. `keys` yields all keys, for a feed that is built from nothing.
    """

    source: str  # 'households.building'
    watch: Mapping[str, str]
    keys: Callable[[Database], Iterable[str]]
    read: Callable[[Database, str], Any]
    project: Callable[[str, Any], Mapping[Place, Doc]]
    fields: Mapping[str, frozenset[str]]


class Verdict(StrEnum):
    """What the desk made of a submission. What happened is never refused for good: a person settles what the rules do not take."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    NEEDS_STAFF = "needs_staff"
    DEFERRED = "deferred"  # a version that this desk does not know yet: kept, and applied after the upgrade


@dataclass(frozen=True)
class Arrived:
    """One submission as its workflow gets it: opened, checked, in desk time.

    `effective_at` is when it happened as far as can be known (law counts from there), `received_at` when the desk had it. `photos` are names of
    files that may still be on their way. `identity` is 'none', 'claimed' or 'proven'.
    """

    id: str
    kind: str  # 'repair.report'
    version: int
    device: str  # 'K1'
    number: str  # the receipt number that the kiosk printed
    body: Mapping[str, Any]
    occurred_at: datetime
    received_at: datetime
    effective_at: datetime
    offset_ms: int
    clock_suspect: bool
    identity: str = "none"
    photos: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What became of a submission: the verdict, why (a problem code with details), and the case that carries on."""

    verdict: Verdict
    reason: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    kind: str = ""  # kind of the case: 'repair', 'intake'
    object: str = ""  # its id
    number: str = ""  # its number as people say it
    about: str = ""  # the household file (unit id) it belongs to


Take = Callable[[Database, Act, Arrived], Outcome]
"""What a workflow makes of one submission, inside the desk's own transaction; a Problem it raises makes the submission wait for a person."""
