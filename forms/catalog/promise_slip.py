"""回执: what the house has promised, who keeps the promise, and until when exactly."""

from dataclasses import dataclass

from forms.form import Form
from forms.labels import Table, labels
from forms.parts.grid import Cell, row, section
from forms.parts.letterhead import letterhead
from forms.parts.slip import centre, pair, rule, slip_foot, slip_head
from forms.sheet import Sheet
from forms.words import Words

LABELS: Table = {
    "title": ("服务承诺回执", "Promise slip"),
    "said": ("受理", "Taken"),
    "promised": ("承诺", "Promise"),
    "address": ("地址", "Address"),
    "resident": ("客户", "Resident"),
    "received": ("受理时间", "Received"),
    "matter": ("事项", "Matter"),
    "content": ("内容", "Content"),
    "promise": ("承诺", "We promise"),
    "who": ("责任人 / 工号", "Who / staff no."),
    "due": ("最迟时间", "At the latest"),
    "rule": ("依据", "By rule"),
    "why": ("时限说明", "Why this date"),
    "check": ("核验码", "Check code"),
    "track": ("查询", "Track"),
    "hint": (
        "凭编号和核验码可在任一服务终端查询进度。逾期未办，请拨打服务热线。",
        "With the number and the check code any kiosk shows how far we are. Not done in time? Call the service desk.",
    ),
    "scan": ("扫码或凭编号、核验码查询进度", "Scan, or type number and check code, to see how far we are"),
}


@dataclass(frozen=True, kw_only=True)
class PromiseSlipWords(Words):
    """What stands on the slip that a resident takes home."""

    address: str
    resident: str = ""
    channel: str = ""
    received_at: str
    matter: str  # 报修·渗漏水
    content: str
    promise: str  # 上门维修, 答复, ...
    rule: str  # rule id, as RC13
    clause: str  # the clause in words
    person: str  # who is responsible
    staff_number: str
    due: str  # exact date and time
    provisional: str = ""  # why the date may still change, empty if it is firm
    why: tuple[str, ...] = ()  # the trace of the date
    note: str = ""  # TR54: cut-off note and the like


def draw(s: Sheet, w: PromiseSlipWords) -> None:
    """Draw the slip, on a half sheet or on the roll of a thermal printer."""
    t = labels(LABELS, w.lang)
    if s.paper == "80mm":
        roll(s, w, t)
    else:
        half(s, w, t)


def half(s: Sheet, w: PromiseSlipWords, t: dict[str, str]) -> None:
    """Draw the half sheet."""
    letterhead(s, w, t["title"], compact=True)
    with section(s, t["said"]):
        row(
            s,
            [
                Cell(t["address"], w.address, 1.7, 12, bold=True, least=10),
                Cell(t["resident"], w.resident, 0.9),
                Cell(t["received"], received(w), 1.4),
            ],
            11.5,
        )
        row(s, [Cell(t["matter"], w.matter, 1.1), Cell(t["content"], w.content, 2.9)], 14)
    with section(s, t["promised"]):
        due = Cell(t["due"], w.due, 1.9, 24, bold=True, least=14)
        row(
            s,
            [
                Cell(t["promise"], w.promise, 1.2, 12.5, bold=True, least=10.5),
                Cell(t["who"], f"{w.person}\n{w.staff_number}", 0.9, 12, bold=True),
                due,
            ],
            18,
        )
        row(s, [Cell(t["rule"], "  ".join(filter(None, (w.rule, w.clause, w.provisional))))], 11.5)
    if w.check:
        with section(s, t["track"]):
            row(s, [Cell("", t["hint"], 2.6, 9.5), Cell(t["check"], w.check, 1.4, 17, bold=True)], 12.5)
    s.y += 1.0
    if w.why:
        s.need(10)
        s.y += s.para(s.left, s.y, s.width, t["why"], 10, bold=True, leading=1.25, fixed=True)
    for line in (*w.why, *filter(None, (w.note,))):
        s.need(5)
        s.y += s.para(s.left, s.y, s.width, line, 9.5, leading=1.3)


def roll(s: Sheet, w: PromiseSlipWords, t: dict[str, str]) -> None:
    """Draw the 80 mm slip."""
    slip_head(s, w, t["title"])
    for name, text in (
        ("address", w.address),
        ("resident", w.resident),
        ("received", received(w)),
        ("matter", w.matter),
        ("content", w.content),
    ):
        pair(s, t[name], text, bold=name == "address")
    rule(s)
    centre(s, f"{w.promise} · {t['due']}", 10.5, gap=0)
    centre(s, w.due, 19, bold=True, least=13)
    if w.provisional:
        centre(s, w.provisional, 9)
    pair(s, t["who"], f"{w.person} {w.staff_number}", bold=True)
    pair(s, t["rule"], f"{w.rule} {w.clause}")
    if w.why:
        rule(s, 0.7, "2 2")
        s.text(s.left, s.y + 3.6, t["why"], 9, bold=True)
        s.y += 4.8
        for line in w.why:
            s.y += s.para(s.left, s.y, s.width, line, 9, leading=1.3) + 0.4
    if w.note:
        rule(s, 0.7, "2 2")
        s.y += s.para(s.left, s.y, s.width, w.note, 9.5, leading=1.3)
    rule(s)
    slip_foot(s, w, t["check"], t["scan"])


def received(w: PromiseSlipWords) -> str:
    """Return when and how the matter came in."""
    return " ".join(filter(None, (w.received_at, w.channel)))


FORM = Form(
    name="promise_slip",
    title={"zh": "服务承诺回执", "en": "Promise slip"},
    words=PromiseSlipWords,
    draw=draw,
    sizes=("A5", "80mm"),
)
