"""80 mm slips: a PDF page of the height that is needed, and the same slip as dots for a thermal printer."""

from PIL import Image

from forms.press import MM
from forms.sheet import Sheet

DOTS = 576  # dots across 72 mm of paper, at 203 dpi
BAND = 255  # rows a printer takes in one raster command


def cut(s: Sheet) -> None:
    """Cut the roll below the cursor: the page gets the height that was used."""
    height = s.y + 4.0
    for page in s.pages:
        shift = f"1 0 0 1 0 {(height - page.high) * MM:.2f} cm"
        page.high = s.high = height
        page.fixed.insert(0, shift)
        page.words.insert(0, shift)


def dots(picture: Image.Image) -> Image.Image:
    """Return a picture of a slip as black and white dots, 576 across, without dithering so that codes stay sharp."""
    grey = picture.convert("L")
    scaled = grey.resize((DOTS, round(grey.height * DOTS / grey.width)), Image.Resampling.LANCZOS)
    return scaled.point(lambda level: 255 if level > 150 else 0).convert("1")


def escpos(picture: Image.Image) -> bytes:
    """Return the ESC/POS bytes that print a slip of dots as raster (GS v 0), feed it out and cut it."""
    bits = picture.convert("1")
    row = -(-bits.width // 8)
    black = bytes(byte ^ 0xFF for byte in bits.tobytes())
    last = 0xFF << (row * 8 - bits.width) & 0xFF
    lines = [black[at : at + row - 1] + bytes([black[at + row - 1] & last]) for at in range(0, row * bits.height, row)]
    bands = [lines[at : at + BAND] for at in range(0, len(lines), BAND)]
    raster = b"".join(b"\x1dv0\x00" + row.to_bytes(2, "little") + len(band).to_bytes(2, "little") + b"".join(band) for band in bands)
    return b"\x1b@" + raster + b"\x1bd\x04\x1dV\x42\x00"
