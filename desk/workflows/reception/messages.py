"""A file of residents' messages becomes contacts in the inbox: each with its own time, once, however often the file is imported.

Columns: message_id, user, subject, sent_at, body, reply, replied_at. A time without a zone is the site's wall clock.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace

from desk.kit.act import Act
from desk.kit.database import Database
from desk.kit.journal import change
from desk.kit.problems import Unclear
from desk.workflows.reception import commands, rules, store
from desk.workflows.reception.inputs import Contact, MessageRow
from desk.workflows.reception.rules import ContactChannel, ContactState

COLUMNS = ("message_id", "user", "subject", "sent_at", "body", "reply", "replied_at")
NEEDED = ("message_id", "sent_at", "body")
SOURCE = "messages"
AT_ONCE = 500


@dataclass(frozen=True)
class Fault:
    """One row that was left out: its line in the file, the column, what stands there, and what is wrong."""

    row: int
    column: str
    found: str
    wrong: str


@dataclass(frozen=True)
class Imported:
    """What became of a file of messages."""

    new: int = 0
    known: int = 0
    answered: int = 0  # known and open before, with a reply now
    faults: tuple[Fault, ...] = ()


def import_messages(db: Database, act: Act, data: bytes, name: str) -> Imported:
    """Take a CSV file of messages into the inbox, 500 to a transaction; rows that cannot be read are reported, all others kept."""
    good: list[MessageRow] = []
    faults: list[Fault] = []
    for number, typed in _rows(data):
        try:
            good.append(MessageRow.read(typed))
        except Unclear as problem:
            faults += [Fault(number, column, typed.get(column, "")[:60], text) for column, text in problem.details["fields"].items()]
    done = Imported(faults=tuple(faults))
    for start in range(0, max(len(good), 1), AT_ONCE):
        done = _keep_some(db, act, good[start : start + AT_ONCE], name, done)
    return done


def _rows(data: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line in the file, column -> text); `Unclear` for a file that is no such table."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    if "\x00" in text:
        raise Unclear("form.unclear", fields={"file": "intake.not_csv"}, values={})
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = [column for column in NEEDED if column not in (reader.fieldnames or ())]
    if missing:
        raise Unclear("form.unclear", fields={"file": "intake.columns"}, values={}, expected=list(COLUMNS), missing=missing)
    try:
        for row in reader:
            yield reader.line_num, {column: row.get(column) or "" for column in COLUMNS}
    except csv.Error:
        raise Unclear("form.unclear", fields={"file": "intake.not_csv"}, values={}) from None


def _keep_some(db: Database, act: Act, rows: list[MessageRow], name: str, done: Imported) -> Imported:
    """Keep up to 500 rows in one transaction, with one entry that counts them."""
    new = known = answered = 0
    with change(db, act) as note:
        for row in rows:
            before = store.of_external(db, SOURCE, row.message_id)
            if before is None:
                _take(db, act, row)
                new += 1
            else:
                known += 1
                answered += _add_reply(db, act, before, row)
        note("messages.imported", f"import:{SOURCE}", file=name, new=new, known=known, answered=answered, failed=len(done.faults))
    return replace(done, new=done.new + new, known=done.known + known, answered=done.answered + answered)


def _take(db: Database, act: Act, row: MessageRow) -> None:
    """Enter one message; its reply, if it has one, is its answer with its own time."""
    said = Contact(
        channel=ContactChannel.MESSAGE, words=row.body, subject=row.subject, received_at=row.sent_at, source=SOURCE,
        external_id=row.message_id, sender=row.user,
    )  # fmt: skip
    taken = commands.take_contact(db, act, said)
    _add_reply(db, act, taken, row)


def _add_reply(db: Database, act: Act, contact: rules.ContactRow, row: MessageRow) -> bool:
    """Keep the reply that a message has in the file as the answer to an open contact; tell whether there was one to keep."""
    if not row.reply or contact.state is not ContactState.OPEN:
        return False
    commands.keep_reply(db, act, contact, row.reply, row.replied_at)
    return True
