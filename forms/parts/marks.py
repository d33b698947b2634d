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
    s.page.badge = (x - _boxed(s, text, x, y, 0.8) - 2.5, y)


def marks(s: Sheet, mark: Mark, lang: str) -> None:
    """Write 补打第n次 in a box beside the part's name, and 作废 across the page; on a slip both in one box on top."""
    reprint = REPRINT[lang].format(n=mark.reprint) if mark.reprint else ""
    if s.paper == "80mm":
        text = " · ".join(filter(None, (VOID[lang] if mark.void else "", reprint)))
        if text:
            _boxed(s, text, s.wide / 2 + s.measure(text, 10, bold=True) / 2 + 1.6, 8.0, 1.4)
        return
    if reprint:
        _boxed(s, reprint, *s.page.badge, 1.4)
    if mark.void:
        _across(s, VOID[lang])


def _boxed(s: Sheet, text: str, x: float, y: float, weight: float) -> float:
    """Write words in a box whose right side is `x`; return the box's width."""
    wide = s.measure(text, 10, bold=True) + 3.2
    s.box(x - wide, y - 4.3, wide, 5.8, weight, fixed=False)
    s.text(x - 1.6, y, text, 10, bold=True, align="right")
    return wide


def _across(s: Sheet, text: str) -> None:
    """Write large hatched letters rising across the page, so thin that the words under them stay readable."""
    size = min(170.0, s.high * MM / 2.4, s.wide * MM * 0.7 / BOLD.width(text, 1))
    half = BOLD.width(text, size) / 2
    x, y = s.wide * MM / 2, s.high * MM / 2
    ink = s.press.ink(text, -half, -size * 0.36, size, BOLD)
    hatch = " ".join(f"{at} {-size:.1f} m {at + size * 2:.1f} {size:.1f} l" for at in range(int(-half - size * 2), int(half) + 1, 5))
    s.raw(f"q 0.94 0.342 -0.342 0.94 {x:.2f} {y:.2f} cm 7 Tr {ink} 0.9 w {hatch} S Q")
