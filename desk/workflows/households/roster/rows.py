"""One row of a roster: its cells as values, or every cell that cannot be read with what was found and what is expected."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, Field, ValidationError, field_validator, model_validator
from pydantic_core import PydanticCustomError

from desk.kit.inputs import ERRORS, Input, Line, Phone
from desk.kit.words import N_, language, sentence
from desk.workflows.households import names, places
from desk.workflows.households.inputs import Area, Code, Day, IdNumber, Name, Room, TimeOfDay
from desk.workflows.households.roster.headings import COLUMNS, Head
from desk.workflows.households.roster.reader import LONGEST_CELL
from desk.workflows.households.rules import CareNeed, HouseRole, PersonKind, UnitState, Usage

E = TypeVar("E", bound=StrEnum)
_BETWEEN = re.compile(r"[、,，;；/\n]+")

CHOICES: dict[type[StrEnum], dict[str, str]] = {
    HouseRole: {
        "owner": "业主 产权人 户主 房主 产权所有人 本人",
        "co_owner": "共有人 共有产权人 共同业主 共有 co-owner",
        "tenant": "租户 承租人 租客 租赁户 商户",
        "occupant": "同住人 住户 使用人 家属 家庭成员 亲属 居住人",
        "agent": "代理人 受托人 委托代理人",
        "handler": "经办人 单位联系人 联系人",
    },
    PersonKind: {"natural": "个人 自然人 私人 person", "company": "单位 公司 企业 法人 机构"},
    Usage: {
        "dwelling": "住宅 普通住宅 公寓 别墅 居住",
        "shop": "商铺 店铺 商业 门面 底商",
        "office": "办公 写字楼 办公室",
        "parking": "车位 车库 停车位 地下车位",
        "storage": "储藏室 储藏间 仓库 杂物间 地下室",
    },
    UnitState: {"occupied": "入住 已入住 自住 出租 在住 使用中 是", "vacant": "空置 未入住 空房 闲置 未装修 否"},
    CareNeed: {
        "elderly": "老人 高龄 老年人 高龄老人",
        "disabled": "残疾 残疾人 残障 行动不便",
        "pregnant": "孕妇 孕产妇",
        "ill": "病患 重病 患病 术后",
        "alone": "独居 独居老人 空巢 空巢老人",
        "other": "其他",
    },
}


def _choice(kind: type[E]) -> BeforeValidator:
    """Return a reader of a choice in Chinese, English or by its code."""
    meanings = {word: member for member in kind for word in (member.value, *CHOICES[kind][member.value].split())}
    usual = "、".join(words.split()[0] for words in CHOICES[kind].values())

    def read(value: Any) -> E:
        text = str(value).strip()
        found = meanings.get(text) or meanings.get(text.lower())
        if found is None:
            raise PydanticCustomError("choice.unknown", N_("Choose one of: %(usual)s."), {"usual": usual})
        return found

    return BeforeValidator(read)


def usual_word(member: StrEnum) -> str:
    """Return the word that a roster uses for a choice: the first of those that are understood."""
    return CHOICES[type(member)][member.value].split()[0]


@dataclass(frozen=True)
class Fault:
    """One thing that keeps a row out: the row as Excel counts it, the field, what was found, and the sentence for it."""

    row: int
    name: str
    found: str
    text: str  # an English sentence with places, or a problem's code
    places: dict[str, Any] = field(default_factory=dict)

    def column(self) -> str:
        """Return the heading of the field, in the language in use."""
        known = COLUMNS.get(self.name)
        return (known.zh if language() == "zh" else known.en) if known else ""

    def expected(self) -> str:
        """Return what is expected, in the language in use."""
        return sentence(self.text, self.places)


class RosterRow(Input):
    """A unit as a roster's row tells it, with at most one person in it (or several owners in one cell)."""

    building: Code
    entrance: Annotated[Code | None, Field()] = None
    room: Room
    floor: int | None = Field(None, ge=-9, le=200)
    area: Area | None = None
    usage: Annotated[Usage, _choice(Usage)] | None = None
    state: Annotated[UnitState, _choice(UnitState)] | None = None
    delivered_on: Day | None = None
    completed_on: Day | None = None
    developer: Line = ""
    renovated_on: Day | None = None
    renovated_by: Line = ""
    person_ref: Line = ""
    name: tuple[Name, ...] = ()
    role: Annotated[HouseRole, _choice(HouseRole)] = HouseRole.OWNER
    relation: Line = ""
    kind: Annotated[PersonKind, _choice(PersonKind)] | None = None
    phone: tuple[Phone, ...] = ()
    phones: tuple[Phone, ...] = ()
    best_time: TimeOfDay | None = None
    id_number: IdNumber | None = None
    id_last4: str = Field("", pattern=r"^[0-9A-Za-z]{4}$")
    from_on: Day | None = None
    to_on: Day | None = None
    principal: Line = ""
    scope: Line = ""
    term_on: Day | None = None
    care: Annotated[CareNeed, _choice(CareNeed)] | None = None
    care_note: Line = ""
    email: Line = ""
    wechat: Line = ""
    address: Line = ""
    tenant_name: Name | None = None
    tenant_phone: tuple[Phone, ...] = ()

    @field_validator("phone", "phones", "tenant_phone", mode="before")
    @classmethod
    def _phones(cls, value: Any) -> Any:
        """Read '13800000000/13900000000' as two."""
        return tuple(part.strip() for part in _BETWEEN.split(str(value)) if part.strip())

    @field_validator("name", mode="before")
    @classmethod
    def _names(cls, value: Any) -> Any:
        """Read '张三、李四' as two; a company's or a foreign name may hold such a sign and is one."""
        parts = tuple(part.strip() for part in _BETWEEN.split(str(value)) if part.strip())
        return parts if all(names.is_han(part) for part in parts) and not names.looks_like_company(str(value)) else (str(value),)

    @field_validator("floor", mode="before")
    @classmethod
    def _floor(cls, value: Any) -> Any:
        return re.sub(r"[层楼F]$", "", str(value).strip(), flags=re.IGNORECASE).replace("负", "-").replace("B", "-")

    @field_validator("id_last4", mode="before")
    @classmethod
    def _last_four(cls, value: Any) -> Any:
        return str(value).strip().strip("*").upper().rjust(4, "0") if str(value).strip("* ").isdigit() else str(value).strip("* ").upper()

    @model_validator(mode="after")
    def _fits_together(self) -> "RosterRow":
        if self.from_on and self.to_on and self.to_on < self.from_on:
            raise PydanticCustomError("to_on.before", N_("The last day lies before the first. Check both days."))
        return self

    def place(self) -> places.Place:
        """Return where the unit is; the floor is read from the room where no column tells it."""
        return places.Place(
            self.building, self.entrance or "", self.floor if self.floor is not None else places.floor_of(self.room), self.room
        )


