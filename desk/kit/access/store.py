"""The SQL of staff, sessions and tries."""

from dataclasses import dataclass
from datetime import datetime

from desk.kit.access.rules import Role, Session, Staff
from desk.kit.clock import to_text
from desk.kit.database import Database, put
from desk.kit.rows import from_row, to_row

_STAFF = "staff.id, staff_no, name, role, active, must_change, pin <> '' AS has_pin, lang, theme, size, made_at, version"
_SESSION = ("id", "staff", "created_at", "seen_at", "device", "address", "locked_at", "pin_tries", "revoked_at", "revoked_why")
_SESSION_COLUMNS = ", ".join(f"session.{name} AS s_{name}" for name in _SESSION)


@dataclass(frozen=True)
class Secrets:
    """The hashes of one person."""

    id: str
    password: str
    pin: str


def staff(db: Database, role: Role | None = None, active: bool = True) -> list[Staff]:
    """Return the people of a role (of all roles if None), by staff number; with `active=False` also those who left."""
    rows = db.rows(
        f"SELECT {_STAFF} FROM staff WHERE (:role IS NULL OR role = :role) AND active >= :active ORDER BY role, staff_no",
        {"role": role, "active": int(active)},
    )
    return [from_row(Staff, row) for row in rows]


def staff_member(db: Database, staff_id: str) -> Staff | None:
    """Return one person, or None."""
    row = db.row(f"SELECT {_STAFF} FROM staff WHERE id = :id", {"id": staff_id})
    return from_row(Staff, row) if row else None


def by_number(db: Database, staff_no: str) -> Staff | None:
    """Return the person with a staff number (upper and lower case are the same), or None."""
    row = db.row(f"SELECT {_STAFF} FROM staff WHERE staff_no = :no", {"no": staff_no})
    return from_row(Staff, row) if row else None


def by_name(db: Database, name: str) -> Staff | None:
    """Return the one person at work with a name; None if there is nobody or more than one."""
    rows = db.rows(f"SELECT {_STAFF} FROM staff WHERE name = :name AND active = 1 LIMIT 2", {"name": name})
    return from_row(Staff, rows[0]) if len(rows) == 1 else None


def secrets_of(db: Database, staff_id: str) -> Secrets:
    """Return the hashes of one person."""
    return from_row(Secrets, db.row("SELECT id, password, pin FROM staff WHERE id = :id", {"id": staff_id}) or {})


def keep_staff(db: Database, member: Staff, password: str, pin: str = "") -> None:
    """Enter a new person."""
    row = to_row(member) | {"password": password, "pin": pin}
    db.conn.execute(
        """
        INSERT INTO staff (id, staff_no, name, role, password, pin, active, must_change, lang, theme, size, made_at, version)
        VALUES (:id, :staff_no, :name, :role, :password, :pin, :active, :must_change, :lang, :theme, :size, :made_at, :version)
        """,
        row,
    )


def change_staff(db: Database, member: Staff) -> None:
    """Write the new state of a person; hashes stay."""
    db.conn.execute(
        """
        UPDATE staff SET staff_no = :staff_no, name = :name, role = :role, active = :active, must_change = :must_change,
            lang = :lang, theme = :theme, size = :size, version = :version
        WHERE id = :id
        """,
        to_row(member),
    )


def keep_password(db: Database, staff_id: str, password: str) -> None:
    """Write the hash of a new password."""
    db.conn.execute("UPDATE staff SET password = ? WHERE id = ?", (password, staff_id))


def keep_pin(db: Database, staff_id: str, pin: str) -> None:
    """Write the hash of a new PIN."""
    db.conn.execute("UPDATE staff SET pin = ? WHERE id = ?", (pin, staff_id))


def signed_in(db: Database, session_id: str) -> tuple[Session, Staff] | None:
    """Return the session with this id and its person, or None."""
    row = db.row(
        f"SELECT {_STAFF}, {_SESSION_COLUMNS} FROM session JOIN staff ON staff.id = session.staff WHERE session.id = :id",
        {"id": session_id},
    )
    if row is None:
        return None
    return from_row(Session, {name: row[f"s_{name}"] for name in _SESSION}), from_row(Staff, row)


def keep_session(db: Database, session: Session) -> None:
    """Write a session's state."""
    put(db, "session", session)


def seen(db: Database, session_id: str, at: datetime) -> None:
    """Write a session's last sign of life."""
    db.conn.execute("UPDATE session SET seen_at = ? WHERE id = ? AND locked_at IS NULL AND revoked_at IS NULL", (to_text(at), session_id))


def open_sessions(db: Database, staff_id: str) -> list[Session]:
    """Return the sessions of one person that were not revoked, newest first."""
    rows = db.rows("SELECT * FROM session WHERE staff = :s AND revoked_at IS NULL ORDER BY created_at DESC", {"s": staff_id})
    return [from_row(Session, row) for row in rows]


def revoke(db: Database, at: datetime, why: str, staff_id: str = "", but: str = "") -> int:
    """Revoke the sessions of one person (of all if ''), except `but`, and return how many there were."""
    cursor = db.conn.execute(
        "UPDATE session SET revoked_at = :at, revoked_why = :why WHERE revoked_at IS NULL AND id <> :but AND (:staff = '' OR staff = :staff)",
        {"at": to_text(at), "why": why, "staff": staff_id, "but": but},
    )
    return int(cursor.rowcount)


def tries(db: Database, account: str, address: str, since: datetime) -> tuple[int, int]:
    """Return how many passwords were tried since then: for this account from this address, and from this address at all."""
    pair = db.value(
        "SELECT count(*) FROM sign_in_try WHERE account = :account AND address = :address AND at > :since",
        {"account": account, "address": address, "since": to_text(since)},
    )
    every = db.value(
        "SELECT count(*) FROM sign_in_try WHERE address = :address AND at > :since", {"address": address, "since": to_text(since)}
    )
    return pair, every


def keep_try(db: Database, account: str, address: str, at: datetime) -> None:
    """Count one try."""
    db.conn.execute("INSERT INTO sign_in_try (account, address, at) VALUES (?, ?, ?)", (account, address, to_text(at)))


def forget_tries(db: Database, account: str, address: str, before: datetime) -> None:
    """Forget the tries of an account from an address after a good sign-in, and all that are older than the window."""
    db.conn.execute("DELETE FROM sign_in_try WHERE (account = ? AND address = ?) OR at <= ?", (account, address, to_text(before)))
