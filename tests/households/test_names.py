"""Names: initials in every reading, masks, ID numbers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.workflows.households import names


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("单晓", "sx"),
        ("曾一鸣", "zym"),
        ("仇英", "qy"),
        ("解晓东", "xxd"),
        ("区志强", "ozq"),
        ("朴敏", "pm"),
        ("查良", "zl"),
        ("尉迟恭", "ycg"),
        ("欧阳锋", "oyf"),
        ("万俟卨", "mqx"),
        ("乐毅", "yy"),
        ("重阳", "cy"),
    ],
)
def test_a_surname_is_read_as_a_surname_first(name, initials):
    assert names.initials_of(name)[0] == initials


def test_every_other_reading_finds_the_name_too():
    assert {"sx", "dx"} <= set(names.initials_of("单晓"))
    assert {"zc", "zz"} <= set(names.initials_of("张长"))


def test_rare_characters_are_read_or_left_out_and_never_lost():
    assert names.initials_of("龚䶮") == ("gy",)
    assert any(reading.endswith("y") for reading in names.initials_of("𠮷野"))
    assert names.tidy_name("𠮷 野") == "𠮷野"
    assert names.is_printable("𠮷䶮")
    assert not names.is_printable("张\ue4f0")


def test_letters_are_their_own_initials():
    assert names.initials_of("Li Na") == ("lina",)
    assert names.initials_of("") == ()


@settings(deadline=None)
@given(st.text(alphabet="张王李单曾解晓长重乐朝华", min_size=1, max_size=8))
def test_readings_stay_few(name):
    found = names.initials_of(name)

    assert 1 <= len(found) <= names.MOST_READINGS
    assert all(word.isascii() and word.isalpha() for word in found)


def test_names_and_phones_are_masked():
    assert [names.masked_name(name) for name in ("周予安", "林满", "欧阳予安", "周", "")] == ["周**", "林*", "欧**", "周", ""]
    assert names.masked_phone("13800001234") == "138****1234"
    assert names.masked_phone("02885551234") == "028****1234"
    assert names.masked_phone("110") == "***"


@settings(deadline=None)
@given(st.from_regex(r"\A1[3-9]\d{9}\Z"))
def test_a_masked_phone_keeps_its_tail_and_hides_its_middle(phone):
    masked = names.masked_phone(phone)

    assert len(masked) == 11
    assert masked[-4:] == phone[-4:]
    assert masked[3:7] == "****"


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014", "110105491231002"])
def test_id_cards_are_recognised(number):
    assert names.is_id_card(number)


@pytest.mark.parametrize("number", ["110105194912310021", "11010519491231002", "01010519491231002X", "", "ABCDEFGHIJKLMNOPQR"])
def test_other_numbers_are_no_id_cards(number):
    assert not names.is_id_card(number)


@settings(deadline=None)
@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(position, by):
    number = "11010519491231002X"
    wrong = number[:position] + str((int(number[position]) + by) % 10) + number[position + 1 :]

    assert not names.is_id_card(wrong)


def test_credit_codes_are_recognised():
    assert names.is_credit_code("91350100M000100Y43")
    assert not names.is_credit_code("91350100M000100Y44")
    assert not names.is_credit_code("91350100I000100Y43")
    assert not names.is_credit_code("9135")


def test_companies_are_told_from_people():
    assert names.looks_like_company("青梧商贸有限公司")
    assert names.looks_like_company("青梧（北）有限公司（分部）")
    assert not names.looks_like_company("周予安")
