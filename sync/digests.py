"""Digests that add up: the sum of its rows' hashes tells whether two copies of a scope are the same, and each change costs two hashes."""

import hashlib
from collections.abc import Iterable

MODULUS = 1 << 128
EMPTY = 0


def row(kind: str, row_id: str, doc: str) -> int:
    """Return the hash of one published row over its bytes as stored (BLAKE2b, 128 bits)."""
    return int.from_bytes(hashlib.blake2b(f"{kind}\0{row_id}\0{doc}".encode(), digest_size=16).digest(), "big")


def total(rows: Iterable[tuple[str, str, str]]) -> int:
    """Return the sum of the hashes of many rows: (kind, id, document)."""
    blake, number = hashlib.blake2b, int.from_bytes
    return sum(number(blake(f"{kind}\0{row_id}\0{doc}".encode(), digest_size=16).digest(), "big") for kind, row_id, doc in rows) % MODULUS


def add(digest: int, part: int) -> int:
    """Return a digest with one more row in it."""
    return (digest + part) % MODULUS


def take(digest: int, part: int) -> int:
    """Return a digest with one row less in it."""
    return (digest - part) % MODULUS


def text(digest: int) -> str:
    """Return a digest as 32 hexadecimal digits."""
    return f"{digest:032x}"


def number(text: str) -> int:
    """Return the digest that `text` wrote."""
    return int(text, 16)
