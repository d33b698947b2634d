"""住户卡: a card with a code to scan at a kiosk; it says the unit, never a name."""

from dataclasses import dataclass, replace

from forms.form import Form
from forms.labels import Table, labels
from forms.parts.letterhead import letterhead
from forms.sheet import Sheet
from forms.words import Words

LABELS: Table = {
    "title": ("住户卡", "Resident card"),
    "cut": ("沿线剪下", "Cut along the line"),
    "number": ("卡号", "Card no."),
    "use": ("在自助机上扫码，查看本户报修与投诉的办理情况。", "Scan at a kiosk: how your repairs and complaints stand."),
    "lost": ("遗失请致电挂失", "Lost it? Call us"),
    "note1": (
        "本卡不显示姓名、电话和金额；每次在自助机上使用都有记录，您可以到前台查询。",
        "The card shows no name, telephone or amount; each use at a kiosk is noted, and the desk can tell you.",
    ),
    "note2": (
        "卡上的密码只印这一次，服务中心不留存；需要另一张时，请先交回或挂失本卡。",
        "Its secret is printed this once and not kept by the desk. For another card, first return this one or report it lost.",
    ),
}
WIDE, HIGH, QR = 85.6, 54.0, 30.0  # a bank card


@dataclass(frozen=True, kw_only=True)
class ResidentCardWords(Words):
    """What stands on the card; `number` is the card's, `qr` what the kiosk reads."""

    place: str  # 3-1-1803


def draw(s: Sheet, w: ResidentCardWords) -> None:
    """Draw the sheet with the card to cut out, and what to know below it."""
    t = labels(LABELS, w.lang)
    letterhead(s, replace(w, qr=""), t["title"], compact=True)
    s.y += 3
    s.text(s.left, s.y + 3, t["cut"], 9, fixed=True)
    s.y += 5
    left, top = s.left, s.y
    s.box(left, top, WIDE, HIGH, 0.6)
    room = WIDE - QR - 11
    s.para(left + 4, top + 2.5, WIDE - 8, w.site, 10, bold=True, leading=1.2)
    s.text(left + 4, top + 18, t["title"], 16, bold=True, room=room, fixed=True)
    s.text(left + 4, top + 27, w.place, 17, bold=True, room=room)
    s.text(left + 4, top + 32.5, f"{t['number']} {w.number}", 9, room=room)
    s.para(left + 4, top + 34, room, t["use"], 9, leading=1.2, fixed=True)
    s.qr(left + WIDE - QR - 4, top + 12, QR, w.qr)
    s.text(left + WIDE - 4, top + HIGH - 6.6, t["lost"], 9, align="right", room=QR + 14, fixed=True)
    s.text(left + WIDE - 4, top + HIGH - 2, w.phone, 10, bold=True, align="right", room=QR + 4)
    s.y = top + HIGH + 4
    for note in (t["note1"], t["note2"]):
        s.need(5)
        s.y += s.para(s.left, s.y, s.width, note, 10, leading=1.35, fixed=True)


FORM = Form(name="resident_card", title={"zh": "住户卡", "en": "Resident card"}, words=ResidentCardWords, draw=draw, sizes=("A5", "A4"))
