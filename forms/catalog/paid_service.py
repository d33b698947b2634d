"""业主报修有偿服务登记表: a work order that the resident pays for, with the quote and the consent (TR60)."""

from dataclasses import dataclass

from forms.catalog import order_sections, work_order
from forms.catalog.order_sections import Room
from forms.catalog.order_words import WorkOrderWords
from forms.form import Form
from forms.labels import Table, labels
from forms.parts.grid import Cell, row, section
from forms.parts.letterhead import letterhead
from forms.parts.table import Column, table
from forms.sheet import Sheet

ROOM = Room(12.0, 16, 19, 25, 2, False)
LABELS: Table = {
    "title": ("业主报修有偿服务登记表", "Paid service order"),
    "basis": ("依据", "Basis"),
    "quote": ("报价确认", "Quote"),
    "item": ("服务项目", "Item"),
    "unit": ("单位", "Unit"),
    "total": ("合计", "Total"),
    "total_words": ("合计金额（大写）", "Total in Chinese capitals"),
    "rmb": ("人民币", "人民币"),
    "consent": ("客户确认：同意以上报价并施工（签名、日期）", "I agree to this quote and to the work (signature, date)"),
    "valid": ("报价有效期至", "Quote valid until"),
}


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


def draw(s: Sheet, w: PaidServiceWords) -> None:
    """Draw a work order with its quote between the warranty verdict and the work."""
    t = labels(order_sections.LABELS | LABELS, w.lang)
    letterhead(s, w, t["title"])
    order_sections.notices(s, w, t)
    order_sections.request(s, w, t, ROOM)
    verdict(s, w, t)
    quote(s, w, t)
    order_sections.work(s, w, t, ROOM)
    order_sections.sign(s, w, t, ROOM)
    order_sections.conduct(s, w, t, ROOM)


def verdict(s: Sheet, w: PaidServiceWords, t: dict[str, str]) -> None:
    """Draw why this work is paid, in one row."""
    with section(s, t["basis"]):
        end = [Cell(t["warranty_end"], w.warranty_end, 1)] if w.warranty_end else []
        reason = [Cell(t["verdict_reason"], w.verdict_reason, 1.4, 9.5)] if w.verdict_reason else []
        row(
            s,
            [Cell(t["verdict"], order_sections.with_payer(w), 1.3, 11, bold=True), *end, Cell(t["clause"], w.clause, 2.6, 9.5), *reason],
            ROOM.row,
        )


def quote(s: Sheet, w: PaidServiceWords, t: dict[str, str]) -> None:
    """Draw the quote, its total in figures and in words, and the consent without which nothing is charged."""
    columns = (
        Column(t["item"], 3.2),
        Column(t["unit"], 0.7, "centre"),
        Column(t["quantity"], 0.8, "right"),
        Column(t["price"], 1.1, "right"),
        Column(t["amount"], 1.2, "right"),
    )
    rows = [(line.item, line.unit, line.quantity, line.price, line.amount) for line in w.quote]
    with section(s, t["quote"]):
        table(s, columns, rows, 6.8)
        words = Cell(t["total_words"], t["rmb"] + w.total_words, 3.9, 11.5, bold=True)
        total = Cell(t["total"], w.total, 1.6, 15, bold=True, least=10)
        row(s, [words, total], 12.6)
        given = " ".join(filter(None, (w.consent_by, w.consent_how, w.consent_at)))
        row(s, [Cell(t["consent"], given, 3.9), Cell(t["valid"], w.valid_until, 1.6)], 14.5)


FORM = Form(
    name="paid_service",
    title={"zh": "业主报修有偿服务登记表", "en": "Paid service order"},
    words=PaidServiceWords,
    draw=draw,
    parts=work_order.FORM.parts,
)
