"""A real desk on a loopback port, and a real browser before it; only the clock on the wall is told to move."""

import threading
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
from waitress.server import create_server

AXE = Path(__file__).with_name("axe.min.js")


def serve(app: object) -> tuple[str, Callable[[], None]]:
    """Serve an application on a free loopback port; return its address and how to stop it."""
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    return f"http://127.0.0.1:{server.effective_port}", server.close


def watch(page: Page, problems: list[str]) -> Page:
    """Collect whatever the browser complains of: console errors, uncaught errors, failed requests of our own."""

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 401" not in message.text:  # a screen that locked itself while the clock moved
            problems.append(f"{page.url}: {message.text}")

    page.on("console", heard)
    page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))
    return page


def axe(page: Page) -> list[str]:
    """Return the accessibility violations that axe-core finds on a page, with the elements."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [f"{page.url}: {v['id']} ({v['impact']}): {v['help']}: {[n['target'] for n in v['nodes']][:3]}" for v in found]


def new_context(browser: Browser, lang: str = "zh-CN", dark: bool = False, size: tuple[int, int] = (1366, 768)) -> BrowserContext:
    """Return a fresh browser profile in a language, a theme and a size."""
    return browser.new_context(
        locale=lang, color_scheme="dark" if dark else "light", viewport={"width": size[0], "height": size[1]}, timezone_id="Asia/Shanghai"
    )
