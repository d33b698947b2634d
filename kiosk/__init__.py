"""The lobby kiosk: a pywebview window over a local page."""
