"""What people do about kiosks: each function is one change with an entry in the journal."""

from desk.workflows.kiosks.commands.boards import change_notice, keep_site, set_numbers, the_notice, withdraw_notice, write_notice
from desk.workflows.kiosks.commands.cards import end_card, end_cards_whose_role_is_over, issue_card, note_use, the_card
from desk.workflows.kiosks.commands.settling import close, enter_as_contact, look_at, the_entry

__all__ = [
    "change_notice",
    "close",
    "end_card",
    "end_cards_whose_role_is_over",
    "enter_as_contact",
    "issue_card",
    "keep_site",
    "look_at",
    "note_use",
    "set_numbers",
    "the_card",
    "the_entry",
    "the_notice",
    "withdraw_notice",
    "write_notice",
]
