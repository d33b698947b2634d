"""Parts, marks, many papers in one file, and half sheets."""

from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from forms import KINDS, Mark, render
from forms.batch import merged
from forms.catalog.promise_slip import FORM as SLIP
from forms.fonts import MissingGlyph
from forms.thermal import ACROSS, escpos, raster
from tests.forms import make, read


def test_each_part_is_named_and_carries_the_same_words():
    pages = read.pages(render("work_order", make.work_order()))

    names = ["第一联维修联", "第二联客户联", "第三联存根联"]
    assert [name in page for name, page in zip(names, pages, strict=True)] == [True] * 3
    assert len({page.replace(name, "") for name, page in zip(names, pages, strict=True)}) == 1


def test_single_parts_can_be_printed_again_under_their_own_name():
    assert "第二联客户联" in read.text(render("work_order", make.work_order(), copies=("客户联",)))
    assert "Part 3: office".replace(" ", "") in read.text(render("work_order", make.work_order("en"), copies=("office",)))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("lang", "reprint", "void"), [("zh", "补打第2次·副本", "作废"), ("en", "Reprint2·copy", "VOID")])
def test_a_reprint_and_a_void_say_so_on_every_page(kind, lang, reprint, void):
    words = make.ALL[kind](lang)

    plain = read.pages(render(kind, words))
    marked = read.pages(render(kind, words, mark=Mark(reprint=2, void=True)))

    assert len(plain) == len(marked)
    for before, after in zip(plain, marked, strict=True):
        assert reprint in after
        assert void in after
        assert reprint not in before
        assert void not in before


def test_a_slip_says_both_in_one_box():
    assert "作废·补打第1次·副本" in read.text(render("promise_slip", make.promise_slip(), paper="80mm", mark=Mark(1, True)))


def test_pages_count_within_one_part():
    pages = read.pages(render("work_order", make.work_order(content="客厅渗漏水。" * 150)))

    assert ["第1页共2页" in page for page in pages] == [True, False] * 3
    assert ["第2页共2页" in page for page in pages] == [False, True] * 3


def test_many_papers_come_in_files_of_so_many_pages_and_in_order():
    orders = (make.work_order(number=f"K3-{n:06d}") for n in range(7))

    files = list(merged("work_order", orders, pages=3))

    found = [read.pages(file) for file in files]
    assert [len(pages) for pages in found] == [3, 3, 1]
    for n, page in enumerate(page for pages in found for page in pages):
        assert f"K3-{n:06d}" in page


def test_papers_are_taken_one_by_one():
    taken = []

    def orders():
        for n in range(5):
            taken.append(n)
            yield make.work_order(number=f"K3-{n:06d}")

    next(merged("work_order", orders(), pages=2))

    assert taken == [0, 1]


def test_no_papers_make_no_file():
    assert list(merged("work_order", [])) == []


def test_what_is_fixed_is_kept_once_in_a_merged_file():
    one = len(next(merged("work_order", [make.work_order()])))
    ten = len(next(merged("work_order", [make.work_order(number=f"K3-{n:06d}") for n in range(10)])))

    assert (ten - one) / 9 < 2500


def test_two_half_sheets_share_an_a4_page():
    reader = PdfReader(BytesIO(render("work_order", make.work_order(), paper="A5x2")))
    pages = read.pages(render("work_order", make.work_order(), paper="A5x2"))

    assert [round(float(page.mediabox.height)) for page in reader.pages] == [842, 842]
    assert "第一联维修联" in pages[0]
    assert "第二联客户联" in pages[0]
    assert "第三联存根联" in pages[1]


def test_a_slip_is_as_long_as_its_words():
    def height(**words):
        pdf = render("promise_slip", make.promise_slip(**words), paper="80mm")
        return float(PdfReader(BytesIO(pdf)).pages[0].mediabox.height)

    assert height(content="漏水" * 60) > height() > height(why=())


def test_a_slip_in_dots_can_be_scanned_and_is_black_and_white():
    picture = raster(SLIP, make.promise_slip(resident="𠮷先生"), Mark(reprint=1))

    assert picture.mode == "1"
    assert picture.width == ACROSS
    assert zxingcpp.read_barcodes(picture.convert("L"))[0].text == make.SAME["qr"]


def test_a_slip_in_dots_marks_a_void_and_is_always_the_same():
    plain, void = raster(SLIP, make.promise_slip()), raster(SLIP, make.promise_slip(), Mark(void=True))

    assert plain.tobytes() != void.tobytes()
    assert raster(SLIP, make.promise_slip()).tobytes() == plain.tobytes()


def test_a_slip_in_dots_refuses_what_it_cannot_print():
    with pytest.raises(MissingGlyph):
        raster(SLIP, make.promise_slip(content="漏水😀"))


def test_an_even_number_of_half_sheets_fills_its_pages():
    pdf = render("work_order", make.work_order(), paper="A5x2", copies=("维修联", "客户联"))

    assert len(read.pages(pdf)) == 1


def test_a_form_that_is_no_slip_has_no_dots():
    with pytest.raises(ValueError, match="no slip"):
        raster(KINDS["revisit_sheet"], make.revisit_sheet())


def test_a_printer_gets_rows_of_dots_in_bands_and_nothing_is_lost():
    picture = Image.new("1", (12, 300), 1)
    picture.putpixel((0, 0), 0)
    picture.putpixel((11, 299), 0)

    sent = escpos(picture)

    first, second = sent.index(b"\x1dv0\x00"), sent.rindex(b"\x1dv0\x00")
    assert sent[first + 4 : first + 8] == bytes([2, 0, 255, 0])
    assert sent[second + 4 : second + 8] == bytes([2, 0, 45, 0])
    rows = sent[first + 8 : first + 8 + 255 * 2] + sent[second + 8 : second + 8 + 45 * 2]
    assert rows[:2] == b"\x80\x00"
    assert rows[-2:] == b"\x00\x10"
    assert sum(byte.bit_count() for byte in rows) == 2
