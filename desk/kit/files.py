"""The one way to write a file: after a power cut it is the old one or the new one, never half of it."""

import hashlib
import os
import tempfile
from pathlib import Path


def durable_write(path: Path, data: bytes) -> None:
    """Write a file durably: temporary file, fsync, rename, fsync of the folder."""
    number, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
    try:
        with os.fdopen(number, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def append_line(path: Path, line: str) -> None:
    """Add one line to a file durably."""
    new = not path.exists()
    with path.open("ab") as file:
        file.write(line.encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    if new:
        sync_folder(path.parent)


def keep_file(folder: Path, data: bytes, suffix: str) -> str:
    """Write a file under the hash of its content, and return its name such as 'ab12….jpg'; the same content is written once."""
    name = f"{hashlib.sha256(data).hexdigest()}{suffix}"
    if not (folder / name).exists():
        durable_write(folder / name, data)
    return name


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
