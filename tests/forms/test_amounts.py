"""Money on paper: the corpus, and what holds for every amount."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.amounts import DIGITS, LIMIT, money, words
from tests.conformance import amounts as conformance

fen = st.integers(min_value=1 - LIMIT, max_value=LIMIT - 1)
VALUES = {digit: value for value, digit in enumerate(DIGITS)}


def read(text: str) -> int:
    """Read an amount in words back to fen, by the meaning of its characters."""
    sign, text = (-1, text[1:]) if text.startswith("负") else (1, text)
    total, yi, wan, group, digit = 0, 0, 0, 0, 0
    for char in text.rstrip("整"):
        if char in VALUES:
            digit = VALUES[char]
        elif char in "拾佰仟":
            group, digit = group + digit * {"拾": 10, "佰": 100, "仟": 1000}[char], 0
        elif char == "万":
            wan, group, digit = wan + (group + digit) * 10**4, 0, 0
        elif char == "亿":
            yi, wan, group, digit = (wan + group + digit) * 10**8, 0, 0, 0
        elif char == "元":
            total, yi, wan, group, digit = (yi + wan + group + digit) * 100, 0, 0, 0, 0
        else:
            total, digit = total + digit * {"角": 10, "分": 1}[char], 0
    return sign * total


def test_the_whole_corpus_is_written_in_the_canonical_way(capsys):
    assert conformance.main([]) == 0
    assert capsys.readouterr().out == "120 passed, 0 failed\n"


def test_a_wrong_corpus_fails_and_says_what_was_expected(tmp_path, capsys):
    path = tmp_path / "wrong.json"
    path.write_text(json.dumps({"cases": [{"cents": 100, "amount": "1.00", "canonical": "壹圆整", "accepted": ["壹圆整"]}]}))

    assert conformance.main([str(path)]) == 1
    assert capsys.readouterr().out == "1.00: 壹元整, expected 壹圆整\n0 passed, 1 failed\n"


@given(fen)
def test_every_amount_reads_back_as_itself(amount):
    assert read(words(amount)) == amount


@given(fen)
def test_zeros_and_endings_follow_the_two_rules(amount):
    text = words(amount)

    assert "零零" not in text
    assert text.endswith("整") == (amount % 10 == 0)
    assert not re.search("零[拾佰仟万亿角分]", text)
    assert not re.search("(^|[^壹贰叁肆伍陆柒捌玖])拾", text)


@given(fen)
def test_figures_carry_two_decimals_and_commas_in_threes(amount):
    text = money(amount)

    assert re.fullmatch(r"-?¥\d{1,3}(,\d{3})*\.\d\d", text)
    assert int(re.sub(r"[^-\d]", "", text)) == amount


@pytest.mark.parametrize("amount", [LIMIT, -LIMIT])
def test_an_amount_beyond_ten_to_the_sixteenth_yuan_is_refused(amount):
    with pytest.raises(ValueError, match="below"):
        words(amount)


@pytest.mark.parametrize("amount", [1.5, "3", True, None])
def test_only_whole_fen_are_an_amount(amount):
    with pytest.raises(TypeError):
        words(amount)
