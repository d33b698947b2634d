"""Reception as the house sees it."""

from desk.kit.access.rules import LEADERS, Role
from desk.kit.words import N_
from desk.kit.workflow import Nav, Panel, Workflow
from desk.workflows.reception import store, words
from desk.workflows.reception.demo import fill
from desk.workflows.reception.duties import DUTIES
from desk.workflows.reception.photos import pages
from desk.workflows.reception.schema import migrations
from desk.workflows.reception.submissions import SUBMISSIONS
from desk.workflows.reception.terminal import messages

COUNTER = LEADERS | {Role.FRONT_DESK, Role.CASHIER}
_SHOWN_BY = dict.fromkeys(("intake", "visit", "call", "letter", "kiosk", "message"), "reception.show")

WORKFLOW = Workflow(
    name="reception",
    schema=migrations,
    permissions={
        "contact.see": COUNTER,
        "contact.take": COUNTER,
        "contact.export": LEADERS | {Role.FRONT_DESK},
        "contact.import": LEADERS | {Role.FRONT_DESK, Role.ADMIN},
    },
    pages=(pages,),
    nav=(Nav(N_("Reception"), "reception.inbox", "inbox", "contact.see", store.waiting, order=10),),
    panels=(Panel(N_("Contacts"), "reception/panel.html", store.of_unit, "contact.see"),),
    duties=DUTIES,
    problems=words.PROBLEMS,
    acts=words.ACTS,
    choices=words.CHOICES,
    links={**_SHOWN_BY, "messages": "reception.messages"},
    checks=lambda db: iter(store.faults(db)),
    demo=fill,
    commands={"import messages": messages},
    submissions=SUBMISSIONS,
)
