"""Opens the lobby window for real, looks at the page through it, prints what it saw as JSON, and closes it.

`python -m tests.kiosk.window_probe http://127.0.0.1:PORT`
"""

import json
import sys

import webview

from kiosk.window import open_window


def main(desk: str) -> None:
    """Show the window; look as soon as the page is loaded."""
    window = open_window(desk, windowed=True)

    def look() -> None:
        seen: dict[str, object] = {}
        try:
            if window.events.loaded.wait(60):
                seen = json.loads(window.run_js("JSON.stringify({title: document.title, text: document.body.innerText})"))
        finally:
            print(json.dumps(seen, ensure_ascii=False), flush=True)
            window.destroy()

    webview.start(look, gui="gtk", private_mode=True)


if __name__ == "__main__":
    main(sys.argv[1])
