"""The SQL of notices, urgent numbers and resident cards."""

from datetime import datetime

from desk.kit.clock import to_text
from desk.kit.database import Database, put
from desk.kit.rows import from_row
from desk.workflows.kiosks.rules.cards import Card
from desk.workflows.kiosks.rules.notices import Notice, Urgent, UrgentNumber

# Notices


def keep_notice(db: Database, notice: Notice) -> None:
    """Write a notice."""
    put(db, "notice", notice)


def notice(db: Database, notice_id: str) -> Notice | None:
    """Return a notice, or None."""
    row = db.row("SELECT * FROM notice WHERE id = :id", {"id": notice_id})
    return from_row(Notice, row) if row else None


def notices(db: Database, limit: int = 100) -> list[Notice]:
    """Return the notices, those that hang before those that were withdrawn, pinned ones first."""
    rows = db.rows(
        "SELECT * FROM notice ORDER BY withdrawn_at IS NOT NULL, withdrawn_at DESC, pinned DESC, from_on DESC, id DESC LIMIT :n",
        {"n": limit},
    )
    return [from_row(Notice, row) for row in rows]


def notice_ids(db: Database) -> list[str]:
    """Return the ids of all notices."""
    return [row["id"] for row in db.rows("SELECT id FROM notice")]


# Urgent numbers


def keep_number(db: Database, number: UrgentNumber) -> None:
    """Write an urgent number."""
    db.conn.execute(
        "INSERT INTO kiosk_urgent_number (id, number, site) VALUES (?, ?, 'site') ON CONFLICT (id) DO UPDATE SET number = excluded.number",
        (number.id.value, number.number),
    )


def drop_number(db: Database, what: Urgent) -> None:
    """Take an urgent number away."""
    db.conn.execute("DELETE FROM kiosk_urgent_number WHERE id = ?", (what.value,))


def numbers(db: Database) -> dict[Urgent, str]:
    """Return the urgent numbers that the desk wrote."""
    return {Urgent(row["id"]): row["number"] for row in db.rows("SELECT id, number FROM kiosk_urgent_number")}


# Resident cards


def keep_card(db: Database, card: Card) -> None:
    """Write a resident card."""
    put(db, "resident_card", card)


def card(db: Database, card_id: str) -> Card | None:
    """Return a card, or None."""
    row = db.row("SELECT * FROM resident_card WHERE id = :id", {"id": card_id})
    return from_row(Card, row) if row else None


def card_of_tag(db: Database, tag: str) -> Card | None:
    """Return the card under whose tag the desk publishes, or None."""
    row = db.row("SELECT * FROM resident_card WHERE tag = :tag", {"tag": tag})
    return from_row(Card, row) if row else None


def cards_of(db: Database, unit_id: str) -> list[Card]:
    """Return the cards of a unit, those that still open it first."""
    rows = db.rows("SELECT * FROM resident_card WHERE unit = :u ORDER BY ended_at IS NOT NULL, issued_at DESC", {"u": unit_id})
    return [from_row(Card, row) for row in rows]


def standing_cards(db: Database) -> list[Card]:
    """Return all cards that still open something."""
    return [from_row(Card, row) for row in db.rows("SELECT * FROM resident_card WHERE ended_at IS NULL ORDER BY id")]


def card_units(db: Database) -> list[str]:
    """Return the units that have cards."""
    return [row["unit"] for row in db.rows("SELECT DISTINCT unit FROM resident_card")]


def keep_use(db: Database, card_id: str, at: datetime, device: str) -> None:
    """Enter that a card was used at a kiosk."""
    db.conn.execute(
        "INSERT INTO resident_card_use (card, at, device) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (card_id, to_text(at), device)
    )


def last_use(db: Database, card_id: str, device: str = "") -> tuple[str, str] | None:
    """Return when and at which kiosk a card was used last, at one kiosk or at any; None if never."""
    row = db.row(
        "SELECT at, device FROM resident_card_use WHERE card = :c AND :d IN ('', device) ORDER BY at DESC LIMIT 1",
        {"c": card_id, "d": device},
    )
    return (row["at"], row["device"]) if row else None


# The site's own facts


def site_facts(db: Database) -> str | None:
    """Return what was last published of the settings, as JSON, or None."""
    found: str | None = db.value("SELECT facts FROM kiosk_site")
    return found


def keep_site_facts(db: Database, facts: str) -> None:
    """Write what is published of the settings."""
    db.conn.execute("INSERT INTO kiosk_site (id, facts) VALUES ('site', ?) ON CONFLICT (id) DO UPDATE SET facts = excluded.facts", (facts,))


# Calendar years


def calendar_text(db: Database, year: str) -> str | None:
    """Return an imported calendar year as it was imported, or None."""
    found: str | None = db.value("SELECT text FROM calendar_year WHERE year = :y", {"y": int(year)})
    return found


def calendar_years(db: Database) -> list[str]:
    """Return the imported calendar years."""
    return [str(row["year"]) for row in db.rows("SELECT year FROM calendar_year")]


# What became of requests


def case_of(db: Database, entry_id: str) -> str:
    """Return the id of the case that carries a submission now, '' while a person has to settle it."""
    found: str | None = db.value("SELECT object FROM kiosk_case WHERE entry = :e", {"e": entry_id})
    return found or ""


def journal_of(db: Database, object_id: str) -> list[tuple[str, str]]:
    """Return (time, actor) of what was entered about a case, papers and exports aside, oldest first."""
    rows = db.rows(
        "SELECT at, actor FROM journal WHERE object = :o AND act NOT GLOB 'paper.*' AND act NOT GLOB 'clock.*' ORDER BY seq",
        {"o": object_id},
    )
    return [(row["at"], row["actor"]) for row in rows]


def submission_ids(db: Database) -> list[str]:
    """Return the ids of all submissions."""
    return [row["id"] for row in db.rows("SELECT id FROM inbox")]
