"""The paper register: what stands on a sheet is frozen in the transaction of its act, and every copy is drawn from there.

A copy in five years is the same sheet, byte for byte, plus its mark (补打第 n 次, 作废). A wrong sheet is never changed:
a void or another paper takes it back. Each paper carries a check code (HMAC) and the hash of the newest journal entry.
"""

import dataclasses
import hashlib
import os
from collections.abc import Iterator
from typing import Any

import forms
from desk.kit.act import Act
from desk.kit.clock import to_text
from desk.kit.database import Database
from desk.kit.ids import new_id
from desk.kit.journal import Note, change
from desk.kit.journal import store as journal
from desk.kit.papers import store
from desk.kit.papers.store import Paper
from desk.kit.problems import Missing, Refused
from forms import verify as codes

__all__ = ["Paper", "check", "issue", "of", "pdf", "preview", "print_out", "title", "verify", "void"]

HEAD_LENGTH = 10


def issue(db: Database, act: Act, note: Note, kind: str, number: str, object_id: str, about: str, words: forms.Words) -> Paper:
    """Freeze a form's words in the running change, with journal head, check code and QR filled in; return the paper.

    `words` is the form's dataclass; its fields `head`, `check` and `qr` are set here. Words that a font cannot print are refused.
    """
    problems = forms.check(kind, words)
    if problems:
        raise Refused("paper.unprintable", kind=kind, problems=problems)
    head_seq, head = journal.head(db)
    code = _code(db, act, kind, number, object_id)
    words = dataclasses.replace(words, head=head[:HEAD_LENGTH], check=code, qr=f"LD:{number}:{code}")
    text = forms.words_to_json(words)
    paper = Paper(
        id=new_id(act.now),
        kind=kind,
        number=number,
        object=object_id,
        about=about,
        lang=words.lang,
        words=text,
        digest=_digest(kind, text),
        code=code,
        head_seq=head_seq,
        head=head,
        issued_at=act.now,
        issued_by=act.actor,
    )
    store.keep(db, dataclasses.asdict(paper) | {"issued_at": to_text(act.now)})
    note("paper.issued", object_id, about, paper=paper.id, kind=kind, number=number, digest=paper.digest)
    return paper


def _digest(kind: str, text: str) -> str:
    return hashlib.sha256(f"{kind}|{text}".encode()).hexdigest()


def _code(db: Database, act: Act, *facts: str) -> str:
    if store.newest_key(db) is None:
        store.keep_key(db, os.urandom(32), act.now)
    return codes.make(store.all_keys(db)[0], facts)


def of(db: Database, paper_id: str) -> Paper:
    """Return one paper; `Missing` if there is none."""
    paper = store.get(db, paper_id)
    if paper is None:
        raise Missing("paper.unknown", id=paper_id)
    return paper


def title(kind: str, lang: str) -> str:
    """Return what a form is called in a language; the kind itself if this version does not know it."""
    return forms.KINDS[kind].title[lang] if kind in forms.KINDS else kind


def print_out(db: Database, act: Act, paper_id: str, size: str = "") -> bytes:
    """Return the sheet as PDF and log the printing; from the second time on it is marked as a reprint. `size` '' is the form's usual one."""
    with change(db, act) as note:
        paper = _fits(of(db, paper_id), size)
        n = store.log_print(db, act, paper_id, size)
        note("paper.printed", paper.object, paper.about, paper=paper.id, kind=paper.kind, number=paper.number, copy=n)
    return pdf(paper, reprint=n - 1, size=size)


def preview(db: Database, paper_id: str, size: str = "") -> bytes:
    """Return the sheet as it would print next, without logging a printing (shown on screen only)."""
    paper = _fits(of(db, paper_id), size)
    return pdf(paper, reprint=paper.prints, size=size)


def _fits(paper: Paper, size: str) -> Paper:
    """Return the paper if its form is printed on this size."""
    sizes = forms.KINDS[paper.kind].sizes
    if size and size not in sizes:
        raise Refused("paper.wrong_size", kind=paper.kind, size=size, sizes=sizes)
    return paper


def pdf(paper: Paper, reprint: int = 0, size: str = "") -> bytes:
    """Draw a paper from its register row."""
    mark = forms.Mark(reprint=reprint, void=bool(paper.void_reason))
    return forms.render(paper.kind, forms.words_from_json(paper.kind, paper.words), mark=mark, paper=size or None)


def void(db: Database, act: Act, paper_id: str, reason: str) -> None:
    """Take a paper back: its number stays used, later prints carry 作废 (void)."""
    with change(db, act) as note:
        paper = of(db, paper_id)
        if paper.void_reason:
            raise Refused("paper.void_already", number=paper.number)
        store.keep_void(db, act, paper_id, reason)
        note("paper.voided", paper.object, paper.about, paper=paper.id, number=paper.number, reason=reason)


def check(db: Database, number: str, code: str) -> Paper | None:
    """Return the paper that carries this number and check code, or None: the code is compared in constant time."""
    for paper in store.by_number(db, number):
        if any(codes.check(key, (paper.kind, paper.number, paper.object), code) for key in store.all_keys(db)):
            return paper
    return None


def verify(db: Database) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield papers whose frozen words no longer match their digest or can no longer be read."""
    for paper in store.every(db):
        if _digest(paper.kind, paper.words) != paper.digest:
            yield "paper.edited", {"number": paper.number, "id": paper.id}
        elif paper.kind not in forms.KINDS:
            yield "paper.unknown_form", {"number": paper.number, "kind": paper.kind}
