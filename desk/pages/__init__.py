"""The house's own pages: the door, the start page, search, papers, the work journal, staff."""

from desk.kit.web import Pages
from desk.pages.door import pages as door

PAGES: tuple[Pages, ...] = (door,)
