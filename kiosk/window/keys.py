"""Which keys reach the page: those that write and move within a form. Everything else, known or not, has no effect."""

MOVING = frozenset(
    {"BackSpace", "Delete", "Tab", "ISO_Left_Tab", "Return", "KP_Enter", "Left", "Right", "Up", "Down", "Home", "End", "space"}
)


def reaches_page(name: str, character: str, *, held: bool) -> bool:
    """Tell whether a key may reach the page, by its name and what it writes; with Ctrl, Alt or Super `held` none does."""
    if held:
        return False
    return name in MOVING or (character.isprintable() and character != "")
