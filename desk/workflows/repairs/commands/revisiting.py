"""The signature under the work, the revisit, and the monthly visit to those whom no revisit reached."""

import base64
import binascii
import hashlib
import io

from PIL import Image, UnidentifiedImageError

from desk.kit import clocks
from desk.kit.act import Act
from desk.kit.clock import day_of
from desk.kit.database import Database
from desk.kit.problems import Refused, Unclear
from desk.workflows.repairs import store
from desk.workflows.repairs.commands.base import (
    DESK,
    MONTHLY_VISIT,
    REVISIT,
    kept,
    made_id,
    opened,
    part,
    run,
    run_complete,
    signed_name,
)
from desk.workflows.repairs.inputs import Revisiting, Signing
from desk.workflows.repairs.rules import revisiting
from desk.workflows.repairs.rules.choices import RevisitResult, Stage
from desk.workflows.repairs.rules.clauses import MONTHLY_VISIT as EVERY_MONTH
from desk.workflows.repairs.rules.order import Revisit, Signature, Trip, WorkOrder

DRAWING_LIMIT = 300_000  # bytes of a signature as it is sent
DRAWING_PIXELS = (1200, 600)


def sign(db: Database, act: Act, order_id: str, form: Signing) -> WorkOrder:
    """Take the resident's signature: drawn, in ink on the sheet, or none with the reason (L19: print for ink, keep the hash)."""
    png = _drawing(form.drawing) if form.drawing else b""
    image = hashlib.sha256(png).hexdigest() if png else ""
    with opened(db, act, order_id, form.version) as (note, old):
        signature = part(db, Signature, old, id=made_id(act), how=form.how, who=form.who, at=act.now, image=image, words=form.words)
        order, signature = revisiting.sign(old, signature)
        if png:
            store.keep_drawing(db, image, png)
        store.add(db, signature)
        order = kept(db, note, old, order, "repair.signed", how=form.how, who=form.who, image=image, words=form.words)
    return order


def _drawing(data_url: str) -> bytes:
    """Return a drawn signature, decoded and written anew as a small black-and-white PNG; `Unclear` if it is no picture."""
    wrong = Unclear("repair.drawing", fields={"drawing": "repair.drawing"})
    head, _, body = data_url.partition(",")
    if head != "data:image/png;base64" or len(body) > DRAWING_LIMIT:
        raise wrong
    try:
        picture = Image.open(io.BytesIO(base64.b64decode(body, validate=True)), formats=("PNG",))
        if picture.width * picture.height > 4 * DRAWING_PIXELS[0] * DRAWING_PIXELS[1]:
            raise wrong
        flat = Image.new("L", picture.size, 255)
        ink = picture.convert("RGBA")
        flat.paste(ink.convert("L"), mask=ink.getchannel("A"))
    except (binascii.Error, UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise wrong from None
    if flat.getextrema() == (255, 255):
        raise Unclear("repair.signature_missing", fields={"drawing": "repair.signature_missing"})
    flat.thumbnail(DRAWING_PIXELS)
    out = io.BytesIO()
    flat.convert("1", dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def revisit(db: Database, act: Act, order_id: str, form: Revisiting) -> WorkOrder:
    """Record what the revisit found, or that nobody was reached (RC11-RC15)."""
    with opened(db, act, order_id, form.version) as (note, old):
        running = clocks.store.running_of(db, old.id, REVISIT)
        due_at = running[0].due_at if running else act.now
        earlier = store.parts(db, Revisit, old.id)
        made = part(
            db, Revisit, old, id=made_id(act), at=act.now, on_day=day_of(act.now), by=act.actor, by_name=signed_name(act),
            channel=form.channel, result=form.result, due_at=due_at, in_time=act.now <= due_at,
            slip_left=form.slip_left, score=form.score, words=form.words,
        )  # fmt: skip
        order = revisiting.revisit(old, made, earlier, store.parts(db, Trip, old.id))
        store.add(db, made)
        happened = {RevisitResult.OK: "repair.revisited", RevisitResult.BAD: "repair.revisited_bad"}.get(form.result, "repair.not_reached")
        order = kept(
            db, note, old, order, happened, channel=form.channel, words=form.words, score=form.score, cycle=old.cycle, attempt=made.n
        )
        if order.stage is not Stage.SIGNED:
            clocks.end(db, act, note, order.id, REVISIT)
        if order.stage is Stage.REWORK:
            run_complete(db, act, note, order, act.now)
        if order.stage is Stage.UNREACHABLE:
            note("repair.unreachable", order.id, order.unit, number=order.number)
            run(db, act, note, order, MONTHLY_VISIT, EVERY_MONTH, act.now, DESK)
    return order


def monthly_visit(db: Database, act: Act, order_id: str, form: Revisiting) -> WorkOrder:
    """Record the monthly visit to a resident whom no revisit reached (TR3); again in a month until somebody is reached."""
    with opened(db, act, order_id, form.version) as (note, old):
        if old.stage is not Stage.UNREACHABLE or not clocks.store.running_of(db, old.id, MONTHLY_VISIT):
            raise Refused("repair.not_now", number=old.number, stage=old.stage, needed=[Stage.UNREACHABLE])
        clocks.end(db, act, note, old.id, MONTHLY_VISIT)
        order = kept(db, note, old, old, "repair.monthly_visit", channel=form.channel, result=form.result, words=form.words)
        if form.result is RevisitResult.NOT_REACHED:
            run(db, act, note, order, MONTHLY_VISIT, EVERY_MONTH, act.now, DESK)
    return order
