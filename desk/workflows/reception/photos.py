"""The photos that residents sent from kiosks, for whoever sees the contact log."""

from flask import Response, abort

from desk.kit.web import Answer, db, house
from desk.workflows.reception.pages import pages
from sync.inbox import store

__all__ = ["pages", "photo"]


@pages.get("/kiosk/<entry_id>/<int:n>.jpg", perm="contact.see")
def photo(entry_id: str, n: int) -> Answer:
    """Show a photo of a submission once it is here."""
    found = next((one for one in store.photos(db(), entry_id) if one.n == n and one.state == "here"), None)
    path = house().pool.path.parent / "files" / found.file if found else None
    if path is None or not path.is_file():
        abort(404)
    return Response(path.read_bytes(), mimetype="image/jpeg", headers={"Cache-Control": "private, max-age=86400, immutable"})
