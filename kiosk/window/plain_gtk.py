"""A screen of plain words, by GTK alone."""

import gi

gi.require_version("Gtk", "3.0")

from gi.repository import Gdk, Gtk  # noqa: E402 - the version is asked for first


def cover(sentences: list[str], style: str) -> None:
    """Cover the first screen with sentences; nobody in front of it can close them."""
    sheet = Gtk.CssProvider()
    sheet.load_from_data(style.encode())
    Gtk.StyleContext.add_provider_for_screen(Gdk.Screen.get_default(), sheet, Gtk.STYLE_PROVIDER_PRIORITY_APPLICATION)
    window = Gtk.Window(title="LobbyDesk", decorated=False, resizable=False)
    area = Gdk.Display.get_default().get_monitor(0).get_geometry()
    window.set_size_request(area.width, area.height)
    window.move(area.x, area.y)
    window.set_keep_above(True)
    window.connect("delete-event", lambda *_: True)
    box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, valign=Gtk.Align.CENTER)
    for sentence in sentences:
        box.add(Gtk.Label(label=sentence, wrap=True, justify=Gtk.Justification.CENTER))
    window.add(box)
    window.show_all()
    Gtk.main()
