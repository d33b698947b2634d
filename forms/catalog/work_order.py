"""维修工作单: what the maintenance worker takes along, and what the resident signs."""

from forms.catalog.order_sections import LABELS, Room, conduct, notices, request, sign, warranty, work
from forms.catalog.order_words import Material, WorkOrderWords
from forms.form import Form
from forms.labels import labels
from forms.parts.letterhead import letterhead
from forms.sheet import Sheet

__all__ = ["FORM", "Material", "WorkOrderWords"]

ROOMS = {"A4": Room(12.6, 19.5, 20, 25, 4, False), "A5": Room(9.9, 11.5, 11.5, 13, 0, True, 10.0, 9.0)}


def draw(s: Sheet, w: WorkOrderWords) -> None:
    """Draw a work order."""
    t, room = labels(LABELS, w.lang), ROOMS[s.paper]
    letterhead(s, w, t["title"], compact=room.compact)
    notices(s, w, t)
    request(s, w, t, room)
    warranty(s, w, t, room)
    work(s, w, t, room)
    sign(s, w, t, room)
    conduct(s, w, t, room)


FORM = Form(
    name="work_order",
    title={"zh": "维修工作单", "en": "Work order"},
    words=WorkOrderWords,
    draw=draw,
    sizes=("A4", "A5"),
    parts={"zh": ("维修联", "客户联", "存根联"), "en": ("maintenance", "resident", "office")},
)
