"""The choices of the household register, with the Chinese terms of the field."""

from enum import StrEnum


class Usage(StrEnum):
    """What a unit is built for (房屋用途)."""

    DWELLING = "dwelling"
    SHOP = "shop"
    OFFICE = "office"
    PARKING = "parking"
    STORAGE = "storage"


class UnitState(StrEnum):
    """Whether somebody lives or works in a unit."""

    OCCUPIED = "occupied"
    VACANT = "vacant"


class UnitFact(StrEnum):
    """What is known of a unit, besides where it is."""

    AREA = "area_cm2"
    USAGE = "usage"
    STATE = "state"
    DELIVERED = "delivered_on"
    RENOVATED = "renovated_on"
    RENOVATED_BY = "renovated_by"


class PersonKind(StrEnum):
    """A natural person or a company (单位)."""

    NATURAL = "natural"
    COMPANY = "company"


class HouseRole(StrEnum):
    """In which role a person belongs to a unit: 业主, 共有人, 租户, 同住人, 代理人, 经办人."""

    OWNER = "owner"
    CO_OWNER = "co_owner"
    TENANT = "tenant"
    OCCUPANT = "occupant"
    AGENT = "agent"
    HANDLER = "handler"


class IdKind(StrEnum):
    """Which document proves who a person is."""

    ID_CARD = "id_card"
    CREDIT_CODE = "credit_code"
    OTHER = "other"


class CareNeed(StrEnum):
    """Why a person is served first and at home (TR46)."""

    ELDERLY = "elderly"
    DISABLED = "disabled"
    PREGNANT = "pregnant"
    ILL = "ill"
    ALONE = "alone"
    OTHER = "other"


class ContactKind(StrEnum):
    """How a person is reached."""

    PHONE = "phone"
    EMAIL = "email"
    WECHAT = "wechat"
    ADDRESS = "address"


class Purpose(StrEnum):
    """What a person may agree to beyond the service itself (PIPL 14, 23); each can be taken back (PIPL 15)."""

    GREETINGS = "greetings"
    EVENTS = "events"
    SURVEYS = "surveys"
    CONTRACTORS = "contractors"


class IdentityKind(StrEnum):
    """Who stands at the counter: decides which originals are asked for (MI1-MI3)."""

    OWNER = "owner"
    AGENT = "agent"
    COMPANY = "company"
