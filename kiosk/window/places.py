"""Where the window may go: the local page, and nowhere else."""

BLANK = "about:blank"
"""What is shown for a moment between two residents."""
SHOWN = frozenset({"text/html"})
"""What a whole page may be: the engine would show a PDF in a viewer with buttons of its own."""


def is_own(url: str, origin: str) -> bool:
    """Tell whether an address lies on the local page's origin (http://127.0.0.1:PORT); no user name, other port or scheme passes."""
    return url == origin or url.startswith(f"{origin}/")
