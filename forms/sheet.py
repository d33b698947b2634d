"""A drawing surface in millimetres from the upper left: text, lines, boxes and QR codes on pages that never clip.

What stands on every sheet of a kind (labels, lines) is drawn with `fixed=True`; a document keeps it once. Text is checked against the room
it has: it gets smaller down to `LEAST` points, it moves to a new page, or it is a problem; it is never cut.
"""

from collections.abc import Callable

from forms.fonts import BOLD, REGULAR, Chain
from forms.press import MM, Page, Proof
from forms.qr import image
from forms.text import TooLong, clean, fitting, lines

LEAST = 9.0  # points: smaller is unreadable from a needle printer
PAPERS = {"A4": (210.0, 297.0), "A5": (210.0, 148.0), "80mm": (80.0, 1200.0)}  # A5 lies on its side, half an A4; a roll is cut
MARGINS = {
    "A4": (12.0, 12.0, 14.0, 14.0),
    "A5": (7.0, 12.0, 11.0, 14.0),
    "80mm": (4.0, 5.0, 4.0, 5.0),
}  # top, right, bottom, left: the file's holes
Hook = Callable[["Sheet"], None]


class Sheet:
    """The pages of one document, with a cursor `y` that moves down."""

    def __init__(self, press: Proof, paper: str = "A4") -> None:
        """Start on a first page."""
        self.press, self.paper = press, paper
        self.wide, self.high = PAPERS[paper]
        self._top, right, bottom, self.left = MARGINS[paper]
        self.right, self.bottom = self.wide - right, self.high - bottom
        self.inset = 0.0  # mm that a section's name takes on the left
        self.pages: list[Page] = []
        self.on_break: list[Hook] = []  # told before a page ends
        self.on_page: list[Hook] = []  # told when a further page begins
        self.new_page()

    @property
    def width(self) -> float:
        """Return the width between the margins."""
        return self.right - self.left

    @property
    def inner(self) -> tuple[float, float]:
        """Return where rows begin and how wide they are, inside a section's frame."""
        return self.left + self.inset, self.width - self.inset

    def measure(self, text: str, size: float, *, bold: bool = False) -> float:
        """Return the width of one line in mm."""
        return (BOLD if bold else REGULAR).width(self.press.printable(clean(text)), size) / MM

    def new_page(self) -> None:
        """End the page, if there is one, and go on at the top of a new one."""
        first = not self.pages
        for hook in () if first else reversed(self.on_break):
            hook(self)
        self.page = Page(self.wide, self.high, badge=(self.right, self._top + 4))
        self.pages.append(self.page)
        self.y = self._top
        for hook in () if first else self.on_page:
            hook(self)

    def need(self, height: float, what: str = "") -> None:
        """Make sure that `height` mm are free below the cursor, on a new page if they are not; `what` is named if no page is high enough."""
        if self.y + height > self.bottom + 0.01:
            self.new_page()
            if self.y + height > self.bottom + 0.01:
                self.press.refuse(TooLong(what or f"{height:.0f} mm"))

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 10,
        *,
        bold: bool = False,
        align: str = "left",
        room: float | None = None,
        fixed: bool = False,
    ) -> float:
        """Write one line on the base line `y`; `x` is its left, right or centre. Return its width in mm; `room` is the most it may have."""
        words, chain = self.press.printable(clean(text).replace("\n", " ")), BOLD if bold else REGULAR
        if room is not None:
            size = self._fitting(words, room, size, bold)
        wide = chain.width(words, size) / MM
        x -= {"left": 0.0, "right": wide, "centre": wide / 2}[align]
        self.write(words, x, y, size, chain, fixed=fixed)
        return wide

    def write(self, words: str, x: float, y: float, size: float, chain: Chain, *, fixed: bool) -> None:
        """Put printable words on the page, from `x` on the base line `y`."""
        self._put(self.press.ink(words, x * MM, (self.high - y) * MM, size, chain), fixed=fixed)

    def para(
        self,
        x: float,
        y: float,
        width: float,
        text: str,
        size: float = 10,
        *,
        bold: bool = False,
        leading: float = 1.4,
        fixed: bool = False,
    ) -> float:
        """Write a paragraph whose first line's top is `y`, broken at `width` mm. Return its height in mm."""
        step = size * leading / MM
        broken = self.lines(text, width, size, bold=bold)
        for at, line in enumerate(broken):
            self.text(x, y + at * step + step * 0.5 + size * 0.36 / MM, line, size, bold=bold, fixed=fixed)
        return len(broken) * step

    def lines(self, text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
        """Return `text` broken into lines of at most `width` mm."""
        return lines(self.press.printable(clean(text)), width * MM, size, BOLD if bold else REGULAR)

    def upright(self, x: float, y: float, text: str, size: float = 10, *, bold: bool = False, room: float) -> None:
        """Write a fixed line upwards, centred on the point (x, y), at most `room` mm long."""
        chain, size = BOLD if bold else REGULAR, self._fitting(text, room, size, bold)
        y += chain.width(text, size) / MM / 2
        ink = self.press.ink(text, (x + size * 0.36 / MM) * MM, (self.high - y) * MM, size, chain, matrix="0 1 -1 0")
        self._put(ink, fixed=True)

    def line(self, x1: float, y1: float, x2: float, y2: float, weight: float = 0.5, *, dash: str = "", fixed: bool = True) -> None:
        """Draw a line of `weight` points; `dash` is a PDF pattern such as '2 2'."""
        path = f"{x1 * MM:.2f} {(self.high - y1) * MM:.2f} m {x2 * MM:.2f} {(self.high - y2) * MM:.2f} l S"
        self._put(f"q [{dash}] 0 d {weight:g} w {path} Q" if dash else f"{weight:g} w {path}", fixed=fixed)

    def box(
        self,
        x: float,
        y: float,
        wide: float,
        high: float,
        weight: float = 0.5,
        *,
        fill: bool = False,
        fixed: bool = True,
    ) -> None:
        """Draw a rectangle, solid black if `fill`."""
        path = f"{x * MM:.2f} {(self.high - y - high) * MM:.2f} {wide * MM:.2f} {high * MM:.2f} re"
        self._put(f"{path} f" if fill else f"{weight:g} w {path} S", fixed=fixed)

    def tick(self, x: float, y: float, on: bool = False, size: float = 3.2) -> None:
        """Draw a box to tick, standing on the base line `y`, with its tick if `on`."""
        self.box(x, y - size + 0.3, size, size, 0.7)
        if on:
            points = [(0.15, 0.5), (0.42, 0.8), (0.9, 0.1)]
            path = " ".join(
                f"{(x + size * a) * MM:.2f} {(self.high - y + size - 0.3 - size * b) * MM:.2f} {'l' if at else 'm'}"
                for at, (a, b) in enumerate(points)
            )
            self._put(f"1.4 w {path} S", fixed=False)

    def qr(self, x: float, y: float, side: float, payload: str) -> None:
        """Draw a QR code of `side` mm, without its quiet zone of four modules."""
        self._put(
            f"q {side * MM:.2f} 0 0 {side * MM:.2f} {x * MM:.2f} {(self.high - y - side) * MM:.2f} cm {image(payload)} Q", fixed=False
        )

    def raw(self, operators: str) -> None:
        """Add PDF operators to the words of the page."""
        self._put(operators, fixed=False)

    def _put(self, operators: str, *, fixed: bool) -> None:
        """Add operators to the fixed or the changing part of the page."""
        (self.page.fixed if fixed else self.page.words).append(operators)

    def _fitting(self, text: str, room: float, size: float, bold: bool) -> float:
        """Return the size in which `text` fits, or tell the problem."""
        try:
            return fitting(text, room * MM, size, min(LEAST, size), BOLD if bold else REGULAR)
        except TooLong as problem:
            self.press.refuse(problem)
            return min(LEAST, size)
