"""The household register as the house sees it."""

from desk.kit.access.rules import EVERYBODY, LEADERS, Role
from desk.kit.words import N_
from desk.kit.workflow import Nav, Workflow
from desk.workflows.households import store, terminal, words
from desk.workflows.households.demo import fill
from desk.workflows.households.pages import pages
from desk.workflows.households.schema import migrations

COUNTER = LEADERS | {Role.FRONT_DESK, Role.CASHIER}

WORKFLOW = Workflow(
    name="households",
    schema=migrations,
    permissions={
        "household.see": EVERYBODY,  # the file; names and phones are masked for most
        "person.see": frozenset(COUNTER),  # names and phones in full
        "household.change": LEADERS | {Role.FRONT_DESK},
        "household.lay_out": LEADERS | {Role.ADMIN},  # buildings and the generator
        "roster.import": LEADERS | {Role.ADMIN},
        "roster.export": LEADERS,
    },
    pages=(pages,),
    nav=(Nav(N_("Households"), "households.index", "people", "household.see", order=40),),
    links={"unit": "households.unit", "person": "households.person", "building": "households.building"},
    problems=words.PROBLEMS,
    acts=words.ACTS,
    choices=words.CHOICES,
    commands={"import roster": terminal.bring_in, "import estate": terminal.lay_out, "export roster": terminal.hand_out},
    demo=fill,
    checks=lambda db: iter(store.faults(db)),
)
