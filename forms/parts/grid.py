"""A grid of labelled cells, the way Chinese forms are read: small label on top, the answer or room to write below."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from forms.press import MM
from forms.sheet import Sheet
from forms.text import TooLong

THIN, THICK = 0.5, 1.2
PAD = 1.8  # mm between a line and the words
TAB = 8.0  # mm: the column with the section's name
LABEL = 9.0  # points
HEAD = 4.4  # mm that a label takes
LEADING = 1.3


@dataclass(frozen=True)
class Cell:
    """One field: its label, its words, its share of the row, and boxes to tick with the chosen one."""

    label: str
    value: str = ""
    span: float = 1
    size: float = 10.5
    bold: bool = False
    least: float = 0.0  # points: the size may come down to this to keep the words on one line; 0 breaks them at once
    ticks: tuple[str, ...] = ()
    ticked: int = -1


def row(s: Sheet, cells: Sequence[Cell], height: float = 11.5) -> None:
    """Draw one row of cells, at least `height` mm high and as high as its longest words; go to a new page if it does not fit."""
    left, width = s.inner
    unit = width / sum(cell.span for cell in cells)
    cells = [_sized(s, cell, cell.span * unit - 2 * PAD) for cell in cells]
    broken = [s.lines(cell.value, cell.span * unit - 2 * PAD, cell.size, bold=cell.bold) if cell.value else [] for cell in cells]
    height = max(height, *(_needed(cell, lines) for cell, lines in zip(cells, broken, strict=True)))
    s.need(height, max((cell.value for cell in cells), key=len))
    x = left
    for cell, lines in zip(cells, broken, strict=True):
        if x > left:
            s.line(x, s.y, x, s.y + height, THIN)
        _draw(s, cell, lines, x, cell.span * unit - 2 * PAD, height)
        x += cell.span * unit
    s.line(left, s.y + height, left + width, s.y + height, THIN)
    s.y += height


def _sized(s: Sheet, cell: Cell, room: float) -> Cell:
    """Return the cell in the size that keeps its words on one line, or in its least size."""
    if not cell.least or not cell.value:
        return cell
    wide = s.measure(cell.value, cell.size, bold=cell.bold)
    return cell if wide <= room else replace(cell, size=max(cell.least, int(cell.size * room / wide * 4) / 4))


def _needed(cell: Cell, lines: list[str]) -> float:
    """Return the height in mm that a cell's words need below its label."""
    return (HEAD if cell.label else 0.6) + len(lines) * cell.size * LEADING / MM + 0.6


def _draw(s: Sheet, cell: Cell, lines: list[str], x: float, room: float, height: float) -> None:
    """Write a cell's label, words and boxes; a single line sits in the middle of the room below the label."""
    top = s.y + (HEAD if cell.label else 0.0)
    if cell.label:
        s.text(x + PAD, s.y + 3.9, cell.label, LABEL, room=room, fixed=True)
    step = cell.size * LEADING / MM
    free = s.y + height - top - len(lines) * step - 0.6
    y = top + min(free / 2, 1.6)
    for at, line in enumerate(lines):
        s.text(x + PAD, y + at * step + step * 0.5 + cell.size * 0.36 / MM, line, cell.size, bold=cell.bold)
    tick_row(s, x + PAD, s.y + height - 0.4 - min(2.3, (height - HEAD - 3.2) / 2), cell.ticks, cell.ticked, room)


def tick_row(s: Sheet, x: float, y: float, words: Sequence[str], ticked: int, room: float) -> None:
    """Draw boxes with their words in one row, spread over at most `room` mm."""
    sizes = [5.0 + s.measure(word, 10) for word in words]
    gap = min(5.0, (room - sum(sizes)) / max(1, len(words) - 1)) if words else 0
    for at, (word, size) in enumerate(zip(words, sizes, strict=True)):
        s.tick(x, y, at == ticked)
        s.text(x + 4.4, y, word, 10, fixed=True)
        x += size + gap


@contextmanager
def section(s: Sheet, title: str) -> Iterator[None]:
    """Frame the rows drawn inside, with the section's name in a column on their left; on a page break the frame goes on."""
    left, width = s.inner
    tops = [s.y]

    def broken(sheet: Sheet) -> None:
        _frame(sheet, title, left, width, tops[-1], whole=False)

    def reopen(sheet: Sheet) -> None:
        tops.append(sheet.y)

    s.on_break.append(broken)
    s.on_page.append(reopen)
    s.inset += TAB
    try:
        yield
    finally:
        s.inset -= TAB
        s.on_break.remove(broken)
        s.on_page.remove(reopen)
    _frame(s, title, left, width, tops[-1], whole=len(tops) == 1)


def _frame(s: Sheet, title: str, left: float, width: float, top: float, *, whole: bool) -> None:
    """Draw the frame of a section from `top` to the cursor, with its name; a piece of a broken one goes without if it is too low."""
    high = s.y - top
    if high <= 0:
        return
    s.box(left, top, width, high, THICK)
    s.line(left + TAB, top, left + TAB, s.y, THIN)
    needed = s.measure(title, LABEL, bold=True) if title.isascii() else 3.8 * -(-len(title) // 2)  # side by side, if one column is too high
    if needed <= high - 0.8:
        _name(s, title, left + TAB / 2, top + high / 2, high - 0.8)
    elif whole:
        s.press.refuse(TooLong(title))


def _name(s: Sheet, title: str, x: float, middle: float, room: float) -> None:
    """Write a section's name in its column: Chinese downwards, Latin upwards."""
    if title.isascii():
        s.upright(x, middle, title, bold=True, room=room)
        return
    wide = 1 if 3.8 * len(title) <= room else 2  # characters side by side
    lines = -(-len(title) // wide)
    step = min(4.8, room / lines)
    for at, char in enumerate(title):
        y = middle + (at // wide - lines / 2 + 0.5) * step + 10.5 * 0.36 / MM
        s.text(x + (at % wide - (wide - 1) / 2) * 3.8, y, char, 10.5, bold=True, align="centre", fixed=True)
