"""`desk demo`: a community that has lived for some weeks, with one login per role."""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import click

from desk import site
from desk.commands.common import DeskCommand, folder_of, say
from desk.commands.serving import serve_site
from desk.kit.access import commands, passwords
from desk.kit.access.inputs import NewStaff
from desk.kit.access.rules import Role
from desk.kit.act import Act
from desk.kit.clock import SetClock, WallClock
from desk.kit.demo import Demo
from desk.kit.files import durable_write
from desk.kit.problems import Refused
from desk.kit.words import N_, using, word
from desk.registry import WORKFLOWS
from desk.settings import Settings
from desk.site import Site

WEEKS = 6
PEOPLE = {
    Role.FRONT_DESK: ("F01", "李晓雯"),
    Role.CASHIER: ("C01", "周敏"),
    Role.MAINTENANCE: ("M01", "王建军"),
    Role.SECURITY: ("S01", "赵强"),
    Role.SUPERVISOR: ("Z01", "陈志远"),
    Role.DEPARTMENT_HEAD: ("B01", "孙丽华"),
    Role.DIRECTOR: ("J01", "刘国栋"),
    Role.ADMIN: ("A01", "何伟"),
}
SITE = Settings(
    name_zh="锦江花园物业服务中心",
    name_en="Jinjiang Garden service centre",
    company_zh="锦程物业服务有限公司",
    company_en="Jincheng Property Services",
    address_zh="锦江花园 3 栋 1 层",
    address_en="Ground floor, building 3, Jinjiang Garden",
    phone="0571-85550100",
    hotline="400-800-0100",
)
Logins = tuple[tuple[str, str, str, str], ...]  # role, name, staff number, password


@click.command(cls=DeskCommand)
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--make-only", is_flag=True, help="Make the demo community, do not serve it.")
@click.pass_context
def demo(ctx: click.Context, host: str | None, port: int | None, make_only: bool) -> None:
    """Make a demo community if there is none, print one login per role, and serve it."""
    folder = folder_of(ctx) if "desk.data" in ctx.meta else Path("demo-data").absolute()
    if not (folder / "demo.json").exists():
        say(N_("Making a demo community in %(folder)s…"), folder=folder)
        make(folder)
    logins = logins_of(folder)
    for role, name, staff_no, password in logins:
        click.echo(f"  {staff_no:6} {password:16} {name} ({word(Role(role))})")
    if not make_only:
        serve_site(folder, host, port, logins)


def make(folder: Path) -> None:
    """Make the demo community; an unfinished one is made anew, a folder with anything else in it is refused."""
    if folder.exists() and any(folder.iterdir()):
        raise Refused("site.exists", folder=str(folder))
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    made = site.make(part, SITE)
    fill(made)
    made.db().conn.close()
    if folder.exists():
        folder.rmdir()
    part.rename(folder)


def fill(made: Site) -> None:
    """Enter the staff, then let every workflow live through the past weeks."""
    today = WallClock().now()
    clock = SetClock(today - timedelta(weeks=WEEKS))
    staff, logins = {}, {}
    for role, (staff_no, name) in PEOPLE.items():
        secret = passwords.one_time()
        new = NewStaff(staff_no=staff_no, name=name, role=role)
        member, _same = commands.add_staff(made.db(), Act("setup", "D1", clock), new, secret)
        staff[role.value], logins[role.value] = (member.id, staff_no, name), secret
    story = Demo(today, clock, staff)
    with using("zh"):
        for workflow in WORKFLOWS:
            if workflow.demo:
                workflow.demo(made.db(), story)
    durable_write(made.folder / "demo.json", json.dumps(logins, indent=1).encode())


def logins_of(folder: Path) -> Logins:
    """Return one login per role."""
    kept = json.loads((folder / "demo.json").read_text("utf-8"))
    return tuple((role.value, name, staff_no, kept[role.value]) for role, (staff_no, name) in PEOPLE.items())
