"""Photos of what is broken: up to three, taken by the page, made small here, kept in memory until they are sent."""

import io

from flask import Response, abort, request
from PIL import Image, ImageOps

from desk.kit.words import N_, _, ngettext
from kiosk.screens.asking import Ask, Errors, Form, show_step
from kiosk.screens.base import Page, machine, pages, visit
from kiosk.sessions import MOST_PHOTOS, Draft

LONGEST_SIDE = 1600
MOST_PIXELS = 40_000_000


def _show(ask: Ask, flow: str, draft: Draft) -> Page:
    return show_step(ask, flow, draft, "photo.html", is_full=machine().link().full in ("photos", "all"), most=MOST_PHOTOS)


def _take(ask: Ask, draft: Draft, form: Form) -> Errors:
    """Take one away, or go on with those that are there."""
    if (which := form.get("remove", "")).isdigit() and int(which) < len(draft.photos):
        del draft.photos[int(which)]
        return {"photo": ""}  # stay here
    draft.answers["photo"] = "seen"
    return {}


def _said(draft: Draft) -> str:
    count = len(draft.photos)
    return ngettext("%(n)s photo", "%(n)s photos", count) % {"n": count} if count else _("No photo")


def smaller(raw: bytes) -> bytes | None:
    """Return a photo as JPEG of at most 1600 pixels without anything but the picture; None if it is none."""
    try:
        with Image.open(io.BytesIO(raw), formats=("JPEG", "PNG", "WEBP")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return None
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    kept = io.BytesIO()
    upright.save(kept, "JPEG", quality=80)
    return kept.getvalue()


@pages.post("/photo")
def add_photo() -> tuple[str, int]:
    """Take a photo of the page's camera into the draft."""
    draft = visit().draft("repair")
    if len(draft.photos) >= MOST_PHOTOS or machine().link().full in ("photos", "all"):
        return "", 409
    picture = smaller(request.get_data())
    if picture is None:
        return "", 422
    draft.photos.append(picture)
    return "", 204


@pages.get("/photo/<int:which>")
def picture(which: int) -> Response:
    """Show a photo of the draft."""
    photos = visit().draft("repair").photos
    if which >= len(photos):
        abort(404)
    return Response(photos[which], mimetype="image/jpeg")


PHOTO = Ask("photo", "photo", N_("Would you take a photo?"), N_("Photos"), _show, _take, _said)
