"""The strict font: every character comes back from the paper as itself, or the paper is refused."""

import hashlib
import json
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
import reportlab
from pypdf import PdfReader
from reportlab.graphics import renderPDF
from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.shapes import Drawing
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from forms.fonts import BOLD, REGULAR, MissingGlyph, missing, spell_missing
from forms.fonts.chain import FOLDER, load
from forms.fonts.strict import StrictFont, to_unicode
from forms.press import Page, Press

RARE = "㛃䶮𬭎𫖯𬍛𠮷"
SAMPLE = RARE + "龘靐齉爩鸜鹳锷锴钬𫓧𬬭𬭶㙍㕮䃅䓖䥽" + "".join(map(chr, range(0x4E00, 0x9FA6, 97))) + "ABCxyz019¥，。：（）《》“”—…·□№℃㎡"


def printed(text, *, bold=False):
    """Return a PDF that shows the text in lines of 40 characters."""
    press = Press("t", "zh")
    lines = [text[at : at + 40] for at in range(0, len(text), 40)]
    for at in range(0, len(lines), 50):
        page = Page(210, 297)
        page.words += [press.ink(line, 40, 800 - n * 14, 10, BOLD if bold else REGULAR) for n, line in enumerate(lines[at : at + 50])]
        press.put(page)
    return press.bytes()


def read(pdf):
    """Return what pypdf reads from a PDF, without blanks."""
    return "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


def read_by_poppler(pdf):
    """Return what poppler reads from a PDF, without blanks."""
    return "".join(subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode().split())


READERS = [read, read_by_poppler] if shutil.which("pdftotext") else [read]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("bold", [False, True])
def test_every_character_of_a_sample_is_read_back(bold, reader):
    assert reader(printed(SAMPLE, bold=bold)) == SAMPLE


@pytest.mark.parametrize("bold", [False, True])
def test_all_standard_characters_are_read_back(bold):
    standard = "".join(
        chr(code)
        for code in sorted(load("NotoSansSC-Bold").face.charToGlyph)
        if code == 0x3007 or (code >= 0x3400 and code < 0xF000) or code > 0xFFFF
    )

    assert len(standard) >= 8105
    assert read(printed(standard, bold=bold)) == standard


def test_a_missing_glyph_is_named_and_never_printed():
    with pytest.raises(MissingGlyph, match=r"U\+1F600 😀"):
        printed("漏水😀")


def test_stock_drawing_refuses_a_missing_glyph_too():
    canvas = Canvas(BytesIO(), initialFontName=REGULAR.first.fontName)
    canvas.setFont(REGULAR.first.fontName, 10)

    with pytest.raises(MissingGlyph):
        canvas.drawString(0, 0, "𠮷")


def test_rare_characters_take_the_next_font_of_the_chain():
    assert [(font.fontName, run) for font, run in BOLD.runs("王㐂𠮷丽")] == [
        ("NotoSansSC-Bold", "王"),
        ("NotoSansSC-Regular", "㐂"),
        ("PlaneTwo", "𠮷"),
        ("NotoSansSC-Bold", "丽"),
    ]


def test_what_cannot_be_printed_is_listed_once_and_spelled_out_visibly():
    assert missing("漏😀水😀\n𠮷") == ("😀",)
    assert spell_missing("漏😀水") == "漏「U+1F600」水"
    assert spell_missing("漏水") == "漏水"


def test_all_fonts_are_embedded_and_nothing_else_is_named():
    resources = PdfReader(BytesIO(printed(SAMPLE))).pages[0]["/Resources"]["/Font"]

    fonts = [font.get_object() for font in resources.values()]

    assert {font["/Subtype"] for font in fonts} == {"/Type0"}
    for font in fonts:
        assert "/FontFile2" in font["/DescendantFonts"][0].get_object()["/FontDescriptor"]


def test_to_unicode_is_utf_16_in_blocks_of_at_most_a_hundred():
    text = to_unicode(["𬭎"] * 101).decode()

    assert "<0001> <D872DF4E>" in text
    assert [line for line in text.splitlines() if "beginbfchar" in line] == ["100 beginbfchar", "1 beginbfchar"]


def test_a_font_whose_letters_are_made_of_parts_is_refused():
    font = StrictFont("Vera", str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"))
    canvas = Canvas(BytesIO(), initialFontName=REGULAR.first.fontName)
    font.codes(canvas._doc).hex("é")

    with pytest.raises(ValueError, match="made of other glyphs"):
        canvas.getpdfdata()


def test_charts_and_paragraphs_of_the_library_may_use_the_font():
    name = REGULAR.first.fontName
    chart = VerticalBarChart()
    chart.data, chart.categoryAxis.categoryNames = [(3, 5)], ["渗漏", "照明"]
    for axis in (chart.categoryAxis, chart.valueAxis):
        axis.labels.fontName = name
    chart.valueAxis.valueMin = 0
    drawing = Drawing(200, 150, chart)
    file = BytesIO()
    canvas = Canvas(file, initialFontName=name)
    renderPDF.draw(drawing, canvas, 50, 500)
    paragraph = Paragraph("报修内容𬭎", ParagraphStyle("x", fontName=name, wordWrap="CJK"))
    paragraph.wrapOn(canvas, 200, 100)
    paragraph.drawOn(canvas, 50, 400)
    canvas.save()

    text = read(file.getvalue())

    assert "渗漏" in text
    assert "报修内容𬭎" in text


def test_many_threads_print_at_once_and_get_the_bytes_of_one():
    texts = [SAMPLE[at:] + SAMPLE[:at] for at in range(0, 160, 10)]
    alone = [hashlib.sha256(printed(text)).hexdigest() for text in texts]

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda text: hashlib.sha256(printed(text)).hexdigest(), texts))

    assert together == alone


def test_the_shipped_files_are_those_that_were_built():
    record = json.loads((FOLDER / "SOURCES.json").read_text(encoding="utf-8"))

    built = {entry["file"]: entry["sha256"] for entry in record if "file" in entry}

    assert built.keys() == {path.name for path in Path(FOLDER).glob("*.ttf")}
    for name, sha in built.items():
        assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == sha
