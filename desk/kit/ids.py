"""Ids that are made where the thing happens and sort by time (UUID version 7, RFC 9562)."""

import os
from datetime import datetime


def new_id(now: datetime) -> str:
    """Return a fresh UUIDv7 as 32 hexadecimal digits: 48 bits of milliseconds, then 74 random bits."""
    millis = int(now.timestamp() * 1000)
    value = (millis << 80) | int.from_bytes(os.urandom(10), "big")
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return f"{value:032x}"
