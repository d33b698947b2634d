"""The pictures of the kiosk in the README: drawn with each run, kept when `LOBBYDESK_SCREENSHOTS` is set."""

import io
import os

import pytest
from PIL import Image

from tests.house.tree import ROOT
from tests.kiosk.app_on import NEXT, go_to_review, kiosk_on, tap

SIZE = (1080, 1920)


def keep(picture: bytes, name: str) -> None:
    """Keep a picture at half its size, in few colours."""
    small = Image.open(io.BytesIO(picture)).convert("RGB").resize((SIZE[0] // 2, SIZE[1] // 2), Image.Resampling.LANCZOS)
    if os.environ.get("LOBBYDESK_SCREENSHOTS"):
        small.quantize(96).save(ROOT / "docs" / "screenshots" / name, optimize=True)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_first_screen_and_a_repair_saved_while_the_line_is_down_are_drawn(browser, tmp_path, lang):
    with kiosk_on(tmp_path) as kiosk:
        page = kiosk.enter(browser, SIZE)
        kiosk.cable.cut = True
        kiosk.agent.once()
        kiosk.look(lang)
        page.reload()
        home = page.screenshot()
        go_to_review(page, kiosk)
        tap(page, NEXT)
        saved = page.screenshot()
        page.context.close()

    for picture, name in ((home, "home"), (saved, "saved")):
        assert Image.open(io.BytesIO(picture)).size == SIZE
        keep(picture, f"kiosk-{name}.{lang}.png")
    assert home != saved
