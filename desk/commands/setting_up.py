"""`desk init` and `desk user`: a new data folder with its administrator, and the staff from the terminal."""

from pathlib import Path
from typing import Any

import click

from desk import site
from desk.commands.common import DeskCommand, DeskGroup, act_of, folder_of, say, site_of
from desk.kit.access import commands, store
from desk.kit.access.inputs import NewStaff
from desk.kit.access.rules import Role, Staff
from desk.kit.database import Database
from desk.kit.problems import Missing
from desk.kit.words import N_, word
from desk.settings import Settings
from desk.site import Site


@click.command(cls=DeskCommand)
@click.option("--name-zh", help="Name of the service centre in Chinese.")
@click.option("--name-en", help="Name of the service centre in English.")
@click.option("--company-zh", help="Name of the company in Chinese.")
@click.option("--phone", help="Telephone of the service centre.")
@click.option("--hotline", help="Service hotline, printed on papers.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--admin", default="admin", show_default=True, help="Staff number of the administrator.")
@click.pass_context
def init(ctx: click.Context, /, admin: str, **wished: Any) -> None:
    """Make a new desk: its folder, its settings and its administrator."""
    opened = make(folder_of(ctx), Settings(**{name: value for name, value in wished.items() if value is not None}))
    member, password = add(opened, admin, "Administrator", Role.ADMIN)
    say(N_("A new desk stands in %(folder)s. Its settings are in desk.toml."), folder=opened.folder)
    say(
        N_("Sign in as %(staff_no)s with the one-time password %(password)s. Then: desk serve"), staff_no=member.staff_no, password=password
    )


def make(folder: Path, wanted: Settings) -> Site:
    """Make a data folder."""
    return site.make(folder, wanted)


def add(opened: Site, staff_no: str, name: str, role: Role, password: str = "") -> tuple[Staff, str]:
    """Enter a person from the terminal and return it with its password."""
    new = NewStaff.read({"staff_no": staff_no, "name": name, "role": role.value})
    return commands.add_staff(opened.db(), act_of(opened), new, password)


@click.group(cls=DeskGroup)
def user() -> None:
    """Look after the staff from the terminal."""


@user.command("add")
@click.argument("staff_no")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True, help="Role of the person.")
@click.pass_context
def user_add(ctx: click.Context, staff_no: str, name: str, role: str) -> None:
    """Enter a person and print a one-time password."""
    member, password = add(site_of(ctx), staff_no, name, Role(role))
    say(
        "%(staff_no)s %(name)s, %(role)s. One-time password: %(password)s",
        staff_no=member.staff_no,
        name=name,
        role=word(member.role),
        password=password,
    )


@user.command("list")
@click.option("--all", "everybody", is_flag=True, help="Also those who left.")
@click.pass_context
def user_list(ctx: click.Context, everybody: bool) -> None:
    """List the staff."""
    for member in store.staff(site_of(ctx).db(), active=not everybody):
        click.echo(f"{member.staff_no}\t{member.name}\t{member.role.value}\t{word(member.role)}{'' if member.active else ' -'}")


@user.command("disable")
@click.argument("staff_no")
@click.pass_context
def user_disable(ctx: click.Context, staff_no: str) -> None:
    """End all access of a person at once."""
    opened = site_of(ctx)
    commands.set_active(opened.db(), act_of(opened), _member(opened.db(), staff_no).id, False)
    say(N_("Access ended: %(staff_no)s"), staff_no=staff_no)


@user.command("passwd")
@click.argument("staff_no")
@click.pass_context
def user_passwd(ctx: click.Context, staff_no: str) -> None:
    """Give a person a one-time password; the old one and all sessions end."""
    opened = site_of(ctx)
    password = commands.reset_password(opened.db(), act_of(opened), _member(opened.db(), staff_no).id)
    say(N_("One-time password of %(staff_no)s: %(password)s"), staff_no=staff_no, password=password)


def _member(db: Database, staff_no: str) -> Staff:
    found = store.by_number(db, staff_no)
    if found is None:
        raise Missing("access.staff_unknown")
    return found
