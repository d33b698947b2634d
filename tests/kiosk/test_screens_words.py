"""What the screens offer and say, without a browser: pictures, sentences, times, codes, numbers."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.kit.words import using
from desk.workflows.repairs.rules.choices import Category, Stage
from kiosk import kinds, phrases, times, words
from kiosk.machine import Link, SiteCard
from kiosk.screens.mine import code_of
from kiosk.screens.saved import drawing
from kiosk.screens.urgent import numbers
from kiosk.screens.when import days, slot_words
from sync.sealing import ALPHABET
from tests.house.tree import ROOT

NOW = datetime(2026, 3, 2, 6, 37, tzinfo=UTC)  # Monday, 14:37
ICON = re.compile(r'<symbol id="([a-z-]+)"')


def test_every_category_of_the_desk_has_a_picture_and_a_sentence():
    shown = {category for place in ("home", "common") for picture in kinds.pictures(place) for category in picture.categories}

    assert shown == set(Category)
    assert set(phrases.REPAIRS) == set(Category)
    assert all(len(kinds.pictures(place)) == 12 for place in ("home", "common"))


def test_every_drawing_that_is_named_is_in_the_sprite():
    drawn = set(ICON.findall((ROOT / "kiosk/static/icons.svg").read_text("utf-8")))
    asked = {picture.icon for place in ("home", "common") for picture in kinds.pictures(place)}
    asked |= {f"k-{icon}" for icon in kinds.ICONS.values()} | {f"a-{about}" for about in words.ABOUT}
    for page in (ROOT / "kiosk/templates").glob("*.html"):
        asked |= set(re.findall(r'draw\("([a-z-]+)"', page.read_text("utf-8")))

    assert asked - drawn == set()


@pytest.mark.parametrize(("category", "first"), [("gas", True), ("lift", True), ("fire", True), ("water_supply", False), ("switch", False)])
def test_gas_lift_and_fire_are_for_the_telephone_first(category, first):
    assert kinds.phone_first(category) is first


def test_every_stage_has_words_for_residents():
    assert set(words.STAGES) == set(Stage)


@given(st.text(alphabet=ALPHABET, min_size=10, max_size=10))
def test_a_code_is_read_in_any_spelling(code):
    printed = f"{code[:5]}-{code[5:]}"
    spelled = (code.lower(), f" {code[:5]} {code[5:]} ", printed.replace("0", "O").replace("1", "I"), printed.replace("1", "l"))

    assert {code_of(one) for one in spelled} == {printed}


@pytest.mark.parametrize("typed", ["", "K7Q2M", "K7Q2M-9XW4U", "K7Q2M9XW4T7", "厨房"])
def test_what_is_no_code_is_none(typed):
    assert code_of(typed) == ""


def test_times_that_are_over_are_not_offered():
    today, tomorrow = days(NOW)[:2]

    assert [value for value, *_ in today.parts] == ["2026-03-02/afternoon", "2026-03-02/evening"]
    assert len(tomorrow.parts) == 3
    assert days(NOW.replace(hour=12))[0].words == "明天"  # at 20:00 nothing of today is left


def test_a_wished_time_is_said_with_its_day():
    with using("en"):
        english = slot_words("2026-03-03/morning")

    assert (slot_words("2026-03-03/morning"), english) == ("3月3日 星期二 上午", "Tue 3 Mar morning")


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "刚刚"), (1, "1 分钟前"), (32, "32 分钟前"), (60, "1 小时前"), (47 * 60, "47 小时前"), (72 * 60, "3 天前")]
)
def test_how_long_ago_is_said_in_the_largest_honest_unit(minutes, said):
    assert times.ago(NOW - timedelta(minutes=minutes), NOW) == said


def test_the_line_is_told_with_the_last_sync_and_what_to_do():
    link = Link(True, False, NOW - timedelta(minutes=32), 2)

    short, long = times.link_words(link, NOW, SiteCard(hotline="020-1"))

    assert short == "暂未连上服务中心，上次同步 14:05（32 分钟前）"
    assert long == "本机暂未连上服务中心。上次同步 14:05（32 分钟前）。您可以照常提交，连上后自动送达。急事请拨 020-1 或到前台。"


def test_a_machine_that_never_reached_its_desk_says_so_and_names_the_national_numbers():
    short, _long = times.link_words(Link(True, False, None, 0), NOW, SiteCard())

    assert short == "尚未连上服务中心"
    assert [one.number for one in numbers(SiteCard())] == ["119", "120", "110"]


def test_the_site_names_its_own_urgent_numbers_and_its_phone_stands_in_for_the_rest():
    site = SiteCard(phone="020-2", urgent=(("lift", "96333"), ("fire", "020-119")))

    told = {one.what: one.number for one in numbers(site)}

    assert told == {
        "water": "020-2",
        "lift": "96333",
        "gas": "020-2",
        "fire": "020-119",
        "medical": "120",
        "police": "110",
        "duty": "020-2",
    }


def test_the_drawing_of_a_code_is_square_with_its_quiet_zone():
    drawn = drawing("K7Q2M-9XW4T")

    side = int(re.search(r'viewBox="-4 -4 (\d+)', drawn)[1]) - 8
    assert side == 25
    assert drawn.count("h1v1h-1z") > side * side / 4
