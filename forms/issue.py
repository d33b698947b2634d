"""Put one paper through the press: draw it once, then give each part its name, foot and marks."""

from collections.abc import Sequence

from forms.form import Form, Mark
from forms.parts.footer import footer
from forms.parts.marks import badge, marks, part_name
from forms.parts.nup import TwoUp
from forms.parts.slip import cut
from forms.press import Page, Press, Proof
from forms.sheet import Sheet
from forms.words import Words

TWO = "A5x2"  # two half sheets on one A4 page


def press_for(title: str, lang: str, paper: str | None) -> Press:
    """Return an empty document for a paper: usual pages, or A4 pages of two half sheets."""
    return (TwoUp if paper == TWO else Press)(title, lang)


def issue(press: Proof, form: Form, words: Words, *, copies: Sequence[str] | None, mark: Mark, paper: str | None) -> None:
    """Add all pages of a paper to the press. All parts carry the same words, because they are drawn only once."""
    size = "A5" if paper == TWO else paper or form.sizes[0]
    if size not in form.sizes:
        raise ValueError(f"{form.name} is not printed on {size}, but on {', '.join(form.sizes)}")
    sheet = Sheet(press, size)
    form.draw(sheet, words)
    if size == "80mm":
        cut(sheet)
    drawn = sheet.pages
    known = form.parts[words.lang] if form.parts else ()
    for part in known if copies is None else copies:
        _put(sheet, drawn, form, words, mark, part_name(words.lang, known.index(part), part) if part in known else part)
    if not (known if copies is None else copies):
        _put(sheet, drawn, form, words, mark, "")


def _put(sheet: Sheet, drawn: list[Page], form: Form, words: Words, mark: Mark, part: str) -> None:
    """Add the pages of one part."""
    for number, page in enumerate(drawn, 1):
        sheet.page = Page(page.wide, page.high, list(page.fixed), list(page.words), page.badge)
        if sheet.paper != "80mm":
            footer(sheet, words, number, len(drawn), f"{form.name}/{form.edition}")
        if part:
            badge(sheet, part)
        marks(sheet, mark, words.lang)
        sheet.press.put(sheet.page)
