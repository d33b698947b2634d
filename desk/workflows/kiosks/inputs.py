"""What staff type about kiosks, notices, urgent numbers and cards."""

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field

from desk.kit.inputs import Input, Line, Phone, Words, clean
from desk.workflows.kiosks.rules.cards import CardEnd

Version = int | None
Title = Annotated[str, BeforeValidator(clean), Field(max_length=60)]


class NewKiosk(Input):
    """A new kiosk: what it is called, and where it stands."""

    name: Line
    place: Line = ""


class Reason(Input):
    """Why somebody did something that cannot be taken back."""

    reason: Line


class NoticeInput(Input):
    """A notice: Chinese is needed, English where somebody translated it."""

    title_zh: Title
    words_zh: Words
    title_en: Title = ""
    words_en: Words = ""
    from_on: date | None = None  # today unless said otherwise
    until_on: date | None = None
    pinned: bool = False
    version: Version = None


class Withdrawal(Input):
    """That a notice goes."""

    version: Version = None


class Numbers(Input):
    """The urgent numbers; an empty one is not shown."""

    duty: Phone | None = None
    water: Phone | None = None
    lift: Phone | None = None
    gas: Phone | None = None
    fire: Line = ""
    police: Line = ""
    medical: Line = ""


class NewCard(Input):
    """Who gets a card for which unit."""

    person: Line
    unit: Line


class CardEnding(Input):
    """Why a card ends."""

    why: CardEnd
    version: Version = None


class EnterAsContact(Input):
    """A submission as a clerk enters it: the unit as it should be, and a word for the file."""

    unit: Line = ""
    words: Words = ""


class Closing(Input):
    """What the resident is told when nothing more is done about a submission."""

    words: Words
