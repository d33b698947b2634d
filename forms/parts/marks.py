"""What is said across a paper: whose part it is, that it is a copy, that it is void."""

from forms.fonts import BOLD
from forms.form import Mark
from forms.press import MM
from forms.sheet import Sheet

ORDINALS = "一二三四五六七八九"
REPRINT = {"zh": "补打第{n}次 · 副本", "en": "Reprint {n} · copy"}
VOID = {"zh": "作废", "en": "VOID"}


def part_name(lang: str, at: int, name: str) -> str:
    """Return the name of a part with its place, as 第一联 维修联."""
    return f"第{ORDINALS[at]}联 {name}" if lang == "zh" else f"Part {at + 1}: {name}"


def badge(s: Sheet, text: str) -> None:
    """Write the part's name in a box, flush right at the place the letterhead left for it."""
    x, y = s.page.badge
    wide = s.measure(text, 10, bold=True)
    s.box(x - wide - 3.2, y - 4.3, wide + 3.2, 5.8, 0.8, fixed=False)
    s.text(x - 1.6, y, text, 10, bold=True, align="right")


def marks(s: Sheet, mark: Mark, lang: str) -> None:
    """Write 补打第n次 in a box at the top, and 作废 in large outlines across the page."""
    if mark.reprint:
        text = REPRINT[lang].format(n=mark.reprint)
        wide = s.measure(text, 10.5, bold=True)
        middle = (s.left + s.right) / 2
        s.box(middle - wide / 2 - 2, 3.2, wide + 4, 6.2, 1.2, fixed=False)
        s.text(middle, 7.6, text, 10.5, bold=True, align="centre")
    if mark.void:
        _across(s, VOID[lang])


def _across(s: Sheet, text: str) -> None:
    """Write outlined letters rising across the page, that leave the words under them readable."""
    size = min(150.0, s.high * MM / 2.6, s.wide * MM * 0.62 / (BOLD.width(text, 1)))
    half = BOLD.width(text, size) / 2
    x, y = s.wide * MM / 2 - half * 0.9397 + size * 0.12, s.high * MM / 2 - half * 0.342 - size * 0.33
    s.raw(f"q 1 Tr 1.6 w {s.press.ink(text, x, y, size, BOLD, matrix='0.9397 0.342 -0.342 0.9397')} Q")
