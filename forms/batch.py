"""Many papers of one kind in few files: a night's work orders, a month's slips."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from forms.catalog import KINDS
from forms.form import Mark
from forms.issue import issue, press_for
from forms.words import Words

PAGES = 1000  # a file: more, and printers and memory suffer


def merged(
    kind: str,
    papers: Iterable[Words],
    *,
    copies: Sequence[str] | None = (),
    mark: Mark | None = None,
    paper: str | None = None,
    pages: int = PAGES,
) -> Iterator[bytes]:
    """Yield PDF files that hold the papers in order, each closed once it has `pages` pages; no paper is split between two files.

    Papers are taken one by one and not kept. Without `copies` each comes out once, without a part's name.
    """
    waiting = iter(papers)
    for first in waiting:
        form = KINDS[kind]
        press = press_for(form.title[first.lang], first.lang, paper)
        for words in chain((first,), waiting):
            issue(press, form, words, copies=copies, mark=mark or Mark(), paper=paper)
            if press.pages >= pages:
                break
        yield press.bytes()
