"""How every bench says its figures, one a line: name, value, unit, and the most (`budget`) or the least (`least`) that it may be.

The exit code says whether all budgets were kept.
"""

import sys
from collections.abc import Callable
from typing import Any


def show(figures: Callable[[], list[dict[str, Any]]]) -> None:
    """Print the figures and leave the process: with 1 if one is outside its bounds."""
    over = False
    for figure in figures():
        most, least = figure.get("budget"), figure.get("least")
        late = (most is not None and figure["value"] > most) or (least is not None and figure["value"] < least)
        over = over or late
        word, bound = ("budget", most) if least is None else ("at least", least)
        limit = "" if bound is None else f"  ({word} {bound:g}{', OVER' if late else ''})"
        print(f"{figure['name']:<48} {figure['value']:>10g} {figure['unit']}{limit}", flush=True)
    sys.exit(1 if over else 0)
