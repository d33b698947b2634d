"""`python -m kiosk`: the lobby window."""

from kiosk.window import main

if __name__ == "__main__":
    main()
