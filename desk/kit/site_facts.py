"""What every paper and rule of one site may need to know of its settings, without knowing where settings are kept.

Whoever opens a site says them once (`use`); a database that nobody introduced has the defaults.
"""

from dataclasses import dataclass
from datetime import time
from pathlib import Path

from desk.kit.database import Database


@dataclass(frozen=True)
class SiteFacts:
    """Name, company and telephone for the head of a paper, by language; the cut-offs of the day's runs (TR54); telephones and opening hours."""

    name_zh: str = "物业服务中心"
    name_en: str = "Property service centre"
    company_zh: str = ""
    company_en: str = ""
    phone: str = ""
    cut_offs: tuple[time, ...] = (time(12), time(15), time(17))
    desk_phone: str = ""  # the number of the counter itself
    hotline: str = ""
    opens: time = time(8, 30)
    closes: time = time(17, 30)

    def name(self, lang: str) -> str:
        """Return the site's name in a language."""
        return self.name_en if lang == "en" else self.name_zh

    def company(self, lang: str) -> str:
        """Return the company's name in a language, '' if none is set."""
        return self.company_en if lang == "en" else self.company_zh


_KNOWN: dict[str, SiteFacts] = {}


def use(database: Path, facts: SiteFacts) -> None:
    """Let the site whose database stands there be known by these facts."""
    _KNOWN[str(database)] = facts


def of(db: Database) -> SiteFacts:
    """Return the facts of the site that a database belongs to."""
    return _KNOWN.get(str(db.path), SiteFacts())
