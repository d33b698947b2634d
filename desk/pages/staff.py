"""Staff: who works here with which role; every change ends what it must end at once."""

from flask import redirect, request

from desk.kit.access import commands, store
from desk.kit.access.inputs import ChangedStaff, NewStaff
from desk.kit.access.rules import Role
from desk.kit.web import Answer, Form, Pages, act, db, flash, page
from desk.kit.words import _, word

pages = Pages("staff", __name__, url_prefix="/staff")


def _roles() -> list[tuple[str, str]]:
    return [(role.value, word(role)) for role in Role]


@pages.get("/", perm="staff.manage")
def board() -> Answer:
    """List the staff."""
    everybody = request.args.get("all") == "1"
    return page("staff/board.html", page_id="staff", people=store.staff(db(), active=not everybody), everybody=everybody)


@pages.get("/new", perm="staff.manage")
def add(form: Form = Form()) -> Answer:
    """Ask for a new person."""
    return page("staff/new.html", form=form, roles=_roles())


@pages.post("/new", perm="staff.manage", again="add")
def keep_new() -> Answer:
    """Enter a new person and show the one-time password, once."""
    member, password = commands.add_staff(db(), act(), NewStaff.read(request.form))
    return page("staff/password.html", member=member, password=password), 201


@pages.get("/<staff_id>", perm="staff.manage")
def member(staff_id: str, form: Form = Form()) -> Answer:
    """Show one person with the open sessions."""
    found = commands.member_of(db(), staff_id)
    values = form if form.values else Form({"name": found.name, "role": found.role.value}, form.errors, form.problem)
    return page("staff/member.html", member=found, form=values, roles=_roles(), sessions=store.open_sessions(db(), staff_id))


@pages.post("/<staff_id>", perm="staff.manage", again="member")
def change(staff_id: str) -> Answer:
    """Keep a person's name and role."""
    changed = commands.change_staff(db(), act(), staff_id, ChangedStaff.read(request.form))
    flash("ok", _("Kept: %(name)s", name=changed.name))
    return redirect(f"/staff/{staff_id}", 303)


@pages.post("/<staff_id>/disable", perm="staff.manage", again="member")
def disable(staff_id: str) -> Answer:
    """End all access of a person at once."""
    commands.set_active(db(), act(), staff_id, False)
    flash("ok", _("The access has ended, open sessions too."))
    return redirect(f"/staff/{staff_id}", 303)


@pages.post("/<staff_id>/enable", perm="staff.manage", again="member")
def enable(staff_id: str) -> Answer:
    """Let a person in again."""
    commands.set_active(db(), act(), staff_id, True)
    flash("ok", _("The person can sign in again."))
    return redirect(f"/staff/{staff_id}", 303)


@pages.post("/<staff_id>/reset", perm="staff.manage", again="member")
def reset(staff_id: str) -> Answer:
    """Give a one-time password and show it, once."""
    password = commands.reset_password(db(), act(), staff_id)
    return page("staff/password.html", member=commands.member_of(db(), staff_id), password=password)
