"""A TrueType font that never prints a character it does not have.

ReportLab's own class prints an empty box or nothing for a missing glyph, and writes a wrong ToUnicode map beyond U+FFFF, so that the
names of 196 legal characters cannot be copied or searched. This one is a Type 0 font with Identity-H: two bytes a character, numbered in
the order of first use within one document.
"""

import zlib
from threading import Lock
from typing import Any, cast
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import TTFont

from forms.fonts.subset import subset


class Quick(pdfdoc.PDFStreamFilterZCompress):
    """Compression that takes half the time for outlines, and leaves them 2 % larger."""

    def encode(self, text: str | bytes) -> bytes:
        """Return the compressed bytes."""
        return zlib.compress(text if isinstance(text, bytes) else text.encode("latin1"), 2)


class MissingGlyph(ValueError):
    """Says which character has no glyph, as `U+20BB7 𠮷`."""

    def __init__(self, char: str) -> None:
        """Keep the character."""
        super().__init__(f"no glyph for U+{ord(char):04X} {char}")
        self.char = char


class Codes(dict[str, str]):
    """The characters one document uses of one font, each with its four hex digits."""

    def __init__(self, font: "StrictFont") -> None:
        """Start with no character; code 0 stays .notdef and is never handed out."""
        super().__init__()
        self.font = font
        self.name = ""

    def __missing__(self, char: str) -> str:
        """Give a character the next code, or raise `MissingGlyph`."""
        self.font.glyph(char)
        code = self[char] = f"{len(self) + 1:04X}"
        return code

    def hex(self, text: str) -> str:
        """Return `text` as the hex digits of a PDF string."""
        return "".join(map(self.__getitem__, text))


