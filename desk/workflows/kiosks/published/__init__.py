"""What kiosks may hold: the site, its buildings, notices and calendar for everybody, and the state of requests, sealed for whoever submitted them."""

from desk.kit.plugs import Published
from desk.workflows.kiosks.published.boards import BUILDING, CALENDAR, NOTICE, SITE
from desk.workflows.kiosks.published.requests import CARD, SUBMISSION

PUBLISHED: tuple[Published, ...] = (SITE, BUILDING, NOTICE, CALENDAR, SUBMISSION, CARD)
