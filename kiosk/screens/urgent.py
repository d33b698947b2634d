"""Urgent help: telephone numbers in huge type, before any question; this machine cannot call anybody."""

from dataclasses import dataclass

from kiosk.machine import SiteCard
from kiosk.screens.base import Page, machine, pages, show
from kiosk.words import COUNTRY, URGENT, WHAT_TO_DO


@dataclass(frozen=True)
class Number:
    """One urgent number: what for, the number, what to do until somebody comes."""

    what: str
    words: str
    number: str
    advice: str


def numbers(site: SiteCard, only: tuple[str, ...] = ()) -> list[Number]:
    """Return the urgent numbers: the site's own first, the country's always, and the desk's phone where the site names none."""
    known = {what: number for what, number in site.urgent if number}
    own = known.get("duty") or site.hotline or site.phone
    found = {what: known.get(what, "") or own for what in ("water", "lift", "gas")}
    found |= {what: known.get(what, number) for what, number in COUNTRY}
    found["duty"] = own
    return [
        Number(what, URGENT[what], found[what], WHAT_TO_DO.get(what, "")) for what in URGENT if found[what] and what in (only or URGENT)
    ]


def numbers_for(category: str) -> list[Number]:
    """Return the numbers that come before and after a repair of an emergency category."""
    wanted = {"gas": ("gas", "duty"), "lift": ("lift", "duty"), "fire": ("fire", "duty")}
    return numbers(machine().site(), wanted.get(category, ("water", "duty")))


@pages.get("/urgent")
def urgent() -> Page:
    """Show whom to call."""
    return show("urgent.html", reading=True, numbers=numbers(machine().site()))
