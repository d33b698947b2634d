"""How typed text becomes values of the register: the same types for counter forms and for the rows of a roster."""

import re
import unicodedata
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, TypeAdapter, ValidationError, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from desk.kit.inputs import Input, Line, Phone, Words, clean
from desk.kit.words import N_
from desk.workflows.households import names, places
from desk.workflows.households.rules import CareNeed, ContactKind, HouseRole, PersonKind, Purpose, UnitState, Usage

_DAY = re.compile(r"^(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日?|(\d{2})(\d{2}))(?:[T ]00:00(?::00)?)?$")


def _day(value: Any) -> Any:
    """Return a day from '2026-11-23', '2026/11/23', '2026.11.23', '2026年11月23日' or '20261123'."""
    if isinstance(value, date):
        return value
    found = _DAY.match(unicodedata.normalize("NFKC", str(value)).strip())
    try:
        day = date(int(found[1]), *(int(part) for part in found.groups()[1:] if part)) if found else None
    except ValueError:
        day = None
    if day is None or not 1900 <= day.year <= 2100:
        raise PydanticCustomError("date_parsing", "date")
    return day


def _area(value: Any) -> int:
    """Return square centimetres from square metres with at most two decimals: '89.37', '89.37㎡'."""
    text = re.sub(r"(?:m2|平方米|平米|平方|平)$", "", unicodedata.normalize("NFKC", str(value)).strip().lower().replace(",", ""))
    if not re.fullmatch(r"\d{1,6}(?:\.\d{1,2}0*)?", text.strip()) or not float(text):
        raise PydanticCustomError("area.unreadable", N_("Enter the area in square metres with at most two decimals, such as 89.37."))
    whole, _, rest = text.strip().partition(".")
    return int(whole) * 10_000 + int(rest[:2].ljust(2, "0")) * 100


def _name(value: Any) -> str:
    """Return a name as it is kept; characters that only one old system knows are refused, since they print nowhere else."""
    text = names.tidy_name(clean(str(value)))
    if not names.is_printable(text):
        raise PydanticCustomError(
            "name.private", N_("This name holds a character that only one old system can show; type the real character.")
        )
    if not text or text.isdigit() or text.startswith("#"):
        raise PydanticCustomError("name.unreadable", N_("Enter a name."))
    return text


def _id_number(value: Any) -> str:
    """Return an ID number in capitals; an ID card's check character must be right."""
    text = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", str(value))).upper()
    if re.fullmatch(r"\d(?:\.\d+)?E\+?\d{2}", text):
        raise PydanticCustomError("id.cut", N_("Excel has cut this number. Format the column as text, then type the number again."))
    looks_like_card = re.fullmatch(r"\d{15,18}X?", text) is not None
    if not re.fullmatch(r"[0-9A-Z]{5,20}", text) or (looks_like_card and not names.is_id_card(text) and not names.is_credit_code(text)):
        raise PydanticCustomError("id.unreadable", N_("This is not a valid ID number; compare it with the document."))
    return text


def _time(value: Any) -> str:
    """Return a time of day as '20:00'."""
    found = re.fullmatch(r"(\d{1,2})(?:[:点时](\d{1,2})?分?)?(?::00)?", unicodedata.normalize("NFKC", str(value)).strip())
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise PydanticCustomError("clock_time.unreadable", N_("Enter a time such as 20:00."))
    return f"{int(found[1]):02d}:{int(found[2] or 0):02d}"


def _code(value: Any) -> str:
    return places.code_of(str(clean(str(value))))


def _room(value: Any) -> str:
    return places.room_of(str(clean(str(value))))


Day = Annotated[date, BeforeValidator(_day)]
Area = Annotated[int, BeforeValidator(_area)]
Name = Annotated[str, BeforeValidator(_name), Field(max_length=100)]
IdNumber = Annotated[str, BeforeValidator(_id_number)]
TimeOfDay = Annotated[str, BeforeValidator(_time)]
Code = Annotated[str, BeforeValidator(_code), Field(min_length=1, max_length=20, pattern=r"^[^|\-]+$")]
Room = Annotated[str, BeforeValidator(_room), Field(min_length=1, max_length=20, pattern=r"^[^|]+$")]


class BuildingInput(Input):
    """A building as the office describes it."""

    code: Code
    name: Line = ""
    developer: Line = ""
    completed_on: Day | None = None
    version: int | None = None


