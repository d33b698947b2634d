"""The sections of a work order, which the paid-service form shares."""

from dataclasses import dataclass, replace

from forms.catalog.order_words import WorkOrderWords
from forms.labels import Table
from forms.parts.grid import Cell, row, section
from forms.parts.table import Column, table
from forms.sheet import Sheet

LABELS: Table = {
    "title": ("维修工作单", "Work order"),
    "notice": ("注意", "Note"),
    "request": ("报修", "Request"),
    "promised": ("承诺", "Due"),
    "warranty": ("质保", "Warranty"),
    "work": ("维修记录", "Work done"),
    "warranty_low": ("质保", "Cover"),  # on a half sheet, where a section may be one row high
    "work_low": ("维修记录", "Work"),
    "sign": ("签认", "Signed"),
    "address": ("地址", "Address"),
    "reporter": ("报修人", "Reported by"),
    "phone": ("联系电话", "Telephone"),
    "content": ("报修内容", "What is wrong"),
    "reported": ("报修时间", "Reported"),
    "kind": ("类别", "Kind"),
    "urgency": ("紧急程度", "Urgency"),
    "response": ("响应时限", "Respond by"),
    "appointment": ("预约上门时间", "Appointment"),
    "access": ("上门须知", "Mind when calling"),
    "promise": ("承诺事项", "We promise"),
    "who": ("责任人 / 工号", "Who / staff no."),
    "due": ("最迟时间", "At the latest"),
    "verdict": ("保修判定", "Verdict"),
    "payer": ("费用承担", "Paid by"),
    "warranty_end": ("保修截止日", "Warranty ends"),
    "clause": ("依据", "By which clause"),
    "verdict_reason": ("人工改判原因", "Overruled because"),
    "cycle": ("返修单：", "Returned repair: "),
    "repairer": ("维修人 / 工号", "Repaired by / staff no."),
    "arrived": ("到达时间", "Arrived"),
    "finished": ("完工时间", "Finished"),
    "minutes": ("用时（分钟）", "Minutes"),
    "took": ("{at} {minutes}分钟", "{at}, {minutes} min"),
    "result": ("处理结果", "What was done"),
    "material": ("材料名称、规格", "Material"),
    "quantity": ("数量", "Quantity"),
    "price": ("单价", "Price"),
    "amount": ("金额", "Amount"),
    "leak_start": ("试漏开始", "Leak test from"),
    "leak_end": ("试漏计划结束", "Planned end"),
    "leak_result": ("试漏结果（复核人签名）", "Result (tester signs)"),
    "passed": ("合格", "Passed"),
    "failed": ("渗漏", "Leaks"),
    "refused": ("拒试，另签弃权书", "Refused, waiver signed"),
    "taken": ("征得客户同意带离维修的物品", "Taken away with the resident's consent"),
    "loan": ("备用物品", "On loan"),
    "taken_sign": ("客户同意签名", "Resident's consent"),
    "sign_resident": ("客户签名、日期", "Resident's signature, date"),
    "sign_worker": ("维修人签名、日期", "Worker's signature, date"),
    "satisfied": ("客户意见", "Resident's opinion"),
    "good": ("满意", "Good"),
    "fair": ("一般", "Fair"),
    "bad": ("不满意", "Bad"),
    "revisit": ("回访：", "Revisit: "),
    "conduct": (
        "服务纪律：维修人员不得吃、拿客户任何物品；收费项目须先报价并经客户确认，未经确认不收费。完工后请清理现场。",
        "Conduct: our staff accept no food, drink or gifts. Paid work starts only after you confirm the quote. We leave the place clean.",
    ),
}


@dataclass(frozen=True)
class Room:
    """How much room a paper gives: heights in mm, and lines for materials."""

    row: float
    content: float
    result: float
    sign: float
    materials: int
    compact: bool
    text: float = 11.0  # points, for what is told
    small: float = 10.0  # points, for a clause


