"""Repairs as the house sees them."""

from desk.kit.access.rules import LEADERS, Role
from desk.kit.words import N_
from desk.kit.workflow import Nav, Panel, Workflow
from desk.workflows.repairs import duties, store, words
from desk.workflows.repairs.demo import fill
from desk.workflows.repairs.pages import pages
from desk.workflows.repairs.pages.panel import panel
from desk.workflows.repairs.schema import migrations
from desk.workflows.repairs.submissions import SUBMISSIONS

DESK = LEADERS | {Role.FRONT_DESK}
CREW = frozenset({Role.MAINTENANCE})
HEADS = frozenset({Role.SUPERVISOR, Role.DEPARTMENT_HEAD})

PERMISSIONS = {
    "repair.see": DESK | {Role.CASHIER},  # the board, the list, one order; maintenance sees its own by repair.mine
    "repair.take": HEADS | {Role.FRONT_DESK},  # report, save first, complete, correct
    "repair.decide": HEADS | {Role.FRONT_DESK},
    "repair.overrule": HEADS,
    "repair.quote": HEADS | {Role.FRONT_DESK},  # quote, and the resident's answer
    "repair.schedule": HEADS | {Role.FRONT_DESK},
    "repair.dispatch": HEADS | {Role.FRONT_DESK},  # send, call back, many at once, print
    "repair.mine": CREW,  # the phone page with one's own orders
    "repair.work": CREW | HEADS | {Role.FRONT_DESK},  # arrive, nobody in, another trip, done, taken along, leak test
    "repair.sign": CREW | HEADS | {Role.FRONT_DESK},
    "repair.revisit": HEADS | {Role.FRONT_DESK},
    "repair.external": HEADS,  # hand over to developer, contractor, utility company, and take back
    "repair.promise": HEADS | {Role.FRONT_DESK},
    "repair.cancel": HEADS,
    "repair.merge": HEADS,
    "repair.export": LEADERS,
    "repair.report": LEADERS,
}

NAV = (
    Nav(N_("Repairs"), "repairs.board", "wrench", "repair.see", store.count_open, 10),
    Nav(N_("My orders"), "repairs.mine", "wrench", "repair.mine", order=10),
)

WORKFLOW = Workflow(
    name="repairs",
    schema=migrations,
    permissions={name: frozenset(roles) for name, roles in PERMISSIONS.items()},
    pages=(pages,),
    nav=NAV,
    turns=(Nav(N_("Repair"), "repairs.new", "wrench", "repair.take"),),
    panels=(Panel(N_("Repairs"), "repairs/_panel.html", panel, "repair.see"),),
    links={"repair": "repairs.case", "work_order": "repairs.case"},
    duties=duties.DUTIES,
    problems=words.PROBLEMS,
    acts=words.ACTS,
    choices=words.CHOICES,
    clocks=words.CLOCKS,
    checks=store.faults,
    demo=fill,
    submissions=SUBMISSIONS,
)