class StrictFont(TTFont):
    """One TrueType file, usable on a canvas, in platypus and in charts, by many documents and threads at once."""

    def __init__(self, name: str, path: str) -> None:
        """Read the file `path`; cost about 0.1 s, so load a font once a process."""
        super().__init__(name, path, asciiReadable=0, shapable=False)
        self.face.hmetrics = ()  # 30,000 pairs that only the stock subsetter reads
        self._codes: WeakKeyDictionary[pdfdoc.PDFDocument, Codes] = WeakKeyDictionary()
        self._lock = Lock()

    def __contains__(self, char: str) -> bool:
        """Tell whether the font has this character."""
        return bool(self.face.charToGlyph.get(ord(char)))

    def glyph(self, char: str) -> int:
        """Return the glyph number of a character in the whole font, or raise `MissingGlyph`."""
        found = self.face.charToGlyph.get(ord(char))
        if not found:
            raise MissingGlyph(char)
        return cast(int, found)

    def width(self, char: str) -> float:
        """Return a character's width in thousandths of the size, or raise `MissingGlyph`."""
        self.glyph(char)
        return cast(float, self.face.charWidths[ord(char)])

    def codes(self, doc: pdfdoc.PDFDocument) -> Codes:
        """Return the codes that `doc` uses, and enter the font in it on first use."""
        found = self._codes.get(doc)
        if found is None:
            with self._lock:
                found = self._codes.setdefault(doc, Codes(self))
                if not found.name:
                    found.name = f"F{len(doc.fontMapping) + 1}"
                    doc.fontMapping[self.fontName] = "/" + found.name
                    doc.delayedFonts.append(self)
        return found

    def stringWidth(self, text: Any, size: float, encoding: str = "utf8") -> float:  # noqa: N802 - ReportLab's name
        """Return the width of `text` in points at `size` points."""
        words = text if isinstance(text, str) else text.decode(encoding)
        return sum(map(self.width, words)) * size / 1000

    def splitString(self, text: Any, doc: pdfdoc.PDFDocument, encoding: str = "utf-8") -> list[tuple[int, bytes]]:  # noqa: N802
        """Return `text` as the one chunk of two-byte codes that ReportLab writes."""
        words = text if isinstance(text, str) else text.decode(encoding)
        return [(0, bytes.fromhex(self.codes(doc).hex(words)))]

    def getSubsetInternalName(self, subset: int, doc: pdfdoc.PDFDocument) -> str:  # noqa: N802
        """Return the font's name in the document's resources."""
        return "/" + self.codes(doc).name

    def addObjects(self, doc: pdfdoc.PDFDocument) -> None:  # noqa: N802
        """Write the font, cut to the characters used, into the document. Called by ReportLab when the document is closed."""
        codes = self._codes.pop(doc)
        name = f"{_tag(codes)}+{self.face.name.decode('latin1')}"
        font = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": "/" + name,
                "Encoding": "/Identity-H",
                "DescendantFonts": pdfdoc.PDFArray([doc.Reference(self._descendant(doc, name, codes), "cidFont:" + name)]),
                "ToUnicode": doc.Reference(_stream(doc, to_unicode(list(codes))), "toUnicode:" + name),
            }
        )
        cast(Any, doc.idToObject["BasicFonts"]).dict[codes.name] = doc.Reference(font, codes.name)

    def _descendant(self, doc: pdfdoc.PDFDocument, name: str, codes: Codes) -> pdfdoc.PDFDictionary:
        """Return the CID font with its widths."""
        odd = [(code, round(self.width(char))) for code, char in enumerate(codes, 1) if self.width(char) != 1000]
        widths = [entry for code, width in odd for entry in (code, pdfdoc.PDFArray([width]))]
        info = pdfdoc.PDFDictionary({"Registry": pdfdoc.PDFString("Adobe"), "Ordering": pdfdoc.PDFString("Identity"), "Supplement": 0})
        return pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2",
                "BaseFont": "/" + name,
                "CIDSystemInfo": info,
                "CIDToGIDMap": "/Identity",
                "DW": 1000,
                "W": pdfdoc.PDFArray(widths),
                "FontDescriptor": doc.Reference(self._descriptor(doc, name, codes), "fontDescriptor:" + name),
            }
        )

    def _descriptor(self, doc: pdfdoc.PDFDocument, name: str, codes: Codes) -> pdfdoc.PDFDictionary:
        """Return the font's measures and its embedded outlines."""
        face = self.face
        outlines = _stream(doc, subset(face, [self.glyph(char) for char in codes]))
        outlines.dictionary["Length1"] = len(outlines.content)
        return pdfdoc.PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": "/" + name,
                "Flags": 4,
                "FontBBox": pdfdoc.PDFArray([round(side) for side in face.bbox]),
                "Ascent": round(face.ascent),
                "Descent": round(face.descent),
                "CapHeight": round(face.capHeight),
                "ItalicAngle": 0,
                "StemV": face.stemV,
                "FontFile2": doc.Reference(outlines, "fontFile:" + name),
            }
        )


def to_unicode(chars: list[str]) -> bytes:
    """Return the ToUnicode map of the codes 1..n: UTF-16BE, at most 100 entries a block as the PDF reference asks."""
    lines = [f"<{code:04X}> <{char.encode('utf-16-be').hex().upper()}>" for code, char in enumerate(chars, 1)]
    blocks = [lines[at : at + 100] for at in range(0, len(lines), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{body}\nendcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode("ascii")


def _stream(doc: pdfdoc.PDFDocument, content: bytes) -> pdfdoc.PDFStream:
    """Return `content` as a stream, compressed if the document is."""
    stream = pdfdoc.PDFStream(content=content)
    if doc.compression:
        stream.filters = [Quick()]
    return stream


def _tag(codes: Codes) -> str:
    """Return the six capital letters that mark a subset: always the same ones for the same characters."""
    number = _number_of("".join(codes))
    return "".join(chr(65 + number // 26**place % 26) for place in range(6))


def _number_of(text: str) -> int:
    """Return a number for `text` that does not change from process to process."""
    number = len(text)
    for char in text:
        number = (number * 31 + ord(char)) % 308915776
    return number
