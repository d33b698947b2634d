"""Cut a TrueType font down to the glyphs that one document shows."""

from struct import pack, unpack_from

from reportlab.pdfbase.ttfonts import TTFontFace, TTFontMaker

WORDS, SCALE, MORE, TWO_SCALES, MATRIX = 0x1, 0x8, 0x20, 0x40, 0x80


def parts(outline: bytes) -> list[tuple[int, int]]:
    """Return where a composite outline names another glyph, as (offset, glyph); nothing for a simple outline."""
    found: list[tuple[int, int]] = []
    if len(outline) < 10 or unpack_from(">h", outline)[0] >= 0:
        return found
    at, flags = 10, MORE
    while flags & MORE:
        flags, glyph = unpack_from(">HH", outline, at)
        found.append((at + 2, glyph))
        at += 4 + (4 if flags & WORDS else 2)
        at += 2 if flags & SCALE else 4 if flags & TWO_SCALES else 8 if flags & MATRIX else 0
    return found


def outlines(face: TTFontFace, glyphs: list[int]) -> tuple[list[int], list[bytes]]:
    """Return the glyphs with every part they are made of, and the outline of each, its parts renumbered."""
    start = face.get_table_pos("glyf")[0]
    wanted = [0, *glyphs]
    place = {glyph: at for at, glyph in reversed(list(enumerate(wanted)))}
    drawn = []
    for glyph in wanted:
        begin, end = face.glyphPos[glyph], face.glyphPos[glyph + 1]
        outline = face.get_chunk(start + begin, end - begin)
        for offset, part in parts(outline):
            if part not in place:
                place[part] = len(wanted)
                wanted.append(part)
            outline = outline[:offset] + pack(">H", place[part]) + outline[offset + 2 :]
        drawn.append(outline + bytes(-len(outline) % 4))
    return wanted, drawn


def measure(table: bytes, full: int, glyph: int) -> bytes:
    """Return a glyph's advance and side bearing from the hmtx table, whose first `full` glyphs have both."""
    if glyph < full:
        return table[glyph * 4 : glyph * 4 + 4]
    at = full * 4 + (glyph - full) * 2
    return table[full * 4 - 4 : full * 4 - 2] + table[at : at + 2]


def subset(face: TTFontFace, glyphs: list[int]) -> bytes:
    """Return a TrueType file whose glyph 1 is `glyphs[0]`, and so on; glyph 0 is .notdef."""
    wanted, drawn = outlines(face, glyphs)
    offsets = [0]
    for outline in drawn:
        offsets.append(offsets[-1] + len(outline))
    table, full = face.get_table("hmtx"), unpack_from(">H", face.get_table("hhea"), 34)[0]
    file = TTFontMaker()
    file.add("glyf", b"".join(drawn))
    file.add("loca", pack(f">{len(offsets)}L", *offsets))
    file.add("hmtx", b"".join(measure(table, full, glyph) for glyph in wanted))
    file.add("hhea", _patched(face.get_table("hhea"), 34, len(wanted)))
    file.add("maxp", _patched(face.get_table("maxp"), 4, len(wanted)))
    file.add("head", _patched(face.get_table("head"), 50, 1))
    return file.makeStream()


def _patched(table: bytes, at: int, number: int) -> bytes:
    """Return `table` with a two-byte number replaced."""
    return table[:at] + pack(">H", number) + table[at + 2 :]
