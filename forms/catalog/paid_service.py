"""业主报修有偿服务登记表: a work order that the resident pays for, with the quote and the consent (TR60)."""

from dataclasses import dataclass

from forms.catalog.work_order import WorkOrderWords


@dataclass(frozen=True)
class QuoteLine:
    """One line of the quote."""

    item: str
    unit: str
    quantity: str
    price: str
    amount: str


@dataclass(frozen=True, kw_only=True)
class PaidServiceWords(WorkOrderWords):
    """A work order with its price."""

    quote: tuple[QuoteLine, ...]
    total: str  # ¥320.00
    total_words: str  # 叁佰贰拾元整, from forms.amounts; the form puts 人民币 in front
    valid_until: str = ""
    consent_by: str = ""  # who agreed
    consent_at: str = ""
    consent_how: str = ""  # 当面签字, 电话 ...
