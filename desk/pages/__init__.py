"""The house's own pages: the door, the start page, search, papers, the work journal, staff."""

from desk.kit.web import Pages
from desk.pages.care import pages as care
from desk.pages.door import pages as door
from desk.pages.find import pages as find
from desk.pages.journal import pages as journal
from desk.pages.paper import pages as papers
from desk.pages.paper import slips
from desk.pages.staff import pages as staff
from desk.pages.start import pages as start

PAGES: tuple[Pages, ...] = (door, start, find, papers, slips, journal, staff, care)
