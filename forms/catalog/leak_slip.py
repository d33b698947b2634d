"""试漏告示: hangs on the bathroom door while the water stands."""

from dataclasses import dataclass

from forms.form import Form
from forms.labels import Table, labels
from forms.parts.grid import Cell, row, section
from forms.parts.letterhead import letterhead
from forms.sheet import Sheet
from forms.words import Words

LABELS: Table = {
    "title": ("试漏告示", "Leak-test notice"),
    "test": ("正在试漏  请勿用水", "Leak test running"),
    "stop": ("请勿放水、排水或移动堵漏物", "Do not use or drain water here"),
    "test_short": ("试漏", "Test"),
    "address": ("地址", "Address"),
    "place": ("部位", "Place"),
    "person": ("试漏人 / 工号", "Tester / staff no."),
    "started": ("开始时间", "Started"),
    "planned_end": ("计划结束", "Planned end"),
    "call": ("发现渗水请拨打", "Water coming through? Call"),
    "note1": (
        "试漏结束前请勿取下本告示；结束后由试漏人与您一起查看并记录结果。",
        "Please leave this notice until the test ends; the tester then looks at the result with you and records it.",
    ),
    "note2": ("楼下如发现渗水、滴水，请立即拨打上面的电话。", "If water comes through downstairs, please call the number above at once."),
}


@dataclass(frozen=True, kw_only=True)
class LeakSlipWords(Words):
    """What stands on the leak-test notice."""

    address: str
    place: str  # 主卧卫生间
    started: str
    planned_end: str
    person: str  # who runs the test
    staff_number: str
    call: str  # telephone to call when water comes through
    notes: tuple[str, ...] = ()  # further things to mind


def draw(s: Sheet, w: LeakSlipWords) -> None:
    """Draw the notice, readable from across the room."""
    t = labels(LABELS, w.lang)
    letterhead(s, w, t["title"], compact=True)
    s.y += 2
    s.box(s.left, s.y, s.width, 46, 3)
    s.text(
        (s.left + s.right) / 2, s.y + 22, t["test"], 48 if w.lang == "zh" else 44, bold=True, align="centre", room=s.width - 10, fixed=True
    )
    s.text(
        (s.left + s.right) / 2,
        s.y + 38.5,
        t["stop"],
        27 if w.lang == "zh" else 26,
        bold=True,
        align="centre",
        room=s.width - 10,
        fixed=True,
    )
    s.y += 49
    with section(s, t["test_short"]):
        row(
            s,
            [
                Cell(t["address"], w.address, 1.6, 13, bold=True, least=10),
                Cell(t["place"], w.place, 1.2, 13, bold=True, least=10),
                Cell(t["person"], f"{w.person} {w.staff_number}", 1),
            ],
            13,
        )
        times = [
            Cell(t["started"], w.started, 1.4, 14, bold=True, least=10),
            Cell(t["planned_end"], w.planned_end, 1.4, 14, bold=True, least=10),
        ]
        row(s, [*times, Cell(t["call"], w.call, 1, 13, bold=True, least=10)], 14.5)
    s.y += 1.5
    for number, note in enumerate((t["note1"], t["note2"], *w.notes), 1):
        s.need(5)
        s.y += s.para(s.left, s.y, s.width, f"{number}. {note}", 10, leading=1.3, fixed=number < 3)


FORM = Form(
    name="leak_slip",
    title={"zh": "试漏告示", "en": "Leak-test notice"},
    words=LeakSlipWords,
    draw=draw,
    sizes=("A5",),
)
