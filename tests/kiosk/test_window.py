"""A real lobby window under a real display shows the desk's public page, and gives it no way into Python."""

import json
import os
import subprocess
import sys
from pathlib import Path

from desk.kit.clock import SetClock
from desk.site import make
from tests.browser.conftest import serve
from tests.client import create_app

ROOT = Path(__file__).parents[2]
QUIET = {
    "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
    "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
    "NO_AT_BRIDGE": "1",
    "LIBGL_ALWAYS_SOFTWARE": "1",
}


def test_the_lobby_window_shows_the_slip_check(tmp_path: Path, clock: SetClock):
    url, stop = serve(create_app(make(tmp_path / "data"), clock))
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tests.kiosk.window_probe", url],
            cwd=ROOT,
            env=os.environ | QUIET,
            capture_output=True,
            text=True,
            timeout=120,
        )
    finally:
        stop()

    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["title"]
    assert "编号" in seen["text"] or "number" in seen["text"].lower()
