"""Rows to the words of the enrolment sheet and the resident card. Both carry a secret, so neither goes into the paper register."""

import base64
from typing import Any

import forms
from desk.kit import site_facts
from desk.kit.act import Act
from desk.kit.clock import SITE_ZONE
from desk.kit.database import Database
from desk.kit.problems import Refused
from desk.kit.words import language
from desk.workflows.kiosks.rules.cards import Card
from forms.catalog.kiosk_enrol import KioskEnrolWords
from forms.catalog.resident_card import ResidentCardWords
from sync.enrolment import Offer, read_link

PREFIX = "LDC:"


def enrol_sheet(db: Database, act: Act, offer: Offer, address: str, desk_command: str = "") -> bytes:
    """Return the sheet by which a kiosk joins, as PDF."""
    pin = read_link(address).pin
    words = KioskEnrolWords(
        **_head(db, act, offer.device.id), name=offer.device.name, place=offer.device.place, code=offer.code,
        until=f"{offer.expires_at.astimezone(SITE_ZONE):%H:%M:%S}", pin=" ".join(pin[at : at + 4] for at in range(0, len(pin), 4)), link=address,
        desk_command=desk_command or f"desk kiosk add {offer.device.name}", kiosk_command=kiosk_command(address),
    )  # fmt: skip
    return _drawn("kiosk_enrol", words)


def kiosk_command(address: str) -> str:
    """Return what is typed at the kiosk."""
    return f"kiosk enrol '{address}'"


def card_sheet(db: Database, act: Act, card: Card, secret: bytes) -> bytes:
    """Return the sheet with a resident card to cut out, as PDF: the one time that its secret is written down."""
    return _drawn("resident_card", ResidentCardWords(**_head(db, act, card.number), place=card.place, qr=card_text(secret)))


def _drawn(kind: str, words: forms.Words) -> bytes:
    """Return a sheet as PDF; refused if its words cannot be printed."""
    problems = forms.check(kind, words, paper="A5")
    if problems:
        raise Refused("paper.unprintable", kind=kind, problems=problems)
    return forms.render(kind, words)


def card_text(secret: bytes) -> str:
    """Return what the card's QR code says."""
    return PREFIX + base64.b32encode(secret).decode().rstrip("=")


def _head(db: Database, act: Act, number: str) -> dict[str, Any]:
    """Return what stands at the head of the sheets."""
    facts, lang = site_facts.of(db), language()
    return {
        "lang": lang, "site": facts.name(lang), "company": facts.company(lang), "phone": facts.phone, "number": number,
        "issued": f"{act.now.astimezone(SITE_ZONE):%Y-%m-%d %H:%M}", "issued_by": act.name[:16],
    }  # fmt: skip
