"""The parts of an 80 mm slip: centred lines, label and words, rules."""

from forms.press import MM
from forms.sheet import Sheet
from forms.words import Words


def cut(s: Sheet) -> None:
    """Cut the roll below the cursor: the page gets the height that was used."""
    height = s.y + 4.0
    for page in s.pages:
        shift = f"1 0 0 1 0 {(height - page.high) * MM:.2f} cm"
        page.high = s.high = height
        page.fixed[:] = [shift, *page.fixed]
        page.words[:] = ["q " + shift, *page.words, "Q"]


def centre(s: Sheet, text: str, size: float, *, bold: bool = False, gap: float = 1.0, least: float = 0.0) -> None:
    """Write centred words, down to `least` points on one line, else broken into lines, and leave `gap` mm below."""
    wide = s.measure(text, size, bold=bold)
    if least and wide > s.width:
        size = max(least, int(size * s.width / wide * 4) / 4)
    step = size * 1.3 / MM
    for line in s.lines(text, s.width, size, bold=bold):
        s.y += step
        s.text((s.left + s.right) / 2, s.y - step * 0.24, line, size, bold=bold, align="centre")
    s.y += gap


def pair(s: Sheet, label: str, text: str, *, size: float = 10.5, bold: bool = False) -> None:
    """Write a label and its words beside it, or nothing where there are no words."""
    if text:
        indent = max(17.0, s.measure(label, 9) + 2.0)
        s.text(s.left, s.y + 3.8, label, 9)
        s.y += s.para(s.left + indent, s.y, s.width - indent, text, size, bold=bold, leading=1.34) + 0.7


def rule(s: Sheet, weight: float = 0.7, dash: str = "") -> None:
    """Draw a line across."""
    s.y += 1.2
    s.line(s.left, s.y, s.right, s.y, weight, dash=dash)
    s.y += 1.4


def slip_head(s: Sheet, words: Words, title: str, *, numbered: bool = True) -> None:
    """Draw the head of a slip, with its number unless the slip writes that larger itself."""
    s.y += 7.0  # room for 补打
    centre(s, words.site, 12, bold=True, gap=0.2)
    if words.company:
        centre(s, words.company, 9)
    centre(s, title, 16, bold=True)
    if numbered:
        centre(s, words.number, 12, bold=True, gap=0.2)
    rule(s, 1.4)


def slip_foot(s: Sheet, words: Words, check_label: str, hint: str) -> None:
    """Draw the code to scan, the check code in large type, and who made the slip when."""
    if words.qr:
        side = 27.0
        s.y += 2.5
        s.qr((s.left + s.right - side) / 2, s.y, side, words.qr)
        s.y += side + 2.5
    if words.check:
        centre(s, check_label, 9, gap=0.0)
        centre(s, words.check, 14, bold=True)
    centre(s, hint, 9)
    rule(s)
    centre(s, "  ".join(filter(None, (words.issued, words.issued_by, words.head))), 9, gap=0)
    if words.phone:
        centre(s, words.phone, 12, bold=True, gap=0)
