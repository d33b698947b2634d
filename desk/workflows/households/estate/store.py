"""The SQL of places: buildings, entrances, floors and units, by id, by code, and by any spelling."""

from collections.abc import Iterable
from typing import Any

from desk.kit.database import Database
from desk.kit.rows import from_row
from desk.workflows.households.rules import Building, Entrance, Floor, Unit


def building(db: Database, building_id: str) -> Building | None:
    """Return a building, or None."""
    row = db.row("SELECT * FROM building WHERE id = :id", {"id": building_id})
    return from_row(Building, row) if row else None


def building_of_code(db: Database, code: str) -> Building | None:
    """Return the building with this code ('3'), or None."""
    row = db.row("SELECT * FROM building WHERE code = :code", {"code": code})
    return from_row(Building, row) if row else None


def buildings(db: Database) -> list[Building]:
    """Return all buildings, 2 before 10."""
    found = [from_row(Building, row) for row in db.rows("SELECT * FROM building")]
    return sorted(found, key=lambda one: (not one.code.isdigit(), int(one.code) if one.code.isdigit() else 0, one.code))


def counts(db: Database) -> dict[str, dict[str, int]]:
    """Return building id -> how many units it has, and how many are occupied, delivered, and without anybody in the register."""
    rows = db.rows(
        """
        SELECT building, count(*) AS units, sum(state = 'occupied') AS occupied, sum(delivered_on IS NOT NULL) AS delivered,
               sum(NOT EXISTS (SELECT 1 FROM occupancy WHERE occupancy.unit = unit.id)) AS empty
        FROM unit GROUP BY building
        """
    )
    return {row.pop("building"): row for row in rows}


def entrance(db: Database, entrance_id: str) -> Entrance | None:
    """Return an entrance, or None."""
    row = db.row("SELECT * FROM entrance WHERE id = :id", {"id": entrance_id})
    return from_row(Entrance, row) if row else None


def floor(db: Database, floor_id: str) -> Floor | None:
    """Return a floor, or None."""
    row = db.row("SELECT * FROM floor WHERE id = :id", {"id": floor_id})
    return from_row(Floor, row) if row else None


def entrance_of(db: Database, building_id: str, code: str) -> Entrance | None:
    """Return the entrance of a building with this code, or None."""
    row = db.row("SELECT * FROM entrance WHERE building = :b AND code = :c", {"b": building_id, "c": code})
    return from_row(Entrance, row) if row else None


def floor_of(db: Database, entrance_id: str, number: int) -> Floor | None:
    """Return the floor of an entrance with this number, or None."""
    row = db.row("SELECT * FROM floor WHERE entrance = :e AND number = :n", {"e": entrance_id, "n": number})
    return from_row(Floor, row) if row else None


def unit(db: Database, unit_id: str) -> Unit | None:
    """Return a unit, or None."""
    row = db.row("SELECT * FROM unit WHERE id = :id", {"id": unit_id})
    return from_row(Unit, row) if row else None


def unit_of_key(db: Database, key: str) -> Unit | None:
    """Return the unit with exactly this folded key ('3|1|1803'), or None."""
    row = db.row("SELECT * FROM unit WHERE key = :key", {"key": key})
    return from_row(Unit, row) if row else None


def units(db: Database, unit_ids: Iterable[str]) -> dict[str, Unit]:
    """Return units by id: for a page that lists cases of many units."""
    wanted = list(dict.fromkeys(unit_ids))
    marks = ",".join("?" * len(wanted))
    cursor = db.conn.execute(f"SELECT * FROM unit WHERE id IN ({marks})", wanted)
    names = [column[0] for column in cursor.description]
    found = [from_row(Unit, dict(zip(names, row, strict=True))) for row in cursor]
    return {one.id: one for one in found}


def units_of(db: Database, building_id: str) -> list[tuple[Unit, int, str]]:
    """Return the units of a building with their floor's number and entrance's code, from the top floor down."""
    rows = db.rows(
        """
        SELECT unit.*, floor.number AS storey, entrance.code AS entrance_code
        FROM unit JOIN floor ON floor.id = unit.floor JOIN entrance ON entrance.id = unit.entrance
        WHERE unit.building = :building
        ORDER BY length(entrance.code), entrance.code, floor.number DESC, length(unit.room), unit.room
        """,
        {"building": building_id},
    )
    return [(from_row(Unit, row), row["storey"], row["entrance_code"]) for row in rows]


def spelled(db: Database, key: str, limit: int = 6) -> list[Unit]:
    """Return the units that a folded spelling ('3|1|1803', '3|1803', '311803', '1803') can mean, the exact one alone if there is one."""
    head, _, tail = key.rpartition("|")
    asks: list[tuple[str, dict[str, Any]]] = [
        ("key = :key", {"key": key}),
        ("replace(key, '|', '') = :flat", {"flat": key.replace("|", "")}),
    ]
    if head:
        asks.append(("key >= :head AND key < :after AND key LIKE :tail", {"head": f"{head}|", "after": f"{head}}}", "tail": f"%|{tail}"}))
    else:
        asks.append(("room = :room", {"room": key.upper()}))
    for where, params in asks:
        rows = db.rows(f"SELECT * FROM unit WHERE {where} ORDER BY length(key), key LIMIT :limit", {**params, "limit": limit})
        if rows:
            return [from_row(Unit, row) for row in rows]
    return []


def beginning(db: Database, key: str, limit: int = 12) -> list[Unit]:
    """Return the units whose key begins with a folded spelling: those of that building or entrance before '31' for '3'."""
    found: dict[str, Unit] = {}
    for low, order in ((f"{key}|", "length(key), key"), (key, "key")):  # one building is sorted, the whole estate is read along its index
        params = {"low": low, "high": low + "\U0010ffff", "limit": limit - len(found)}
        for row in db.rows(f"SELECT * FROM unit WHERE key >= :low AND key < :high ORDER BY {order} LIMIT :limit", params):
            found.setdefault(row["id"], from_row(Unit, row))
    return list(found.values())
