"""Resident cards: issued and ended from the household file."""

from flask import redirect, request, url_for

from desk.kit.web import Answer, act, db, flash, pdf_answer
from desk.kit.words import _
from desk.workflows.kiosks import commands, papers
from desk.workflows.kiosks.inputs import CardEnding, NewCard
from desk.workflows.kiosks.pages.base import CARD, pages


@pages.post("/cards", perm=CARD)
def issue_card() -> Answer:
    """Issue a card and answer with its sheet: the one time that the secret is shown."""
    card, secret = commands.issue_card(db(), act(), NewCard.read(request.form))
    return pdf_answer(papers.card_sheet(db(), act(), card, secret), f"{card.number}.pdf")


@pages.post("/cards/<card_id>/end", perm=CARD)
def end_card(card_id: str) -> Answer:
    """End a card."""
    ended = commands.end_card(db(), act(), card_id, CardEnding.read(request.form))
    flash("ok", _("Card %(number)s opens nothing any more.", number=ended.number))
    return redirect(url_for("households.unit", unit_id=ended.unit), 303)
