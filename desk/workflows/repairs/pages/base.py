"""What all pages of repairs share: the routes' book, permissions by their short names, and the way back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import redirect, request, url_for

from desk.kit.web import Answer, Pages, act, db, flash
from desk.kit.web.gate import local_path
from desk.workflows.repairs import commands
from desk.workflows.repairs.rules.order import WorkOrder

pages = Pages("repairs", "desk.workflows.repairs", url_prefix="/repairs")

SEE, TAKE, DECIDE, OVERRULE, QUOTE = "repair.see", "repair.take", "repair.decide", "repair.overrule", "repair.quote"
SCHEDULE, DISPATCH, MINE, WORK, SIGN = "repair.schedule", "repair.dispatch", "repair.mine", "repair.work", "repair.sign"
REVISIT, EXTERNAL, PROMISE = "repair.revisit", "repair.external", "repair.promise"
CANCEL, MERGE, EXPORT, REPORT = "repair.cancel", "repair.merge", "repair.export", "repair.report"


def the_order(number: str) -> WorkOrder:
    """Return the order with this number or id; 404 if there is none."""
    return commands.the_order(db(), number)


def now() -> datetime:
    """Return the present of this request."""
    return act().now


def case_url(number: str, **more: Any) -> str:
    """Return the address of a case."""
    return url_for("repairs.case", number=number, **more)


def done(number: str, said: str) -> Answer:
    """Say what was done, and go to where the form came from, the case otherwise."""
    flash("ok", said)
    back = request.form.get("back", "")
    return redirect(local_path(back) if back else case_url(number), 303)


def typed(**more: Any) -> dict[str, Any]:
    """Return what was typed, each name once, with some values put right."""
    return {name: value for name, value in request.form.items() if name != "csrf"} | more


def rows(*names: str) -> dict[str, tuple[str, ...]]:
    """Return fields that stand side by side in rows, without the rows that nobody filled in; a missing amount counts once, a missing price is nought."""
    columns = [request.form.getlist(name) for name in names]
    filled = [row for row in zip(*columns, strict=False) if row[0].strip()]
    usual: Mapping[str, str] = {"quantity": "1", "price": "0"}
    return {name: tuple(row[at].strip() or usual.get(name, "") for row in filled) for at, name in enumerate(names)}
