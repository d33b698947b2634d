"""The worker's pages, made for a phone: one's own orders, and one order with big buttons."""

from flask import url_for

from desk.kit.problems import Forbidden
from desk.kit.web import Answer, Form, db, page, viewer
from desk.workflows.repairs import store
from desk.workflows.repairs.pages import asked, doing
from desk.workflows.repairs.pages.base import MINE, now, pages, the_order
from desk.workflows.repairs.pages.beside import lamp_of, unit_card
from desk.workflows.repairs.pages.case import form_for, picture
from desk.workflows.repairs.pages.moves import chosen, moves_of
from desk.workflows.repairs.pages.seen import Seen
from desk.workflows.repairs.rules.choices import Stage
from desk.workflows.repairs.rules.order import WorkOrder
from desk.workflows.repairs.store import Line

ACTS = (
    doing.arrive,
    doing.no_access,
    doing.another_trip,
    doing.finish,
    doing.take_away,
    doing.give_back,
    doing.begin_test,
    doing.end_test,
    doing.waive_test,
    doing.sign,
)
GOING = (Stage.DISPATCHED, Stage.ON_SITE)


@pages.get("/mine", perm=MINE)
def mine() -> Answer:
    """Show one's own orders: those on the way by appointment, then what else is left to do on them."""
    lines = store.mine(db(), viewer().id)
    going = sorted((line for line in lines if line.stage in GOING), key=_by_appointment)
    rest = [line for line in lines if line.stage not in GOING]
    lamps = {line.id: lamp_of(line, now()) for line in lines}
    return page("repairs/mine.html", page_id="repairs.mine", going=going, rest=rest, lamps=lamps)


def _by_appointment(line: Line) -> tuple[str, str]:
    at = line.appointed_from or line.next_due_at or line.reported_at
    return at.isoformat(), line.number


@pages.get("/mine/<number>", perm=MINE)
def my_order(number: str, form: Form = Form()) -> Answer:
    """Show one of one's own orders with the form of the act that comes next."""
    order = _my(number)
    moves = moves_of(order, viewer())
    wanted = str(form.values.get("do") or asked.wanted())
    move = chosen(moves, wanted)
    seen = Seen(order)
    return page(
        "repairs/my_order.html",
        page_id="repairs.mine",
        order=order,
        seen=seen,
        moves=moves,
        move=move,
        form=form_for(order, move, form, wanted),
        problem=form.problem,
        ask=asked.choices(seen, move.form) if move else {},
        card=unit_card(order.unit),
        back=_back(order),
    )


@pages.get("/mine/<number>/signature/<digest>.png", perm=MINE)
def my_drawing(number: str, digest: str) -> Answer:
    """Show a signature that was drawn for one of one's own orders."""
    return picture(_my(number), digest)


def _my(number: str) -> WorkOrder:
    """Return one of the viewer's own orders; `Forbidden` for somebody else's."""
    order = the_order(number)
    if order.worker != viewer().id:
        raise Forbidden("repair.not_yours", number=order.number, name=order.worker_name or "—")
    return order


def _back(order: WorkOrder) -> str:
    """Return where an act leads: back to the order."""
    return url_for("repairs.my_order", number=order.number)


for view in ACTS:
    pages.post(f"/mine/<number>/{view.__name__}", perm=MINE, again="my_order", endpoint=f"my_{view.__name__}")(view)
