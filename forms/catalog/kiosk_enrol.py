"""自助机接入单: how a kiosk joins the desk: two commands, a code to scan, the fingerprint of the site, and until when the code counts."""

from dataclasses import dataclass

from forms.form import Form
from forms.labels import Table, labels
from forms.parts.grid import Cell, row, section
from forms.parts.letterhead import letterhead
from forms.sheet import Sheet
from forms.words import Words

LABELS: Table = {
    "title": ("自助机接入单", "Kiosk enrolment"),
    "kiosk": ("自助机", "Kiosk"),
    "id": ("机号", "No."),
    "name": ("名称", "Name"),
    "place": ("位置", "Place"),
    "code": ("一次性接入码", "One-time code"),
    "until": ("有效至", "Counts until"),
    "pin": ("服务中心证书指纹", "Fingerprint of the desk"),
    "steps": ("步骤", "Steps"),
    "at_desk": ("1. 服务中心已执行", "1. Done at the desk"),
    "at_kiosk": ("2. 在自助机上执行", "2. To do at the kiosk"),
    "scan": ("或扫描右侧二维码，内容即第2步所需的地址。", "Or scan the code on the right: it holds the address that step 2 needs."),
    "note1": (
        "接入码只能用一次，过期、输错5次即失效；可在服务中心重新打印接入单。",
        "The code works once; it ends with its time or after 5 wrong tries. The desk can print another sheet.",
    ),
    "note2": (
        "接入后请核对自助机屏幕上的服务中心名称与证书指纹，再销毁本单。",
        "After joining, compare the name and the fingerprint on the kiosk's screen, then destroy this sheet.",
    ),
}
QR = 42.0


@dataclass(frozen=True, kw_only=True)
class KioskEnrolWords(Words):
    """What stands on the sheet; `number` is the kiosk's."""

    name: str
    place: str = ""
    code: str  # K7Q2M-9XW4T
    until: str
    pin: str = ""  # of the site's own authority, in groups of four
    link: str  # what the QR says
    desk_command: str
    kiosk_command: str


def draw(s: Sheet, w: KioskEnrolWords) -> None:
    """Draw the sheet: the code in large type, the link as QR, the two commands as they are typed."""
    t = labels(LABELS, w.lang)
    letterhead(s, w, t["title"], compact=True)
    with section(s, t["kiosk"]):
        row(
            s,
            [
                Cell(t["id"], w.number, 0.5, 15, bold=True),
                Cell(t["name"], w.name, 1.5, 13, bold=True, least=10),
                Cell(t["place"], w.place, 1.5),
            ],
            13,
        )
    s.y += 2
    top = s.y
    s.qr(s.right - QR, top + 2, QR, w.link)
    room = s.width - QR - 8
    s.text(s.left, s.y + 4, t["code"], 10, fixed=True)
    s.text(s.left, s.y + 15, w.code, 30, bold=True, room=room)
    s.text(s.left, s.y + 22, f"{t['until']} {w.until}", 12, bold=True, room=room)
    s.y += 26
    s.y += s.para(s.left, s.y, room, f"{t['pin']}  {w.pin or '—'}", 10)
    s.y += s.para(s.left, s.y, room, t["scan"], 10, fixed=True)
    s.y = max(s.y, top + QR + 5)
    for label, command in ((t["at_desk"], w.desk_command), (t["at_kiosk"], w.kiosk_command)):
        s.need(12)
        s.text(s.left, s.y + 4, label, 10, bold=True, fixed=True)
        s.y += 5 + s.para(s.left + 4, s.y + 5, s.width - 4, command, 11)
    s.y += 1.5
    for note in (t["note1"], t["note2"]):
        s.need(5)
        s.y += s.para(s.left, s.y, s.width, note, 9, leading=1.3, fixed=True)


FORM = Form(name="kiosk_enrol", title={"zh": "自助机接入单", "en": "Kiosk enrolment"}, words=KioskEnrolWords, draw=draw, sizes=("A5", "A4"))
