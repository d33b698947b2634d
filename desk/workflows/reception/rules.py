"""Rule book of reception.

Source: seed 002, 2(1) 来访接待, 2(2) 来电接待 and 2(3) 报修接待; seed 000 (duplicates); seed 004, clause 5.

    ORG1  日常住戶联系、溝通協調工作               one contact log per household, whatever way people come
    RC1   認真聽取客戶來意,詳細回答客戶提出的問題   who, unit, matter, answer and way of each contact
    RC2   咨詢相關專業人員后約定時間給予回復       what cannot be answered now is answered at an agreed time
    RC3   對前來接洽公務人員,應請對口人員接待       an official visitor is led to the counterpart in charge
    RC5   對接洽公務的電話,應請對方稍等             an official call is put through to the counterpart
    RC6   姓名、住址、聯系方式、報修內容、方便時間   five things to ask before a repair is taken
    RC7   客戶服務中心工作日志上記錄                every contact stands in the work journal
    TR16  重复拍下                                  the same thing from the same unit within 7 days
    TR46  綠色通道                                  who needs special care goes first, and is visited at home
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from desk.kit.deadlines import Policy, Unit
from desk.kit.problems import Refused, Unclear


class ContactChannel(StrEnum):
    """The way by which somebody reached the service centre."""

    VISIT = "visit"  # 来访
    CALL = "call"  # 来电
    LETTER = "letter"  # 来信
    KIOSK = "kiosk"  # 大堂自助机
    MESSAGE = "message"  # 网上留言


class Matter(StrEnum):
    """What a contact is about, as the desk sorts it."""

    QUESTION = "question"
    REPAIR = "repair"
    COMPLAINT = "complaint"
    FEE = "fee"
    RENOVATION = "renovation"
    PARKING = "parking"
    NEIGHBOURS = "neighbours"
    SUGGESTION = "suggestion"
    OFFICIAL = "official"  # 接洽公务
    OTHER = "other"


class ContactState(StrEnum):
    """Where a contact stands."""

    OPEN = "open"
    ANSWERED = "answered"
    HANDED_ON = "handed_on"  # led or put through to the counterpart
    TURNED = "turned"  # into a repair, a complaint ...; that case carries on
    JOINED = "joined"  # the same thing was said before; the earlier contact carries on


class Callback(StrEnum):
    """What became of the promise to answer at an agreed time (RC2)."""

    NONE = "none"
    MADE = "made"
    KEPT = "kept"
    BROKEN = "broken"


PROMISE = Policy("RC2", 1, Unit.WORKDAY, clause="咨询相关专业人员后约定时间给予回复")
ENDED = frozenset({ContactState.TURNED, ContactState.JOINED})
FACE_TO_FACE = frozenset({ContactChannel.VISIT, ContactChannel.CALL})
FIVE_THINGS = ("person", "unit", "phone", "words", "wished")  # RC6, in the order in which they are asked
DOUBLE_WITHIN = timedelta(days=7)
ALIKE_FROM = (1, 3)  # of the pairs of characters of the shorter text: a third says the same


@dataclass(frozen=True)
class ContactRow:
    """One contact: who came by which way, about what, what was answered, and where it stands."""

    id: str
    channel: ContactChannel
    received_at: datetime  # when it was said or sent, not when it was entered
    taken_at: datetime
    taken_by: str
    taken_name: str
    matter: Matter
    subject: str
    words: str  # what the person wants, up to 4,000 characters
    person: str = ""
    phone: str = ""
    unit: str = ""  # id of the unit, '' while it is not known
    place: str = ""  # the unit as it is written: 3-1-1803
    office: str = ""  # where an official visitor or caller comes from
    counterpart: str = ""  # who in the house takes care of them
    wished: str = ""  # when a visit suits, if it was asked
    promised_at: datetime | None = None  # until when the answer is promised
    callback: Callback = Callback.NONE
    answer: str = ""
    answered_at: datetime | None = None
    answered_by: str = ""
    first: bool = False  # green counter: goes before others (TR46)
    state: ContactState = ContactState.OPEN
    turned_into: str = ""  # kind of the case: 'repair'
    object: str = ""  # id of the case, or of the earlier contact
    number: str = ""  # the case's number as people say it
    source: str = ""  # where an imported contact comes from
    external_id: str = ""
    sender: str = ""  # the sender's account there
    version: int = 1


def admit(contact: ContactRow) -> ContactRow:
    """Return a new contact in its first state; `Unclear` names what still has to be asked (RC1, RC3, RC5)."""
    missing = missing_of(contact)
    if missing:
        raise Unclear("form.unclear", fields={name: f"intake.{name}_needed" for name in missing}, values={})
    if contact.answer and contact.promised_at:
        raise Unclear("form.unclear", fields={"promised_at": "intake.promise_answered"}, values={})
    if contact.promised_at:
        contact = replace(promise(contact, contact.promised_at, contact.taken_at), version=contact.version)
    if contact.answer:
        return replace(
            contact, state=ContactState.ANSWERED, answered_at=contact.answered_at or contact.taken_at, answered_by=contact.answered_by
        )
    return replace(contact, state=ContactState.HANDED_ON if contact.matter is Matter.OFFICIAL else ContactState.OPEN)


def missing_of(contact: ContactRow) -> tuple[str, ...]:
    """Return the fields without which this contact is no line of the log.

    Who it is must be known at the counter and on the phone; an official matter needs the office and its counterpart.
    """
    missing = []
    if contact.channel in FACE_TO_FACE and not (contact.person or contact.unit):
        missing.append("person")
    if contact.matter is Matter.OFFICIAL:
        missing += [name for name in ("office", "counterpart") if not getattr(contact, name)]
    return tuple(missing)


def still_to_ask(contact: ContactRow) -> tuple[str, ...]:
    """Return which of the five things of RC6 were not said yet, in the order in which they are asked."""
    return tuple(name for name in FIVE_THINGS if not getattr(contact, name))


def promise(contact: ContactRow, at: datetime, now: datetime) -> ContactRow:
    """Promise the answer for a time that is still to come; one promise at a time (RC2)."""
    if contact.state is not ContactState.OPEN or contact.callback in (Callback.MADE, Callback.BROKEN):
        raise Refused("intake.promise_not_now")
    if at <= now:
        raise Unclear("form.unclear", fields={"promised_at": "intake.promise_past"}, values={})
    return replace(contact, promised_at=at, callback=Callback.MADE, version=contact.version + 1)


def break_promise(contact: ContactRow, now: datetime) -> ContactRow:
    """Say that the promised time passed without an answer."""
    if contact.callback is not Callback.MADE or contact.promised_at is None or now <= contact.promised_at:
        raise Refused("intake.promise_not_late")
    return replace(contact, callback=Callback.BROKEN, version=contact.version + 1)


def answer(contact: ContactRow, words: str, by: str, now: datetime) -> ContactRow:
    """Say what was answered; a contact that became a case is answered there."""
    if contact.state in ENDED:
        raise Refused("intake.ended", number=contact.number)
    callback = contact.callback
    if callback is Callback.MADE and contact.promised_at:
        callback = Callback.KEPT if now <= contact.promised_at else Callback.BROKEN
    return replace(
        contact,
        answer=words,
        answered_at=now,
        answered_by=by,
        callback=callback,
        state=ContactState.ANSWERED,
        version=contact.version + 1,
    )


def turn(contact: ContactRow, into: str, object_id: str, number: str) -> ContactRow:
    """Say that a case was made of the contact; once only."""
    if contact.state in ENDED:
        raise Refused("intake.ended", number=contact.number)
    return replace(contact, state=ContactState.TURNED, turned_into=into, object=object_id, number=number, version=contact.version + 1)


def join(one: ContactRow, other: ContactRow) -> tuple[ContactRow, ContactRow]:
    """Make one of two contacts about the same thing: return the one that carries on and the one that joins it.

    The earlier receipt always carries on (TR16): nobody waits longer because they asked twice. If only the later one has become
    a case, the earlier one takes that case over; so it does with a promised answer.
    """
    if one.id == other.id or ContactState.JOINED in (one.state, other.state):
        raise Refused("intake.joined_already")
    first, second = sorted((one, other), key=lambda contact: (contact.received_at, contact.id))
    if ContactState.TURNED in (first.state, second.state) and first.object and second.object:
        raise Refused("intake.two_cases", first=first.number, second=second.number)
    if second.state is ContactState.TURNED:
        first = turn(first, second.turned_into, second.object, second.number)
    elif second.callback is Callback.MADE and first.state is ContactState.OPEN and first.callback is Callback.NONE:
        first = replace(first, promised_at=second.promised_at, callback=Callback.MADE, version=first.version + 1)
    joined = replace(second, state=ContactState.JOINED, turned_into="", object=first.id, number="", version=second.version + 1)
    return first, joined


def is_double(one: ContactRow, other: ContactRow) -> bool:
    """Tell whether two contacts look like the same thing: same unit (or sender), within 7 days, about something similar (TR16)."""
    same_place = (one.unit and one.unit == other.unit) or (one.sender and one.sender == other.sender)
    near = abs(one.received_at - other.received_at) <= DOUBLE_WITHIN
    return bool(one.id != other.id and same_place and near and is_alike(one, other))


def is_alike(one: ContactRow, other: ContactRow) -> bool:
    """Tell whether two contacts are about something similar: the same sorted matter, or a third of the shorter one's words."""
    if one.matter is other.matter and one.matter not in (Matter.OTHER, Matter.QUESTION):
        return True
    mine, theirs = _pairs(f"{one.subject} {one.words}"), _pairs(f"{other.subject} {other.words}")
    shared, of = ALIKE_FROM
    return bool(mine and theirs) and len(mine & theirs) * of >= min(len(mine), len(theirs)) * shared


