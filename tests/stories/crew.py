"""The people of a story: each signs in at a browser of their own, and does things by the page as it stands."""

import io
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Browser, Locator, Page
from pypdf import PdfReader

from desk.kit.access import commands as access
from desk.kit.access.inputs import NewStaff
from desk.kit.access.rules import Role
from desk.kit.act import Act
from desk.kit.clock import SetClock
from desk.site import Site
from tests.browser.conftest import new_context, watch

PASSWORD = "a-long-word-for-a-story"
PEOPLE = {
    "front_desk": ("F01", "李晓雯"),
    "front_desk_2": ("F02", "周敏"),
    "maintenance": ("M01", "王建军"),
    "supervisor": ("Z01", "陈志远"),
    "admin": ("A01", "何伟"),
}
PHONE = (390, 844)
DESKTOP = (1366, 900)


@dataclass
class Crew:
    """Everybody at the desk of one story."""

    browser: Browser
    url: str
    site: Site
    clock: SetClock
    problems: list[str] = field(default_factory=list)
    pages: dict[str, Page] = field(default_factory=dict)

    def hire(self) -> None:
        """Enter everybody as staff."""
        for role, (staff_no, name) in PEOPLE.items():
            new = NewStaff(staff_no=staff_no, name=name, role=Role(role.removesuffix("_2")))
            access.add_staff(self.site.db(), Act("setup", "D1", self.clock), new, PASSWORD)

    def page(self, who: str) -> Page:
        """Return somebody's page, signed in (again, where the clock moved on and the screen locked itself)."""
        page = self.pages.get(who)
        if page is None:
            size = PHONE if who == "maintenance" else DESKTOP
            page = self.pages[who] = watch(new_context(self.browser, size=size).new_page(), self.problems)
        page.goto(self.url + "/")
        if "/login" not in page.url:
            page.context.clear_cookies()
            page.goto(self.url + "/login")
        page.fill("[name=user]", PEOPLE[who][0])
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(re.compile(r"^(?!.*login)"))
        return page

    def close(self) -> None:
        """Close all browsers."""
        for page in self.pages.values():
            page.context.close()


def form_of(page: Page, action: str) -> Locator:
    """Return the form that sends to this address."""
    return page.locator(f'form[action$="{action}"]').first


def send(page: Page, action: str, **typed: str) -> None:
    """Fill the named fields of a form as they are (text, choice, tick), and send it by its own button."""
    form = form_of(page, action)
    for name, value in typed.items():
        enter(form, name, value)
    form.locator("button.button-main, button:not([type]):not([formaction])").first.click()
    page.wait_for_load_state()


def enter(form: Locator, name: str, value: str) -> None:
    """Fill one field, whatever it is."""
    found = form.locator(f'[name="{name}"]').first
    kind = found.evaluate("e => e.tagName === 'SELECT' ? 'select' : (e.type || 'text')")
    if kind == "select":
        found.select_option(value)
    elif kind == "radio":
        form.locator(f'[name="{name}"][value="{value}"]').check(force=True)
    elif kind == "checkbox":
        found.check(force=True)
    else:
        found.fill(value)


def pick_room(page: Page, room: str) -> None:
    """Choose a room in the picker, as a clerk does: type, take the first that is offered."""
    box = page.locator("[data-combo] input[role=combobox]").first
    box.press_sequentially(room, delay=20)
    option = page.locator("[role=listbox] [role=option]").first
    option.wait_for()
    option.click()


def draw_signature(page: Page) -> None:
    """Sign with the mouse."""
    box = page.locator("[data-sign] canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + 30, box["y"] + 60)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(box["x"] + 30 + step * 14, box["y"] + 60 + (step % 3) * 15)
    page.mouse.up()


def printed(page: Page, action: str, folder: Path, **fields: str) -> str:
    """Press a print button's form, and return what two independent readers agree stands on the sheet (without white space)."""
    form = form_of(page, action)
    inputs = form.locator("input[name]")
    typed = {str(inputs.nth(n).get_attribute("name")): inputs.nth(n).input_value() for n in range(inputs.count())} | fields
    answer = page.context.request.post(
        urljoin(page.url, action_of(form)), form=typed, headers={"Sec-Fetch-Site": "same-origin", "Origin": origin(page)}
    )
    assert answer.status == 200, answer.text()[:500]
    return read(answer.body(), folder)


def action_of(form: Locator) -> str:
    """Return where a form sends to."""
    return str(form.get_attribute("action"))


def origin(page: Page) -> str:
    """Return scheme and host of a page."""
    return "/".join(page.url.split("/")[:3])


def read(pdf: bytes, folder: Path) -> str:
    """Return the text of a PDF, read by pypdf and by poppler; both must see the same characters."""
    by_pypdf = squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))
    path = folder / "sheet.pdf"
    path.write_bytes(pdf)
    by_poppler = squeezed(subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True, text=True).stdout)
    assert sorted(by_pypdf) == sorted(by_poppler)
    return by_pypdf + "\n" + by_poppler


def squeezed(text: str) -> str:
    """Return text without white space."""
    return re.sub(r"\s+", "", text)
