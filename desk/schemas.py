"""All tables of the house, in the order in which they are made: the kit's first, then each workflow's."""

from importlib import import_module

from sqlite_utils.migrations import Migrations

from desk.kit.database import Database, migrate
from desk.registry import PUBLISHED, WORKFLOWS
from sync import feed

KIT = ("journal", "numbering", "papers", "clocks", "search", "access", "ticks")
SYNC = ("feed", "inbox")


def owners() -> list[Migrations]:
    """Return the migrations of the kit, of the replication, and of every registered workflow."""
    kit = [import_module(f"desk.kit.{name}.schema").migrations for name in KIT]
    sync = [import_module(f"sync.{name}.schema").migrations for name in SYNC]
    return [*kit, *sync, *(workflow.schema for workflow in WORKFLOWS)]


def migrate_all(db: Database) -> list[str]:
    """Bring a site's file up to date with the triggers that watch what kiosks may hold, and return the names of the steps that ran."""
    ran = migrate(db, owners())
    feed.watch(db, PUBLISHED)
    return ran
