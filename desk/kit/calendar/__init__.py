"""The site's calendar: opening hours, holidays, make-up workdays, and the years the State Council has published."""

from desk.kit.calendar.days import Calendar, Day, Windows, windows_of
from desk.kit.calendar.years import NamedDay, Paper, Year, calendar_from, load_calendar, read_year, shipped_years

__all__ = [
    "Calendar",
    "Day",
    "NamedDay",
    "Paper",
    "Windows",
    "Year",
    "calendar_from",
    "load_calendar",
    "read_year",
    "shipped_years",
    "windows_of",
]
