"""The kiosk's slip: numbers to ask with, three words of truth, and no promise that nobody made."""

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from forms import check, render
from forms.catalog.kiosk_slip import FORM, LABELS
from forms.thermal import raster
from tests.forms import make, read

SIZES = ("80mm", "A5")


def said(words, size="80mm"):
    return read.text(render("kiosk_slip", words, paper=size))


def label(name, lang="zh"):
    return "".join(LABELS[name][lang == "en"].split())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_has_not_reached_the_centre_is_not_said_to_have(lang, size):
    text = said(make.kiosk_slip(lang), size)

    assert label("saved", lang) + "2026-11-2314:02" in text
    assert label("not_reached", lang) in text
    assert label("not_taken", lang) in text
    assert label("offline", lang) in text
    assert "✓" + label("reached", lang) not in text


@pytest.mark.parametrize("size", SIZES)
def test_what_has_reached_the_centre_is_said_with_its_time(size):
    text = said(make.kiosk_slip(reached_at="2026-11-23 14:03", taken_at="2026-11-23 14:20"), size)

    assert "✓已送达服务中心2026-11-2314:03" in text
    assert "✓已受理2026-11-2314:20" in text
    assert label("not_reached") not in text
    assert label("offline") not in text


@pytest.mark.parametrize("size", SIZES)
def test_a_wish_is_called_a_wish_and_the_machine_alarms_nobody(size):
    wished, plain = said(make.kiosk_slip(), size), said(make.kiosk_slip(wished=""), size)

    assert label("wish") in wished
    assert label("wish") not in plain
    assert label("alarm") in wished
    assert label("alarm") in plain


@pytest.mark.parametrize("size", SIZES)
def test_a_slip_without_a_rule_promises_no_time(size):
    text = said(make.kiosk_slip(due="", promise="", rule="", clause="", why=(), provisional=""), size)

    assert label("no_promise") in text
    assert label("due") not in text
    assert label("why") not in text


@pytest.mark.parametrize("size", SIZES)
def test_the_number_to_call_stands_only_where_it_is_urgent(size):
    assert label("urgent") in said(make.kiosk_slip(), size)
    assert label("urgent") not in said(make.kiosk_slip(urgent=""), size)


def test_the_numbers_are_the_largest_thing_on_the_slip():
    words = make.kiosk_slip(urgent="")

    sizes = {text: size for text, _, _, size in read.marks(render("kiosk_slip", words, paper="80mm"))}

    largest = max(sizes.values())
    assert sizes[words.number] == largest
    assert sorted(sizes.values())[-2:] == sorted([sizes[words.number], sizes[words.check]])


def test_the_code_can_be_scanned_from_the_dots():
    words = make.kiosk_slip(address="𠮷祥里 3栋", content="㛃家漏水，𬭎先生报")

    found = zxingcpp.read_barcodes(raster(FORM, words).convert("L"))

    assert [code.text for code in found] == ["LDR:K7Q2M-9XW4T"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_slip_of_the_fewest_words_is_still_a_slip(lang):
    bare = dict.fromkeys(
        ("address", "content", "promise", "rule", "clause", "due", "wished", "urgent", "phone", "company", "check", "qr"), ""
    )

    words = make.kiosk_slip(lang, why=(), **bare)

    assert check("kiosk_slip", words) == []


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 300), st.integers(0, 8), st.sampled_from(["zh", "en"]), st.sampled_from(SIZES))
def test_long_words_are_all_printed(length, reasons, lang, size):
    sentence = "厨房水槽下的软管漏水，请尽快。" if lang == "zh" else "The hose under the sink leaks. "
    content = (sentence * (length // len(sentence))).strip() or "x"
    words = make.kiosk_slip(lang, content=content, why=tuple(f"{n}. {sentence}".strip() for n in range(reasons)), note=sentence.strip())

    assert check("kiosk_slip", words, paper=size) == []
    assert read.lost(words, render("kiosk_slip", words, paper=size)) == []
