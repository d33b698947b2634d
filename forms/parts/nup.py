"""Two half sheets on one A4 page with a line to cut, for sites with a laser printer instead of three-part paper."""

from forms.press import MM, Page, Press

WIDE, HIGH, HALF = 210.0, 297.0, 148.5


class TwoUp(Press):
    """A document that takes half sheets and puts two on each A4 page."""

    _waiting: Page | None = None

    def put(self, page: Page) -> None:
        """Keep the first half until the second comes."""
        if self._waiting is None:
            self._waiting = page
        else:
            first, self._waiting = self._waiting, None
            super().put(two_up(first, page))

    def bytes(self) -> bytes:
        """Close the document; a last single half stands on top."""
        if self._waiting is not None:
            super().put(two_up(self._waiting, None))
        return super().bytes()


def two_up(top: Page, bottom: Page | None) -> Page:
    """Return an A4 page with one half sheet above the other and a dashed line between."""
    cut = f"q [4 3] 0 d 0.7 w 0 {HALF * MM:.2f} m {WIDE * MM:.2f} {HALF * MM:.2f} l S Q"
    lift = f"q 1 0 0 1 0 {HALF * MM:.2f} cm"
    below = bottom or Page(WIDE, HALF)
    fixed = [lift, *top.fixed, "Q", cut, *below.fixed]
    return Page(WIDE, HIGH, fixed, [lift, *top.words, "Q", *below.words])
