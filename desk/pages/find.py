"""The search page and what drops down below the search box."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from flask import redirect, request, url_for

from desk.kit import papers, search
from desk.kit.search import Hit
from desk.kit.web import Answer, Pages, db, page, wants_fragment
from desk.kit.web.links import link_to
from desk.kit.words import N_, _

pages = Pages("find", __name__)

_SCAN = re.compile(r"^LD1?:(?:[^:]*:)?(?P<number>[A-Z0-9]+(?:-[A-Z0-9]+)+):(?P<code>[0-9A-Z]{5}-?[0-9A-Z]{5})$", re.IGNORECASE)
_KINDS = {
    "unit": (N_("Units"), "home"),
    "person": (N_("People"), "person"),
    "repair": (N_("Repairs"), "wrench"),
    "work_order": (N_("Repairs"), "wrench"),
    "intake": (N_("Contacts"), "inbox"),
    "message": (N_("Messages"), "mail"),
    "paper": (N_("Papers"), "paper"),
}
_IN_PAGE, _IN_BOX, _LONGEST = 60, 8, 100


@dataclass
class Group:
    """The hits of one kind."""

    label: str
    more_url: str = ""
    hits: list[dict[str, Any]] = field(default_factory=list)


@pages.get("/search", perm="desk.see")
def results() -> Answer:
    """Show what a query finds; a scanned sheet, an exact number or the only hit is opened at once."""
    query = unicodedata.normalize("NFKC", request.args.get("q", "")).strip()[:_LONGEST]
    box = wants_fragment()
    hits = [(hit, url) for hit in _find(query, _IN_BOX if box else _IN_PAGE) if (url := link_to(hit.kind, hit.link, hit.link))]
    if box:
        return page("_search_hits.html", q=query, groups=_groups(hits, query))
    single = _single(query, hits)
    return redirect(single, 303) if single else page("search.html", q=query, groups=_groups(hits, ""))


def _find(query: str, limit: int) -> list[Hit]:
    scanned = _SCAN.match(query)
    if scanned:
        return [] if papers.check(db(), scanned["number"].upper(), scanned["code"]) is None else search.find(db(), scanned["number"], limit)
    kind = request.args.get("kind", "")
    return search.find(db(), query, limit, (kind,) if kind in _KINDS else ()) if query else []


def _single(query: str, hits: list[tuple[Hit, str]]) -> str:
    """Return the page to open at once, '' to show the list."""
    scanned = _SCAN.match(query)
    paper = papers.check(db(), scanned["number"].upper(), scanned["code"]) if scanned else None
    if paper:
        return next((url for hit, url in hits if hit.object == paper.object), url_for("papers.show", paper_id=paper.id))
    exact = [url for hit, url in hits if query and hit.title.split(" ")[0].lower() == query.lower()]
    if len(exact) == 1:
        return exact[0]
    return hits[0][1] if len(hits) == 1 else ""


def _groups(hits: list[tuple[Hit, str]], query: str) -> list[Group]:
    """Return the hits by kind, in the order in which the kinds were found."""
    groups: dict[str, Group] = {}
    for hit, url in hits:
        label, icon = _KINDS.get(hit.kind, (hit.kind, "dot"))
        if hit.kind not in groups:
            groups[hit.kind] = Group(_(label), url_for("find.results", q=query, kind=hit.kind) if query else "")
        groups[hit.kind].hits.append({"title": hit.title, "detail": hit.detail, "url": url, "icon": icon, "state": "", "words": ""})
    return list(groups.values())
