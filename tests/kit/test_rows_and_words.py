"""Rows, words and typed text: the small tools that everything else stands on."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.kit.clock import day_of, from_text, to_text
from desk.kit.ids import new_id
from desk.kit.inputs import Fen, Input, Instant, Line, Phone, Words
from desk.kit.problems import Refused, Unclear
from desk.kit.rows import from_row, to_row
from desk.kit.words import act_words, learn, problem_words, using, word


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Thing:
    id: str
    colour: Colour | None
    at: datetime
    on: date | None
    names: tuple[str, ...]
    open: bool
    fen: int = 0


class Typed(Input):
    what: Words
    phone: Phone
    fen: Fen | None = None
    at: Instant | None = None
    on: date | None = None
    tags: tuple[Line, ...] = ()
    colour: Colour | None = None


instants = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(
    lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000, tzinfo=UTC)
)


@given(st.text(), st.none() | st.just(Colour.RED), instants, st.none() | st.dates(), st.lists(st.text()), st.booleans())
def test_a_row_gives_back_what_was_written(text, colour, at, on, names, is_open):
    thing = Thing(text, colour, at, on, tuple(names), is_open, 7)

    assert from_row(Thing, to_row(thing)) == thing


@given(instants, instants)
def test_order_of_text_is_order_of_time(one, other):
    assert (to_text(one) < to_text(other)) == (one < other)
    assert from_text(to_text(one)) == one


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        to_text(datetime(2026, 1, 1))
    with pytest.raises(Unclear):
        from_text("2026-01-01T00:00:00")
    with pytest.raises(Unclear):
        from_text("yesterday")


def test_a_late_evening_in_utc_is_the_next_day_here():
    assert day_of(datetime(2026, 3, 2, 16, 30, tzinfo=UTC)) == date(2026, 3, 3)


def test_ids_differ_and_sort_by_time():
    start = datetime(2026, 3, 2, tzinfo=UTC)
    ids = [new_id(start + timedelta(milliseconds=n)) for n in range(200)]

    assert ids == sorted(set(ids))
    assert all(one[12] == "7" and one[16] in "89ab" for one in ids)


def test_typed_text_becomes_values():
    typed = Typed.read(
        {"what": " 漏水 ", "phone": "１３８-0000 1234", "fen": "1,234.50", "at": "2026-03-02T09:00", "on": "2026-03-02", "tags": ["a", ""]}
    )

    assert typed == Typed(
        what="漏水", phone="13800001234", fen="1234.50", at=datetime(2026, 3, 2, 1, tzinfo=UTC), on=date(2026, 3, 2), tags=("a",)
    )


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("13800001234.0", "13800001234"), ("+8613800001234", "13800001234"), ("0531-88001234", "0531-88001234"), ("4008001234", "4008001234")],
)
def test_a_phone_is_read_as_people_and_excel_write_it(typed, kept):
    assert Typed.read({"what": "x", "phone": typed}).phone == kept


def test_every_wrong_field_is_named_at_once_in_both_languages():
    for lang, sentence in (("en", "Please fill this in."), ("zh", "请填写此项。")):
        with using(lang), pytest.raises(Unclear) as caught:
            Typed.read({"phone": "12", "fen": "1e3", "colour": "blue", "at": "25:00"})
        fields = caught.value.details["fields"]

        assert set(fields) == {"what", "phone", "fen", "colour", "at"}
        assert fields["what"] == sentence


@pytest.mark.parametrize("bad", ["a\x00b", "a\u202eb", "\ud800"])
def test_characters_that_would_spoil_paper_are_refused(bad):
    with pytest.raises(Unclear) as caught:
        Typed.read({"what": bad, "phone": "13800001234"})

    assert set(caught.value.details["fields"]) == {"what"}


def test_too_long_a_text_is_refused_with_its_limit():
    with using("en"), pytest.raises(Unclear) as caught:
        Typed.read({"what": "长" * 2001, "phone": "13800001234"})

    assert "2000" in caught.value.details["fields"]["what"]


def test_problems_acts_and_choices_are_said_in_the_language_in_use():
    learn({"thing.shut": "Thing %(number)s is shut."}, {"thing.painted": "Painted %(colour)s by %(who)s"}, {Colour.RED: "Red"})

    with using("en"):
        assert problem_words(Refused("thing.shut", number="T-1")) == "Thing T-1 is shut."
        assert act_words("thing.painted", {"colour": Colour.RED}) == "Painted Red by —"
        assert (word(Colour.RED), word(None), word("x")) == ("Red", "", "x")
        assert act_words("thing.painted", {"colour": "2026-03-04T16:00:00.000Z", "who": "2026-03-04T01:30:00.000Z"}).split("Painted ")[
            1
        ] == ("2026-03-04 24:00 by 2026-03-04 09:30")
        assert act_words("thing.painted", {"colour": "red", "who": "Colour.red"}) == "Painted Red by Red"
        assert act_words("thing.painted", {"colour": "blue", "who": "red"}) == "Painted blue by red"
        assert act_words("thing.unheard") == "thing.unheard"


def test_members_of_two_enums_with_one_value_keep_their_own_words():
    class Wine(StrEnum):
        RED = "red"

    learn(choices=((Colour.RED, "Colour red"), (Wine.RED, "Red wine")))

    assert (word(Colour.RED), word(Wine.RED)) == ("Colour red", "Red wine")
