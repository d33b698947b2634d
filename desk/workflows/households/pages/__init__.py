"""The register's pages."""

from desk.workflows.households.pages import estate, files, people, roster
from desk.workflows.households.pages.base import pages

__all__ = ["estate", "files", "pages", "people", "roster"]
