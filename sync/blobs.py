"""Photos and signatures: sealed at the kiosk, named by the hash of the sealed bytes, sent in pieces after their record, taken up where they stopped."""

import hashlib
import io
import os
from dataclasses import replace
from pathlib import Path

import structlog
from PIL import Image, ImageOps

from desk.kit.database import Database
from desk.kit.files import keep_file, sync_folder
from desk.kit.problems import Problem
from desk.kit.quiet import quietly
from sync import sealing
from sync.chain import hexadecimal
from sync.inbox import keys, store

log = structlog.get_logger("sync")

PIECE = 256 * 1024
MOST_BYTES = 8 << 20
MOST_PIXELS = 24_000_000
LONGEST_SIDE = 1600
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


def have(folder: Path, sha256: str) -> int:
    """Return how many bytes of a sealed photo are here."""
    path = folder / f"{hexadecimal(sha256, 64)}.part"
    return path.stat().st_size if path.exists() else 0


def wanted(db: Database, folder: Path, device: str) -> tuple[tuple[str, int], ...]:
    """Return the photos that a device announced and did not send whole yet, with how many bytes of each are here."""
    found = dict.fromkeys(photo.sha256 for photo in store.photos_wanted(db, device))
    return tuple((sha256, have(folder, sha256)) for sha256 in found)


def put(db: Database, folder: Path, files: Path, sha256: str, at: int, piece: bytes) -> tuple[int, bool]:
    """Take one piece of a sealed photo; return how many bytes are here, and whether the desk is done with it.

    A piece that does not begin where the last one ended changes nothing: the answer says from where to go on. The last piece opens the photo and
    gives it its place in `files`; if that fails for want of room, an empty piece at the end tries again.
    """
    waiting = store.photos_of_hash(db, hexadecimal(sha256, 64))
    if not waiting:
        return at, True
    size = waiting[0].size
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{sha256}.part"
    if size > MOST_BYTES:
        return at, _is_bad(db, sha256)
    if at != have(folder, sha256) or len(piece) > PIECE or at + len(piece) > size:
        return have(folder, sha256), False
    with path.open("ab") as file:
        file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    sync_folder(folder)
    is_whole = at + len(piece) == size
    return at + len(piece), is_whole and _finish(db, path, files, sha256)


def _finish(db: Database, path: Path, files: Path, sha256: str) -> bool:
    """Open a photo that is here whole and give it its place; False for one that is not what it was announced as, and begins anew."""
    sealed = path.read_bytes()
    if hashlib.sha256(sealed).hexdigest() != sha256:
        path.unlink()
        return False
    try:
        clean = _clean(sealing.open_sealed(keys(db).private, sealed))
    except (Problem, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:  # Pillow's errors are of many kinds
        log.warning("photo cannot be opened", error=type(error).__name__)
        path.unlink()
        return _is_bad(db, sha256)
    files.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = keep_file(files, clean, ".jpg")
    with quietly(db):
        for photo in store.photos_of_hash(db, sha256):
            store.keep_photo(db, replace(photo, file=name, state="here"))
    path.unlink()
    return True


def _is_bad(db: Database, sha256: str) -> bool:
    """Say for good that a photo cannot be opened."""
    with quietly(db):
        for photo in store.photos_of_hash(db, sha256):
            store.keep_photo(db, replace(photo, state="bad"))
    return True


def _clean(data: bytes) -> bytes:
    """Return a picture written anew: nothing of where and with what it was taken is left in it."""
    with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as picture:
        upright = ImageOps.exif_transpose(picture).convert("RGB")
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        out = io.BytesIO()
        upright.save(out, "JPEG", quality=82)
    return out.getvalue()
