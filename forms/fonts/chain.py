"""Chains of fonts: the first one that has a character prints it."""

from collections.abc import Callable
from functools import cache, partial
from itertools import groupby
from pathlib import Path

from reportlab.pdfbase import pdfmetrics

from forms.fonts.strict import MissingGlyph, StrictFont

FOLDER = Path(__file__).parent


@cache
def load(name: str) -> StrictFont:
    """Return a font of this folder by its file name without ending, and make it known to ReportLab by that name."""
    font = StrictFont(name, str(FOLDER / f"{name}.ttf"))
    pdfmetrics.registerFont(font)  # type: ignore[no-untyped-call,unused-ignore]
    return font


class Widths(dict[str, float]):
    """The width of every character met so far, in thousandths of the size."""

    def __init__(self, font_of: Callable[[str], StrictFont]) -> None:
        """Remember whom to ask."""
        super().__init__()
        self._font_of = font_of

    def __missing__(self, char: str) -> float:
        """Ask the font that has the character, or raise `MissingGlyph`."""
        width = self[char] = self._font_of(char).width(char)
        return width


class Chain:
    """Fonts in order of preference. Files are read when a character first needs them."""

    def __init__(self, *names: str) -> None:
        """Take the names of the font files."""
        self._loaders = tuple(partial(load, name) for name in names)
        self._widths = Widths(self.font_of)

    @property
    def first(self) -> StrictFont:
        """Return the font that prints nearly everything."""
        return self._loaders[0]()

    def font_of(self, char: str) -> StrictFont:
        """Return the font that prints `char`, or raise `MissingGlyph`."""
        for loader in self._loaders:
            font = loader()
            if char in font:
                return font
        raise MissingGlyph(char)

    def width(self, text: str, size: float) -> float:
        """Return the width of `text` in points at `size` points."""
        return sum(map(self._widths.__getitem__, text)) * size / 1000

    def runs(self, text: str) -> list[tuple[StrictFont, str]]:
        """Return `text` cut where the font changes."""
        return [(font, "".join(chars)) for font, chars in groupby(text, self.font_of)]


REGULAR = Chain("NotoSansSC-Regular", "PlaneTwo")
BOLD = Chain("NotoSansSC-Bold", "NotoSansSC-Regular", "PlaneTwo")


def missing(text: str) -> tuple[str, ...]:
    """Return the characters of `text` that no font of the house has, each once, in order. Line ends are none."""
    return tuple(char for char in dict.fromkeys(text) if char != "\n" and not _prints(char))


def spell_missing(text: str) -> str:
    """Return `text` with every character that cannot be printed spelled out, as 「U+1F600」, so that the loss is seen."""
    lost = set(missing(text))
    return "".join(f"「U+{ord(char):04X}」" if char in lost else char for char in text) if lost else text


def _prints(char: str) -> bool:
    """Tell whether some font has the character."""
    try:
        return bool(REGULAR.font_of(char))
    except MissingGlyph:
        return False
