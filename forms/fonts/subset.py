"""Cut a TrueType font down to the glyphs that one document shows."""

from struct import pack, unpack_from

from reportlab.pdfbase.ttfonts import TTFontFace, TTFontMaker


def outlines(face: TTFontFace, glyphs: list[int]) -> list[bytes]:
    """Return the outline of each glyph, padded to four bytes. The house's fonts have no glyph made of other glyphs; such a one is refused."""
    start = face.get_table_pos("glyf")[0]
    found = []
    for glyph in glyphs:
        begin, end = face.glyphPos[glyph], face.glyphPos[glyph + 1]
        outline = face.get_chunk(start + begin, end - begin)
        if outline[:1] >= b"\x80":  # a negative number of contours
            raise ValueError(f"glyph {glyph} of {face.filename} is made of other glyphs")
        found.append(outline + bytes(-len(outline) % 4))
    return found


def measure(table: bytes, full: int, glyph: int) -> bytes:
    """Return a glyph's advance and side bearing from the hmtx table, whose first `full` glyphs have both."""
    if glyph < full:
        return table[glyph * 4 : glyph * 4 + 4]
    at = full * 4 + (glyph - full) * 2
    return table[full * 4 - 4 : full * 4 - 2] + table[at : at + 2]


def subset(face: TTFontFace, glyphs: list[int]) -> bytes:
    """Return a TrueType file whose glyph 1 is `glyphs[0]`, and so on; glyph 0 is .notdef."""
    wanted = [0, *glyphs]
    drawn = outlines(face, wanted)
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
