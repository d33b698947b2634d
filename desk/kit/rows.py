"""Dataclasses to rows and back: a column is a field of the same name.

Enums are their value, instants UTC text, days ISO text, booleans 0/1, tuples and mappings JSON text.
"""

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from desk.kit.clock import from_text, to_text

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")


def plain(value: Any) -> Any:
    """Return a value as SQLite and JSON keep it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return to_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, tuple | list | Mapping):
        return to_json(value)
    return value


def to_json(value: Any) -> str:
    """Return JSON text with sorted keys and Chinese as it is: the same value gives the same bytes."""
    return _ENCODER.encode(value)


def _json_default(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
    if isinstance(value, set | frozenset):
        return sorted(value)
    if isinstance(value, bytes):
        return value.hex()
    made = plain(value)
    if made is value:
        raise TypeError(f"{type(value).__name__} cannot be kept as JSON")
    return made


_ENCODER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_json_default
)  # made once: it is asked often


def to_row(thing: "DataclassInstance") -> dict[str, Any]:
    """Return a dataclass as a row: one column per field."""
    return {name: plain(getattr(thing, name)) for name in _fields(type(thing))}


@cache
def _fields(kind: type["DataclassInstance"]) -> tuple[str, ...]:
    return tuple(f.name for f in dataclasses.fields(kind))


def from_row(kind: type[T], row: Mapping[str, Any]) -> T:
    """Return a row as its dataclass; columns that the dataclass does not know are left out."""
    return kind(**{name: read(row[name]) for name, read in _readers(kind) if name in row})


@cache
def _readers(kind: type["DataclassInstance"]) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    hints = typing.get_type_hints(kind)
    return tuple((name, _reader(hints[name])) for name in _fields(kind))


def _reader(hint: Any) -> Callable[[Any], Any]:
    """Return the function that reads one column for a field of this type."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        inner = [arm for arm in typing.get_args(hint) if arm is not type(None)]
        read = _reader(inner[0]) if len(inner) == 1 else _same
        return lambda value: None if value is None else read(value)
    if typing.get_origin(hint) is tuple or hint is tuple:
        return lambda value: _frozen(json.loads(value)) if isinstance(value, str) else tuple(value)
    if typing.get_origin(hint) in (dict, Mapping):
        return lambda value: json.loads(value) if isinstance(value, str) else value
    if isinstance(hint, type):
        if issubclass(hint, Enum):
            return hint
        if hint is datetime:
            return from_text
        if hint is date:
            return date.fromisoformat
        if hint is bool:
            return bool
    return _same


def _same(value: Any) -> Any:
    return value


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
