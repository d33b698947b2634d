"""自助受理凭条: what a lobby kiosk gives the resident: the numbers to ask with, how far it has got, what is promised and what is not."""

from dataclasses import dataclass

from forms.form import Form
from forms.labels import Table, labels
from forms.parts.grid import Cell, row, section
from forms.parts.letterhead import letterhead
from forms.parts.slip import centre, pair, rule, slip_head
from forms.press import MM
from forms.sheet import Sheet
from forms.words import Words

LABELS: Table = {
    "title": ("自助受理凭条", "Kiosk slip"),
    "number": ("受理编号", "Receipt number"),
    "code": ("查询码（请勿示人）", "Receipt code (keep it to yourself)"),
    "ask": ("查询", "Ask"),
    "said": ("内容", "Said"),
    "kind": ("类别", "Kind"),
    "address": ("地址", "Address"),
    "content": ("您说的", "You said"),
    "state": ("进度", "State"),
    "saved": ("已存在本机", "Saved on this machine"),
    "not_reached": ("尚未送达服务中心", "Not yet at the service centre"),
    "reached": ("已送达服务中心", "Reached the service centre"),
    "not_taken": ("尚无人受理", "Not yet taken up by a person"),
    "taken": ("已受理", "Taken up by a person"),
    "printed": ("以上为打印时的状态", "This is how far it was when printed"),
    "promised": ("承诺", "Promise"),
    "promise": ("承诺", "We promise"),
    "due": ("最迟（自您提交时起算）", "At the latest (counted from your submission)"),
    "rule": ("依据", "By rule"),
    "why": ("时限说明", "Why this date"),
    "not": ("说明", "Note"),
    "no_promise": ("本凭条不含时限承诺，由服务中心答复您。", "This slip promises no time; the service centre will answer you."),
    "wished": ("希望的时间", "Wished time"),
    "wish": ("只是您的意愿，以服务中心与您确认的为准。", "This is a wish; what counts is what the service centre agrees with you."),
    "alarm": ("本机不会通知值班人员，也不会报警。", "This machine alerts nobody on duty and calls no emergency service."),
    "offline": (
        "送达之前，服务中心还不知道此事；连上后自动送达。",
        "Until it arrives the service centre does not know of it; it is sent as soon as the line is back.",
    ),
    "urgent": ("急事请立即拨打", "Urgent? Call now"),
    "centre": ("服务中心", "Service centre"),
    "find": (
        "扫码或输入查询码，可在任一服务终端查询进度，也可致电服务中心。",
        "Scan the code or type the receipt code at any kiosk to see how far it is, or call the service centre.",
    ),
}
DONE, OPEN = "✓", "○"


@dataclass(frozen=True, kw_only=True)
class KioskSlipWords(Words):
    """What stands on the slip of a kiosk. `number` is the receipt number, `check` the receipt code, `qr` what the code to scan says."""

    kind: str  # 报修 · 渗漏水
    address: str = ""
    content: str = ""  # what was said, shortened
    saved_at: str  # this machine's time
    reached_at: str = ""  # the desk's time; empty if it has not acknowledged
    taken_at: str = ""  # when a person took it up
    promise: str = ""  # what is promised; empty if no rule promises a time
    rule: str = ""  # rule id, as TR1
    clause: str = ""
    due: str = ""  # exact date and time
    provisional: str = ""  # why the date may still change
    why: tuple[str, ...] = ()  # the trace of the date
    wished: str = ""
    urgent: str = ""  # a telephone number: printed large if the matter cannot wait
    note: str = ""  # e.g. that this machine's clock is not sure


def draw(s: Sheet, w: KioskSlipWords) -> None:
    """Draw the slip, on the roll of a thermal printer or on a half sheet."""
    t = labels(LABELS, w.lang)
    if s.paper == "80mm":
        roll(s, w, t)
    else:
        half(s, w, t)


def states(w: KioskSlipWords, t: dict[str, str]) -> list[str]:
    """Return the lines that say how far it has got, no more than is known."""
    reached = f"{DONE} {t['reached']}  {w.reached_at}" if w.reached_at else f"{OPEN} {t['not_reached']}"
    taken = f"{DONE} {t['taken']}  {w.taken_at}" if w.taken_at else f"{OPEN} {t['not_taken']}"
    return [f"{DONE} {t['saved']}  {w.saved_at}", reached, taken]


def notes(w: KioskSlipWords, t: dict[str, str]) -> list[str]:
    """Return what is not promised, and what the slip is good for."""
    offline = "" if w.reached_at else t["offline"]
    return [line for line in (offline, "" if w.due else t["no_promise"], w.note) if line]


