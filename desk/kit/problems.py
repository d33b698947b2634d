"""What can be wrong with what somebody asked: understood but forbidden, unreadable, or not there.

The code is for programs and tests, the details are data; the sentence for people is made by
`desk.kit.words.problem_words` from the workflow's `words.py`, in the reader's language.
"""

from collections.abc import Mapping
from typing import Any


class Problem(Exception):
    """A problem that a person can act on: a code such as 'repair.not_open', and its details."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code, details)
        self.code = code
        self.details: Mapping[str, Any] = details

    def __str__(self) -> str:
        facts = ", ".join(f"{key}={value!r}" for key, value in self.details.items())
        return f"{self.code}({facts})"


class Refused(Problem):
    """Understood, and the rules forbid it (HTTP 409)."""


class Unclear(Problem):
    """Cannot be read; `fields` in the details maps each field's name to a problem code or sentence (HTTP 422)."""


class Missing(Problem):
    """Speaks of something that is not there (HTTP 404)."""


class Forbidden(Problem):
    """Asked by somebody whose role does not allow it (HTTP 403)."""
