"""What staff see of repairs: counter, case, lists, the worker's phone, reports."""

from desk.workflows.repairs.pages import board, bulk, case, counter, doing, mine, queue, reports, revisits
from desk.workflows.repairs.pages.base import pages

__all__ = ["board", "bulk", "case", "counter", "doing", "mine", "pages", "queue", "reports", "revisits"]
