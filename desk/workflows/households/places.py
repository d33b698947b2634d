"""How rooms are named: labels, their parts in any spelling, floors, and the rooms of a regular building."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from desk.kit.problems import Refused

MOST_UNITS = 50_000
_ENDS = re.compile(r"(?:号楼|號樓|栋|棟|幢|座|楼|樓|单元|單元|门|門|室|房|号|號|#)+$")
_PARTS = re.compile(r"(?:号楼|號樓|栋|棟|幢|座|楼|樓|单元|單元|室|房|号|號|#|[\s\-‐‑–—―_/\\、,，.·|])+")
_TENS = re.compile(r"^([一二三四五六七八九])?十([一二三四五六七八九])?$")
NUMERALS = {str(n + 1): numeral for n, numeral in enumerate("一二三四五六七八九")} | {"10": "十"}
_DIGITS = {digit: n for n, digit in enumerate("〇一二三四五六七八九")} | {"零": 0}


class RoomNames(StrEnum):
    """How the rooms of a floor are named."""

    NUMBERS = "numbers"  # 1803: floor and two digits
    LETTERS = "letters"  # 18C: floor and letter
    RUNNING = "running"  # 3: counted on one floor (houses, shops)


@dataclass(frozen=True)
class Place:
    """Where a unit is, by the codes of its parts: building '3', entrance '1' (or ''), floor 18, room '1803'."""

    building: str
    entrance: str
    floor: int
    room: str


@dataclass(frozen=True)
class Regular:
    """A regular estate: how many of everything, and how its rooms are named; `skip` are floors that do not exist (4, 13, 14)."""

    first: int
    buildings: int
    entrances: int
    floors: int
    rooms: int
    names: RoomNames = RoomNames.NUMBERS
    skip: tuple[int, ...] = ()


def code_of(typed: str) -> str:
    """Return the code of a building or entrance as it is typed: '3号楼', '３栋', '3#', '三栋' and '03' are all '3'; 'A座' is 'A'."""
    text = _ENDS.sub("", unicodedata.normalize("NFKC", typed).strip()).strip()
    text = _arabic(text).upper()
    return (text.lstrip("0") or "0") if text.isdigit() else text


def _arabic(text: str) -> str:
    """Return a Chinese numeral up to 99 in digits; other text as it is."""
    if text in _DIGITS:
        return str(_DIGITS[text])
    tens = _TENS.match(text)
    if not tens:
        return text
    return str((_DIGITS[tens[1]] if tens[1] else 1) * 10 + (_DIGITS[tens[2]] if tens[2] else 0))


def parts_of(typed: str) -> tuple[str, str, str] | None:
    """Return building, entrance ('' if there is none) and room of one combined text such as '3-1-1803' or '3栋1单元1803室'; None if it is none."""
    parts = [part for part in _PARTS.split(unicodedata.normalize("NFKC", typed).strip()) if part]
    if len(parts) == 2:
        return code_of(parts[0]), "", parts[1].upper()
    if len(parts) == 3:
        return code_of(parts[0]), code_of(parts[1]), parts[2].upper()
    return None


def room_of(typed: str) -> str:
    """Return a room as it is written: '1803室' is '1803'."""
    return _ENDS.sub("", unicodedata.normalize("NFKC", typed).strip()).strip().upper()


def label_of(building: str, entrance: str, room: str) -> str:
    """Return how a unit is written everywhere: '3-1-1803', or '3-1803' in a building with one entrance."""
    return "-".join(part for part in (building, entrance, room) if part)


def floor_of(room: str) -> int:
    """Return the floor that a room's name tells: 1803 is on 18, 803 and 0803 on 8, 18C on 18, B105 on -1; 1 if it tells none."""
    under = re.match(r"^(?:B|负|-)(\d)", room)
    if under:
        return -int(under[1])
    digits = re.match(r"^(\d+)([A-Z]?)", room)
    if not digits:
        return 1
    number = digits[1] if digits[2] else digits[1][:-2]
    return int(number or 1) or 1


def rooms_of(plan: Regular) -> Iterator[Place]:
    """Yield every unit of a regular estate, building by building; `Refused` if it would be unreasonably large."""
    total = plan.buildings * max(plan.entrances, 1) * plan.floors * plan.rooms
    if total > MOST_UNITS:
        raise Refused("units.too_many", total=total, most=MOST_UNITS)
    entrances = [str(n) for n in range(1, plan.entrances + 1)] or [""]
    floors = [n for n in range(1, plan.floors + 1) if n not in plan.skip]
    for building in range(plan.first, plan.first + plan.buildings):
        for entrance in entrances:
            for floor in floors:
                for n in range(1, plan.rooms + 1):
                    yield Place(str(building), entrance, floor, _room(plan.names, floor, n))


def _room(names: RoomNames, floor: int, n: int) -> str:
    if names is RoomNames.LETTERS:
        return f"{floor}{chr(64 + n)}"
    return f"{floor}{n:02d}" if names is RoomNames.NUMBERS else str(n)