def notices(s: Sheet, w: WorkOrderWords, t: dict[str, str]) -> None:
    """Draw what must be seen first: that the sheet replaces another, that the repair comes back, that work starts tomorrow."""
    found = list(filter(None, (w.replaces, t["cycle"] + w.cycle if w.cycle else "", w.dispatch_note)))
    if found:
        with section(s, t["notice"]):
            row(s, [Cell("", "\n".join(found), size=10, bold=True)], 10.4)


def request(s: Sheet, w: WorkOrderWords, t: dict[str, str], room: Room) -> None:
    """Draw the five facts of a report (RC6), how urgent it is, and what is promised until when."""
    content, access = Cell(t["content"], w.content, 3.05, room.text), Cell(t["access"], w.access, 3.05, room.text)
    appointment = Cell(t["appointment"], w.appointment, 1.25, 12, bold=True, least=9.5)
    with section(s, t["request"]):
        address = Cell(t["address"], w.address, 2.2, 13, bold=True, least=10)
        row(s, [address, Cell(t["reporter"], reporter(w), 1.1), Cell(t["phone"], w.phone_of_reporter, 1, bold=True)], room.row)
        row(s, [content, replace(access, span=1.25)] if room.compact else [content], room.content)
        row(s, when_and_what(w, t), room.row)
        if not room.compact:
            row(s, [appointment, access], room.row)
    with section(s, t["promised"]):
        promise, who = Cell(t["promise"], w.promise, 1.4, least=9), Cell(t["who"], w.promise_who, 1.1, least=9)
        due = Cell(t["due"], w.promise_due, 1.5, 12, bold=True, least=9)
        row(s, [appointment, replace(promise, span=1.25), replace(who, span=1.05), due] if room.compact else [promise, who, due], room.row)


def when_and_what(w: WorkOrderWords, t: dict[str, str]) -> list[Cell]:
    """Return the row of small facts: when it was reported, what kind it is, how urgent, and when to answer."""
    reported = Cell(t["reported"], " ".join(filter(None, (w.reported_at, w.channel))), 1.15, least=9)
    kind = Cell(t["kind"], " · ".join(filter(None, (w.kind, w.place))), 1.35, least=9)
    return [reported, kind, Cell(t["urgency"], w.urgency, 0.6, bold=True, least=9), Cell(t["response"], w.response_due, 1.3, least=9)]


def reporter(w: WorkOrderWords) -> str:
    """Return who reported it, with the role."""
    return {"zh": "{0}（{1}）", "en": "{0} ({1})"}[w.lang].format(w.reporter, w.role) if w.role else w.reporter


def warranty(s: Sheet, w: WorkOrderWords, t: dict[str, str], room: Room) -> None:
    """Draw the warranty certificate: the verdict, who pays, until when, by which clause."""
    verdict, payer = Cell(t["verdict"], w.verdict, 1.7, 11.5, bold=True), Cell(t["payer"], w.payer, 1.1)
    end, clause = Cell(t["warranty_end"], w.warranty_end, 1.5, 11.5, bold=True), Cell(t["clause"], w.clause, 2.8, room.small)
    reason = [Cell(t["verdict_reason"], w.verdict_reason, 1.5, room.small)] if w.verdict_reason else []
    with section(s, t["warranty_low" if room.compact else "warranty"]):
        if room.compact:
            row(s, [replace(verdict, value=with_payer(w), span=1.35, size=10.5), replace(end, span=0.75), clause], room.row)
            for each in reason:
                row(s, [each], room.row)
        else:
            row(s, [verdict, payer, end], room.row)
            row(s, [clause, *reason], room.row)


def with_payer(w: WorkOrderWords) -> str:
    """Return the verdict and who pays, in one."""
    return w.verdict if w.payer.lower() in w.verdict.lower() else f"{w.verdict} · {w.payer}"


