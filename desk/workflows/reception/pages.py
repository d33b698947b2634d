"""What staff see of reception: the inbox, one contact, the form for a new one, the day's log, and the file of messages."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flask import redirect, request, url_for

from desk.kit import search
from desk.kit.access import store as access
from desk.kit.clock import SITE_ZONE, day_of
from desk.kit.clocks import store as clocks
from desk.kit.journal import store as journal
from desk.kit.problems import Unclear
from desk.kit.web import Answer, Form, Pages, act, db, flash, house, page, viewer, xlsx_answer
from desk.kit.web.dues import due_of
from desk.kit.web.frame import local
from desk.kit.web.links import link_to
from desk.kit.words import _, act_words, gettext, word
from desk.workflows.households.commands import unit_of
from desk.workflows.households.rules import Unit
from desk.workflows.reception import commands, rules, store
from desk.workflows.reception.arrivals import arrivals
from desk.workflows.reception.export import workbook
from desk.workflows.reception.inputs import Asked, Contact, Joining, Promising, Reply, WhereFrom
from desk.workflows.reception.messages import Imported, import_messages
from desk.workflows.reception.rules import Callback, ContactChannel, ContactRow, ContactState, Matter
from desk.workflows.reception.words import ASKED

pages = Pages("reception", __name__, url_prefix="/reception")

ON_A_PAGE = 50
FOUND_AT_MOST = 1000
EXPORTED_AT_MOST = 50_000
SOON = timedelta(hours=2)


@dataclass(frozen=True)
class Place:
    """Where one looks in a long list."""

    first: int
    last: int
    total: int | None
    prev_url: str | None
    next_url: str | None


@pages.get("/", perm="contact.see")
def inbox() -> Answer:
    """Show the inbox: what waits first, then by the filter."""
    asked, form = _asked()
    asked_for = _filter(asked)
    rows = store.listed(db(), asked_for, ON_A_PAGE + 1, (asked.page - 1) * ON_A_PAGE)
    total = store.counted(db(), asked_for)
    shown = {"form": form, "rows": rows[:ON_A_PAGE], "place": _place(asked, len(rows), total), "tabs": _tabs(asked), "asked": asked}
    return page("reception/inbox.html", page_id="reception.inbox", query=_query(asked), filtered=_is_filtered(asked), **shown, **_words())


@pages.get("/export.xlsx", perm="contact.export")
def export() -> Answer:
    """Hand out the contacts of the current filter as a workbook."""
    asked, _form = _asked()
    rows = store.listed(db(), _filter(asked), EXPORTED_AT_MOST)
    return xlsx_answer(workbook(rows), f"{_('Contacts')}-{day_of(house().clock.now())}.xlsx")


def _asked() -> tuple[Asked, Form]:
    """Return the filter of the address; what cannot be read there is said, and left out. Without a filter the open ones are shown."""
    typed = dict(request.args.items())
    try:
        asked, form = Asked.read(typed), Form(typed)
    except Unclear as problem:
        wrong = problem.details["fields"]
        asked, form = Asked.read({name: text for name, text in typed.items() if name not in wrong}), Form(typed, wrong)
    if not typed.keys() & {"state", "q", "since", "until"}:
        asked = asked.model_copy(update={"state": ContactState.OPEN})
    return asked, form


def _filter(asked: Asked) -> store.Filter:
    """Return what the list shows: choices, days of the site's calendar, and what the words find."""
    ids = None
    if asked.q:
        ids = tuple(hit.object for hit in search.find(db(), asked.q, FOUND_AT_MOST, ("intake",)))
    return store.Filter(
        state=asked.state or "", channel=asked.channel or "", matter=asked.matter or "",
        since=_midnight(asked.since) if asked.since else None,
        until=_midnight(asked.until + timedelta(days=1)) if asked.until and asked.until < date.max else None, ids=ids,
    )  # fmt: skip


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time(), SITE_ZONE).astimezone(UTC)


def _query(asked: Asked, **other: Any) -> dict[str, Any]:
    """Return a filter as it stands in an address; `state` is always there, so that 'all' is not taken for 'none chosen'."""
    said = asked.model_dump(mode="json", exclude={"page"}) | other
    return {"state": said["state"] or ""} | {name: str(value) for name, value in said.items() if value not in (None, "")}


def _is_filtered(asked: Asked) -> bool:
    return bool(asked.q or asked.channel or asked.matter or asked.since or asked.until)


def _place(asked: Asked, got: int, total: int) -> Place:
    begin = (asked.page - 1) * ON_A_PAGE
    before = url_for("reception.inbox", **_query(asked, page=asked.page - 1)) if asked.page > 1 else None
    after = url_for("reception.inbox", **_query(asked, page=asked.page + 1)) if got > ON_A_PAGE else None
    return Place(begin + 1 if got else begin, begin + min(got, ON_A_PAGE), total if total < store.COUNTED_TO else None, before, after)


