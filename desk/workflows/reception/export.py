"""The contact log as a workbook: one row for each contact, times as the site's clock shows them."""

import io
from collections.abc import Sequence

import xlsxwriter

from desk.kit.clock import SITE_ZONE
from desk.kit.words import _, word
from desk.workflows.reception.rules import ContactRow

_WIDTHS = (17, 9, 11, 11, 14, 15, 28, 60, 60, 17, 12, 12, 18, 12)


def workbook(rows: Sequence[ContactRow]) -> bytes:
    """Return an .xlsx with a heading row that stays, a filter, and text kept as text (a leading = is no formula)."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    sheet = book.add_worksheet(_("Contacts"))
    bold, wrapped = book.add_format({"bold": True, "bg_color": "#EFEDE6"}), book.add_format({"text_wrap": True, "valign": "top"})
    at = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top", "align": "left"})
    for column, (title, width) in enumerate(zip(_titles(), _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, bold)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(_cells(row)):
            sheet.write_string(number, column, value, wrapped)
        for column, when in ((0, row.received_at), (9, row.answered_at)):
            if when:
                sheet.write_datetime(number, column, when.astimezone(SITE_ZONE).replace(tzinfo=None), at)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(_WIDTHS) - 1)
    book.close()
    return buffer.getvalue()


def _titles() -> list[str]:
    return [
        _("Received"), _("Way"), _("State"), _("Unit"), _("Name"), _("Phone"), _("Subject"), _("What was said"), _("Answer"), _("Answered at"),
        _("Matter"), _("Taken by"), _("Counterpart"), _("Became"),
    ]  # fmt: skip


def _cells(row: ContactRow) -> list[str]:
    return [
        "", word(row.channel), word(row.state), row.place, row.person or row.sender, row.phone, row.subject, row.words, row.answer, "",
        word(row.matter), row.taken_name, row.counterpart, row.number,
    ]  # fmt: skip
