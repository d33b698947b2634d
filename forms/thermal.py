"""80 mm slips as dots: the same drawing as on paper, made by Pillow, and the bytes that a thermal printer takes.

Only dots are sent, never text: printers differ in their character sets and none has the rare characters of names.
"""

from functools import cache

from PIL import Image, ImageDraw, ImageFont

from forms.fonts import Chain
from forms.form import Form, Mark
from forms.parts.marks import marks
from forms.press import Proof
from forms.qr import matrix
from forms.sheet import Sheet
from forms.words import Words

PER_MM = 8  # dots: 203 dpi
ACROSS = 576  # dots that the head prints: 72 mm of the 80
EDGE = 4.0  # mm on either side that no head reaches
BAND = 255  # rows a printer takes in one raster command


@cache
def face(path: str, size: int) -> ImageFont.FreeTypeFont:
    """Return a font file at a size in dots."""
    return ImageFont.truetype(path, size)


class StrictProof(Proof):
    """Prints nothing itself, but raises at the first text that cannot be printed well."""

    def refuse(self, problem: ValueError) -> None:
        """Raise the problem."""
        raise problem


class DotSheet(Sheet):
    """A roll of 80 mm paper whose drawing becomes dots."""

    def __init__(self) -> None:
        """Start with a long white roll."""
        self.picture = Image.new("L", (ACROSS, 0), 255)
        super().__init__(StrictProof(), "80mm")
        self._grow(80)

    def cut(self) -> Image.Image:
        """Return the dots that were drawn, one bit each, ending below the cursor."""
        high = round((self.y + 4.0) * PER_MM)
        return self.picture.crop((0, 0, ACROSS, high)).point(lambda level: 255 if level > 140 else 0).convert("1")

    def line(self, x1: float, y1: float, x2: float, y2: float, weight: float = 0.5, *, dash: str = "", fixed: bool = True) -> None:
        """Draw a level line; a dashed one leaves half out."""
        self._grow(y2)
        high, left, right = max(1, round(weight * 2.5)), round(self._x(x1)), round(self._x(x2))
        for start in range(left, right, 16) if dash else (left,):
            end = min(start + 8, right) if dash else right
            self._pen.rectangle((start, y1 * PER_MM, end, y1 * PER_MM + high - 1), fill=0)

    def box(self, x: float, y: float, wide: float, high: float, weight: float = 0.5, *, fill: bool = False, fixed: bool = True) -> None:
        """Draw a rectangle, solid black if `fill`."""
        self._grow(y + high)
        frame = (self._x(x), y * PER_MM, self._x(x + wide), (y + high) * PER_MM)
        self._pen.rectangle(frame, fill=0 if fill else None, outline=0, width=max(1, round(weight * 2.5)))

    def qr(self, x: float, y: float, side: float, payload: str) -> None:
        """Draw a QR code whose modules are whole dots, in the middle of `side` mm."""
        self._grow(y + side)
        modules, cells = matrix(payload)
        code = Image.frombytes("L", (modules, modules), cells.translate(bytes.maketrans(b"\x00\x01", b"\xff\x00")))
        dots = modules * max(1, int(side * PER_MM / modules))
        at = round(self._x(x + side / 2) - dots / 2), round((y + side / 2) * PER_MM - dots / 2)
        self.picture.paste(code.resize((dots, dots), Image.Resampling.NEAREST), at)

    def write(self, words: str, x: float, y: float, size: float, chain: Chain, *, fixed: bool) -> None:
        """Write one line with its base line at `y`."""
        self._grow(y + 4)
        at = self._x(x)
        for font, run in chain.runs(words):
            self._pen.text((at, y * PER_MM), run, font=face(font.face.filename, round(size * PER_MM * 25.4 / 72)), fill=0, anchor="ls")
            at += chain.width(run, size) * PER_MM * 25.4 / 72

    def _x(self, x: float) -> float:
        """Return the dot at `x` mm from the paper's edge."""
        return (x - EDGE) * PER_MM

    def _grow(self, y: float) -> None:
        """Make sure that the picture reaches down to `y` mm."""
        if y * PER_MM >= self.picture.height:
            longer = Image.new("L", (ACROSS, self.picture.height + round(max(y, 80) * PER_MM)), 255)
            longer.paste(self.picture)
            self.picture = longer
            self._pen = ImageDraw.Draw(longer)


def raster(form: Form, words: Words, mark: Mark | None = None) -> Image.Image:
    """Return a slip as a picture of black and white dots, 576 across."""
    if "80mm" not in form.sizes:
        raise ValueError(f"{form.name} is no slip")
    sheet = DotSheet()
    form.draw(sheet, words)
    marks(sheet, mark or Mark(), words.lang)
    return sheet.cut()


def escpos(picture: Image.Image) -> bytes:
    """Return the ESC/POS bytes that print a picture of dots as raster (GS v 0), feed it out and cut it."""
    bits = picture.convert("1")
    row = -(-bits.width // 8)
    black = bytes(byte ^ 0xFF for byte in bits.tobytes())
    last = 0xFF << (row * 8 - bits.width) & 0xFF
    lines = [black[at : at + row - 1] + bytes([black[at + row - 1] & last]) for at in range(0, row * bits.height, row)]
    bands = [lines[at : at + BAND] for at in range(0, len(lines), BAND)]
    raster_bytes = b"".join(b"\x1dv0\x00" + row.to_bytes(2, "little") + len(band).to_bytes(2, "little") + b"".join(band) for band in bands)
    return b"\x1b@" + raster_bytes + b"\x1bd\x04\x1dV\x42\x00"
