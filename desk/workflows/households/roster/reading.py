"""A roster file as rows of text: checked by its table of contents, then read by a child process with limits."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from desk.kit.problems import Unclear
from desk.workflows.households.roster.gate import kind_of
from desk.workflows.households.roster.headings import Head, find_head

PATIENCE = 40  # seconds


@dataclass(frozen=True)
class Sheet:
    """What stands in a file: its head (row and columns), and the rows under it with their row numbers as Excel counts them."""

    name: str
    digest: str  # SHA-256 of the file
    head: Head
    titles: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read(name: str, data: bytes) -> Sheet:
    """Return the sheet of a roster file; `Unclear` if the file is refused, unreadable, or has no head that we know."""
    found = _ask_child(kind_of(data), data)
    if "problem" in found:
        raise Unclear(found["problem"])
    rows: list[list[str]] = found["rows"]
    head = find_head(rows)
    if head is None:
        raise Unclear("roster.no_head")
    first: int = found["first"]
    below = [(first + n, tuple(row)) for n, row in enumerate(rows) if n > head.row and any(cell.strip() for cell in row)]
    if not below:
        raise Unclear("roster.no_rows")
    return Sheet(name, sha256(data).hexdigest(), head, tuple(rows[head.row]), tuple(below))


def _ask_child(kind: str, data: bytes) -> dict[str, Any]:
    """Let the child read; a child that dies or dawdles met a bomb."""
    command = [sys.executable, "-B", "-m", "desk.workflows.households.roster.reader", kind]
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parents[4])}
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=PATIENCE, check=False, env=env)  # noqa: S603 - our own words
    except subprocess.TimeoutExpired:
        return {"problem": "roster.bomb"}
    if done.returncode != 0:
        return {"problem": "roster.bomb"}
    found: dict[str, Any] = json.loads(done.stdout)
    return found
