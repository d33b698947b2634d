"""The board of kiosks, one kiosk, and its enrolment sheet."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from flask import Response, redirect, request, url_for

from desk.kit.journal import store as journal
from desk.kit.problems import Missing
from desk.kit.web import Answer, Form, act, db, flash, house, page, pdf_answer
from desk.kit.web.frame import local
from desk.kit.words import _, gettext, word
from desk.workflows.kiosks import papers
from desk.workflows.kiosks.inputs import NewKiosk, Reason
from desk.workflows.kiosks.pages.base import MANAGE, SEE, pages, timeline
from desk.workflows.kiosks.rules import board as rules
from desk.workflows.kiosks.rules.board import Beat, Standing, Worry
from desk.workflows.kiosks.words import KINDS, PRINTERS
from sync import enrolment
from sync.enrolment import Address, Offer
from sync.inbox import store
from sync.inbox.store import Device

SHOWN = 30


@dataclass(frozen=True)
class Seen:
    """One kiosk as the board shows it."""

    device: Device
    beat: Beat
    standing: Standing
    worries: tuple[Worry, ...]

    @property
    def lamp(self) -> str:
        """Return its lamp."""
        return rules.lamp(self.standing, bool(self.worries))

    @property
    def words(self) -> str:
        """Return how it stands, and since when where it is silent."""
        if self.standing is Standing.SILENT and self.device.seen_at:
            return _("No contact since %(at)s", at=local(self.device.seen_at))
        return word(self.standing)

    @property
    def clock(self) -> str:
        """Return how far its clock is off."""
        seconds = round(self.beat.offset_ms / 1000)
        if not self.device.beat:
            return ""
        if abs(seconds) < 2:
            return _("right")
        return _("%(n)s s ahead", n=seconds) if seconds > 0 else _("%(n)s s behind", n=-seconds)

    @property
    def printer(self) -> str:
        """Return how its printer is."""
        return gettext(PRINTERS.get(self.beat.printer, self.beat.printer))


def seen(device: Device, now: datetime, gaps: set[str]) -> Seen:
    """Return a kiosk as the board shows it."""
    beat = rules.beat_of(device.beat)
    standing = rules.standing(device.enrolled_at, device.seen_at, device.revoked_at, now)
    worries = rules.worries(beat, device.flags, now, device.id in gaps) if standing in (Standing.ONLINE, Standing.SILENT) else ()
    return Seen(device, beat, standing, worries)


def _gaps() -> set[str]:
    return {row["device"] for row in store.gaps(db())}


@pages.get("/", perm=SEE)
def board(form: Form = Form()) -> Answer:
    """Show how all kiosks stand."""
    now, gaps = house().clock.now(), _gaps()
    rows = [seen(device, now, gaps) for device in store.devices(db())]
    rows.sort(key=lambda row: (row.standing is Standing.REVOKED, {"late": 0, "soon": 1}.get(row.lamp, 2)))
    return page("kiosks/board.html", page_id="kiosks.board", rows=rows, waiting=store.count_waiting(db()), form=form)


def the_device(device_id: str) -> Device:
    """Return a kiosk; `Missing` if there is none."""
    found = store.device(db(), device_id)
    if found is None:
        raise Missing("sync.unknown_device", device=device_id)
    return found


@pages.get("/k/<device_id>", perm=SEE)
def kiosk(device_id: str, form: Form = Form()) -> Answer:
    """Show one kiosk: how it stands, what came from it, and what was done about it."""
    device = the_device(device_id)
    shown: dict[str, Any] = {"row": seen(device, house().clock.now(), _gaps()), "kinds": KINDS, "form": form}
    entries = timeline(journal.of_object(db(), device.id, SHOWN))
    return page("kiosks/kiosk.html", page_id="kiosks.kiosk", sent=store.of_device(db(), device.id, SHOWN), entries=entries, **shown)


@pages.post("/", perm=MANAGE, again="board")
def add() -> Answer:
    """Add a kiosk and show its sheet: the code is shown this once."""
    said = NewKiosk.read(request.form)
    return _sheet(enrolment.offer(db(), act(), said.name, said.place))


@pages.post("/k/<device_id>/again", perm=MANAGE, again="kiosk")
def again(device_id: str) -> Answer:
    """Let a known kiosk join anew and show its new sheet."""
    return _sheet(enrolment.offer(db(), act(), "", "", device_id))


def _sheet(offer: Offer) -> Answer:
    url, pin = house().kiosk_door(urlsplit(request.host_url).hostname or "")
    link = enrolment.link(Address(url, offer.code, pin))
    return page(
        "kiosks/sheet.html", page_id="kiosks.sheet", offer=offer, link=link, command=papers.kiosk_command(link),
        until=local(offer.expires_at, "time"),
    )  # fmt: skip


@pages.post("/k/<device_id>/sheet.pdf", perm=MANAGE)
def sheet(device_id: str) -> Response:
    """Draw the sheet of the code that was just shown; nothing of it is kept."""
    device = the_device(device_id)
    link = request.form.get("link", "")
    code = enrolment.read_link(link).code
    expires = house().clock.now() + enrolment.LIVES
    return pdf_answer(papers.enrol_sheet(db(), act(), Offer(device, code, expires), link), f"{device.id}.pdf")


@pages.post("/k/<device_id>/revoke", perm=MANAGE, again="kiosk")
def revoke(device_id: str) -> Answer:
    """End a kiosk's right to speak to the desk."""
    gone = enrolment.revoke(db(), act(), the_device(device_id).id, Reason.read(request.form).reason)
    flash("ok", _("%(name)s is revoked. What still waits on it can be taken with a stick.", name=gone.name))
    return redirect(url_for("kiosks.kiosk", device_id=gone.id), 303)


@pages.post("/k/<device_id>/looked-at", perm=MANAGE, again="kiosk")
def looked_at(device_id: str) -> Answer:
    """Say that somebody looked at what a kiosk was flagged for."""
    device = enrolment.clear_flags(db(), act(), the_device(device_id).id, Reason.read(request.form).reason)
    flash("ok", _("Kept."))
    return redirect(url_for("kiosks.kiosk", device_id=device.id), 303)
