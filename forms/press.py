"""One PDF document in the making: pages go in, bytes come out, the same bytes for the same pages."""

from dataclasses import dataclass, field
from io import BytesIO
from typing import cast

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from forms.fonts import REGULAR, Chain, MissingGlyph, spell_missing

MM = 72 / 25.4
rl_config.useA85 = 0  # plain compressed streams: a sixth smaller


@dataclass
class Page:
    """One page: its size in mm, what every sheet of its kind shows, and what only this one says."""

    wide: float
    high: float
    fixed: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    badge: tuple[float, float] = (0.0, 0.0)  # right end and base line of the part's name, in mm


class Proof:
    """Takes every page and prints none: keeps in `problems` what could not be printed well."""

    def __init__(self) -> None:
        """Start without a problem."""
        self.problems: list[ValueError] = []

    def refuse(self, problem: ValueError) -> None:
        """Keep a problem."""
        self.problems.append(problem)

    def printable(self, text: str) -> str:
        """Return `text`, with characters that no font has spelled out."""
        try:
            REGULAR.width(text.replace("\n", ""), 1)
        except MissingGlyph as problem:
            self.refuse(problem)
            return spell_missing(text)
        return text

    def ink(self, text: str, x: float, y: float, size: float, chain: Chain, matrix: str = "1 0 0 1") -> str:
        """Return nothing."""
        return ""

    def put(self, page: Page) -> None:
        """Take a page and forget it."""


class Press(Proof):
    """A PDF document in the making. It raises at the first text that it cannot print well."""

    def __init__(self, title: str, lang: str) -> None:
        """Open an empty document with a title and a language (`zh` or `en`)."""
        super().__init__()
        name = REGULAR.first.fontName
        self._canvas = Canvas(
            BytesIO(),
            invariant=1,
            pageCompression=1,
            initialFontName=name,  # type: ignore[arg-type]
            lang={"zh": "zh-CN"}.get(lang, lang),
        )
        self._canvas.setTitle(title)
        self._canvas.setCreator("LobbyDesk")
        self._doc: pdfdoc.PDFDocument = self._canvas._doc  # type: ignore[attr-defined]
        self._backgrounds: dict[str, str] = {}
        self.pages = 0

    def refuse(self, problem: ValueError) -> None:
        """Raise the problem."""
        raise problem

    def ink(self, text: str, x: float, y: float, size: float, chain: Chain, matrix: str = "1 0 0 1") -> str:
        """Return the PDF operators that write `text` from the point (x, y), in points from the lower left."""
        try:
            codes = chain.first.codes(self._doc)
            return f"BT /{codes.name} {size:g} Tf {matrix} {x:.2f} {y:.2f} Tm <{codes.hex(text)}> Tj ET"
        except MissingGlyph:
            shown = [(font.codes(self._doc), run) for font, run in chain.runs(text)]
            written = " ".join(f"/{codes.name} {size:g} Tf <{codes.hex(run)}> Tj" for codes, run in shown)
            return f"BT {matrix} {x:.2f} {y:.2f} Tm {written} ET"

    def put(self, page: Page) -> None:
        """Add a page. What is fixed on it is kept once in the document, however many pages show it."""
        canvas, size = self._canvas, (page.wide * MM, page.high * MM)
        canvas.setPageSize(size)
        canvas.doForm(self._background("\n".join(page.fixed), size))
        canvas.addLiteral("\n".join(page.words))
        canvas.showPage()
        self.pages += 1

    def bytes(self) -> bytes:
        """Close the document and return it."""
        return cast(bytes, self._canvas.getpdfdata())

    def _background(self, content: str, size: tuple[float, float]) -> str:
        """Return the name of the form that shows `content`, made on first use."""
        name = self._backgrounds.get(content)
        if name is None:
            name = self._backgrounds[content] = f"b{len(self._backgrounds) + 1}"
            self._canvas.beginForm(name, 0, 0, *size)
            self._canvas.addLiteral(content)
            self._canvas.endForm()
        return name
