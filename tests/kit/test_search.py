"""One search box: rooms in any spelling, phone tails, initials, Han characters, numbers."""

import pytest

from desk.kit.act import Act
from desk.kit.database import Database
from desk.kit.journal import change
from desk.kit.search import find, index, key_of, phone_key

TEXTS = ["厨房水管漏水，楼下也湿了", "电梯门关不上", "漏电跳闸", "Wifi 信号差", "3栋楼道灯不亮", "阳台渗水 3-1-1803"]


@pytest.fixture
def filled(site: Database, act: Act) -> Database:
    with change(site, act) as note:
        for n, text in enumerate(TEXTS):
            index(site, f"m{n}", "message", text[:10], "", f"m{n}", f"{n}", text, [])
        keys = [key_of("3-1-1803"), phone_key("13800001234"), "wl", "wangli"]
        index(site, "u1", "unit", "3-1-1803", "王丽", "u1", "9", "王丽", keys)
        index(site, "u2", "unit", "3-1-1804", "李𠮷", "u2", "9", "李𠮷", [key_of("3-1-1804")])
        index(site, "w1", "work_order", "WX-2026-000017", "漏水", "w1", "9", "漏水", [key_of("WX-2026-000017"), "000017"])
        note("search.filled", "all")
    return site


@pytest.mark.parametrize("typed", ["3-1-1803", "３栋1单元1803室", "3号楼-1-1803", "3#1-1803", "03-01-1803"])
def test_a_room_is_found_in_any_spelling(filled: Database, typed: str):
    assert find(filled, typed)[0].object == "u1"


@pytest.mark.parametrize("typed", ["1234", "13800001234", "138 0000 1234", "00001234"])
def test_a_phone_is_found_by_its_tail(filled: Database, typed: str):
    assert "u1" in {hit.object for hit in find(filled, typed)}


@pytest.mark.parametrize("word", ["漏水", "电梯", "漏", "水管漏水", "渗水", "不亮", "𠮷", "门关"])
def test_han_words_find_what_a_like_finds(filled: Database, word: str):
    found = {hit.object for hit in find(filled, word, kinds=("message", "unit"))}
    rows = [*[(f"m{n}", text) for n, text in enumerate(TEXTS)], ("u1", "王丽"), ("u2", "李𠮷")]

    assert found == {name for name, text in rows if word in text}


def test_a_number_is_found_by_its_end_and_whole(filled: Database):
    assert find(filled, "WX-2026-000017")[0].object == "w1"
    assert find(filled, "wx-2026-17")[0].object == "w1"


def test_pinyin_initials_find_a_person(filled: Database):
    assert find(filled, "wl")[0].object == "u1"


@pytest.mark.parametrize("typed", ["", " ", "%", "_", '"', "' OR 1=1", "漏水 AND (", "*", "NEAR(", "\x00"])
def test_whatever_is_typed_is_only_searched_for(filled: Database, typed: str):
    assert isinstance(find(filled, typed), list)


def test_indexing_again_replaces_what_was_known(filled: Database, act: Act):
    with change(filled, act) as note:
        index(filled, "u1", "unit", "3-1-1803", "赵强", "u1", "9", "赵强", [key_of("3-1-1803")])
        note("search.filled", "u1")

    assert [hit.object for hit in find(filled, "王丽")] == []
    assert [hit.object for hit in find(filled, "赵强")] == ["u1"]
    assert "u1" not in {hit.object for hit in find(filled, "wl")}
