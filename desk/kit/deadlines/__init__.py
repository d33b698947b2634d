"""Deadlines that explain themselves: what is promised, when it is due, and the printable reason."""

from desk.kit.deadlines.count import due
from desk.kit.deadlines.days import month_after
from desk.kit.deadlines.policy import Boundary, Due, End, Manual, Pause, Policy, Roll, Tier, Unit
from desk.kit.deadlines.show import State, left_words, show_due, state
from desk.kit.deadlines.spans import add, between, is_open, next_open, sub, windows
from desk.kit.deadlines.tiers import tier_at, workday_after, workday_before
from desk.kit.deadlines.trace import Step, Trace
from desk.kit.deadlines.words import trace_words

__all__ = [
    "Boundary",
    "Due",
    "End",
    "Manual",
    "Pause",
    "Policy",
    "Roll",
    "State",
    "Step",
    "Tier",
    "Trace",
    "Unit",
    "add",
    "between",
    "due",
    "is_open",
    "left_words",
    "month_after",
    "next_open",
    "show_due",
    "state",
    "sub",
    "tier_at",
    "trace_words",
    "windows",
    "workday_after",
    "workday_before",
]
