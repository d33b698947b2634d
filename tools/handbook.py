"""Assemble docs/handbook.md from docs/handbook.d/*.tsv: which function decides a rule of the handbook, and which test shows it.

Run `python -m tools.handbook` after changing a part. A part's columns: rule_id, workflow, function, test.
"""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).resolve().parents[1] / "docs"
HEAD = """# The handbook in code

Each rule of the service centre's procedures, by its id, with the workflow that keeps it, the function that decides it and the test that shows it.
Made from `docs/handbook.d/*.tsv` by `python -m tools.handbook`; change the parts, not this page.

PF1, PF16 and PF17 are no clauses but known traps of this trade: a kiosk's clock, what a kiosk may hold, and one trouble told by several ways.

| rule | workflow | function | test |
|---|---|---|---|
"""


@dataclass(frozen=True)
class Line:
    """One rule: its id, the workflow, the dotted name of the function, and the test as file::name."""

    rule: str
    workflow: str
    function: str
    test: str


def lines() -> list[Line]:
    """Return the lines of all parts, by rule id in the order that people count."""
    found: list[Line] = []
    for part in sorted((DOCS / "handbook.d").glob("*.tsv")):
        with part.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                found.append(Line(row["rule_id"].strip(), row["workflow"].strip(), row["function"].strip(), row["test"].strip()))
    return sorted(found, key=_order)


def _order(line: Line) -> tuple[str, int, str, str]:
    letters, digits = re.fullmatch(r"([A-Z]+)(\d*)", line.rule).groups()  # type: ignore[union-attr]
    return letters, int(digits or 0), line.workflow, line.function


def assemble() -> str:
    """Return the page."""
    return HEAD + "".join(f"| {line.rule} | {line.workflow} | `{line.function}` | `{line.test}` |\n" for line in lines())


if __name__ == "__main__":
    (DOCS / "handbook.md").write_text(assemble(), encoding="utf-8")
