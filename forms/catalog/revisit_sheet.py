"""回访单: what the reviewer asks, and what was answered (RC11-RC15)."""

from dataclasses import dataclass

from forms.form import Form
from forms.labels import Table, labels
from forms.parts.grid import PAD, THIN, Cell, row, section, tick_row
from forms.parts.letterhead import letterhead
from forms.parts.table import Column, table
from forms.sheet import Sheet
from forms.words import Words

LABELS: Table = {
    "title": ("维修回访单", "Revisit sheet"),
    "order": ("维修", "Repair"),
    "questions": ("回访内容", "Questions"),
    "outcome": ("回访结果", "Outcome"),
    "attempts": ("联系记录", "Attempts"),
    "address": ("地址", "Address"),
    "resident": ("客户", "Resident"),
    "phone": ("联系电话", "Telephone"),
    "kind": ("类别", "Kind"),
    "content": ("报修内容及处理", "What was wrong, what was done"),
    "done": ("处理：", "Done: "),
    "finished": ("完工（试漏合格）时间", "Finished (test passed)"),
    "repairer": ("维修人", "Repaired by"),
    "reviewer": ("回访人（非维修人）", "Reviewer"),
    "due": ("最迟回访", "Revisit by"),
    "rule": ("依据", "By rule"),
    "yes": ("是", "Yes"),
    "no": ("否", "No"),
    "result": ("结果", "Result"),
    "good": ("满意，结案", "Good, close the case"),
    "bad": ("有问题，返修", "Not good, repair again"),
    "unreachable": ("三次未联系上，已留条", "Not reached three times, slip left"),
    "opinion": ("客户意见（原话）", "What the resident says, in their words"),
    "sign_resident": ("客户签名、日期", "Resident's signature, date"),
    "sign_reviewer": ("回访人签名、日期", "Reviewer's signature, date"),
    "sign_supervisor": ("主管审阅、日期", "Supervisor, date"),
    "at": ("日期、时间", "Date, time"),
    "how": ("方式", "How"),
    "reached": ("联系结果", "Outcome"),
    "by": ("回访人 / 工号", "Who / staff no."),
    "attempt_rule": (
        "三次联系应在不同的日期进行；均未联系上的，留条并按“未联系上”单独统计。",
        "The three attempts are made on different days; if all fail, leave the slip. Such cases are counted apart.",
    ),
    "cut": ("沿虚线剪下，留于门口", "cut here and leave at the door"),
    "slip_title": ("我们来过了", "We called on you"),
    "slip": (
        "尊敬的{address}住户：我们来回访您家的维修情况，您不在家。请告诉我们维修是否满意：拨打 {phone}，或在任一服务终端凭维修单号留言。谢谢！",
        "To the residents of {address}: we came to ask whether your repair is as it should be, and you were out. "
        "Please tell us: call {phone}, or leave a message at any kiosk with the number of your repair. Thank you.",
    ),
    "slip_at": ("到访时间", "We came at"),
    "slip_by": ("回访人 / 工号", "Who / staff no."),
    "slip_phone": ("服务热线", "Service desk"),
}


@dataclass(frozen=True)
class Attempt:
    """One try to reach the resident; empty strings leave the line to be written by hand."""

    at: str = ""
    how: str = ""
    result: str = ""
    by: str = ""


@dataclass(frozen=True, kw_only=True)
class RevisitSheetWords(Words):
    """What stands on the revisit sheet; `number` is the work order's."""

    resident: str
    phone_of_resident: str
    address: str
    kind: str
    content: str
    done: str  # what was done
    repairer: str
    finished_at: str  # or the passed leak test, the instant the clock runs from
    rule: str  # RC12, RC13, RC14
    clause: str
    due: str
    reviewer: str = ""  # never the repairer
    questions: tuple[str, ...]
    answers: tuple[str, ...] = ()  # 'yes', 'no' or '' for each question
    attempts: tuple[Attempt, ...] = ()
    result: str = ""  # 'good', 'bad', 'unreachable' or empty
    opinion: str = ""
    cycle: str = ""


def draw(s: Sheet, w: RevisitSheetWords) -> None:
    """Draw the revisit sheet with the slip to leave behind at its foot."""
    t = labels(LABELS, w.lang)
    letterhead(s, w, t["title"])
    order(s, w, t)
    questions(s, w, t)
    outcome(s, w, t)
    attempts(s, w, t)
    leave_behind(s, w, t)


