"""Read desk/zh.po for the preview."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

CATALOG = Path(__file__).resolve().parent.parent.parent / "desk" / "zh.po"


@cache
def chinese(stamp: float) -> dict[str, str]:
    """Return English -> Chinese as the catalog says at the time `stamp`."""
    with CATALOG.open("rb") as file:
        return {str(entry.id): str(entry.string) for entry in read_po(file) if entry.id and entry.string}


def reader(lang: str) -> Callable[..., str]:
    """Return the `_` of one language."""
    catalog = chinese(CATALOG.stat().st_mtime) if lang == "zh-CN" and CATALOG.exists() else {}

    def say(text: str, **details: object) -> str:
        """Return the words for `text`, filled in."""
        words = catalog.get(text, text)
        return words % details if details else words

    return say
