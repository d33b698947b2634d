"""The lobby window: pywebview over GTK and WebKit (the product) or Qt WebEngine (CI, and where GTK is not to be had), locked down by us.

pywebview has no kiosk mode: no navigation lock, no answer to a crashed renderer, and a bridge into Python that any page may call. The
engines here take that bridge away and refuse whatever leads out of the local page; `lobby` keeps the window painted.
"""
