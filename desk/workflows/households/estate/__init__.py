"""Where units are: buildings, entrances, floors."""
