"""Check codes: ten characters by which anybody at a desk or a kiosk can tell a true paper from a typed one, also offline.

HMAC-SHA256 with the site's key over the fields that matter, cut to 50 bits, in Crockford's base 32 (no I, L, O, U; what people misread is
read kindly).
"""

import hmac
from collections.abc import Sequence

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = str.maketrans("OIL", "011", "- ")
LENGTH = 10


def make(key: bytes, fields: Sequence[str]) -> str:
    """Return the check code of `fields` under the site's key, as K7Q2M-9XW4T. The order of the fields counts."""
    if len(key) < 16:
        raise ValueError("a site key has at least 16 bytes")
    message = b"".join(len(text.encode()).to_bytes(4, "big") + text.encode() for text in fields)
    number = int.from_bytes(hmac.digest(key, message, "sha256")[:8], "big") >> 14
    code = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(LENGTH)))
    return f"{code[:5]}-{code[5:]}"


def check(key: bytes, fields: Sequence[str], code: str) -> bool:
    """Tell whether `code`, as a person typed it, belongs to `fields`."""
    typed = code.upper().translate(MISREAD)
    return typed.isascii() and hmac.compare_digest(typed, make(key, fields).translate(MISREAD))


def payload(site: str, number: str, code: str) -> str:
    """Return what the QR code of a paper says: LD1:SITE:NUMBER:CODE, in capitals so that the code stays small."""
    return ":".join(("LD1", site, number, code)).upper()
