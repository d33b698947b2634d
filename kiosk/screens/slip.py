"""What stands on the slip that a resident takes home: no more than is known, in the resident's language."""

from datetime import datetime

from desk.kit.clock import SITE_ZONE
from desk.kit.deadlines.show import show_due
from desk.kit.words import _, language
from forms.catalog.kiosk_slip import KioskSlipWords
from kiosk import kinds
from kiosk.machine import Promise, Request, SiteCard
from kiosk.sessions import Keeping

MOST_SAID = 120  # characters of the resident's words


def slip_words(keeping: Keeping, truth: Request, promise: Promise | None, site: SiteCard, now: datetime) -> KioskSlipWords:
    """Return the words of the slip."""
    lang, saved = language(), keeping.saved
    is_urgent = bool(keeping.category) and kinds.phone_first(keeping.category)
    return KioskSlipWords(
        lang=lang,
        site=site.name(lang),
        phone=site.phone,
        number=saved.number,
        issued=_paper(now),
        check=saved.code,
        qr=saved.code,
        kind=keeping.about,
        address=keeping.place,
        content=keeping.said if len(keeping.said) <= MOST_SAID else f"{keeping.said[:MOST_SAID]}…",
        saved_at=_paper(saved.saved_at),
        reached_at=_paper(truth.reached_at) if truth.reached_at else "",
        taken_at=_paper(truth.taken_up_at) if truth.taken_up_at else "",
        promise=_("A first answer") if promise else "",
        rule=promise.rule if promise else "",
        clause=promise.clause if promise else "",
        due=show_due(promise.due_at, lang, year=True) if promise else "",
        provisional=_("The holiday calendar of that time is not published yet; the day may move.")
        if promise and promise.provisional
        else "",
        why=promise.why if promise else (),
        wished=keeping.wished,
        urgent=(site.hotline or site.phone) if is_urgent else "",
    )


def _paper(at: datetime) -> str:
    return f"{at.astimezone(SITE_ZONE):%Y-%m-%d %H:%M}"