class UnitInput(Input):
    """A unit as the office describes it; `entrance` stays empty in a building with one entrance."""

    building: Code
    entrance: Code | None = None
    room: Room
    floor: int | None = Field(None, ge=-9, le=200)
    area: Area | None = None
    usage: Usage = Usage.DWELLING
    state: UnitState = UnitState.VACANT
    delivered_on: Day | None = None
    renovated_on: Day | None = None
    renovated_by: Line = ""
    version: int | None = None


class UnitFacts(Input):
    """What may change about a unit that stands where it stands."""

    area: Area | None = None
    usage: Usage = Usage.DWELLING
    state: UnitState = UnitState.VACANT
    delivered_on: Day | None = None
    renovated_on: Day | None = None
    renovated_by: Line = ""
    version: int | None = None


class RegularInput(Input):
    """A regular estate to be laid out: the generator's form."""

    first: int = Field(1, ge=1, le=999)
    buildings: int = Field(ge=1, le=200)
    entrances: int = Field(1, ge=0, le=20)
    floors: int = Field(ge=1, le=120)
    rooms: int = Field(ge=1, le=99)
    names: places.RoomNames = places.RoomNames.NUMBERS
    skip: Line = ""
    area: Area | None = None
    developer: Line = ""
    completed_on: Day | None = None

    @field_validator("names")
    @classmethod
    def _can_be_named(cls, names: places.RoomNames, info: ValidationInfo) -> places.RoomNames:
        if names is places.RoomNames.LETTERS and info.data.get("rooms", 0) > 26:
            raise PydanticCustomError("rooms.no_letter", N_("With letters a floor has at most 26 rooms."))
        if names is places.RoomNames.RUNNING and info.data.get("floors", 0) > 1:
            raise PydanticCustomError("rooms.same_name", N_("Rooms counted without a floor need buildings with one floor."))
        return names

    def plan(self) -> places.Regular:
        """Return the estate that this describes."""
        skipped = tuple(int(part) for part in re.findall(r"\d+", self.skip))
        return places.Regular(self.first, self.buildings, self.entrances, self.floors, self.rooms, self.names, skipped)


class MemberInput(Input):
    """A person entered into a unit in a role: somebody already known (`person`), or somebody new."""

    role: HouseRole
    person: str = ""
    name: Name | None = Field(None, validate_default=True)
    kind: PersonKind = PersonKind.NATURAL
    id_number: IdNumber | None = None
    phone: Phone | None = None
    from_on: Day | None = None
    to_on: Day | None = None
    principal: str = ""
    scope: Line = ""
    term_on: Day | None = None
    relation: Line = ""
    care: CareNeed | None = None
    care_note: Line = ""

    @field_validator("name")
    @classmethod
    def _somebody(cls, name: str | None, info: ValidationInfo) -> str | None:
        if not name and not info.data.get("person"):
            raise PydanticCustomError("name.unreadable", N_("Enter a name."))
        return name


class PersonInput(Input):
    """What may change about a person; an empty ID number leaves the kept one as it is."""

    name: Name
    kind: PersonKind = PersonKind.NATURAL
    id_number: IdNumber | None = None
    version: int | None = None


class CareInput(Input):
    """Why a person is served first, or that the reason is gone (TR46)."""

    care: CareNeed | None = None
    care_note: Line = ""
    version: int | None = None


class ContactInput(Input):
    """A way to reach a person; a phone is checked as a phone."""

    kind: ContactKind = ContactKind.PHONE
    value: Line
    preferred: bool = False
    best_time: TimeOfDay | None = None

    @field_validator("value")
    @classmethod
    def _as_kind(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("kind") is not ContactKind.PHONE:
            return value
        try:
            return _PHONE.validate_python(value)
        except ValidationError:
            raise PydanticCustomError("phone.unreadable", "phone") from None


_PHONE: TypeAdapter[str] = TypeAdapter(Phone)


class ConsentInput(Input):
    """That a person agreed, and how they said so."""

    contact: str
    purpose: Purpose
    how: Line


class EndInput(Input):
    """The last day of a role."""

    last_day: Day
    why: Words = ""
    version: int | None = None


class HandOverInput(Input):
    """A unit gets a new owner from a day on (过户)."""

    handed_over_on: Day
    name: Name
    kind: PersonKind = PersonKind.NATURAL
    id_number: IdNumber | None = None
    phone: Phone | None = None
