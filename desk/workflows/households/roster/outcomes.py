"""What becomes of a row of a roster."""

from enum import StrEnum


class Outcome(StrEnum):
    """What becomes of a row: it adds a unit or a role, it adds something to what is known, it is known, or it stays out."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    FAILED = "failed"
