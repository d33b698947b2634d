"""Tables with a heading that comes back on every page."""

from collections.abc import Sequence
from dataclasses import dataclass

from forms.parts.grid import PAD, THIN
from forms.press import MM
from forms.sheet import Sheet

SIZE = 10.0
STEP = SIZE * 1.32 / MM


@dataclass(frozen=True)
class Column:
    """A column: its heading, its share of the width, and how its words stand."""

    title: str
    span: float = 1
    align: str = "left"


def table(s: Sheet, columns: Sequence[Column], rows: Sequence[Sequence[str]], height: float = 7.0) -> None:
    """Draw a table whose rows are at least `height` mm high, with its heading on each page it reaches; it has no outer frame."""
    s.need(2 * height)
    heading(s, columns, height)
    for words in rows:
        body(s, columns, words, height)


def heading(s: Sheet, columns: Sequence[Column], height: float) -> None:
    """Draw the heading of a table."""
    for column, x, wide in places(s, columns):
        at = {"left": x + PAD, "right": x + wide - PAD, "centre": x + wide / 2}[column.align]
        s.text(at, s.y + height / 2 + 1.15, column.title, 9, align=column.align, room=wide - 2 * PAD, fixed=True)
    lines(s, columns, height)


def body(s: Sheet, columns: Sequence[Column], words: Sequence[str], height: float) -> None:
    """Draw one row, as high as its longest words; on a new page below a new heading."""
    broken = [s.lines(text, wide - 2 * PAD, SIZE) if text else [] for text, (_, _, wide) in zip(words, places(s, columns), strict=True)]
    height = max(height, *(len(each) * STEP + 1.6 for each in broken))
    before = s.page
    s.need(height)
    if s.page is not before:
        left, width = s.inner
        s.line(left, s.y, left + width, s.y, THIN)
        heading(s, columns, 7.0)
    for each, (column, x, wide) in zip(broken, places(s, columns), strict=True):
        at = {"left": x + PAD, "right": x + wide - PAD, "centre": x + wide / 2}[column.align]
        top = s.y + (height - len(each) * STEP) / 2
        for number, line in enumerate(each):
            s.text(at, top + (number + 0.5) * STEP + SIZE * 0.36 / MM, line, SIZE, align=column.align)
    lines(s, columns, height)


def places(s: Sheet, columns: Sequence[Column]) -> list[tuple[Column, float, float]]:
    """Return each column with its left edge and its width in mm."""
    left, width = s.inner
    unit = width / sum(column.span for column in columns)
    found = []
    for column in columns:
        found.append((column, left, column.span * unit))
        left += column.span * unit
    return found


def lines(s: Sheet, columns: Sequence[Column], height: float) -> None:
    """Draw the lines beside and below a row, and move the cursor below it."""
    for _, x, _ in places(s, columns)[1:]:
        s.line(x, s.y, x, s.y + height, THIN)
    left, width = s.inner
    s.y += height
    s.line(left, s.y, left + width, s.y, THIN)
