"""Static files: addressed with the hash of their content and kept by the browser for a year."""

import hashlib
from pathlib import Path

from flask import Flask, Response, request, send_from_directory

from desk.kit.web.house import house

YEAR = 365 * 86400


def serve_static(app: Flask, folder: Path) -> None:
    """Serve the files of a folder under /static/."""

    def static_file(path: str) -> Response:
        answer = send_from_directory(folder, path, conditional=True, max_age=YEAR if "v" in request.args else 0)
        if "v" in request.args:
            answer.cache_control.immutable = True
        return answer

    app.add_url_rule("/static/<path:path>", "static_file", static_file, methods=["GET"])
    app.extensions["desk"].hashes.update(_hashes(folder))


def _hashes(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:10] for path in files}


def static(path: str) -> str:
    """Return the address of a static file, with the hash of its content."""
    found = house().hashes.get(path)
    return f"/static/{path}?v={found}" if found else f"/static/{path}"
