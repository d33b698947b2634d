"""The lobby window: a full screen of the desk's public page, where a resident checks the slip in their hand.

pywebview over GTK and WebKit. The page gets no bridge into Python (`js_api` would be a remote shell and needs `unsafe-eval`), no downloads, no
new windows, and keeps nothing between starts. Requests and offline work come with the replicated kiosk.
"""

from typing import Any

import click
import webview

PUBLIC_PAGE = "/check"
TITLE = "LobbyDesk"


def open_window(desk: str, *, windowed: bool = False) -> webview.Window:
    """Make the window on the public page of the desk at `desk` (http://127.0.0.1:8000); `webview.start()` then shows it."""
    webview.settings["ALLOW_DOWNLOADS"] = False
    webview.settings["ALLOW_FILE_URLS"] = False
    webview.settings["OPEN_EXTERNAL_LINKS_IN_BROWSER"] = False
    webview.settings["OPEN_DEVTOOLS_IN_DEBUG"] = False
    shape: dict[str, Any] = {"width": 1080, "height": 1920} if windowed else {"fullscreen": True, "frameless": True, "on_top": True}
    window = webview.create_window(TITLE, desk.rstrip("/") + PUBLIC_PAGE, zoomable=False, text_select=False, **shape)
    if window is None:
        raise RuntimeError("pywebview made no window")
    return window


def show() -> None:
    """Show the windows until they are closed; nothing of the session is kept on disk."""
    webview.start(gui="gtk", private_mode=True, debug=False)


@click.command()
@click.option("--desk", default="http://127.0.0.1:8000", show_default=True, help="Address of the desk.")
@click.option("--windowed", is_flag=True, help="In a window, not over the whole screen.")
def main(desk: str, windowed: bool) -> None:
    """Show the lobby window of the desk at this address."""
    open_window(desk, windowed=windowed)
    show()
