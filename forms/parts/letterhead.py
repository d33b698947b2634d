"""The head of a paper: who speaks, what this is, its number and its code to scan."""

from forms.sheet import Sheet
from forms.words import Words

NUMBER = {"zh": "编号", "en": "No."}
PHONE = {"zh": "服务热线", "en": "Service desk"}
ISSUED = {"zh": "制单", "en": "Issued"}


def letterhead(s: Sheet, words: Words, title: str, *, compact: bool = False) -> None:
    """Draw the head on the first page, and a short one on each further page; leave room for the part's name."""
    s.on_page.append(lambda sheet: _running(sheet, words, title))
    side = 17.0 if compact else 21.0
    top = s.y
    edge = s.right - (side + 3 if words.qr else 0)
    if words.qr:
        s.qr(s.right - side, top, side, words.qr)
    phone = f"{PHONE[words.lang]} {words.phone}" if words.phone else ""
    beside = s.measure(phone, 9) + 3.0
    wide = s.text(s.left, top + 4.2, words.site, 12, bold=True, room=s.width * 0.56 - beside, fixed=True)
    s.text(s.left + wide + 3.0, top + 4.2, phone, 9, fixed=True)
    s.text(s.left, top + (8.4 if compact else 9.0), words.company, 9, room=s.width * 0.64 if compact else edge - s.left, fixed=True)
    s.text(s.left, top + side - 0.6, title, 18 if compact else 22, bold=True, room=s.width * 0.58, fixed=True)
    s.page.badge = (edge, top + 4.2)
    _number(s, words, edge, top + side)
    s.y = top + side + (1.8 if compact else 2.4)
    s.line(s.left, s.y, s.right, s.y, 1.6)
    s.y += 1.4 if compact else 2.0


def _number(s: Sheet, words: Words, edge: float, base: float) -> None:
    """Write the number, and when and by whom the paper was made, flush right at `edge`."""
    s.text(edge, base - 0.6, " ".join(filter(None, (words.issued, words.issued_by))), 9, align="right", room=s.width * 0.36)
    wide = s.text(edge, base - 5.2, words.number, 13, bold=True, align="right", room=s.width * 0.3)
    s.text(edge - wide - 1.5, base - 5.2, NUMBER[words.lang], 9, align="right", fixed=False)


def _running(s: Sheet, words: Words, title: str) -> None:
    """Draw the head of a further page."""
    s.text(s.left, s.y + 3.6, f"{words.site}  {title}", 9, room=s.width * 0.6, fixed=True)
    s.text(s.right, s.y + 3.6, words.number, 10, bold=True, align="right")
    s.page.badge = (s.right - 42, s.y + 3.6)
    s.y += 5.4
    s.line(s.left, s.y, s.right, s.y, 1.2)
    s.y += 2.0
