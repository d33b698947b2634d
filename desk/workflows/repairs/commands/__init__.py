"""What people do with repairs: each function is one act, one transaction, one story in the journal.

Every function that changes an order takes (db, act, order_id, form): `order_id` is an id or a number, `form` an input model whose
`version` is what the person saw. They return what they changed.
"""

from desk.workflows.repairs.commands.base import the_order
from desk.workflows.repairs.commands.bulk import dispatch_many, print_many, the_bulk, undo_many
from desk.workflows.repairs.commands.deciding import advise, consent, decide, decline, overrule, quote
from desk.workflows.repairs.commands.ending import cancel, merge
from desk.workflows.repairs.commands.exporting import export
from desk.workflows.repairs.commands.intake import amend, ask_again, complete, contacts_for, doubles_for, doubles_of, report, save_first
from desk.workflows.repairs.commands.outside import break_promise, external_done, hand_over, keep_promise, promise, take_back
from desk.workflows.repairs.commands.printing import issue_revisit_sheet, issue_slip, order_paper, print_papers, reissue_order
from desk.workflows.repairs.commands.revisiting import monthly_visit, revisit, sign
from desk.workflows.repairs.commands.testing import begin_test, end_test, waive_test
from desk.workflows.repairs.commands.visiting import (
    another_trip,
    arrive,
    call_back,
    dispatch,
    finish,
    give_back,
    no_access,
    schedule,
    take_away,
)

__all__ = [
    "advise",
    "amend",
    "another_trip",
    "arrive",
    "ask_again",
    "begin_test",
    "break_promise",
    "call_back",
    "cancel",
    "complete",
    "consent",
    "contacts_for",
    "decide",
    "decline",
    "dispatch",
    "dispatch_many",
    "doubles_for",
    "doubles_of",
    "end_test",
    "export",
    "external_done",
    "finish",
    "give_back",
    "hand_over",
    "issue_revisit_sheet",
    "issue_slip",
    "keep_promise",
    "merge",
    "monthly_visit",
    "no_access",
    "order_paper",
    "overrule",
    "print_many",
    "print_papers",
    "promise",
    "quote",
    "reissue_order",
    "report",
    "revisit",
    "save_first",
    "schedule",
    "sign",
    "take_away",
    "take_back",
    "the_bulk",
    "the_order",
    "undo_many",
    "waive_test",
]
