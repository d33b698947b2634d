"""What staff see of the kiosks. Importing a part hangs its routes into `pages` and `items`."""

from desk.workflows.kiosks.pages import board, boards, cards, settling
from desk.workflows.kiosks.pages.base import items, pages

__all__ = ["board", "boards", "cards", "items", "pages", "settling"]
