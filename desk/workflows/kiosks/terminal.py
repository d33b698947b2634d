"""`desk kiosk add NAME`, `desk kiosk list`, `desk kiosk revoke ID`: kiosks from the command line."""

from pathlib import Path

import click

from desk.kit.clock import SITE_ZONE
from desk.kit.terminal import Terminal, at_desk
from desk.kit.words import _, word
from desk.workflows.kiosks import papers
from desk.workflows.kiosks.rules import board
from sync import enrolment
from sync.enrolment import Address
from sync.inbox import store


@click.command("add")
@click.argument("name")
@click.option("--place", default="", help="Where it stands.")
@click.option("--again", default="", help="A kiosk that is there already (K1) joins anew.")
@click.option("--url", default="", help="Where kiosks reach this desk, if it is not where the desk thinks.")
@click.option("--sheet", type=click.Path(dir_okay=False, path_type=Path), help="Write the sheet with its QR to this .pdf.")
@at_desk
def add(desk: Terminal, name: str, place: str, again: str, url: str, sheet: Path | None) -> None:
    """Add a kiosk and say by which command it joins."""
    offer = enrolment.offer(desk.db, desk.act, name, place, again)
    here, pin = desk.door()
    link = enrolment.link(Address(url or here, offer.code, pin))
    click.echo(_("Kiosk %(id)s, %(name)s: code %(code)s", id=offer.device.id, name=offer.device.name, code=offer.code))
    click.echo(_("Type at the kiosk until %(at)s:", at=f"{offer.expires_at.astimezone(SITE_ZONE):%H:%M}"))
    click.echo(f"  {papers.kiosk_command(link)}")
    if sheet is not None:
        sheet.write_bytes(papers.enrol_sheet(desk.db, desk.act, offer, link))
        click.echo(_("The sheet stands in %(file)s.", file=sheet))


@click.command("list")
@at_desk
def listed(desk: Terminal) -> None:
    """List the kiosks and how they stand."""
    for device in store.devices(desk.db):
        standing = board.standing(device.enrolled_at, device.seen_at, device.revoked_at, desk.act.now)
        seen = f"{device.seen_at.astimezone(SITE_ZONE):%Y-%m-%d %H:%M}" if device.seen_at else "-"
        click.echo(f"  {device.id:5} {word(standing)}  {seen}  {device.name} {device.place}".rstrip())


@click.command("revoke")
@click.argument("kiosk_id")
@click.option("--reason", required=True, help="Why.")
@at_desk
def revoke(desk: Terminal, kiosk_id: str, reason: str) -> None:
    """End a kiosk's right to speak to this desk."""
    gone = enrolment.revoke(desk.db, desk.act, kiosk_id, reason)
    click.echo(_("Kiosk %(name)s is revoked.", name=gone.name))
