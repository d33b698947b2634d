"""The shipped holidays agree with two independent packages on every day, and a bad file is told by its key."""

import json
from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from desk.kit.calendar import calendar_from, load_calendar, read_year, shipped_years
from desk.kit.problems import Unclear
from tests.kit.time.given import NINE_TO_SIX, OFFICE, SITE, WITH_LUNCH

DAYS = [date(2024, 1, 1) + timedelta(days=n) for n in range((date(2027, 1, 1) - date(2024, 1, 1)).days)]
CHINA = holidays.country_holidays("CN", years=(2024, 2025, 2026))


def year(**changes: object) -> str:
    good = {
        "year": 2027,
        "papers": [{"name": "通知", "number": "1", "url": "https://x"}],
        "days": [{"name": "元旦", "date": "2027-01-01", "off": True}],
    }
    return json.dumps({**good, **changes})


def test_three_years_are_shipped_and_each_names_the_notice_of_the_state_council():
    years = shipped_years()

    assert [year.year for year in years] == [2024, 2025, 2026]
    for shipped in years:
        (paper,) = shipped.papers
        assert shipped.is_published
        assert paper.name == f"国务院办公厅关于{shipped.year}年部分节假日安排的通知"
        assert paper.number.startswith(f"国办发明电〔{shipped.year - 1}〕")
        assert paper.url.startswith("https://www.gov.cn/")


def test_every_day_is_a_working_day_exactly_if_chinesecalendar_says_so():
    assert [day for day in DAYS if SITE.day(day).work != chinese_calendar.is_workday(day)] == []


def test_every_day_is_a_working_day_exactly_if_holidays_says_so():
    def works(day: date) -> bool:
        return day not in CHINA and (day.weekday() < 5 or day in CHINA.weekend_workdays)

    assert [day for day in DAYS if SITE.day(day).work != works(day)] == []


def test_every_holiday_is_shipped_under_its_name():
    english = {
        "元旦": "New Year's Day", "春节": "Spring Festival", "清明节": "Tomb-sweeping Day", "劳动节": "Labour Day",
        "端午节": "Dragon Boat Festival", "中秋节": "Mid-autumn Festival", "国庆节": "National Day",
    }  # fmt: skip
    for shipped in shipped_years():
        for named in shipped.days:
            off, name = chinese_calendar.get_holiday_detail(named.on)
            assert named.off is off
            assert name in {english[part] for part in named.name.split("、")}


def test_the_make_up_saturday_before_spring_festival_is_a_working_day():
    saturday = OFFICE.day(date(2026, 2, 14))

    assert (saturday.work, saturday.why, saturday.name) == (True, "makeup", "春节")
    assert saturday.windows == WITH_LUNCH  # a normal working day's hours, though the office is closed on Saturdays


def test_a_holiday_closes_the_site_unless_it_keeps_holiday_hours():
    duty = calendar_from(shipped_years(), holiday=NINE_TO_SIX)

    assert SITE.day(date(2026, 10, 1)).windows == ()
    assert duty.day(date(2026, 10, 1)).windows == NINE_TO_SIX
    assert not duty.day(date(2026, 10, 1)).work


def test_the_sites_own_hours_change_when_it_is_open_and_not_what_a_working_day_is():
    wednesday, saturday = date(2026, 3, 4), date(2026, 3, 7)
    own = calendar_from(shipped_years(), hours={wednesday: (), saturday: WITH_LUNCH})

    assert (own.day(wednesday).work, own.day(wednesday).windows) == (True, ())
    assert (own.day(saturday).work, own.day(saturday).windows) == (False, WITH_LUNCH)


def test_an_unpublished_year_is_guessed_from_the_week():
    assert SITE.day(date(2027, 1, 1)).work  # a Friday; the notice will say otherwise
    assert not SITE.day(date(2027, 1, 2)).work
    assert SITE.unpublished(date(2024, 1, 1), date(2026, 12, 27)) == []
    assert SITE.unpublished(date(2026, 12, 31), date(2028, 1, 1)) == [2027, 2028]


