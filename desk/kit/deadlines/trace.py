"""Why a due time is that one: the steps of the count, as data that outlives the code that counted.

The words for it are in `words.py`. A trace says which version of the words it is read with, so an old one reads the same for ever.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from desk.kit.problems import Unclear

WORDS_VERSION = 1

Value = str | int


class Step(NamedTuple):
    """One step of a count: a code such as 'skipped' and its values; days and local times are text."""

    code: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Trace:
    """The steps of one count, in order."""

    steps: tuple[Step, ...]
    version: int = WORDS_VERSION

    def to_json(self) -> str:
        """Return the trace as the text that is stored beside the due time."""
        content = {"v": self.version, "steps": [[step.code, dict(step.values)] for step in self.steps]}
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Trace":
        """Return the trace that `to_json` wrote; `Unclear('deadline.trace')` if it is not one."""
        try:
            content = json.loads(text)
            steps = tuple(Step(str(code), dict(values)) for code, values in content["steps"])
            return cls(steps, int(content["v"]))
        except (ValueError, TypeError, KeyError):
            raise Unclear("deadline.trace", found=text[:80]) from None