def _tabs(asked: Asked) -> list[tuple[str, str, bool, int | None]]:
    waiting = store.waiting(db())
    states = (ContactState.OPEN, ContactState.ANSWERED, ContactState.HANDED_ON, ContactState.TURNED, None)
    return [
        (
            word(state) if state else _("All"),
            url_for("reception.inbox", **_query(asked, state=state.value if state else "")),
            asked.state is state,
            waiting if state is ContactState.OPEN else None,
        )
        for state in states
    ]


def _words() -> dict[str, Any]:
    """Return what every list of contacts uses: one line, who, and the choices."""
    return {
        "line": commands.line, "who": commands.who, "channels": [(one.value, word(one)) for one in ContactChannel],
        "matters": [(one.value, word(one)) for one in Matter], "icons": ICONS, "tones": TONES, "waiting": _waiting, "when": _when,
    }  # fmt: skip


ICONS = {
    ContactChannel.VISIT: "person",
    ContactChannel.CALL: "phone",
    ContactChannel.LETTER: "paper",
    ContactChannel.KIOSK: "screen",
    ContactChannel.MESSAGE: "mail",
}
TONES = {
    ContactState.OPEN: "soon",
    ContactState.ANSWERED: "ok",
    ContactState.HANDED_ON: "accent",
    ContactState.TURNED: "accent",
    ContactState.JOINED: "",
}


def _waiting(contact: ContactRow) -> tuple[str, str] | None:
    """Return the lamp of a contact that waits, by how long it has: today, since yesterday, longer; None if it does not wait."""
    if contact.state is not ContactState.OPEN:
        return None
    if contact.promised_at:
        now = house().clock.now()
        state = "late" if now > contact.promised_at else "soon" if contact.promised_at - now < SOON else "ok"
        return state, _("answer by %(at)s", at=local(contact.promised_at))
    days = (day_of(house().clock.now()) - day_of(contact.received_at)).days
    if days < 1:
        return "ok", _("waiting since today")
    return ("soon", _("waiting since yesterday")) if days == 1 else ("late", _("waiting for %(n)s days", n=days))


def _when(at: datetime, form: str = "short") -> str:
    """Return when something was received; an earlier year is said."""
    year = "" if form == "time" or day_of(at).year == day_of(house().clock.now()).year else f"{day_of(at).year}-"
    return f"{year}{day_of(at):%m-%d} {local(at, 'time')}" if year else local(at, form)


@pages.get("/day", perm="contact.see")
def day() -> Answer:
    """Show the contact log of a day in the order in which people came: what hangs on the binder."""
    today = day_of(house().clock.now())
    try:
        on = Asked.read({"since": request.args.get("on", "")}).since or today
    except Unclear:
        on = today
    on = min(max(on, date(1970, 1, 2)), date(9990, 1, 1))
    rows = store.listed(db(), store.Filter(since=_midnight(on), until=_midnight(on + timedelta(days=1))), FOUND_AT_MOST)
    steps = {"before": on - timedelta(days=1), "after": on + timedelta(days=1) if on < today else None}
    counts = [(word(channel), sum(row.channel is channel for row in rows)) for channel in ContactChannel]
    return page("reception/day.html", page_id="reception.day", on=on, rows=list(reversed(rows)), counts=counts, **steps, **_words())


@pages.get("/new", perm="contact.take")
def new(form: Form = Form()) -> Answer:
    """Show the form for somebody who is there or on the phone now."""
    if not form.values:
        form = Form({"channel": request.args.get("channel", "visit"), "unit": request.args.get("unit", ""), "matter": "question"})
    unit = _unit(str(form.values.get("unit", "")))
    people = [member.name for member in access.staff(db()) if member.id != viewer().id]
    return page(
        "reception/new.html",
        page_id="reception.new",
        form=form,
        unit_text=unit.label if unit else "",
        unit_id=unit.id if unit else "",
        colleagues=people,
        turns=_turns(),
        **_words(),
    )


def _unit(chosen: str) -> Unit | None:
    """Return the unit that was chosen, if it is one."""
    try:
        return unit_of(db(), chosen) if chosen else None
    except Unclear:
        return None


@pages.post("/", perm="contact.take", again="new")
def take() -> Answer:
    """Enter a contact; a repair goes on to the repair's form."""
    typed = request.form.to_dict()
    said = Contact.read(
        {**typed, "unit": typed.get("unit") or typed.get("unit_text", ""), "source": "", "external_id": "", "sender": "", "received_at": ""}
    )
    taken = commands.take_contact(db(), act(), said)
    turn = next((one for one in _turns() if typed.get("then") == one["endpoint"]), None)
    if turn:
        return redirect(url_for(turn["endpoint"], contact=taken.id), 303)
    flash("ok", _("Entered: %(what)s", what=commands.line(taken)))
    doubled = taken.state is ContactState.OPEN or commands.doubles(db(), taken)
    return redirect(
        url_for("reception.show", contact_id=taken.id) if doubled else url_for("reception.new", channel=taken.channel.value), 303
    )


