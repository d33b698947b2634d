"""Paper: what stands on a form, and how it is drawn.

`render` turns frozen words into a PDF, always the same bytes; `check` tells beforehand what could not be printed; `words_to_json` and
`words_from_json` are how a paper register keeps the words. Nothing here knows a database, a clock or the desk.
"""

from collections.abc import Sequence
from dataclasses import fields

from forms.catalog import KINDS
from forms.fonts import missing
from forms.form import Form, Mark
from forms.issue import issue, press_for
from forms.press import Proof
from forms.text import TooLong
from forms.words import Words, from_json, strings, to_json

__all__ = ["KINDS", "Form", "Mark", "Words", "check", "render", "words_from_json", "words_to_json"]

NO_GLYPH = {"zh": "没有字形：U+{code:04X} {char}（{field}）", "en": "No glyph for U+{code:04X} {char} ({field})"}
NO_ROOM = {"zh": "{size} 放不下：{text}", "en": "Does not fit {size}: {text}"}


def render(kind: str, words: Words, *, copies: Sequence[str] | None = None, mark: Mark | None = None, paper: str | None = None) -> bytes:
    """Return a paper as PDF.

    `copies` names the parts to print; without it all parts of the form come out, each on its own pages. `paper` is A4, A5 or 80mm as far
    as the form has it, or A5x2: two half sheets on each A4 page.
    """
    form = form_of(kind, words)
    press = press_for(f"{form.title[words.lang]} {words.number}", words.lang, paper)
    issue(press, form, words, copies=copies, mark=mark or Mark(), paper=paper)
    return press.bytes()


def check(kind: str, words: Words, *, paper: str | None = None) -> list[str]:
    """Return what keeps a paper from being printed well, in its own language: characters without a glyph, words without room.

    Without `paper` every size of the form is tried.
    """
    form, problems = form_of(kind, words), []
    no_glyph, no_room = NO_GLYPH[words.lang], NO_ROOM[words.lang]
    for field, text in strings(words):
        problems += [no_glyph.format(code=ord(char), char=char, field=field) for char in missing(text)]
    for size in (paper,) if paper else form.sizes:
        proof = Proof()
        issue(proof, form, words, copies=(), mark=Mark(), paper=size)
        problems += [no_room.format(text=each.text, size=size) for each in proof.problems if isinstance(each, TooLong)]
    return problems


def words_to_json(words: Words) -> str:
    """Return the words as JSON text for the paper register."""
    return to_json(words)


def words_from_json(kind: str, text: str) -> Words:
    """Return the words of a paper of this kind from the paper register."""
    return from_json(KINDS[kind].words, text)


def form_of(kind: str, words: Words) -> Form:
    """Return the form of a kind, or raise TypeError if these are not its words."""
    form = KINDS[kind]
    if type(words) is not form.words:
        raise TypeError(f"{kind} takes {form.words.__name__}, with {', '.join(field.name for field in fields(form.words))}")
    return form
