"""What a roster file may be, decided from its bytes before anything unpacks it (trust note: a bomb of 800 KB costs half a gigabyte)."""

import zipfile
from io import BytesIO

from desk.kit.problems import Unclear

MOST_BYTES = 12 << 20
MOST_UNPACKED = 64 << 20  # our own export of 50,000 households unpacks to 40 MB; the reader has its own limits
MOST_ENTRIES = 200
MOST_RATIO = 100
SMALL_ENTRY = 64 << 10  # a tiny file of spaces may pack better than the ratio, and harms nobody
_OLD_EXCEL = bytes.fromhex("D0CF11E0A1B11AE1")


def kind_of(data: bytes) -> str:
    """Return 'xlsx' or 'csv' for a file that may be read; `Unclear` says why another one may not and what to do."""
    if not data:
        raise Unclear("roster.empty_file")
    if len(data) > MOST_BYTES:
        raise Unclear("roster.too_big", most=MOST_BYTES >> 20)
    if data.startswith(_OLD_EXCEL):
        raise Unclear("roster.old_excel")
    if data.startswith(b"PK"):
        _check_directory(data)
        return "xlsx"
    if data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"MZ", b"\x7fELF", b"GIF8", b"{\\rtf", b"<!DOC", b"<html", b"\x1f\x8b")):
        raise Unclear("roster.no_table")
    return "csv"


def _check_directory(data: bytes) -> None:
    """Refuse a workbook by its table of contents: too much inside, macros, paths that climb, or something else than a workbook."""
    try:
        entries = zipfile.ZipFile(BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Unclear("roster.damaged") from None
    names = [entry.filename for entry in entries]
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Unclear("roster.bomb")
    if any(entry.file_size > SMALL_ENTRY and entry.file_size > MOST_RATIO * max(entry.compress_size, 1) for entry in entries):
        raise Unclear("roster.bomb")
    if any("vbaproject" in name.lower() or name.lower().startswith(("xl/macrosheets", "xl/embeddings", "xl/activex")) for name in names):
        raise Unclear("roster.macros")
    if any(name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") for name in names):
        raise Unclear("roster.damaged")
    if "xl/workbook.xml" not in names or any(entry.flag_bits & 1 for entry in entries):
        raise Unclear("roster.no_table")
