"""The pictures of the README, made of the demo community in both languages; `./desk.sh shots` keeps them in docs/screenshots."""

import io
import os
import subprocess
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser.community import Community
from tests.browser.conftest import watch
from tests.browser.reading import words_of
from tests.house.tree import ROOT

KEPT = ROOT / "docs" / "screenshots"
MOST_BYTES = 250_000
SIZES = {"start": (1280, 860), "counter": (1280, 1040), "case": (1280, 1000), "phone": (390, 844)}
ROLES = {"start": "supervisor", "counter": "front_desk", "case": "front_desk", "phone": "maintenance"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pictures_of_the_desk(browser, community, tmp_path, lang):
    community.look(lang, "light")
    folder = KEPT if os.environ.get("LOBBYDESK_SCREENSHOTS") else tmp_path
    problems: list[str] = []

    for name, show in SHOWN.items():
        page = watch(open_page(browser, community, name, lang), problems)
        show(page, community)
        keep(folder / f"{name}.{lang}.png", Image.open(io.BytesIO(page.screenshot(animations="allow", caret="initial"))))
        page.context.close()
    keep(folder / f"paper.{lang}.png", drawn(printed(community), tmp_path))

    assert problems == []
    sizes = {path.name: path.stat().st_size for path in folder.glob(f"*.{lang}.png")}
    assert set(sizes) == {f"{name}.{lang}.png" for name in (*SHOWN, "paper")}
    assert {name: size for name, size in sizes.items() if not 8_000 < size <= MOST_BYTES} == {}


def open_page(browser: Browser, community: Community, name: str, lang: str) -> Page:
    """Return a page of the person whom the picture shows at work."""
    page = community.context(browser, ROLES[name], lang, size=SIZES[name]).new_page()
    page.goto(community.url)
    page.wait_for_selector("html[data-ready]")
    return page


def start(page: Page, community: Community) -> None:
    """Show what is late and due."""
    page.goto(community.url + "/")
    page.wait_for_selector("html[data-ready]")


def counter(page: Page, community: Community) -> None:
    """Take a report: the room is picked by typing, its card comes beside the form."""
    page.goto(community.url + "/repairs/new")
    page.wait_for_selector("html[data-ready]")
    page.locator("[data-combo] input[role=combobox]").first.press_sequentially("3-1-1803", delay=5)
    page.locator("[role=listbox] [role=option]").first.click()
    page.locator("#beside h2").first.wait_for()
    page.fill("[name=what]", "卫生间顶部渗水，滴到洗手台")
    page.select_option("[name=category]", "water_leak")
    page.wait_for_load_state("networkidle")
    page.locator("h1").first.click()


def case(page: Page, community: Community) -> None:
    """Show a signed repair (a leak, if there is one) whose revisit is owed, and why it is due on that day."""
    number = community.ids("SELECT number FROM work_order WHERE stage = 'signed' ORDER BY kind = 'leak' DESC, number DESC LIMIT 1")[0]
    page.goto(f"{community.url}/repairs/{number}")
    page.wait_for_selector("html[data-ready]")
    page.locator("#now details.why > summary").first.click()


def phone(page: Page, community: Community) -> None:
    """Show the worker's own orders."""
    page.goto(community.url + "/repairs/mine")
    page.wait_for_selector("html[data-ready]")


SHOWN = {"start": start, "counter": counter, "case": case, "phone": phone}


def printed(community: Community) -> bytes:
    """Return the sheet of an order, as the front desk prints it now."""
    number = community.ids("SELECT number FROM work_order WHERE stage = 'dispatched' ORDER BY appointed_from IS NULL, number DESC LIMIT 1")[
        0
    ]
    answer = community.client("front_desk").post(f"/repairs/{number}/sheet")
    assert answer.status_code == 200, words_of(answer.text)[-12:]
    return bytes(answer.data)


def drawn(pdf: bytes, folder: Path) -> Image.Image:
    """Return the first page of a PDF as poppler draws it."""
    (folder / "sheet.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-png", "-r", "90", "-singlefile", str(folder / "sheet.pdf"), str(folder / "sheet")], check=True)
    return Image.open(folder / "sheet.png")


def keep(path: Path, picture: Image.Image) -> None:
    """Write a picture in 128 colours, which is small and looks the same."""
    picture.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