def _pairs(text: str) -> set[str]:
    runs = re.findall(r"\w+", text.lower())
    return {run[i : i + 2] for run in runs for i in range(max(len(run) - 1, 1))}


def in_line(contacts: Iterable[ContactRow]) -> list[ContactRow]:
    """Return waiting contacts as they are called up: the green counter first, then who waits longest (TR46)."""
    return sorted(contacts, key=lambda contact: (not contact.first, contact.received_at, contact.id))


_NUMBER = r"[0-9]{1,3}|[一二三四五六七八九十]{1,3}|[A-Za-z]"
_ROOM = re.compile(
    rf"(?P<building>{_NUMBER})\s*(?:号楼|號樓|栋|棟|幢|座|#)\s*(?:(?P<entrance>{_NUMBER})\s*(?:单元|單元|门|門|-)\s*)?"
    r"(?P<room>[0-9]{3,4}[A-Za-z]?)(?![0-9])"
    r"|(?<![0-9-])(?P<b>[1-9][0-9]{0,2})-(?:(?P<e>[0-9]{1,2})-)?(?P<r>[0-9]{3,4}[A-Za-z]?)(?![0-9-])"
)


def rooms_in(texts: Sequence[str]) -> list[str]:
    """Return the rooms that a text spells out, as '8-2-102', each once: for a guess that a clerk confirms."""
    found = []
    for text in texts:
        for hit in _ROOM.finditer(text):
            parts = (hit["building"] or hit["b"], hit["entrance"] or hit["e"], hit["room"] or hit["r"])
            found.append("-".join(part for part in parts if part))
    return list(dict.fromkeys(found))


def check_version(seen: int | None, contact: ContactRow) -> None:
    """Refuse to overwrite what somebody else changed since the page was read."""
    if seen is not None and seen != contact.version:
        raise Refused("record.changed", id=contact.id)
