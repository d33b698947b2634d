"""Rule book of access to the desk.

a session locks when idle 15 minutes (cashier 5), opens again with the PIN (5 tries), and ends for good after 12 hours
a password is tried at most 10 times in 15 minutes for one account from one address, 60 times from one address
a permission names the roles that hold it; what is not named is forbidden
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum


class Role(StrEnum):
    """What somebody is at the desk (岗位)."""

    FRONT_DESK = "front_desk"
    CASHIER = "cashier"
    MAINTENANCE = "maintenance"
    SECURITY = "security"
    SUPERVISOR = "supervisor"
    DEPARTMENT_HEAD = "department_head"
    DIRECTOR = "director"
    ADMIN = "admin"


EVERYBODY = frozenset(Role)
LEADERS = frozenset({Role.SUPERVISOR, Role.DEPARTMENT_HEAD, Role.DIRECTOR})
IDLE_LIMIT = {role: timedelta(minutes=5 if role is Role.CASHIER else 15) for role in Role}
LONGEST_SESSION = timedelta(hours=12)
PIN_TRIES = 5
TRY_WINDOW = timedelta(minutes=15)
TRIES_PER_ACCOUNT = 10
TRIES_PER_ADDRESS = 60
SEEN_EVERY = timedelta(minutes=1)  # a session's last sign of life is written at most this often


class Lang(StrEnum):
    """A language of the screen."""

    ZH = "zh"
    EN = "en"


class Theme(StrEnum):
    """Colours of the screen."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


class Size(StrEnum):
    """Size of the letters on the screen."""

    NORMAL = "normal"
    LARGE = "large"


class Door(StrEnum):
    """How a session stands: it lets through, asks for the PIN, or asks for a new sign-in."""

    OPEN = "open"
    LOCKED = "locked"
    OVER = "over"


@dataclass(frozen=True)
class Staff:
    """One person who works here; secrets stay in the store."""

    id: str
    staff_no: str  # 工号
    name: str
    role: Role
    active: bool
    must_change: bool
    has_pin: bool
    lang: Lang
    theme: Theme
    size: Size
    made_at: datetime
    version: int


@dataclass(frozen=True)
class Session:
    """One sign-in of one person on one machine; `id` is the SHA-256 of the cookie's token."""

    id: str
    staff: str
    created_at: datetime
    seen_at: datetime
    device: str
    address: str
    locked_at: datetime | None = None
    pin_tries: int = 0
    revoked_at: datetime | None = None
    revoked_why: str = ""


@dataclass(frozen=True)
class Viewer:
    """The person who looks at a page, with all permissions of the role."""

    id: str
    name: str
    staff_no: str
    role: Role
    lang: str
    theme: str
    size: str
    role_words: str = ""
    idle_seconds: int = 900
    session: str = ""
    must_change: bool = False
    perms: frozenset[str] = field(default=frozenset(), repr=False)

    def can(self, perm: str) -> bool:
        """Tell whether this person holds a permission."""
        return perm in self.perms


def door(session: Session, staff: Staff, now: datetime) -> Door:
    """Return whether a session lets its person through now."""
    if session.revoked_at or not staff.active or now - session.created_at >= LONGEST_SESSION:
        return Door.OVER
    if session.locked_at or now - session.seen_at >= IDLE_LIMIT[staff.role]:
        return Door.LOCKED
    return Door.OPEN


def may_try(of_pair: int, of_address: int) -> bool:
    """Tell whether one more password may be tried after so many tries inside the window."""
    return of_pair < TRIES_PER_ACCOUNT and of_address < TRIES_PER_ADDRESS
