"""What people type at reception: the same models at the counter, in an imported row and from the repairs workflow."""

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field

from desk.kit.inputs import Input, Instant, Line, Phone, clean
from desk.workflows.reception.rules import ContactChannel, ContactState, Matter

Letter = Annotated[str, BeforeValidator(clean), Field(max_length=4000)]
"""Text as long as the letters and messages that residents send."""
Account = Annotated[str, BeforeValidator(clean), Field(max_length=200)]


class Contact(Input):
    """One contact as it is taken: RC1's who, where, what and how, and the answer if there was one at once."""

    channel: ContactChannel
    words: Letter
    matter: Matter = Matter.OTHER
    subject: Account = ""
    unit: Line = ""  # id, or any spelling of the room
    person: Line = ""
    phone: Phone = ""
    wished: Line = ""
    promised_at: Instant | None = None  # RC2: answered by then
    office: Line = ""
    counterpart: Line = ""
    answer: Letter = ""
    first: bool = False
    received_at: Instant | None = None  # its own time, when it was not said just now
    source: Line = ""
    external_id: Line = ""
    sender: Account = ""


class AtKiosk(Input):
    """What a resident typed at a kiosk; it was frozen there, so nothing but the words themselves is needed."""

    what: Letter
    unit: Line = ""
    name: Line = ""
    phone: Phone | None = None
    about: Account = ""  # whom or what a complaint is about


class Reply(Input):
    """What is answered to a contact."""

    answer: Letter
    version: int | None = None


class Promising(Input):
    """Until when the answer is promised."""

    promised_at: Instant
    version: int | None = None


class WhereFrom(Input):
    """Which unit a contact comes from."""

    unit: Line
    version: int | None = None


class Joining(Input):
    """The other contact about the same thing."""

    other: Line
    version: int | None = None


class MessageRow(Input):
    """One row of a file of messages: message_id,user,subject,sent_at,body,reply,replied_at."""

    message_id: Line
    user: Account = ""
    subject: Account = ""
    sent_at: Instant
    body: Letter
    reply: Letter = ""
    replied_at: Instant | None = None


class Asked(Input):
    """What a list of contacts is filtered by."""

    state: ContactState | None = None
    channel: ContactChannel | None = None
    matter: Matter | None = None
    q: Line = ""
    since: date | None = None
    until: date | None = None
    page: Annotated[int, Field(ge=1, le=100_000)] = 1
