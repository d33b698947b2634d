"""What the clock does for kiosks: it ends the cards of people who moved away, and tells kiosks what changed in the settings."""

from desk.kit.act import Act
from desk.kit.database import Database
from desk.kit.workflow import Duty
from desk.workflows.kiosks import commands
from desk.workflows.kiosks.published.boards import facts_of


def end_cards(db: Database, act: Act) -> None:
    """End the cards whose holder's role in the unit is over."""
    commands.end_cards_whose_role_is_over(db, act)


def tell_of_the_site(db: Database, act: Act) -> None:
    """Publish names, telephones and opening hours when the settings changed."""
    commands.keep_site(db, act, facts_of(db))


DUTIES = (Duty("kiosks.cards", end_cards), Duty("kiosks.site", tell_of_the_site))
