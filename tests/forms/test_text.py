"""Chinese line breaking: what no line may begin or end with, what stays whole, what is never lost."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from forms.fonts import REGULAR
from forms.text import CLOSING, OPENING, TooLong, clean, fitting, lines

SIZE = 10.0
ATOMS = [*"业主报修卫生间渗漏水处理结果请尽快安排的了在和", *"，。；：！？、（）《》“”", "¥1,234.50元", "2026-11-23", "14:05", "3天"]
ATOMS += ["30平方米", "PPR-DN20", "100%", "No.7", " ", "……", "——", "K3-000017", "-5℃"]
texts = st.lists(st.sampled_from(ATOMS), min_size=1, max_size=60).map("".join)
widths = st.floats(min_value=90, max_value=400)


@given(texts, widths)
def test_no_line_hangs_over_the_edge(text, width):
    assert all(REGULAR.width(line, SIZE) <= width + 0.01 for line in lines(text, width, SIZE))


@given(texts, widths)
def test_nothing_but_blanks_at_line_ends_is_lost(text, width):
    assert re.sub(r"\s", "", "".join(lines(text, width, SIZE))) == re.sub(r"\s", "", text)


@given(texts, widths)
def test_no_line_begins_with_closing_punctuation_or_ends_with_an_opening_mark(text, width):
    assume(not re.search(f"[{re.escape(OPENING + CLOSING)}—…]{{6}}", text))
    broken = [line for line in lines(text, width, SIZE) if line]

    assert not [line for line in broken[1:] if line[0] in CLOSING and not starts_in(text, line)]
    assert not [line for line in broken[:-1] if line[-1] in OPENING and not re.search(rf"{re.escape(line[-1])}(\s|$)", text)]


def starts_in(text, line):
    """Tell whether the text itself sets this line's first mark apart by a blank or its beginning."""
    return re.search(rf"(^|\s){re.escape(line[0])}", text) is not None


@given(st.text("业主报修水处理结果", min_size=1, max_size=30), st.text("业主报修水处理结果", max_size=30), widths)
def test_amounts_dates_and_quantities_stay_whole(before, after, width):
    for whole in ("¥1,234.50元", "2026-11-23", "15:30–16:30", "30平方米", "PPR-DN20"):
        assert any(whole in line for line in lines(before + whole + after, width, SIZE))


def test_a_word_wider_than_the_line_is_cut_between_characters():
    broken = lines("x" * 100, 50, SIZE)

    assert "".join(broken) == "x" * 100
    assert len(broken) > 5


def test_a_line_end_in_the_text_ends_the_line_and_an_empty_line_stays():
    assert lines("一\n\n二", 100, SIZE) == ["一", "", "二"]


def test_text_gets_smaller_to_fit_but_not_below_the_least_size():
    width = REGULAR.width("翠湖花园客户服务中心", 12)

    assert fitting("翠湖花园客户服务中心", width, 12, 9) == 12
    assert 9 <= fitting("翠湖花园客户服务中心", width * 0.8, 12, 9) < 12
    with pytest.raises(TooLong, match="翠湖花园"):
        fitting("翠湖花园客户服务中心", width * 0.5, 12, 9)


def test_invisible_marks_are_dropped_and_tabs_become_blanks():
    assert clean("厨\u200b房\t水\ufe0f\r\n漏") == "厨房 水\n漏"
