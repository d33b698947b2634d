"""Everything the desk holds, in files that any other program reads: handed over when the manager changes (Civil Code 949).

tables/<table>.csv    for people (formulas made harmless)      tables/<table>.jsonl  exact, one row a line
papers/<number>.pdf   every paper as it was issued             files/                photos and signatures
README.txt            what is in here
"""

import csv
import json
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from desk.kit import papers
from desk.kit.database import Database, schema_tables
from desk.kit.papers import store
from desk.kit.problems import Refused
from desk.site import Site

SECRET_TABLES = frozenset(
    {"session", "sign_in_try", "paper_key", "household_key", "search_key", "search_entry", "tick_beat", "tick_done", "tick_error"}
)
SECRET_COLUMNS = frozenset({"password", "pin"})
README = """LobbyDesk export
tables/*.csv    one file per table, UTF-8, for reading in a spreadsheet
tables/*.jsonl  the same rows exactly as stored, one JSON object a line
papers/*.pdf    every paper as it was issued
files/          photos and signatures, named by the SHA-256 of their content
Times are UTC and end in Z. Money is in fen. Passwords, sessions and signing keys are not in here.
"""


def export_zip(site: Site, path: Path) -> dict[str, int]:
    """Write everything into one new zip file; return what `export` returns."""
    if path.exists():
        raise Refused("export.not_empty", folder=str(path))
    with tempfile.TemporaryDirectory(dir=path.parent) as part:
        counts = export(site, Path(part) / "export")
        shutil.make_archive(str(path.with_suffix("")), "zip", Path(part) / "export")
    return counts


def export(site: Site, folder: Path) -> dict[str, int]:
    """Write everything into an empty folder; return table -> number of rows, and how many papers."""
    if folder.exists() and any(folder.iterdir()):
        raise Refused("export.not_empty", folder=str(folder))
    db = site.db()
    for place in ("tables", "papers"):
        (folder / place).mkdir(parents=True, exist_ok=True, mode=0o700)
    counts = {name: _table(db, name, folder / "tables") for name in schema_tables(db) if name not in SECRET_TABLES}
    counts["papers (PDF)"] = _papers(db, folder / "papers")
    if site.files.exists():
        shutil.copytree(site.files, folder / "files", dirs_exist_ok=True)
    (folder / "README.txt").write_text(README, "utf-8")
    return counts


def _table(db: Database, name: str, folder: Path) -> int:
    """Write one table as CSV and as JSON lines, and return its number of rows."""
    columns = [column for column in db[name].columns_dict if column not in SECRET_COLUMNS]
    rows: Iterable[dict[str, Any]] = db[name].rows_where(select=", ".join(columns))
    count = 0
    with (
        (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as sheet,
        (folder / f"{name}.jsonl").open("w", encoding="utf-8") as lines,
    ):
        writer = csv.writer(sheet)
        writer.writerow(columns)
        for count, row in enumerate(rows, 1):  # noqa: B007 - the last count is the answer
            writer.writerow([harmless(row[column]) for column in columns])
            lines.write(json.dumps({column: row[column] for column in columns}, ensure_ascii=False) + "\n")
    return count


def harmless(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _papers(db: Database, folder: Path) -> int:
    count = 0
    for count, paper in enumerate(store.every(db), 1):  # noqa: B007 - the last count is the answer
        (folder / f"{paper.number}-{paper.kind}-{paper.id[-6:]}.pdf").write_bytes(papers.pdf(paper))
    return count
