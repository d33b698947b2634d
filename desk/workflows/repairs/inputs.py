"""What people type about repairs: the same models at the counter, in an Excel row, from the API and from a kiosk."""

from datetime import date
from typing import Annotated

from pydantic import Field

from desk.kit.inputs import Fen, Input, Instant, Line, Phone, Words
from desk.workflows.repairs.rules.choices import (
    Category,
    Channel,
    Kind,
    Part,
    RevisitResult,
    SignHow,
    Source,
    Urgency,
    Verdict,
    Zone,
)

Version = int | None


class Change(Input):
    """What every form about an existing order carries: the version that the person saw."""

    version: Version = None


class Draft(Input):
    """Save first: the room and one line, while still on the phone, and whatever else is typed already, finished or not."""

    unit: Line
    what: Words
    source: Source = Source.CALL
    category: Category = Category.OTHER
    contact: Line = ""
    name: Line = ""
    phone: Line = ""  # as far as it is typed; `Completion` reads it
    wished: Line = ""
    kind: Kind | None = None
    urgency: Urgency | None = None
    zone: Zone | None = None


class Report(Input):
    """What a resident reports (RC6): who, where, how to reach them, what is broken, and when it suits."""

    unit: Line
    name: Line
    phone: Phone
    what: Words
    wished: Line
    category: Category
    kind: Kind | None = None
    urgency: Urgency | None = None
    zone: Zone | None = None
    source: Source = Source.VISIT
    contact: Line = ""  # the reception contact that it is made of
    origin: Line = ""


class AskedAgain(Input):
    """Somebody asks again about a repair that is taken already: who, by which way, in which words."""

    source: Source = Source.CALL
    name: Line = ""
    phone: Phone | None = None
    what: Words = ""
    contact: Line = ""  # the contact of the inbox, if it is one


class Completion(Change):
    """The five fields of an order that was saved first, or their correction."""

    name: Line
    phone: Phone
    what: Words
    wished: Line
    category: Category
    kind: Kind | None = None
    urgency: Urgency | None = None
    zone: Zone | None = None


class Decision(Change):
    """Which part it is; dates that the household file does not have, and a person's verdict where the rule cannot tell."""

    part: Part
    verdict: Verdict | None = None
    reason: Line = ""
    completed_on: date | None = None
    delivered_on: date | None = None
    renovated_on: date | None = None  # the resident's own renovation of this part was accepted on this day
    renovation_months: Annotated[int, Field(ge=1, le=600)] | None = None


class Overruling(Change):
    """A supervisor's other verdict, with the reason."""

    verdict: Verdict
    reason: Words


class Offer(Change):
    """A quote: lines side by side, and the last day on which it may be accepted."""

    what: tuple[Line, ...] = ()
    quantity: tuple[Line, ...] = ()
    price: tuple[Fen, ...] = ()
    valid_until: date | None = None


class Answer(Change):
    """The resident's yes or no to a quote: who, by which channel, in which words."""

    channel: Channel
    who: Line
    words: Words


class Appointment(Change):
    """A time agreed with the resident; `words` are theirs where they asked for a time later than our target."""

    from_at: Instant
    to_at: Instant
    words: Line = ""


class Sending(Change):
    """Which worker goes."""

    worker: Line


class Said(Change):
    """A move that needs only words."""

    words: Words


class Moved(Change):
    """A move that needs nothing but the version."""


class TripEnd(Change):
    """A trip that ended with work left to do, or in front of a closed door."""

    words: Words
    minutes: int = 0


class Finish(Change):
    """What was done, in how many minutes, with which materials; `charge` is what the resident pays of what was agreed."""

    words: Words
    minutes: Annotated[int, Field(ge=1, le=1440)]
    material: tuple[Line, ...] = ()
    quantity: tuple[Line, ...] = ()
    price: tuple[Fen, ...] = ()
    charge: Fen = 0


class TakeAway(Change):
    """A thing taken along with consent, and what is lent for it ('nothing' is an answer, too)."""

    what: Line
    why: Line
    consent_by: Line
    loan: Line


class GiveBack(Change):
    """Who took the thing back."""

    item: Line
    back_to: Line


class TestBegin(Change):
    """Where the leak test is, and when it will have stood long enough."""

    __test__ = False

    spot: Line
    planned_end_at: Instant


class TestEnd(Change):
    """How the leak test ended."""

    __test__ = False

    passed: bool
    words: Words = ""


class Waiver(Change):
    """The resident does without the leak test, and signed so."""

    who: Line
    words: Words


class Signing(Change):
    """The signature under the work: drawn (`drawing` is a PNG as data URL), in ink on the sheet, or none with the reason."""

    how: SignHow
    who: Line = ""
    words: Line = ""
    drawing: str = ""


class Revisiting(Change):
    """What the revisit found, or that nobody was reached; `slip_left` says that a slip was left at the door."""

    channel: Channel
    result: RevisitResult
    score: Annotated[int, Field(ge=0, le=5)] = 0
    words: Words = ""
    slip_left: bool = False


class Reason(Change):
    """Why an order is cancelled."""

    reason: Words


class Merging(Change):
    """Which other order is the same repair: its number or id."""

    double: Line


class HandOver(Change):
    """Who takes the repair over, by when, in which words they said so."""

    party_name: Line
    due_at: Instant | None = None
    words: Line = ""


class Promising(Change):
    """What will be answered by when."""

    what: Line
    due_at: Instant


class KioskRepair(Input):
    """A repair as a resident reports it at a kiosk; what the desk still needs, it asks by calling back."""

    unit: Line = ""
    place: Line = "home"  # 'home' or 'common'
    category: Category = Category.OTHER
    what: Words
    wished: Line = ""
    name: Line = ""
    phone: Phone | None = None
    urgency: Urgency | None = None


class KioskWish(Input):
    """Another time that suits: the tag of the request, and the version of the case that the resident saw."""

    tag: Line
    version: int
    wished: Line
