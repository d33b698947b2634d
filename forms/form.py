"""What a kind of paper is: its words, its titles, its sizes, its parts, and how it is drawn."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from forms.sheet import Sheet
from forms.words import Words


@dataclass(frozen=True)
class Mark:
    """What is said across a paper that is not the first one or no longer counts."""

    reprint: int = 0  # 补打第n次: 1 for the first copy after the original
    void: bool = False  # 作废


@dataclass(frozen=True)
class Form:
    """One kind of paper. `draw` puts the words on a sheet; letterhead, foot, marks and parts are put on by `render`."""

    name: str
    title: dict[str, str]  # by language
    words: type[Words]
    draw: Callable[[Sheet, Any], None]
    sizes: tuple[str, ...] = ("A4",)  # the first is the usual one
    parts: dict[str, tuple[str, ...]] | None = None  # by language: who gets which copy
    edition: int = 1  # goes up when the drawing changes
