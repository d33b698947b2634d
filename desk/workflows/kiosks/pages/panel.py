"""The resident cards of one unit, as the household file shows them."""

from typing import Any

from desk.kit.clock import day_of, from_text
from desk.kit.database import Database
from desk.kit.web.frame import local
from desk.kit.web.house import house
from desk.workflows.households import store as register
from desk.workflows.kiosks import store
from desk.workflows.kiosks.rules.cards import CardEnd


def panel(db: Database, unit_id: str) -> dict[str, Any]:
    """Return the cards of a unit with their holders and last uses, and who of its people could have one."""
    cards = store.cards_of(db, unit_id)
    people = register.people(db, unit_id, day_of(house().clock.now()))
    with_one = {card.person for card in cards if card.ended_at is None}
    names = {card.person: person.name for card in cards if (person := register.person(db, card.person))}
    wanted = {member.person.id: member.name for member in people if member.person.id not in with_one}
    return {
        "unit": unit_id, "cards": [(card, names.get(card.person, ""), _used(db, card.id)) for card in cards],
        "people": list(wanted.items()), "ends": [one for one in CardEnd if one is not CardEnd.ROLE_OVER],
    }  # fmt: skip


def _used(db: Database, card_id: str) -> str:
    """Return when and where a card was used last, '' if never."""
    last = store.last_use(db, card_id)
    return f"{local(from_text(last[0]))} · {last[1]}" if last else ""
