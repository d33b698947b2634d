"""Money in and out: what a person types, what a person reads, and a share that is rounded once."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.kit.money import LARGEST, parse, share, show
from desk.kit.problems import Unclear

FEN = st.integers(-LARGEST, LARGEST)


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("0", 0),
        ("1,234.50", 123_450),
        ("1234.5", 123_450),
        ("12,345,678.90", 1_234_567_890),
        ("¥100", 10_000),
        ("￥ 100", 10_000),
        ("RMB 100.00", 10_000),
        ("１００", 10_000),
        ("１，２３４．５６", 123_456),
        ("100元", 10_000),
        ("100 元整", 10_000),
        ("  100\u3000", 10_000),
        ("+5", 500),
        ("007", 700),
        ("0" * 40 + "1", 100),
        ("-0.00", 0),
        ("999,999,999,999.99", LARGEST),
    ],
)
def test_amounts_are_read_as_people_type_them(typed, fen):
    assert parse(typed) == fen


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "empty"),
        (" \u3000 ", "empty"),
        ("NaN", "not_a_number"),
        ("Infinity", "not_a_number"),
        ("1e3", "not_a_number"),
        ("0x10", "not_a_number"),
        ("1_000", "not_a_number"),
        ("12,34", "not_a_number"),
        ("1,2345", "not_a_number"),
        ("1234,567", "not_a_number"),
        ("1.2.3", "not_a_number"),
        ("5.", "not_a_number"),
        (".5", "not_a_number"),
        ("10²", "not_a_number"),
        ("①", "not_a_number"),
        ("٣", "not_a_number"),
        ("一百", "not_a_number"),
        ("$5", "not_a_number"),
        ("--5", "not_a_number"),
        ("1.005", "decimals"),
        ("100.000", "decimals"),
        ("-5", "negative"),
        ("−5", "negative"),
        ("¥-5.00", "negative"),
        ("1000000000000", "too_large"),
        ("9" * 5000, "too_large"),
    ],
)
def test_what_is_no_amount_is_refused_with_the_reason(typed, reason):
    with pytest.raises(Unclear) as problem:
        parse(typed)

    assert (problem.value.code, problem.value.details["reason"]) == ("money.unclear", reason)


def test_a_credit_is_read_only_where_it_is_allowed():
    assert parse("-5", negative=True) == parse("¥-5.00", negative=True) == parse("－５", negative=True) == -500


@given(FEN)
def test_what_is_shown_is_read_back(fen):
    assert parse(show(fen), negative=True) == fen


def test_amounts_are_shown_with_two_decimals_and_thousands():
    assert [show(fen) for fen in (0, 5, 123_450, -5, 100_000_000)] == ["¥0.00", "¥0.05", "¥1,234.50", "-¥0.05", "¥1,000,000.00"]


@given(st.text(max_size=20))
def test_any_text_is_an_amount_or_unclear(typed):
    try:
        fen = parse(typed)
    except Unclear as problem:
        told = problem.details["found"]
    else:
        told = typed if 0 <= fen <= LARGEST else fen

    assert told == typed


@given(FEN, st.integers(-1000, 1000), st.integers(1, 10_000))
def test_a_share_is_the_nearest_fen_and_half_goes_away_from_zero(fen, num, den):
    exact, rounded = Fraction(fen * num, den), share(fen, num, den)

    assert abs(rounded - exact) <= Fraction(1, 2)
    if abs(rounded - exact) == Fraction(1, 2):
        assert abs(rounded) > abs(exact)


def test_seventy_percent_of_an_odd_amount_is_rounded_half_up_once():
    assert share(1_005, 70, 100) == 704  # 703.5
    assert share(1_005, 70 * 15, 100 * 31) == 340  # 340.4: both factors at once
    assert share(share(1_005, 70, 100), 15, 31) == 341  # rounded twice, one fen too much


@given(FEN, st.integers(1, 100), st.integers(1, 100))
def test_shares_of_opposite_amounts_cancel(fen, num, den):
    assert share(fen, num, den) == -share(-fen, num, den)


@pytest.mark.parametrize("den", [0, -1])
def test_a_share_is_of_something(den):
    with pytest.raises(ValueError, match="share"):
        share(100, 1, den)
