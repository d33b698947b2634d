"""Resident cards: issued to somebody who belongs to a unit today, taken back, and ended when the role is over."""

import os
from contextlib import suppress
from datetime import datetime

from desk.kit.act import Act
from desk.kit.clock import day_of, from_text
from desk.kit.database import Database
from desk.kit.ids import new_id
from desk.kit.journal import change
from desk.kit.numbering import next_number
from desk.kit.problems import Missing, Refused, Unclear
from desk.workflows.households import commands as households
from desk.workflows.households import store as register
from desk.workflows.households.rules import Occupancy
from desk.workflows.kiosks import store
from desk.workflows.kiosks.inputs import CardEnding, NewCard
from desk.workflows.kiosks.rules import cards
from desk.workflows.kiosks.rules.cards import Card, CardEnd
from sync import sealing

SERIES = "ZK"


def the_card(db: Database, card_id: str) -> Card:
    """Return the card with this id; `Missing` if there is none."""
    found = store.card(db, card_id)
    if found is None:
        raise Missing("card.unknown", id=card_id)
    return found


def issue_card(db: Database, act: Act, said: NewCard) -> tuple[Card, bytes]:
    """Issue a card to a person for a unit, and return it with its secret: nobody can ask for that again, the desk does not keep it."""
    with change(db, act) as note:
        unit = households.unit_of(db, said.unit)
        roles = _roles(db, act, said.person, unit.id)
        if register.person(db, said.person) is None:
            raise Unclear("form.unclear", fields={"person": "card.person_needed"}, values={})
        secret = os.urandom(cards.SECRET_BYTES)
        kept = sealing.of_card(secret)
        begun = [role.from_on for role in roles]
        since = min((on for on in begun if on), default=None) if None not in begun else None
        card_id = new_id(act.now)
        card = Card(
            card_id, next_number(db, act, SERIES, day_of(act.now), card_id), said.person, unit.id, unit.label, since, act.now, act.actor,
            kept.tag, kept.key,
        )  # fmt: skip
        store.keep_card(db, cards.issue(card, bool(roles), store.cards_of(db, unit.id)))
        note("card.issued", card.id, unit.id, number=card.number, place=card.place, person=card.person)
    return card, secret


def _roles(db: Database, act: Act, person_id: str, unit_id: str) -> list[Occupancy]:
    """Return the roles that a person holds in a unit today."""
    members = register.people(db, unit_id, day_of(act.now))
    return [member.occupancy for member in members if member.person.id == person_id]


def end_card(db: Database, act: Act, card_id: str, said: CardEnding) -> Card:
    """Let a card open nothing any more: what it showed leaves every kiosk with the next round."""
    with change(db, act) as note:
        old = the_card(db, card_id)
        if said.version is not None and said.version != old.version:
            raise Refused("record.changed", found=old.version, read=said.version)
        ended = cards.end(old, said.why, act.now)
        store.keep_card(db, ended)
        note("card.ended", ended.id, ended.unit, number=ended.number, place=ended.place, why=f"CardEnd.{said.why.value}")
    return ended


def end_cards_whose_role_is_over(db: Database, act: Act) -> int:
    """End the cards of people who no longer belong to the unit; tell how many."""
    act.begin()
    over = [card for card in store.standing_cards(db) if not _roles(db, act, card.person, card.unit)]
    for card in over:
        with suppress(Refused):  # taken back by somebody in this very moment
            end_card(db, act, card.id, CardEnding(why=CardEnd.ROLE_OVER))
    return len(over)


def _last(db: Database, card: Card, device: str) -> datetime | None:
    """Return when a card was used last at this kiosk."""
    last = store.last_use(db, card.id, device)
    return from_text(last[0]) if last else None


def note_use(db: Database, act: Act, tag: str, device: str) -> Card | None:
    """Note that a card was used at a kiosk, for the household to see, once in some minutes; None if it opens nothing or was noted just now."""
    card = store.card_of_tag(db, tag)
    if card is None or card.ended_at or not cards.is_new_use(_last(db, card, device), act.begin()):
        return None
    with change(db, act) as note:
        store.keep_use(db, card.id, act.now, device)
        note("card.used", card.id, card.unit, number=card.number, place=card.place, kiosk=device)
    return card