def order(s: Sheet, w: RevisitSheetWords, t: dict[str, str]) -> None:
    """Draw which repair is asked about, and by when and why."""
    with section(s, t["order"]):
        resident = [Cell(t["resident"], w.resident, 1), Cell(t["phone"], w.phone_of_resident, 1.1, bold=True)]
        row(s, [Cell(t["address"], w.address, 2.1, 12.5, bold=True, least=10), *resident], 11.5)
        done = "\n".join(filter(None, (w.content, t["done"] + w.done if w.done else "")))
        row(s, [Cell(t["kind"], " · ".join(filter(None, (w.kind, w.cycle))), 1), Cell(t["content"], done, 3.2)], 15)
        who = [Cell(t["repairer"], w.repairer, 0.9, least=9), Cell(t["reviewer"], w.reviewer, 0.95, least=9)]
        due = Cell(t["due"], w.due, 1.5, 12, bold=True, least=9.5)
        row(s, [Cell(t["finished"], w.finished_at, 1.1, least=9), *who, due], 11.5)
        row(s, [Cell(t["rule"], f"{w.rule}  {w.clause}", size=10)], 10.4)


def questions(s: Sheet, w: RevisitSheetWords, t: dict[str, str]) -> None:
    """Draw the questions with their boxes."""
    with section(s, t["questions"]):
        for number, question in enumerate(w.questions):
            answer = w.answers[number] if number < len(w.answers) else ""
            _question(s, f"{number + 1}. {question}", (t["yes"], t["no"]), ("yes", "no").index(answer) if answer else -1)


def _question(s: Sheet, text: str, ticks: tuple[str, str], ticked: int) -> None:
    """Draw one question, its answer boxes on the right."""
    left, width = s.inner
    asked = width - 34
    broken = s.lines(text, asked - 2 * PAD, 10.5)
    height = max(8.4, len(broken) * 4.9 + 2.4)
    s.need(height)
    for at, line in enumerate(broken):
        s.text(left + PAD, s.y + height / 2 + 1.3 + (at - (len(broken) - 1) / 2) * 4.9, line, 10.5)
    tick_row(s, left + asked + 2, s.y + height / 2 + 1.3, ticks, ticked, 30)
    s.line(left + asked, s.y, left + asked, s.y + height, THIN)
    s.y += height
    s.line(left, s.y, left + width, s.y, THIN)


def outcome(s: Sheet, w: RevisitSheetWords, t: dict[str, str]) -> None:
    """Draw the result, the resident's words and the signatures."""
    ticked = ("good", "bad", "unreachable").index(w.result) if w.result else -1
    with section(s, t["outcome"]):
        row(s, [Cell(t["result"], "", 1, ticks=(t["good"], t["bad"], t["unreachable"]), ticked=ticked)], 12)
        row(s, [Cell(t["opinion"], w.opinion, size=11)], 32)
        row(s, [Cell(t["sign_resident"], "", 1.2), Cell(t["sign_reviewer"], "", 1), Cell(t["sign_supervisor"], "", 1)], 20)


def attempts(s: Sheet, w: RevisitSheetWords, t: dict[str, str]) -> None:
    """Draw the attempts to reach the resident: three on different days and a slip make 'not reached'."""
    rows = [(str(number), each.at, each.how, each.result, each.by) for number, each in enumerate(w.attempts, 1)]
    rows += [(str(number), "", "", "", "") for number in range(len(rows) + 1, 4)]
    columns = (Column("", 0.35, "centre"), Column(t["at"], 1.5), Column(t["how"], 1.2), Column(t["reached"], 2.6), Column(t["by"], 1.2))
    with section(s, t["attempts"]):
        table(s, columns, rows, 7.4)
    s.y += 0.8
    s.y += s.para(s.left, s.y, s.width, t["attempt_rule"], 9, leading=1.3, fixed=True)


def leave_behind(s: Sheet, w: RevisitSheetWords, t: dict[str, str]) -> None:
    """Draw the slip that is cut off and left at the door, always at the foot of the page."""
    high = 40.0
    s.need(high)
    s.y = s.bottom - high
    s.line(s.left - 8, s.y, s.right + 8, s.y, 0.7, dash="4 3")
    s.text((s.left + s.right) / 2, s.y - 1.2, t["cut"], 9, align="centre", fixed=True)
    s.text(s.left, s.y + 8, t["slip_title"], 14, bold=True, fixed=True)
    s.text(s.right, s.y + 8, f"{w.site}  {w.number}", 10.5, bold=True, align="right", room=s.width * 0.55)
    s.y += 10.5
    s.y += s.para(s.left, s.y, s.width, t["slip"].format(address=w.address, phone=w.phone), 10.5, leading=1.45)
    s.y += 2.0
    third = s.width / 3
    for at, name in enumerate(("slip_at", "slip_by", "slip_phone")):
        s.text(s.left + at * third, s.y + 6, t[name], 9, fixed=True)
        s.line(s.left + at * third + s.measure(t[name], 9) + 1, s.y + 6.6, s.left + (at + 1) * third - 4, s.y + 6.6)
    s.text(s.left + 2 * third + s.measure(t["slip_phone"], 9) + 2, s.y + 6, w.phone, 11, bold=True)
    s.y = s.bottom


FORM = Form(
    name="revisit_sheet",
    title={"zh": "维修回访单", "en": "Revisit sheet"},
    words=RevisitSheetWords,
    draw=draw,
)
