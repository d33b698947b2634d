"""What `desk verify` looks at: pages, references, journal chain with all heads that stand outside it, numbers, papers, files, workflows."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from desk.kit import clocks, journal, papers
from desk.kit.database import Database, broken_references, quick_check
from desk.kit.numbering import store as numbers
from desk.kit.papers import store as paper_store
from desk.kit.workflow import Finding
from desk.registry import WORKFLOWS
from desk.site import Site
from sync import verify as kiosks

Head = tuple[int, str]


def findings(site: Site, told: Iterable[Head] = ()) -> Iterator[Finding]:
    """Yield everything that is not as it was written; `told` are heads that a person reads from paper."""
    db = site.db()
    yield from ledger(db, [*written_heads(site.heads), *told])
    yield from _files(site.files)
    for workflow in WORKFLOWS:
        yield from workflow.checks(db)


def ledger(db: Database, heads: Iterable[Head] = ()) -> Iterator[Finding]:
    """Yield what is wrong inside one database file: also a backup's."""
    yield from (("file.damaged", {"found": found}) for found in quick_check(db))
    yield from (("file.reference", {"table": table, "target": target}) for table, target in broken_references(db))
    yield from _chain(db, [*heads, *paper_store.heads(db)])
    yield from (("number.gap", dict(row)) for row in numbers.gaps(db))
    yield from papers.verify(db)
    yield from clocks.verify(db)
    yield from (kiosks.findings(db) if "inbox" in db.table_names() else ())


def _chain(db: Database, heads: list[Head]) -> Iterator[Finding]:
    """Yield what is wrong with the journal; two different hashes told for one entry are both compared."""
    known = tuple(dict(heads).items())
    others = tuple(head for head in heads if head not in known)
    yield from journal.verify(db, known)
    if others:
        yield from (found for found in journal.verify(db, others) if found[0] == "journal.not_the_known_head")


def written_heads(path: Path) -> list[Head]:
    """Return the journal heads of `heads.txt`; a line cut by a power failure is left out."""
    if not path.exists():
        return []
    parts = (line.split() for line in path.read_text("utf-8", "replace").splitlines())
    return [(int(part[1]), part[2]) for part in parts if len(part) == 3 and part[1].isdigit() and len(part[2]) >= 10]


def _files(folder: Path) -> Iterator[Finding]:
    """Yield photos and signatures whose content no longer has the hash in their name."""
    for path in sorted(folder.glob("*")) if folder.exists() else ():
        name = path.name.split(".")[0]
        if len(name) == 64 and path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() != name:
            yield "file.photo_edited", {"name": path.name}
