"""Chinese line breaking, and text that fits or says so.

A line never begins with closing punctuation nor ends with an opening mark (禁则). Numbers stay with their unit, amounts with their ¥,
Latin words and dates stay whole; what alone is wider than the line is cut between characters.
"""

import re
from collections.abc import Iterator

from forms.fonts import REGULAR, Chain

OPENING = "（《「『【〔〈“‘([{¥￥$№"
CLOSING = "，。、；：！？）》」』】〕〉”’…—·～%‰℃㎡,.;:!?)]}"
UNITS = "平方米|立方米|小时|分钟|公斤|单元|工作日|元|角|分|年|月|日|号|天|时|秒|点|米|次|个|户|栋|室|层|楼|度|吨|升|周|页|份|条|把"
WORD = r"[0-9A-Za-z\u00C0-\u024F]+(?:[-–+./:,'’_@&#=]+[0-9A-Za-z\u00C0-\u024F]+)*"
ATOM = re.compile(rf"(\s+)|[{re.escape(OPENING)}+-]*(?:{WORD}(?:{UNITS})?|\S)[{re.escape(CLOSING)}]*")
INVISIBLE = dict.fromkeys(map(ord, "\r\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff")) | {9: " ", 0xA0: " ", 0x2028: "\n"}


class TooLong(ValueError):
    """Says which text does not fit where it should stand."""

    def __init__(self, text: str) -> None:
        """Keep the beginning of the text."""
        self.text = f"{text[:24]}…" if len(text) > 24 else text
        super().__init__(f"no room for: {self.text}")


def clean(text: str) -> str:
    """Return `text` without what prints nothing: zero-width marks, tabs as spaces, one kind of line end."""
    return text if text.isprintable() else text.replace("\r\n", "\n").translate(INVISIBLE)


def atoms(text: str) -> list[str]:
    """Return the pieces of one paragraph between which a line may end; blanks are pieces of their own."""
    return [found.group() for found in ATOM.finditer(text)]


def lines(text: str, width: float, size: float, chain: Chain = REGULAR) -> list[str]:
    """Return `text` broken into lines at most `width` points wide at `size` points; a line end in the text ends a line."""
    return [line for paragraph in text.split("\n") for line in _broken(paragraph, width, size, chain)]


def fitting(text: str, width: float, size: float, least: float, chain: Chain = REGULAR) -> float:
    """Return the largest size from `size` down to `least` points in which `text` is at most `width` points wide, or raise `TooLong`."""
    full = chain.width(text, size)
    if full <= width:
        return size
    smaller = int(size * width / full * 4) / 4
    if smaller < least:
        raise TooLong(text)
    return smaller


def _broken(paragraph: str, width: float, size: float, chain: Chain) -> Iterator[str]:
    """Yield the lines of one paragraph, at least one."""
    line, used = "", 0.0
    for atom in _pieces(paragraph, width, size, chain):
        wide = chain.width(atom, size)
        if used + wide > width + 0.001 and not atom.isspace():
            if line.strip():
                yield line.rstrip()
            line, used = "", 0.0
        if line or not atom.isspace():
            line, used = line + atom, used + wide
    yield line.rstrip()


def _pieces(paragraph: str, width: float, size: float, chain: Chain) -> Iterator[str]:
    """Yield the atoms of a paragraph, those wider than a line cut into characters."""
    for atom in atoms(paragraph):
        if len(atom) > 1 and chain.width(atom, size) > width:
            yield from atom
        else:
            yield atom
