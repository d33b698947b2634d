"""How rooms are spelled, named and laid out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.kit.problems import Refused
from desk.kit.search import key_of
from desk.workflows.households import places
from desk.workflows.households.places import Regular, RoomNames

numbers = st.integers(1, 99).map(str)


@pytest.mark.parametrize("typed", ["3", "03", "3栋", "３栋", "3号楼", "3幢", "3#", "三栋", "三号楼", " 3 座 "])
def test_a_building_is_the_same_in_every_spelling(typed):
    assert places.code_of(typed) == "3"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("十二栋", "12"),
        ("二十幢", "20"),
        ("三十五号楼", "35"),
        ("〇", "0"),
        ("A座", "A"),
        ("a栋", "A"),
        ("听雨楼", "听雨"),
        ("地下车库", "地下车库"),
        ("00", "0"),
    ],
)
def test_other_names_of_buildings(typed, code):
    assert places.code_of(typed) == code


@pytest.mark.parametrize(
    "typed", ["3-1-1803", "3栋1单元1803室", "３－１－１８０３", "3#1-1803", "3号楼一单元1803号", "3/1/1803", "三栋一单元1803"]
)
def test_one_text_is_taken_apart(typed):
    assert places.parts_of(typed) == ("3", "1", "1803")


def test_a_building_without_entrances_has_two_parts():
    assert places.parts_of("A座-1803") == ("A", "", "1803")
    assert places.label_of("A", "", "1803") == "A-1803"


@pytest.mark.parametrize("typed", ["1803", "", "3-1-2-1803"])
def test_other_texts_are_no_place(typed):
    assert places.parts_of(typed) is None


@settings(deadline=None)
@given(numbers, numbers, numbers)
def test_a_label_is_read_back_as_what_it_was_made_of(building, entrance, room):
    label = places.label_of(building, entrance, room)

    assert places.parts_of(label) == (building, entrance, room)
    assert key_of(label) == f"{building}|{entrance}|{room}"


@pytest.mark.parametrize(
    ("room", "floor"),
    [("1803", 18), ("803", 8), ("0803", 8), ("101", 1), ("18C", 18), ("B105", -1), ("负2", -2), ("7", 1), ("01", 1), ("商铺3", 1)],
)
def test_a_room_tells_its_floor(room, floor):
    assert places.floor_of(room) == floor


def test_a_regular_estate_is_laid_out_door_by_door():
    plan = Regular(first=3, buildings=2, entrances=2, floors=3, rooms=2, skip=(2,))

    rooms = list(places.rooms_of(plan))

    assert len(rooms) == len(set(rooms)) == 2 * 2 * 2 * 2
    assert [places.label_of(room.building, room.entrance, room.room) for room in rooms[:5]] == [
        "3-1-101",
        "3-1-102",
        "3-1-301",
        "3-1-302",
        "3-2-101",
    ]
    assert {room.floor for room in rooms} == {1, 3}


def test_rooms_may_be_lettered_or_counted():
    assert [room.room for room in places.rooms_of(Regular(1, 1, 0, 2, 3, RoomNames.LETTERS))] == ["1A", "1B", "1C", "2A", "2B", "2C"]
    assert [room.room for room in places.rooms_of(Regular(1, 1, 0, 1, 3, RoomNames.RUNNING))] == ["1", "2", "3"]


def test_an_unreasonable_estate_is_refused_before_it_begins():
    with pytest.raises(Refused, match=r"units\.too_many"):
        next(places.rooms_of(Regular(1, 200, 20, 120, 99)))


@settings(deadline=None)
@given(st.integers(1, 60), st.integers(1, 30))
def test_the_floor_is_read_back_from_every_generated_room(floors, rooms):
    for room in places.rooms_of(Regular(1, 1, 1, floors, rooms)):
        assert places.floor_of(room.room) == room.floor
        assert places.room_of(f"{room.room}室") == room.room
