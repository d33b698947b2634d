"""Pages of the desk: routes with one permission each, forms that keep what was typed, PDFs and workbooks as answers."""

from desk.kit.web.answers import file_answer, json_answer, json_body, page, pdf_answer, wants_fragment, xlsx_answer
from desk.kit.web.dues import due_of
from desk.kit.web.house import act, db, flash, house, viewer
from desk.kit.web.links import link_to
from desk.kit.web.pages import Answer, Form, Pages, public

__all__ = [
    "Answer",
    "Form",
    "Pages",
    "act",
    "db",
    "due_of",
    "file_answer",
    "flash",
    "house",
    "json_answer",
    "json_body",
    "link_to",
    "page",
    "pdf_answer",
    "public",
    "viewer",
    "wants_fragment",
    "xlsx_answer",
]
