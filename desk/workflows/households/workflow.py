"""The household register as the house sees it."""

from desk.kit.access.rules import EVERYBODY, LEADERS, Role
from desk.kit.workflow import Workflow
from desk.workflows.households import store, words
from desk.workflows.households.schema import migrations

COUNTER = LEADERS | {Role.FRONT_DESK, Role.CASHIER}

WORKFLOW = Workflow(
    name="households",
    schema=migrations,
    permissions={
        "household.see": EVERYBODY - {Role.ADMIN},  # the file, with names and phones masked
        "person.see": frozenset(COUNTER),  # names and phones in full
        "household.change": LEADERS | {Role.FRONT_DESK},
        "household.lay_out": LEADERS | {Role.ADMIN},  # buildings and the generator
        "roster.import": LEADERS | {Role.ADMIN},
        "roster.export": LEADERS,
    },
    problems=words.PROBLEMS,
    acts=words.ACTS,
    choices=words.CHOICES,
    checks=lambda db: iter(store.faults(db)),
)
