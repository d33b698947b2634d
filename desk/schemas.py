"""All tables of the house, in the order in which they are made: the kit's first, then each workflow's."""

from importlib import import_module

from sqlite_utils.migrations import Migrations

from desk.kit.database import Database, migrate
from desk.registry import WORKFLOWS

KIT = ("journal", "numbering", "papers", "clocks", "search", "access", "ticks")


def owners() -> list[Migrations]:
    """Return the migrations of the kit and of every registered workflow."""
    kit = [import_module(f"desk.kit.{name}.schema").migrations for name in KIT]
    return [*kit, *(workflow.schema for workflow in WORKFLOWS)]


def migrate_all(db: Database) -> list[str]:
    """Bring a site's file up to date, and return the names of the steps that ran."""
    return migrate(db, owners())