def roll(s: Sheet, w: KioskSlipWords, t: dict[str, str]) -> None:
    """Draw the 80 mm slip."""
    slip_head(s, w, t["title"], numbered=False)
    centre(s, t["number"], 9, gap=0)
    centre(s, w.number, 27, bold=True, least=16)
    codes(s, w, t)
    rule(s, 1.4)
    for name, text in (("kind", w.kind), ("address", w.address), ("content", w.content)):
        pair(s, t[name], text, bold=name == "kind")
    rule(s)
    for line in states(w, t):
        bold = line.startswith(DONE)
        size = max(9.0, min(10.5, int(10.5 * s.width / s.measure(line, 10.5, bold=bold) * 4) / 4))
        s.y += s.para(s.left, s.y, s.width, line, size, bold=bold, leading=1.34)
    s.y += s.para(s.left, s.y, s.width, t["printed"], 9, leading=1.3)
    rule(s)
    promised(s, w, t)
    unpromised(s, w, t)
    rule(s)
    centre(s, "  ".join(filter(None, (w.issued, w.issued_by, w.head))), 9, gap=0)
    if w.phone and w.phone != w.urgent:
        centre(s, f"{t['centre']} {w.phone}", 13, bold=True, least=10, gap=0)


def codes(s: Sheet, w: KioskSlipWords, t: dict[str, str]) -> None:
    """Draw the code to scan and the receipt code in large type."""
    if w.qr:
        side = 27.0
        s.y += 1.5
        s.qr((s.left + s.right - side) / 2, s.y, side, w.qr)
        s.y += side + 1.5
    if w.check:
        centre(s, t["code"], 9, gap=0)
        centre(s, w.check, 20, bold=True, least=14)
        centre(s, t["find"], 9, gap=0)


def promised(s: Sheet, w: KioskSlipWords, t: dict[str, str]) -> None:
    """Draw what is promised: until when, by which rule, and why."""
    if not w.due:
        return
    centre(s, w.promise, 12, bold=True, gap=0)
    centre(s, t["due"], 9, gap=0)
    centre(s, w.due, 19, bold=True, least=13)
    if w.provisional:
        centre(s, w.provisional, 9)
    pair(s, t["rule"], f"{w.rule} {w.clause}")
    if w.why:
        s.text(s.left, s.y + 3.6, t["why"], 9, bold=True)
        s.y += 4.8
    for line in w.why:
        s.y += s.para(s.left, s.y, s.width, line, 9, leading=1.3) + 0.4
    rule(s)


def unpromised(s: Sheet, w: KioskSlipWords, t: dict[str, str]) -> None:
    """Draw what is not promised, and the telephone for what cannot wait."""
    if w.wished:
        pair(s, t["wished"], w.wished)
        s.y += s.para(s.left, s.y, s.width, t["wish"], 9.5, leading=1.3) + 0.4
    for line in notes(w, t):
        s.y += s.para(s.left, s.y, s.width, line, 9.5, leading=1.3) + 0.4
    s.y += s.para(s.left, s.y, s.width, t["alarm"], 9.5, bold=True, leading=1.3)
    if w.urgent:
        s.y += 1.0
        centre(s, t["urgent"], 12, bold=True, gap=0)
        centre(s, w.urgent, 24, bold=True, least=14)


def half(s: Sheet, w: KioskSlipWords, t: dict[str, str]) -> None:
    """Draw the half sheet."""
    letterhead(s, w, t["title"], compact=True)
    with section(s, t["ask"]):
        number = Cell(t["number"], w.number, 1.5, 22, bold=True, least=13)
        code = Cell(t["code"], w.check, 1.5, 22, bold=True, least=13)
        row(s, [number, code, Cell("", t["find"], 1.3, 9)], 15)
    with section(s, t["said"]):
        row(s, [Cell(t["kind"], w.kind, 1, bold=True), Cell(t["address"], w.address, 1), Cell(t["content"], w.content, 2)], 11.5)
    with section(s, t["state"]):
        row(s, [Cell("", line, 1, bold=line.startswith(DONE)) for line in states(w, t)], 11)
    if w.due:
        with section(s, t["promised"]):
            due = Cell(t["due"], w.due, 1.7, 18, bold=True, least=12)
            row(s, [Cell(t["promise"], w.promise, 1, bold=True), due], 13.5)
            row(s, [Cell(t["rule"], "  ".join(filter(None, (w.rule, w.clause, w.provisional))))], 11.5)
    beneath(s, w, t)


def beneath(s: Sheet, w: KioskSlipWords, t: dict[str, str]) -> None:
    """Write below the grid what cannot wait, what is not promised, and why the date is this one."""
    if w.urgent:
        s.need(11)
        wide = s.text(s.left, s.y + 8.0, t["urgent"], 12, bold=True)
        s.text(s.left + wide + 4, s.y + 8.3, w.urgent, 22, bold=True, room=s.width - wide - 4)
        s.y += 9.5
    wish = [f"{t['wished']}  {w.wished}", t["wish"]] if w.wished else []
    why = [line if at else f"{t['why']}  {line}" for at, line in enumerate(w.why)]
    for line in (t["alarm"], *notes(w, t), *wish, t["printed"], *why):
        s.need(len(s.lines(line, s.width, 9.5)) * 9.5 * 1.3 / MM)
        s.y += s.para(s.left, s.y, s.width, line, 9.5, bold=line == t["alarm"], leading=1.3)


FORM = Form(
    name="kiosk_slip",
    title={"zh": "自助受理凭条", "en": "Kiosk slip"},
    words=KioskSlipWords,
    draw=draw,
    sizes=("80mm", "A5"),
)