def work(s: Sheet, w: WorkOrderWords, t: dict[str, str], room: Room) -> None:
    """Draw what was done, filled in or to be filled in by hand."""
    with section(s, t["work_low" if room.compact else "work"]):
        (done_on_half if room.compact else done)(s, w, t, room)
        if room.materials or w.materials:
            materials(s, w, t, room.materials)
        if w.leak_needed:
            leak(s, w, t, room)
        if not room.compact or w.taken_item:
            item = [Cell(t["taken"], w.taken_item, 1.6), Cell(t["loan"], w.loan_item, 1.1), Cell(t["taken_sign"], "", 1.6)]
            row(s, item, room.row)


def done(s: Sheet, w: WorkOrderWords, t: dict[str, str], room: Room) -> None:
    """Draw who worked from when to when, and with what result."""
    who, arrived = Cell(t["repairer"], w.repairer, 1.3), Cell(t["arrived"], w.arrived_at, 1.1)
    row(s, [who, arrived, Cell(t["finished"], w.finished_at, 1.1), Cell(t["minutes"], w.minutes, 0.8)], room.row)
    row(s, [Cell(t["result"], w.result)], room.result)


def done_on_half(s: Sheet, w: WorkOrderWords, t: dict[str, str], room: Room) -> None:
    """Draw the same on a half sheet, in one row."""
    finished = t["took"].format(at=w.finished_at, minutes=w.minutes) if w.minutes else w.finished_at
    result, who = Cell(t["result"], w.result, 2.4, 9.5), Cell(t["repairer"], w.repairer, 1.25, 9.5)
    row(s, [result, who, Cell(t["arrived"], w.arrived_at, 0.85, 9.5), Cell(t["finished"], finished, 0.85, 9.5)], room.result)


def materials(s: Sheet, w: WorkOrderWords, t: dict[str, str], empty: int) -> None:
    """Draw the table of materials, with at least `empty` lines."""
    rows = [(line.name, line.quantity, line.price, line.amount) for line in w.materials]
    rows += [("", "", "", "")] * (empty - len(rows))
    columns = (Column(t["material"], 4), Column(t["quantity"], 1.2), Column(t["price"], 1.2, "right"), Column(t["amount"], 1.4, "right"))
    table(s, columns, rows, 6.8)


def leak(s: Sheet, w: WorkOrderWords, t: dict[str, str], room: Room) -> None:
    """Draw the line of the leak test, from whose pass the revisit is counted (RC13)."""
    ticked = ("passed", "failed", "refused").index(w.leak_result) if w.leak_result else -1
    result = Cell(t["leak_result"], "", 2, ticks=(t["passed"], t["failed"], t["refused"]), ticked=ticked)
    row(s, [Cell(t["leak_start"], w.leak_start), Cell(t["leak_end"], w.leak_planned_end), result], room.row)


def sign(s: Sheet, w: WorkOrderWords, t: dict[str, str], room: Room) -> None:
    """Draw the boxes for the signatures, big enough to write in, and when the revisit follows."""
    ticked = ("good", "fair", "bad").index(w.satisfaction) if w.satisfaction else -1
    with section(s, t["sign"]):
        resident = Cell(t["sign_resident"], " ".join(filter(None, (w.signed_by, w.signed_at))), 1.7)
        opinion = Cell(t["satisfied"], "", 1.5, ticks=(t["good"], t["fair"], t["bad"]), ticked=ticked)
        row(s, [resident, Cell(t["sign_worker"], "", 1.1), opinion], room.sign)
        if w.revisit and not room.compact:
            row(s, [Cell("", t["revisit"] + w.revisit, size=10)], 6.8)


def conduct(s: Sheet, w: WorkOrderWords, t: dict[str, str], room: Room) -> None:
    """Draw the conduct line (TR5), and on a small sheet when the revisit follows."""
    s.need(7.8 if room.compact else 9)
    s.y += 0.4 if room.compact else 1.6
    s.y += s.para(s.left, s.y, s.width, t["conduct"], 9, leading=1.25, fixed=True)
    if w.revisit and room.compact:
        s.text(s.left, s.y + 3.4, t["revisit"] + w.revisit, 9, room=s.width)
