"""What the watchdog needs to tell people when the kiosk itself cannot: the site's name and telephone, kept while all was well."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from desk.kit.clock import SITE_ZONE
from desk.kit.files import durable_write
from kiosk.machine import SiteCard
from kiosk.watchdog import python

FILE = "excuse.json"


def keep(folder: Path, site: SiteCard) -> None:
    """Keep where residents can turn to."""
    durable_write(folder / FILE, json.dumps({"name": site.name_zh, "phone": site.hotline or site.phone}, ensure_ascii=False).encode())


def command(folder: Path) -> Sequence[str]:
    """Return the command that covers the screen with where to turn to, since now."""
    try:
        kept = json.loads((folder / FILE).read_text("utf-8"))
        name, phone = str(kept["name"]), str(kept["phone"])
    except (OSError, ValueError, TypeError, KeyError):
        name, phone = "", ""
    return python("kiosk.window.excuse", f"{datetime.now(SITE_ZONE):%H:%M}", phone, name)
