"""Sealing: what a kiosk stores can be read by the desk only; what the desk publishes of a resident can be read with the resident's secret only.

The sealing of published documents takes its nonce from key and content, so that the same content gives the same bytes: a projection stays pure.
"""

import base64
import hashlib
import os
from dataclasses import dataclass
from functools import lru_cache

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox

from desk.kit.problems import Unclear

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: nothing that people misread
_MISREAD = str.maketrans("OIL", "011", "- ·.:")
CODE_LENGTH = 10
_COST = {"n": 1 << 14, "r": 8, "p": 1, "dklen": 32}


@dataclass(frozen=True)
class Secret:
    """What follows from a receipt code or a card's secret: the key that opens, and the tag under which the desk publishes."""

    code: str
    key: str  # 64 hexadecimal digits
    tag: str  # 32 hexadecimal digits; knowing it is the proof


def new_code() -> str:
    """Return a fresh receipt code of 50 random bits, as K7Q2M-9XW4T."""
    letters = "".join(ALPHABET[byte & 31] for byte in os.urandom(CODE_LENGTH))
    return f"{letters[:5]}-{letters[5:]}"


def read_code(typed: str) -> str:
    """Return a receipt code as it was made, from what somebody typed; `Unclear` if it is none."""
    plain = typed.upper().translate(_MISREAD)
    if len(plain) != CODE_LENGTH or any(letter not in ALPHABET for letter in plain):
        raise Unclear("sync.code_unreadable", typed=typed[:40])
    return f"{plain[:5]}-{plain[5:]}"


@lru_cache(maxsize=256)
def of_code(code: str) -> Secret:
    """Return key and tag of a receipt code. The work of scrypt stands between 50 bits and whoever steals a kiosk's disk."""
    key = hashlib.scrypt(code.encode(), salt=b"lobbydesk receipt 1", maxmem=64 << 20, **_COST)
    return Secret(code, key.hex(), _tag(key))


def of_card(secret: bytes) -> Secret:
    """Return key and tag of a card's secret of 128 random bits."""
    key = hashlib.blake2b(secret, digest_size=32, person=b"lobbydesk card 1").digest()
    return Secret("", key.hex(), _tag(key))


def _tag(key: bytes) -> str:
    return hashlib.blake2b(key, digest_size=16, person=b"lobbydesk tag 1").hexdigest()


def seal_with_key(key: str, content: bytes) -> str:
    """Return content sealed under a key (64 hexadecimal digits), as base64; the same content gives the same text."""
    raw = bytes.fromhex(key)
    nonce = hashlib.blake2b(content, digest_size=SecretBox.NONCE_SIZE, key=raw).digest()
    return base64.b64encode(bytes(SecretBox(raw).encrypt(content, nonce))).decode()


def open_with_key(key: str, sealed: str) -> bytes:
    """Return what `seal_with_key` sealed; `Unclear` if the key is not the one, or the text was changed."""
    try:
        return bytes(SecretBox(bytes.fromhex(key)).decrypt(base64.b64decode(sealed, validate=True)))
    except (CryptoError, ValueError, TypeError):
        raise Unclear("sync.not_sealed_for_this_key") from None


def new_private() -> str:
    """Return a fresh private key of a desk, as 64 hexadecimal digits."""
    return bytes(PrivateKey.generate()).hex()


def public_of(private: str) -> str:
    """Return the public key that belongs to a private one."""
    return bytes(PrivateKey(bytes.fromhex(private)).public_key).hex()


def seal_for(public: str, content: bytes) -> bytes:
    """Return content that only the holder of the private key can open; who sealed it cannot read it again."""
    return bytes(SealedBox(PublicKey(bytes.fromhex(public))).encrypt(content))


def open_sealed(private: str, sealed: bytes) -> bytes:
    """Return what was sealed for this private key; `Unclear` if it was not."""
    try:
        return bytes(SealedBox(PrivateKey(bytes.fromhex(private))).decrypt(sealed))
    except (CryptoError, ValueError, TypeError):
        raise Unclear("sync.not_sealed_for_this_key") from None
