"""Check codes: true papers pass, also as people type them; anything else does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.verify import ALPHABET, check, make, payload

KEY = b"0123456789abcdef"
fields = st.lists(st.text(max_size=20), min_size=1, max_size=5)


@given(fields)
def test_a_code_belongs_to_its_fields(values):
    code = make(KEY, values)

    assert check(KEY, values, code)
    assert len(code) == 11
    assert set(code.replace("-", "")) <= set(ALPHABET)


@given(fields, fields)
def test_other_fields_have_another_code(values, others):
    assert (make(KEY, values) == make(KEY, others)) == (values == others)


@given(fields)
def test_what_people_misread_is_read_kindly(values):
    code = make(KEY, values)

    assert check(KEY, values, code.lower().replace("0", "o").replace("1", "l").replace("-", " "))


def test_another_key_or_a_wrong_character_does_not_pass():
    code = make(KEY, ("K3-000017", "2026-11-23"))

    assert not check(b"another key of 16", ("K3-000017", "2026-11-23"), code)
    assert not check(KEY, ("K3-000017", "2026-11-23"), code[:-1] + ("2" if code[-1] != "2" else "3"))
    assert not check(KEY, ("K3-000017", "2026-11-23"), "维修")


def test_fields_cannot_be_shifted_into_each_other():
    assert make(KEY, ("K3", "17")) != make(KEY, ("K31", "7"))


def test_a_short_key_is_refused():
    with pytest.raises(ValueError, match="16 bytes"):
        make(b"short", ("x",))


def test_the_code_to_scan_is_all_capitals():
    assert payload("cuihu", "k3-000017", "K7Q2M-9XW4T") == "LD1:CUIHU:K3-000017:K7Q2M-9XW4T"