def cells_of(head: Head, cells: tuple[str, ...]) -> dict[str, str]:
    """Return field -> text of a row; one combined room such as '3-1-1803' is taken apart where no building is given."""
    typed = {name: cells[column].strip() for name, column in head.columns.items() if column < len(cells) and cells[column].strip()}
    if "building" not in typed and "room" in typed:
        parts = places.parts_of(typed["room"])
        if parts:
            building, entrance, room = parts
            typed |= {"building": building, "room": room} | ({"entrance": entrance} if entrance else {})
    elif (parts := places.parts_of(typed.get("room", ""))) and parts[0] == places.code_of(typed["building"]):
        typed |= {"room": parts[2]} | ({"entrance": parts[1]} if parts[1] else {})
    return typed


def read_row(head: Head, row: int, cells: tuple[str, ...]) -> RosterRow | list[Fault]:
    """Return a row as values, or every fault in it."""
    typed = cells_of(head, cells)
    long = [name for name, text in typed.items() if len(text) > LONGEST_CELL]
    if long:
        return [Fault(row, name, typed[name][:40], N_("At most %(max_length)s characters."), {"max_length": LONGEST_CELL}) for name in long]
    try:
        return RosterRow.model_validate(typed)
    except ValidationError as error:
        found = [_fault(row, typed, item) for item in error.errors(include_url=False, include_input=False)]
        return list({fault.name: fault for fault in reversed(found)}.values())[::-1]


def _fault(row: int, typed: dict[str, str], item: Any) -> Fault:
    name = str(item["loc"][0]) if item["loc"] else "to_on"
    text = ERRORS.get(item["type"]) or (item["msg"] if item["type"] in OWN_ERRORS else UNREADABLE)
    if item["type"] == "missing" and name in ("building", "room"):
        text = N_("Say building and room, such as 3 and 1803, or 3-1-1803 in the room column.")
    return Fault(row, name, typed.get(name, ""), text, {key: value for key, value in item.get("ctx", {}).items() if f"%({key})s" in text})


UNREADABLE = N_("This cannot be read; compare it with the notes sheet.")
OWN_ERRORS = frozenset(
    {
        "area.unreadable",
        "name.private",
        "name.unreadable",
        "id.unreadable",
        "id.cut",
        "clock_time.unreadable",
        "choice.unknown",
        "to_on.before",
    }
)
