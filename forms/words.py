"""What every paper says, and how its words are kept: strings only, already formatted, frozen as JSON."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, is_dataclass
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

AnyWords = TypeVar("AnyWords", bound="Words")


@dataclass(frozen=True, kw_only=True)
class Words:
    """The head and foot of a paper."""

    lang: str = "zh"  # 'zh' or 'en'
    site: str  # the community, as 翠湖花园
    company: str = ""  # the property company
    phone: str = ""  # the service desk's telephone
    number: str  # printed and said aloud, as K3-000017
    issued: str  # when the paper was made, as 2026-11-23 14:05
    issued_by: str = ""  # name and staff number
    head: str = ""  # short head of the journal's hash chain
    check: str = ""  # check code, see forms.verify
    qr: str = ""  # payload of the QR code; nothing drawn if empty


def to_json(words: Words) -> str:
    """Return the words as JSON, the same text for the same words."""
    return json.dumps(asdict(words), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(kind: type[AnyWords], text: str) -> AnyWords:
    """Return the words that `to_json` kept. Fields that newer code added take their defaults; unknown ones raise TypeError."""
    return kind(**_read_fields(kind, json.loads(text)))


def strings(words: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every string on the paper with the name of its field, as ('attempts.0.result', '无人')."""
    if isinstance(words, str):
        yield path, words
    elif isinstance(words, tuple):
        for at, each in enumerate(words):
            yield from strings(each, f"{path}.{at}")
    elif is_dataclass(words):
        for each in fields(words):
            yield from strings(getattr(words, each.name), f"{path}.{each.name}".lstrip("."))


def _read_fields(kind: type[Any], data: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments of a dataclass from JSON."""
    hints = get_type_hints(kind)
    return {name: _read(hints[name], value) if name in hints else value for name, value in data.items()}


def _read(hint: Any, value: Any) -> Any:
    """Return one value in the type its field declares: a string, a dataclass, or a tuple of either."""
    if get_origin(hint) is tuple:
        return tuple(_read(get_args(hint)[0], each) for each in value)
    if is_dataclass(hint) and isinstance(hint, type):
        return hint(**_read_fields(hint, value))
    if not isinstance(value, str):
        raise TypeError(f"a paper holds strings, not {value!r}")
    return value
