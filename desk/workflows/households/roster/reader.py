"""The child process that reads a roster file: its bytes come in, its cells go out as text, and it may not take much of either.

    python -m desk.workflows.households.roster.reader xlsx < roster.xlsx

Answers with one line of JSON: {"sheet": name, "first": number of the first row, "rows": [[text, ...], ...]} or {"problem": code}.
"""

import csv
import io
import json
import sys
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from desk.workflows.households.roster.headings import find_head

try:
    import resource
except ImportError:  # Windows has none; the parent's clock still stops the child
    resource = None  # type: ignore[assignment]

MEMORY = 640 << 20
SECONDS = 25
MOST_ROWS = 100_000
MOST_COLUMNS = 200
MOST_SHEETS = 8
LONGEST_CELL = 4_000


class Unreadable(Exception):
    """The file cannot be read; carries the problem's code."""


def text_of(value: Any) -> str:
    """Return one cell as a person would type it: 1803.0 is '1803', a day '2026-11-23'; a number too long for Excel keeps its 'E+'."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)[: LONGEST_CELL + 1]


def _number(value: float) -> str:
    if abs(value) >= 1e15:
        return f"{value:.14E}"
    rounded = round(value, 8)
    return str(int(rounded)) if rounded == int(rounded) else repr(rounded)


def workbook(data: bytes) -> dict[str, Any]:
    """Return the sheet that holds the roster: the first with a head that we know, else the first one."""
    from python_calamine import CalamineWorkbook  # in the child only

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    first: dict[str, Any] | None = None
    for name in book.sheet_names[:MOST_SHEETS]:
        sheet = book.get_sheet_by_name(name)
        if sheet.width > MOST_COLUMNS or sheet.height > MOST_ROWS:
            raise Unreadable("roster.too_many_cells")
        rows = [[text_of(cell) for cell in row] for row in sheet.to_python()]
        top, left = sheet.start or (0, 0)
        _fill_merged(rows, sheet.merged_cell_ranges or [], top, left)
        found = {"sheet": name, "first": top + 1, "rows": rows}
        if find_head(rows) is not None:
            return found
        first = first or found
    return first or {"sheet": "", "first": 1, "rows": []}


def _fill_merged(rows: list[list[str]], ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]], top: int, left: int) -> None:
    """Give every cell of a merged range the text that is shown for all of them: one building's number down its rows."""
    for (row, column), (last_row, _last) in ranges:
        if row < top or column < left or row - top >= len(rows):
            continue
        shown = rows[row - top][column - left]
        for below in rows[row - top : last_row - top + 1]:
            below[column - left] = shown


def decoded(data: bytes) -> str:
    """Return the text of a CSV file in UTF-8 or UTF-16 with their marks, plain UTF-8, or GB 18030 as Excel writes it in China."""
    for encoding in ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text
    raise Unreadable("roster.encoding")


def table(data: bytes) -> dict[str, Any]:
    """Return the rows of a CSV file, whichever of comma, tab and semicolon its first line uses most."""
    text = decoded(data)
    head = text.lstrip().partition("\n")[0]
    comma = max(",\t;", key=head.count)
    csv.field_size_limit(1 << 20)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=comma))
    except csv.Error:
        raise Unreadable("roster.damaged") from None
    if len(rows) > MOST_ROWS or any(len(row) > MOST_COLUMNS for row in rows):
        raise Unreadable("roster.too_many_cells")
    return {"sheet": "", "first": 1, "rows": [[cell[: LONGEST_CELL + 1] for cell in row] for row in rows]}


def limit() -> None:
    """Take little memory and little time, or die trying."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def answer(kind: str, data: bytes) -> dict[str, Any]:
    """Return what is in the file, or the problem with it."""
    try:
        return workbook(data) if kind == "xlsx" else table(data)
    except Unreadable as problem:
        return {"problem": str(problem)}
    except MemoryError:
        return {"problem": "roster.bomb"}
    except Exception:  # a reader of foreign files fails in many ways, and all mean the same to the clerk
        return {"problem": "roster.damaged"}


def main() -> None:
    """Read standard input, write one line of JSON."""
    limit()
    found = answer(sys.argv[1], sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(found, ensure_ascii=False).encode("utf-8", "replace"))


if __name__ == "__main__":
    main()
