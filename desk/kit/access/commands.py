"""What is done to staff: entered, changed, put on leave, given a new password. Each of these ends open sessions at once."""

from dataclasses import replace

from desk.kit.access import passwords, store
from desk.kit.access.inputs import ChangedStaff, Look, NewStaff
from desk.kit.access.rules import Lang, Role, Size, Staff, Theme
from desk.kit.act import Act
from desk.kit.database import Database
from desk.kit.ids import new_id
from desk.kit.journal import change
from desk.kit.problems import Missing, Refused, Unclear


def add_staff(db: Database, act: Act, new: NewStaff, password: str = "") -> tuple[Staff, str]:
    """Enter a new person; return it with the password, which without `password` is a one-time one that must be changed."""
    given = passwords.check_password(password, new.staff_no, new.name) if password else passwords.one_time()
    hashed = passwords.make(given)
    with change(db, act) as note:
        if store.by_number(db, new.staff_no):
            raise Unclear("form.unclear", fields={"staff_no": "access.number_taken"})
        member = Staff(
            new_id(act.now), new.staff_no, new.name, new.role, True, not password, False, Lang.ZH, Theme.AUTO, Size.NORMAL, act.now, 1
        )
        store.keep_staff(db, member, hashed)
        note("staff.added", member.id, staff_no=member.staff_no, role=_named(member.role))
    return member, given


def _named(role: Role) -> str:
    """Return a role as the journal keeps it, so that it is read in either language."""
    return f"Role.{role.value}"


def member_of(db: Database, staff_id: str) -> Staff:
    """Return one person; `Missing` if there is none."""
    member = store.staff_member(db, staff_id)
    if member is None:
        raise Missing("access.staff_unknown")
    return member


def change_staff(db: Database, act: Act, staff_id: str, changed: ChangedStaff) -> Staff:
    """Write a person's name and role; another role ends the person's sessions."""
    with change(db, act) as note:
        member = member_of(db, staff_id)
        if member.version != changed.version:
            raise Refused("record.changed")
        if member.role is Role.ADMIN and changed.role is not Role.ADMIN:
            _keep_one_admin(db, member)
        new = replace(member, name=changed.name, role=changed.role, version=member.version + 1)
        store.change_staff(db, new)
        if new.role is not member.role:
            store.revoke(db, act.now, "role changed", staff_id)
        note("staff.changed", staff_id, staff_no=new.staff_no, role=_named(new.role), was=_named(member.role))
    return new


def set_active(db: Database, act: Act, staff_id: str, active: bool) -> Staff:
    """Let a person in again, or end all access of the person at once."""
    with change(db, act) as note:
        member = member_of(db, staff_id)
        if not active and member.role is Role.ADMIN:
            _keep_one_admin(db, member)
        if not active and staff_id == act.actor:
            raise Refused("access.not_yourself")
        new = replace(member, active=active, version=member.version + 1)
        store.change_staff(db, new)
        store.revoke(db, act.now, "disabled", staff_id)
        note("staff.enabled" if active else "staff.disabled", staff_id, staff_no=member.staff_no)
    return new


def _keep_one_admin(db: Database, member: Staff) -> None:
    """Refuse what would leave the desk without an administrator."""
    if member.active and len(store.staff(db, Role.ADMIN)) == 1:
        raise Refused("access.last_admin")


def reset_password(db: Database, act: Act, staff_id: str) -> str:
    """Give a person a one-time password, take the PIN away, and end all sessions; return the password to hand over."""
    password = passwords.one_time()
    _write_password(db, act, staff_id, password, must_change=True)
    return password


def set_password(db: Database, act: Act, staff_id: str, password: str, session: str = "") -> None:
    """Write a person's own new password and end all other sessions of the person."""
    member = member_of(db, staff_id)
    checked = passwords.check_password(password, member.staff_no, member.name)
    if passwords.fits(store.secrets_of(db, staff_id).password, checked):
        raise Unclear("form.unclear", fields={"password": "access.password_same"})
    _write_password(db, act, staff_id, checked, must_change=False, session=session)


def _write_password(db: Database, act: Act, staff_id: str, password: str, must_change: bool, session: str = "") -> None:
    hashed = passwords.make(password)
    with change(db, act) as note:
        member = member_of(db, staff_id)
        store.keep_password(db, staff_id, hashed)
        if must_change:
            store.keep_pin(db, staff_id, "")
        store.change_staff(db, replace(member, must_change=must_change, version=member.version + 1))
        store.revoke(db, act.now, "password changed", staff_id, but=session)
        note("staff.password_reset" if must_change else "staff.password_changed", staff_id, staff_no=member.staff_no)


def set_pin(db: Database, act: Act, staff_id: str, pin: str) -> None:
    """Write a person's PIN, which opens a locked screen."""
    hashed = passwords.make(passwords.check_pin(pin))
    with change(db, act) as note:
        member = member_of(db, staff_id)
        store.keep_pin(db, staff_id, hashed)
        note("staff.pin_set", staff_id, staff_no=member.staff_no)


def set_look(db: Database, act: Act, staff_id: str, look: Look) -> Staff:
    """Write how a person's screen looks."""
    with change(db, act) as note:
        member = member_of(db, staff_id)
        new = replace(member, lang=look.lang or member.lang, theme=look.theme or member.theme, size=look.size or member.size)
        store.change_staff(db, new)
        note("staff.look_changed", staff_id, lang=new.lang, theme=new.theme, size=new.size)
    return new
