"""How to reach the staff: numbers, hours, and 'please call me back'."""

from kiosk.screens.base import Page, machine, pages, show


@pages.get("/contact")
def contact() -> Page:
    """Show the numbers and the hours of the service centre."""
    return show("contact.html", reading=True, is_full=machine().link().full == "all")
