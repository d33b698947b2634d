"""The whole register in memory while a roster is compared with it: the same reads and writes for a dry run and for the real thing."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from desk.kit.database import Database
from desk.workflows.households import store
from desk.workflows.households.rules import Building, Contact, ContactKind, Entrance, Floor, Occupancy, Person, Unit
from desk.workflows.households.store import Row

_ABSENT = object()


@dataclass
class Register:
    """Buildings, units and people by what a row names them with; what was put in since is in `written`, by id."""

    now: datetime
    buildings: dict[str, Building] = field(default_factory=dict)  # code
    entrances: dict[tuple[str, str], Entrance] = field(default_factory=dict)  # building, code
    floors: dict[tuple[str, int], Floor] = field(default_factory=dict)  # entrance, number
    units: dict[str, Unit] = field(default_factory=dict)  # key
    persons: dict[str, Person] = field(default_factory=dict)  # id
    by_document: dict[str, str] = field(default_factory=dict)  # hash -> person
    by_phone: dict[tuple[str, str], str] = field(default_factory=dict)  # name, phone -> person
    contacts: dict[str, tuple[Contact, ...]] = field(default_factory=lambda: defaultdict(tuple))  # person
    roles: dict[str, tuple[Occupancy, ...]] = field(default_factory=lambda: defaultdict(tuple))  # unit
    held: dict[str, Row] = field(default_factory=dict)  # every row by id
    loaded: frozenset[str] = frozenset()  # ids that the database has
    written: dict[str, Row] = field(default_factory=dict)  # those that differ from the database
    _undo: list[tuple[dict[Any, Any], Any, Any]] = field(default_factory=list)

    def put(self, thing: Row) -> None:
        """Take in a new row or the new state of an old one; a row that stays as it is leaves no trace."""
        if self.held.get(thing.id) != thing:
            self._take(thing)
            self.remember(self.written, thing.id, thing)

    def _take(self, thing: Row) -> None:
        self.remember(self.held, thing.id, thing)
        match thing:
            case Building():
                self.remember(self.buildings, thing.code, thing)
            case Entrance():
                self.remember(self.entrances, (thing.building, thing.code), thing)
            case Floor():
                self.remember(self.floors, (thing.entrance, thing.number), thing)
            case Unit():
                self.remember(self.units, thing.key, thing)
            case Person():
                self.remember(self.persons, thing.id, thing)
                if thing.id_hash:
                    self.remember(self.by_document, thing.id_hash, thing.id)
            case Contact():
                self.remember(self.contacts, thing.person, _with(self.contacts[thing.person], thing))
                if thing.kind is ContactKind.PHONE and thing.ended_at is None:
                    self.remember(self.by_phone, (self.persons[thing.person].name, thing.value), thing.person)
            case Occupancy():
                self.remember(self.roles, thing.unit, _with(self.roles[thing.unit], thing))
            case _:
                raise TypeError(f"a roster writes no {type(thing).__name__}")

    def remember(self, where: dict[Any, Any], key: Any, value: Any) -> None:
        """Note something that is forgotten again if the row is taken back."""
        self._undo.append((where, key, where.get(key, _ABSENT)))
        where[key] = value

    @property
    def is_touched(self) -> bool:
        """Tell whether anything was put in since `begin`."""
        return any(where is self.written for where, _key, _old in self._undo)

    def fresh(self) -> list[Row]:
        """Return the rows that the database does not have yet."""
        return [thing for thing in self.written.values() if thing.id not in self.loaded]

    def begin(self) -> None:
        """Begin a row: what is put in from here on is kept or taken back together."""
        self._undo.clear()

    def take_back(self) -> None:
        """Take back everything since `begin`."""
        for where, key, old in reversed(self._undo):
            if old is _ABSENT:
                del where[key]
            else:
                where[key] = old
        self._undo.clear()


def _with(held: tuple[Any, ...], new: Any) -> tuple[Any, ...]:
    """Return rows with one added, or replaced where its id is held already."""
    if all(one.id != new.id for one in held):
        return (*held, new)
    return tuple(new if one.id == new.id else one for one in held)


def load(db: Database, now: datetime) -> Register:
    """Return the register as the database has it."""
    register = Register(now)  # the whole of it: a row may mean any unit and any person
    for kind in (Building, Entrance, Floor, Unit, Person, Contact, Occupancy):
        for thing in store.every(db, kind):
            register._take(thing)
        register.begin()
    register.loaded = frozenset(register.held)
    return register
