"""Notices and urgent numbers."""

from collections.abc import Mapping
from dataclasses import replace

from desk.kit.act import Act
from desk.kit.clock import day_of
from desk.kit.database import Database
from desk.kit.ids import new_id
from desk.kit.journal import change
from desk.kit.problems import Missing, Refused
from desk.kit.rows import to_json
from desk.workflows.kiosks import store
from desk.workflows.kiosks.inputs import NoticeInput, Numbers, Withdrawal
from desk.workflows.kiosks.rules import notices
from desk.workflows.kiosks.rules.notices import Notice, Urgent, UrgentNumber


def the_notice(db: Database, notice_id: str) -> Notice:
    """Return the notice with this id; `Missing` if there is none."""
    found = store.notice(db, notice_id)
    if found is None:
        raise Missing("notice.unknown", id=notice_id)
    return found


def write_notice(db: Database, act: Act, said: NoticeInput) -> Notice:
    """Hang a notice on the board of every kiosk."""
    with change(db, act) as note:
        blank = Notice(new_id(act.now), "", "", "", "", day_of(act.now), None, False, act.now, act.actor)
        written = notices.write(_said(blank, said))
        store.keep_notice(db, written)
        note("notice.written", written.id, title=written.title_zh, from_on=written.from_on, until_on=written.until_on)
    return written


def change_notice(db: Database, act: Act, notice_id: str, said: NoticeInput) -> Notice:
    """Change a notice that hangs."""
    with change(db, act) as note:
        old = _seen(the_notice(db, notice_id), said.version)
        if old.withdrawn_at:
            raise Refused("notice.withdrawn_already")
        changed = notices.write(replace(_said(old, said), version=old.version + 1))
        store.keep_notice(db, changed)
        note("notice.changed", changed.id, title=changed.title_zh, was=old.words_zh, from_on=changed.from_on, until_on=changed.until_on)
    return changed


def _said(old: Notice, said: NoticeInput) -> Notice:
    return replace(
        old, title_zh=said.title_zh, words_zh=said.words_zh, title_en=said.title_en, words_en=said.words_en,
        from_on=said.from_on or old.from_on, until_on=said.until_on, pinned=said.pinned,
    )  # fmt: skip


def _seen(old: Notice, version: int | None) -> Notice:
    if version is not None and version != old.version:
        raise Refused("record.changed", found=old.version, read=version)
    return old


def withdraw_notice(db: Database, act: Act, notice_id: str, said: Withdrawal) -> Notice:
    """Take a notice off every board; it stays in the file."""
    with change(db, act) as note:
        gone = notices.withdraw(_seen(the_notice(db, notice_id), said.version), act.now)
        store.keep_notice(db, gone)
        note("notice.withdrawn", gone.id, title=gone.title_zh)
    return gone


def set_numbers(db: Database, act: Act, said: Numbers) -> None:
    """Keep the numbers that stand before everything else on every kiosk; an empty one falls back to the country's, or is not shown."""
    wanted = {what: str(getattr(said, what.value) or "") for what in Urgent}
    with change(db, act) as note:
        for what, number in wanted.items():
            if number:
                store.keep_number(db, UrgentNumber(what, number))
            else:
                store.drop_number(db, what)
        note("kiosk.numbers_set", "site", numbers=[f"{what.value} {number}" for what, number in wanted.items() if number])


def keep_site(db: Database, act: Act, facts: Mapping[str, str]) -> bool:
    """Publish what the settings say of the site, if it is not what kiosks know already; tell whether it was new."""
    text = to_json(facts)
    if store.site_facts(db) == text:
        return False
    with change(db, act) as note:
        store.keep_site_facts(db, text)
        note("kiosk.site_published", "site", name=facts.get("name_zh", ""))
    return True
