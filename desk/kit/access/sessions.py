"""Signing in and out: the token lives in the cookie only, the database keeps its SHA-256, so a copied file opens no door."""

import hashlib
import secrets
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where it is installed

from desk.kit.access import passwords, store
from desk.kit.access.rules import PIN_TRIES, SEEN_EVERY, TRY_WINDOW, Door, Session, Staff, door, may_try
from desk.kit.act import Act
from desk.kit.database import Database
from desk.kit.journal import change
from desk.kit.problems import Refused, Unclear
from desk.kit.quiet import quietly


def id_of(token: str) -> str:
    """Return the session id that belongs to a cookie's token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def sign_in(db: Database, act: Act, staff_no: str, password: str, address: str, device: str = "") -> tuple[Staff, str]:
    """Return the person with this number or name, and a fresh token.

    `Refused` if number and password do not fit together, or too many were tried.
    """
    account = hashlib.sha256(staff_no.strip().lower().encode("utf-8", "replace")).hexdigest()
    _count_try(db, act.clock.now(), account, address)
    member = store.by_number(db, staff_no.strip()) or store.by_name(db, staff_no.strip())
    stored = store.secrets_of(db, member.id).password if member else ""
    fits = passwords.fits(stored, password[: passwords.LONGEST + 1])
    if not (member and fits and member.active):
        with change(db, act) as note:
            note("staff.sign_in_refused", member.id if member else "unknown", address=address)
        raise Refused("access.wrong")
    act.actor, act.name, act.staff_no, act.role = member.id, member.name, member.staff_no, member.role
    token = _open(db, act, member, stored, address, device)
    with quietly(db):
        store.forget_tries(db, account, address, act.now - TRY_WINDOW)
    return member, token


def _count_try(db: Database, now: datetime, account: str, address: str) -> None:
    """Count a try before the password is looked at, so that many at once are no way round; `Refused` beyond the limit."""
    with quietly(db):
        allowed = may_try(*store.tries(db, account, address, now - TRY_WINDOW))
        if allowed:
            store.keep_try(db, account, address, now)
    if not allowed:
        raise Refused("access.wait", minutes=int(TRY_WINDOW.total_seconds() // 60))


def _open(db: Database, act: Act, member: Staff, password_hash: str, address: str, device: str) -> str:
    token = secrets.token_urlsafe(32)
    with change(db, act) as note:
        again = store.staff_member(db, member.id)
        if again is None or not again.active or store.secrets_of(db, member.id).password != password_hash:
            raise Refused("access.wrong")
        store.keep_session(db, Session(id_of(token), member.id, act.now, act.now, device[:200], address))
        note("staff.signed_in", member.id, staff_no=member.staff_no, address=address)
    return token


def find(db: Database, token: str, now: datetime, is_alive: bool = True) -> tuple[Session, Staff, Door] | None:
    """Return the session of a token with its person and how it stands, or None.

    Its last sign of life is written once a minute; `is_alive=False` for what a page asks by itself.
    """
    found = store.signed_in(db, id_of(token)) if token else None
    if found is None:
        return None
    session, staff = found
    state = door(session, staff, now)
    if is_alive and state is Door.OPEN and now - session.seen_at >= SEEN_EVERY:
        with suppress(sqlite3.OperationalError), quietly(db):  # on a full disk people still look up what they need
            store.seen(db, session.id, now)
    return session, staff, state


def sign_out(db: Database, act: Act, session_id: str) -> None:
    """End a session for good."""
    with change(db, act) as note:
        found = store.signed_in(db, session_id)
        if found:
            store.keep_session(db, replace(found[0], revoked_at=act.now, revoked_why="signed out"))
        note("staff.signed_out", act.actor)


def lock(db: Database, act: Act, session_id: str) -> None:
    """Lock a session: the person stays at the desk, the screen asks for the PIN."""
    with quietly(db):
        found = store.signed_in(db, session_id)
        if found and not found[0].revoked_at and not found[0].locked_at:
            store.keep_session(db, replace(found[0], locked_at=act.clock.now()))


def unlock(db: Database, act: Act, session_id: str, secret: str) -> None:
    """Open a locked session with the PIN, or the password where no PIN is set; after 5 wrong ones the session is over."""
    tries = _count_pin(db, session_id, act)
    secrets_kept = store.secrets_of(db, act.actor)
    fits = passwords.fits(secrets_kept.pin or secrets_kept.password, secret[: passwords.LONGEST + 1])
    with change(db, act) as note:
        session, staff = store.signed_in(db, session_id) or (None, None)
        if session is None or staff is None or door(session, staff, act.now) is Door.OVER:
            raise Refused("access.over")
        if fits:
            store.keep_session(db, replace(session, locked_at=None, pin_tries=0, seen_at=act.now))
            note("staff.unlocked", act.actor)
        else:
            over = tries >= PIN_TRIES
            store.keep_session(db, replace(session, revoked_at=act.now if over else None, revoked_why="PIN tries" if over else ""))
            note("staff.unlock_refused", act.actor, tries=tries)
    if not fits:
        raise Refused("access.over" if tries >= PIN_TRIES else "access.pin_wrong", left=PIN_TRIES - tries)


def _count_pin(db: Database, session_id: str, act: Act) -> int:
    """Count a try at the PIN before it is looked at, and return how many there were."""
    with quietly(db):
        found = store.signed_in(db, session_id)
        if found is None or found[0].revoked_at or found[0].pin_tries >= PIN_TRIES:
            raise Refused("access.over")
        session = replace(found[0], pin_tries=found[0].pin_tries + 1, locked_at=found[0].locked_at or act.clock.now())
        store.keep_session(db, session)
    return session.pin_tries


def check_own_password(db: Database, act: Act, typed: str, field: str = "old_password") -> None:
    """Make sure that the person at the screen knows the present password; wrong ones count like tries to sign in."""
    account = f"own:{act.actor}"
    _count_try(db, act.clock.now(), account, account)
    if not passwords.fits(store.secrets_of(db, act.actor).password, typed):
        raise Unclear("form.unclear", fields={field: "access.password_wrong"})
    with quietly(db):
        store.forget_tries(db, account, account, act.clock.now() - TRY_WINDOW)