def test_the_last_days_of_december_wait_for_the_next_years_notice():
    assert not chinese_calendar.is_holiday(date(2018, 12, 29))  # a Saturday, which the notice of 2019 made a working day
    assert chinese_calendar.is_holiday(date(2018, 12, 31))

    assert SITE.unpublished(date(2026, 12, 21), date(2026, 12, 28)) == [2027]
    assert SITE.unpublished(date(2025, 12, 21), date(2025, 12, 31)) == []


def test_expected_days_without_a_paper_are_used_and_stay_unpublished():
    expected = read_year(year(papers=[]))
    calendar = calendar_from([*shipped_years(), expected])

    assert not expected.is_published
    assert not calendar.day(date(2027, 1, 1)).work
    assert calendar.unpublished(date(2027, 1, 1), date(2027, 1, 1)) == [2027]


def test_importing_a_year_makes_it_published():
    texts = [*(year(year=n, days=[{"name": "国庆节", "date": f"{n}-10-01", "off": True}]) for n in (2026, 2027))]

    assert load_calendar(texts).unpublished(date(2026, 1, 1), date(2027, 12, 24)) == []


def test_the_shape_of_the_public_holiday_data_is_read_too():
    public = read_year(
        year(papers=["https://www.gov.cn/x"], days=[{"name": "元旦", "date": "2026-12-31", "isOffDay": True}]).encode("utf-8-sig")
    )

    assert public.papers[0].url == "https://www.gov.cn/x"
    assert (public.days[0].on, public.days[0].off) == (date(2026, 12, 31), True)


def test_the_later_notice_wins_on_a_day_in_december_that_it_reaches_back_to():
    texts = [
        year(year=2026, days=[{"name": "国庆节", "date": "2026-12-26", "off": True}]),
        year(year=2027, days=[{"name": "元旦", "date": "2026-12-26", "off": False}]),
    ]

    assert load_calendar(texts).day(date(2026, 12, 26)).why == "makeup"


def test_the_same_content_has_the_same_version_and_other_content_another():
    version = calendar_from(shipped_years()).version

    assert version == calendar_from(reversed(shipped_years())).version
    assert version.startswith("CN 2024-2026 ")
    assert version != calendar_from(shipped_years(), holiday=NINE_TO_SIX).version
    assert calendar_from([]).version.startswith("CN none ")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("{", "file"),
        ("[" * 100_000, "file"),
        (b"\xff\xfe\x00", "file"),
        ("[]", "file"),
        (year(year="2027"), "year"),
        (year(year=True), "year"),
        (year(year=1900), "year"),
        (year(papers=None), "papers"),
        (year(papers=[7]), "papers[0]"),
        (year(papers=[{"name": " "}]), "papers[0].name"),
        (year(days={}), "days"),
        (year(days=[]), "days"),
        (year(days=["2027-01-01"]), "days[0]"),
        (year(days=[{"name": "元旦", "date": "1.1.2027", "off": True}]), "days[0].date"),
        (year(days=[{"name": "元旦", "date": "2027-02-30", "off": True}]), "days[0].date"),
        (year(days=[{"name": "元旦", "date": "2026-11-30", "off": True}]), "days[0].date"),
        (year(days=[{"name": "元旦", "date": "2028-01-01", "off": True}]), "days[0].date"),
        (year(days=[{"name": "元旦", "date": "2027-01-01", "off": 1}]), "days[0].off"),
        (year(days=[{"name": "", "date": "2027-01-01", "off": True}]), "days[0].name"),
        (year(days=[{"name": "元旦", "date": "2027-01-04", "off": False}]), "days[0].off"),
        (year(days=[{"name": "元旦", "date": "2027-01-01", "off": True}] * 2), "days[1].date"),
    ],
)
def test_a_bad_file_is_told_by_its_key(text, key):
    with pytest.raises(Unclear) as problem:
        read_year(text)

    assert problem.value.code == "calendar.unclear"
    assert problem.value.details["key"] == key
    assert problem.value.details["expected"]
