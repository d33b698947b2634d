"""Notices and urgent numbers: what hangs at every kiosk."""

from typing import Any

from flask import redirect, request, url_for

from desk.kit.clock import day_of
from desk.kit.web import Answer, Form, act, db, flash, house, page
from desk.kit.words import _
from desk.workflows.kiosks import commands, store
from desk.workflows.kiosks.inputs import NoticeInput, Numbers, Withdrawal
from desk.workflows.kiosks.pages.base import MANAGE, NOTICE, pages
from desk.workflows.kiosks.published.boards import urgent_numbers
from desk.workflows.kiosks.rules import notices as rules
from desk.workflows.kiosks.rules.notices import Notice, Urgent


@pages.get("/notices", perm=NOTICE)
def notices() -> Answer:
    """Show the notices: those that hang, those to come, those that are over."""
    today = day_of(house().clock.now())
    rows = store.notices(db())
    return page("kiosks/notices.html", page_id="kiosks.notices", rows=[(row, *_stands(row, today)) for row in rows], today=today)


def _stands(notice: Notice, today: Any) -> tuple[str, str]:
    """Return the lamp of a notice and its words."""
    if notice.withdrawn_at:
        return "done", _("withdrawn")
    if rules.counts(notice, today):
        return "ok", _("hangs now")
    return ("paused", _("from %(day)s", day=notice.from_on)) if today < notice.from_on else ("done", _("over"))


@pages.get("/notices/new", perm=NOTICE)
def new_notice(form: Form = Form()) -> Answer:
    """Show the form for a notice."""
    shown = form if form.values else Form({"from_on": day_of(house().clock.now()).isoformat()})
    return page("kiosks/notice.html", page_id="kiosks.new_notice", form=shown, notice=None)


@pages.post("/notices", perm=NOTICE, again="new_notice")
def write_notice() -> Answer:
    """Hang a notice."""
    written = commands.write_notice(db(), act(), NoticeInput.read(request.form))
    flash("ok", _("Hangs at every kiosk with its next round: %(title)s", title=written.title_zh))
    return redirect(url_for("kiosks.notices"), 303)


@pages.get("/notices/<notice_id>", perm=NOTICE)
def notice(notice_id: str, form: Form = Form()) -> Answer:
    """Show a notice to be changed."""
    found = commands.the_notice(db(), notice_id)
    names = ("title_zh", "words_zh", "title_en", "words_en", "from_on", "until_on", "pinned")
    values = form.values or {name: getattr(found, name) or "" for name in names}
    return page("kiosks/notice.html", page_id="kiosks.notice", form=Form(values, form.errors, form.problem), notice=found)


@pages.post("/notices/<notice_id>", perm=NOTICE, again="notice")
def change_notice(notice_id: str) -> Answer:
    """Keep a changed notice."""
    commands.change_notice(db(), act(), notice_id, NoticeInput.read(request.form))
    flash("ok", _("Kept."))
    return redirect(url_for("kiosks.notices"), 303)


@pages.post("/notices/<notice_id>/withdraw", perm=NOTICE, again="notice")
def withdraw_notice(notice_id: str) -> Answer:
    """Take a notice off every board."""
    gone = commands.withdraw_notice(db(), act(), notice_id, Withdrawal.read(request.form))
    flash("ok", _("Withdrawn: %(title)s", title=gone.title_zh))
    return redirect(url_for("kiosks.notices"), 303)


@pages.get("/numbers", perm=MANAGE)
def numbers(form: Form = Form()) -> Answer:
    """Show the urgent numbers."""
    known = store.numbers(db())
    values = form.values or {what.value: known.get(what, "") for what in Urgent}
    shown = {"whats": list(Urgent), "counts": urgent_numbers(db())}
    return page("kiosks/numbers.html", page_id="kiosks.numbers", form=Form(values, form.errors, form.problem), **shown)


@pages.post("/numbers", perm=MANAGE, again="numbers")
def set_numbers() -> Answer:
    """Keep the urgent numbers."""
    commands.set_numbers(db(), act(), Numbers.read(request.form))
    flash("ok", _("Kept."))
    return redirect(url_for("kiosks.numbers"), 303)
