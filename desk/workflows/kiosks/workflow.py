"""Kiosks as the house sees them."""

from desk.kit.access.rules import LEADERS, Role
from desk.kit.words import N_
from desk.kit.workflow import Nav, Panel, Workflow
from desk.workflows.kiosks import commands, words
from desk.workflows.kiosks.demo import fill
from desk.workflows.kiosks.duties import DUTIES
from desk.workflows.kiosks.pages import items, pages
from desk.workflows.kiosks.pages.panel import panel
from desk.workflows.kiosks.published import PUBLISHED
from desk.workflows.kiosks.schema import migrations
from desk.workflows.kiosks.terminal import add, listed, revoke
from sync.inbox import store as inbox

DESK = LEADERS | {Role.FRONT_DESK}

WORKFLOW = Workflow(
    name="kiosks",
    schema=migrations,
    permissions={
        "kiosk.see": DESK | {Role.ADMIN},
        "kiosk.manage": LEADERS | {Role.ADMIN},  # add, revoke, urgent numbers
        "kiosk.settle": frozenset({Role.FRONT_DESK, Role.SUPERVISOR, Role.DEPARTMENT_HEAD}),
        "card.issue": frozenset({Role.FRONT_DESK, Role.SUPERVISOR, Role.DEPARTMENT_HEAD}),
        "notice.write": DESK,
    },
    pages=(pages, items),
    nav=(
        Nav(N_("From kiosks"), "submissions.settle", "screen", "kiosk.settle", inbox.count_waiting, 15),
        Nav(N_("Kiosks"), "kiosks.board", "gear", "kiosk.see", order=60),
    ),
    panels=(Panel(N_("Resident cards"), "kiosks/_cards.html", panel, "card.issue"),),
    duties=DUTIES,
    links={"kiosk": "kiosks.kiosk", "notice": "kiosks.notices", "submission": "submissions.item"},
    problems=words.PROBLEMS,
    acts=words.ACTS,
    choices=words.CHOICES,
    demo=fill,
    commands={"kiosk add": add, "kiosk list": listed, "kiosk revoke": revoke},
    published=PUBLISHED,
    proved=commands.note_use,
)
