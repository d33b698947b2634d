"""How choices are kept in journal entries."""

from enum import StrEnum


def named(member: StrEnum | None) -> str:
    """Return a choice as journal entries keep it, 'HouseRole.owner', so that it is told by its word; '' for none."""
    return f"{type(member).__name__}.{member.value}" if member is not None else ""
