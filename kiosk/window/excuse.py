"""What stands on the screen while the lobby window cannot be shown: since when, and where to turn to instead.

`python -m kiosk.window.excuse 10:32 0571-88886666 翠湖花园`. Plain labels, without a web engine, a server or a file: what broke the window
shall not break this.
"""

import sys
from importlib import import_module

from desk.kit.words import _, using

STYLE = "* { background: #fff; color: #111; font-size: 48px; padding: 24px; }"


def sentences(since: str, phone: str, site: str) -> list[str]:
    """Return what is said, in both languages, one sentence each."""
    said = [site] if site else []
    for lang in ("zh", "en"):
        with using(lang):
            said.append(_("This machine is out of service (since %(time)s).", time=since))
            said.append(_("Please go to the front desk or call %(phone)s.", phone=phone) if phone else _("Please go to the front desk."))
    return said


def main() -> None:
    """Cover the screen until somebody ends this program."""
    since, phone, site = (*sys.argv[1:], "", "", "")[:3]
    said = sentences(since, phone, site)
    try:
        import_module("kiosk.window.plain_gtk").cover(said, STYLE)
    except (ImportError, ValueError):
        import_module("kiosk.window.plain_qt").cover(said, STYLE)


if __name__ == "__main__":
    main()
