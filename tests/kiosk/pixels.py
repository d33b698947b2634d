"""How many colours a display shows: `python -m tests.kiosk.pixels [FILE.png]`. An empty screen has one, a painted page has many."""

import sys

import gi

gi.require_version("Gdk", "3.0")

from gi.repository import Gdk  # noqa: E402


def main() -> None:
    """Count."""
    Gdk.init([])
    root = Gdk.get_default_root_window()
    picture = Gdk.pixbuf_get_from_window(root, 0, 0, root.get_width(), root.get_height())
    if len(sys.argv) > 1:
        picture.savev(sys.argv[1], "png", [], [])
    data, wide = picture.get_pixels(), picture.get_n_channels()
    print(len({data[at : at + wide] for at in range(0, len(data) - wide, wide * 37)}))


if __name__ == "__main__":
    main()
