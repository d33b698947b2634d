"""How every bench says its figures, one a line: name, value, unit, budget; the exit code says whether all budgets were kept."""

import sys
from collections.abc import Callable
from typing import Any


def show(figures: Callable[[], list[dict[str, Any]]]) -> None:
    """Print the figures and leave the process: with 1 if one is over its budget."""
    over = False
    for figure in figures():
        budget = figure.get("budget")
        late = budget is not None and figure["value"] > budget
        over = over or late
        limit = "" if budget is None else f"  (budget {budget:g}{', OVER' if late else ''})"
        print(f"{figure['name']:<48} {figure['value']:>10g} {figure['unit']}{limit}", flush=True)
    sys.exit(1 if over else 0)
