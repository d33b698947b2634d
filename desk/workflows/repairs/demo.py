"""What the demo community's last five weeks of repairs were: made by the real commands, on a clock that runs through the past."""

from desk.kit.database import Database
from desk.kit.demo import Demo


def fill(db: Database, demo: Demo) -> None:
    """Fill the demo."""