def _turns() -> list[dict[str, str]]:
    """Return what a contact can be turned into, for this viewer."""
    found = [turn for workflow in house().workflows for turn in workflow.turns if viewer().can(turn.perm)]
    return [
        {"endpoint": turn.endpoint, "label": gettext(turn.label), "icon": turn.icon} for turn in sorted(found, key=lambda one: one.order)
    ]


@pages.get("/<contact_id>", perm="contact.see")
def show(contact_id: str, form: Form = Form()) -> Answer:
    """Show one contact: what was said, who and where, what looks the same, and what can be done now."""
    row = commands.the_contact(db(), contact_id)
    open_here = row.state not in rules.ENDED
    guess = commands.guess(db(), row) if open_here else None
    doubles = commands.doubles(db(), row) if open_here else []
    turns = [{**turn, "url": url_for(turn["endpoint"], contact=row.id)} for turn in _turns()] if open_here else []
    missing = [gettext(ASKED[name]) for name in rules.still_to_ask(row)] if row.matter is Matter.REPAIR and open_here else []
    main = store.contact(db(), row.object) if row.state is ContactState.JOINED else None
    shown: dict[str, Any] = {"row": row, "form": form, "guess": guess, "doubles": doubles, "turns": turns, "missing": missing, "main": main}
    clock = next((one for one in clocks.of_object(db(), row.id) if one.kind == commands.CALLBACK), None)
    shown |= {"clock": due_of(clock), "may_promise": row.state is ContactState.OPEN and row.callback is Callback.NONE}
    shown["arrivals"] = arrivals(db(), row.id, row.external_id) if row.channel is ContactChannel.KIOSK else []
    joined = store.of_object(db(), row.id)
    return page(
        "reception/show.html", page_id="reception.show", joined=joined, entries=_entries(row), case_url=_case_url(row), **shown, **_words()
    )


def _case_url(row: ContactRow) -> str:
    """Return where the case stands that the contact became."""
    return link_to(row.turned_into, row.object, row.number) if row.turned_into else ""


def _entries(row: ContactRow) -> list[dict[str, Any]]:
    """Return what happened to a contact as the timeline shows it."""
    names = {member.id: member.name for member in access.staff(db(), active=False)}
    return [
        {
            "at_words": local(entry.at), "iso": local(entry.at, "iso"), "who": names.get(entry.actor, ""),
            "what": act_words(entry.act, entry.payload), "said": "", "icon": "dot", "tone": "", "url": "",
        }
        for entry in journal.of_object(db(), row.id)
    ]  # fmt: skip


@pages.post("/<contact_id>/answer", perm="contact.take", again="show")
def answer(contact_id: str) -> Answer:
    """Keep the answer and go on to the next that waits."""
    done = commands.answer(db(), act(), contact_id, Reply.read(request.form))
    flash("ok", _("Answered: %(what)s", what=commands.line(done)))
    waiting = store.listed(db(), store.Filter(state=ContactState.OPEN), 1) if request.form.get("then") == "next" else []
    return redirect(url_for("reception.show", contact_id=waiting[0].id if waiting else done.id), 303)


@pages.post("/<contact_id>/promise", perm="contact.take", again="show")
def promise(contact_id: str) -> Answer:
    """Keep until when the answer is promised."""
    done = commands.promise(db(), act(), contact_id, Promising.read(request.form))
    flash("ok", _("Promised by %(at)s.", at=local(done.promised_at)))
    return redirect(url_for("reception.show", contact_id=done.id), 303)


@pages.post("/<contact_id>/place", perm="contact.take", again="show")
def place(contact_id: str) -> Answer:
    """Keep which unit the contact comes from."""
    typed = request.form.to_dict()
    done = commands.place(db(), act(), contact_id, WhereFrom.read({**typed, "unit": typed.get("unit") or typed.get("unit_text", "")}))
    flash("ok", _("Comes from %(place)s.", place=done.place))
    return redirect(url_for("reception.show", contact_id=done.id), 303)


@pages.post("/<contact_id>/join", perm="contact.take", again="show")
def join(contact_id: str) -> Answer:
    """Join two contacts about the same thing; the earlier one carries on."""
    first = commands.join(db(), act(), contact_id, Joining.read(request.form))
    flash("ok", _("Joined. The earlier one carries on: %(what)s", what=commands.line(first)))
    return redirect(url_for("reception.show", contact_id=first.id), 303)


@pages.get("/messages", perm="contact.import")
def messages(form: Form = Form(), done: Imported | None = None) -> Answer:
    """Show where a file of messages is taken in, and what became of the last one."""
    return page("reception/messages.html", page_id="reception.messages", form=form, done=done)


@pages.post("/messages", perm="contact.import", again="messages")
def take_messages() -> Answer:
    """Take a file of messages into the inbox."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Unclear("form.unclear", fields={"file": _("Choose a file first.")}, values={})
    return messages(done=import_messages(db(), act(), file.read(), file.filename))
