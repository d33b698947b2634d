"""The foot of every page: check code, head of the journal, page number, edition of the form."""

from forms.sheet import Sheet
from forms.words import Words

PAGE = {"zh": "第 {n} 页 共 {all} 页", "en": "Page {n} of {all}"}
CHECK = {"zh": "核验码", "en": "Check code"}
HEAD = {"zh": "日志校验", "en": "Journal"}
EDITION = {"zh": "版式", "en": "Form"}


def footer(s: Sheet, words: Words, page: int, pages: int, edition: str) -> None:
    """Draw the foot of page `page` of `pages`."""
    y = s.bottom + 5.4
    s.line(s.left, y - 4.0, s.right, y - 4.0, 0.5)
    left = [f"{CHECK[words.lang]} {words.check}" if words.check else "", f"{HEAD[words.lang]} {words.head}" if words.head else ""]
    s.text(s.left, y, "   ".join(filter(None, left)), 9, room=s.width * 0.42)
    s.text((s.left + s.right) / 2, y, PAGE[words.lang].format(n=page, all=pages), 9, align="centre", fixed=pages == 1)
    s.text(s.right, y, f"{EDITION[words.lang]} {edition}", 9, align="right", fixed=True)
