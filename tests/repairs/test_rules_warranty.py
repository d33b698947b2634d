"""Who answers for a repair, in five outcomes: RC8."""

from datetime import date

import pytest
from hypothesis import given as every
from hypothesis import strategies as st

from desk.workflows.repairs.rules.choices import Part, Verdict, Zone
from desk.workflows.repairs.rules.warranty import (
    BY_PRICE,
    CERTIFICATE,
    COMMON,
    RENOVATION,
    STATUTE,
    SUPPLY,
    TERMS,
    Facts,
    Renovation,
    judge,
    season_end,
)

COMPLETED, DELIVERED = date(2024, 5, 20), date(2024, 6, 30)
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


def facts(part=Part.PLUMBING, on=date(2026, 3, 2), **more):
    return Facts(**{"part": part, "zone": Zone.UNIT, "reported_on": on, "completed_on": COMPLETED, "delivered_on": DELIVERED, **more})


@pytest.mark.parametrize(
    ("part", "ends_on", "clause"),
    [
        (Part.ROOF, date(2029, 5, 20), STATUTE),
        (Part.WET_ROOM, date(2029, 5, 20), STATUTE),
        (Part.OUTER_WALL, date(2029, 5, 20), STATUTE),
        (Part.ELECTRICAL, date(2026, 5, 20), STATUTE),
        (Part.PLUMBING, date(2026, 5, 20), STATUTE),
        (Part.EQUIPMENT, date(2026, 5, 20), STATUTE),
        (Part.DECORATION, date(2026, 5, 20), STATUTE),
        (Part.STRUCTURE, date(2074, 5, 20), STATUTE),
        (Part.HEATING, date(2026, 3, 15), STATUTE),
        (Part.COOLING, date(2025, 9, 15), STATUTE),
        (Part.BLOCKED_PIPE, date(2024, 8, 30), CERTIFICATE),
    ],
)
def test_the_developer_answers_until_the_last_day(part, ends_on, clause):
    found = judge(facts(part, on=ends_on))

    assert (found.verdict, found.ends_on, found.clause) == (Verdict.DEVELOPER, ends_on, clause)


def test_the_day_after_the_last_day_the_resident_pays():
    found = judge(facts(Part.PLUMBING, on=date(2026, 5, 21)))

    assert (found.verdict, found.clause, found.ends_on) == (Verdict.PAID, BY_PRICE, date(2026, 5, 20))
    assert [code for code, _ in found.why] == ["statute", "certificate", "outside", "paid"]


def test_a_home_delivered_late_keeps_its_certificate():
    found = judge(facts(Part.DOOR_WINDOW, on=date(2026, 12, 1), delivered_on=date(2026, 1, 31)))

    assert (found.verdict, found.clause, found.ends_on) == (Verdict.DEVELOPER, CERTIFICATE, date(2027, 1, 31))


def test_months_end_on_the_corresponding_date_or_on_the_month_s_last():
    found = judge(facts(Part.BLOCKED_PIPE, on=date(2026, 2, 28), delivered_on=date(2025, 12, 31)))

    assert (found.verdict, found.ends_on) == (Verdict.DEVELOPER, date(2026, 2, 28))


def test_a_common_part_after_its_warranty_is_not_the_resident_s():
    found = judge(facts(Part.EQUIPMENT, on=date(2027, 1, 1), zone=Zone.COMMON, delivered_on=None))

    assert (found.verdict, found.clause) == (Verdict.COMMON_PART, COMMON)
    assert "certificate" not in [code for code, _ in found.why]


def test_structure_is_common_even_inside_a_home():
    assert judge(facts(Part.STRUCTURE, on=date(2080, 1, 1))).verdict is Verdict.COMMON_PART


def test_mains_and_meters_are_the_supply_company_s():
    found = judge(facts(Part.UTILITY, completed_on=None, delivered_on=None))

    assert (found.verdict, found.clause) == (Verdict.UTILITY, SUPPLY)


def test_the_resident_s_own_things_are_paid():
    assert judge(facts(Part.OWN)).verdict is Verdict.PAID


def test_what_the_resident_altered_is_the_contractor_s_and_then_the_resident_s():
    renewed = Renovation(date(2025, 1, 10))
    inside = judge(facts(Part.WET_ROOM, renovation=renewed))
    assert (inside.verdict, inside.clause, inside.ends_on) == (Verdict.CONTRACTOR, RENOVATION, date(2030, 1, 10))

    after = judge(facts(Part.FLOOR, on=date(2027, 1, 11), renovation=renewed))
    assert (after.verdict, after.ends_on) == (Verdict.PAID, date(2027, 1, 10))


def test_a_contract_may_promise_longer_than_the_minimum():
    found = judge(facts(Part.FLOOR, on=date(2029, 1, 1), renovation=Renovation(date(2025, 1, 10), months=60)))

    assert found.verdict is Verdict.CONTRACTOR


@pytest.mark.parametrize("missing", ["completed_on", "delivered_on"])
def test_a_missing_date_that_could_matter_is_left_to_a_person(missing):
    found = judge(facts(Part.DOOR_WINDOW, on=date(2030, 1, 1), **{missing: None}))

    assert found.is_unclear
    assert found.why[-1] == ("unclear", {})


def test_a_missing_date_that_cannot_matter_is_no_question():
    found = judge(facts(Part.WET_ROOM, delivered_on=None))

    assert (found.verdict, found.is_unclear) == (Verdict.DEVELOPER, False)


def test_nothing_known_is_nothing_decided():
    found = judge(facts(Part.PLUMBING, completed_on=None, delivered_on=None))

    assert (found.verdict, found.ends_on) == (None, None)


@pytest.mark.parametrize(
    ("start", "season", "n", "end"),
    [
        (date(2024, 5, 20), "heating", 2, date(2026, 3, 15)),
        (date(2024, 11, 15), "heating", 1, date(2025, 3, 15)),  # begins on that very day
        (date(2024, 11, 16), "heating", 1, date(2026, 3, 15)),  # one that runs already does not count
        (date(2024, 5, 20), "cooling", 1, date(2024, 9, 15)),
        (date(2024, 6, 16), "cooling", 2, date(2026, 9, 15)),
    ],
)
def test_seasons_are_counted_whole(start, season, n, end):
    assert season_end(start, season, n) == end


PARTS = st.sampled_from(sorted(set(Part) - {Part.UTILITY, Part.OWN}))


@every(PARTS, st.none() | DAYS, st.none() | DAYS, DAYS, st.sampled_from(sorted(Zone)))
def test_no_warranty_is_ever_guessed(part, completed, delivered, reported, zone):
    found = judge(Facts(part, zone, reported, completed, delivered))

    if found.verdict is Verdict.DEVELOPER:
        assert found.ends_on is not None
        assert reported <= found.ends_on
    if found.verdict in (Verdict.PAID, Verdict.COMMON_PART):
        assert found.ends_on is None or reported > found.ends_on
        assert completed is not None or not (TERMS[part].statute_months or TERMS[part].season)
    assert found.why


@every(PARTS, DAYS, DAYS, DAYS)
def test_a_later_delivery_never_shortens_a_warranty(part, completed, delivered, later):
    first, second = sorted((delivered, later))
    early = judge(Facts(part, Zone.UNIT, date(2020, 1, 1), completed, first)).ends_on
    late = judge(Facts(part, Zone.UNIT, date(2020, 1, 1), completed, second)).ends_on

    assert early is not None
    assert late is not None
    assert late >= early
