"""Answers that are no plain page: a rendered template, a PDF, a workbook, JSON in and out."""

import json
from typing import Any
from urllib.parse import quote

from flask import Response, abort, current_app, render_template, request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'"


def page(template: str, /, **context: Any) -> str:
    """Return a page drawn from its template."""
    return render_template(template, **context)


def pdf_answer(data: bytes, name: str) -> Response:
    """Return a PDF that the browser shows and prints."""
    answer = Response(data, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f"inline; {_filename(name)}"
    answer.headers["Content-Security-Policy"] = PDF_POLICY
    return answer


def xlsx_answer(data: bytes, name: str) -> Response:
    """Return a workbook to save."""
    return file_answer(data, name, XLSX)


def file_answer(data: bytes, name: str, mimetype: str = "application/octet-stream") -> Response:
    """Return a file to save under a name; the browser must not guess what it is."""
    answer = Response(data, mimetype=mimetype)
    answer.headers["Content-Disposition"] = f"attachment; {_filename(name)}"
    return answer


def _filename(name: str) -> str:
    plain = "".join(char if char.isascii() and (char.isalnum() or char in "._-") else "_" for char in name)
    return f"filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def json_answer(data: Any, status: int = 200) -> Response:
    """Return data as JSON."""
    return Response(json.dumps(data, ensure_ascii=False, separators=(",", ":")), status, mimetype="application/json")


def json_body(most: int = 200_000) -> dict[str, Any]:
    """Return the object that a program sent; 400 for anything that is not plain JSON of a sane size and depth."""
    raw = request.get_data(cache=True)
    try:
        data = json.loads(raw.decode("utf-8")) if len(raw) <= most else None
        json.dumps(data, ensure_ascii=False).encode("utf-8")  # a lone surrogate has no bytes
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or "\\u0000" in raw.decode("utf-8", "replace"):
        abort(400)
    return data


def wants_fragment() -> bool:
    """Tell whether htmx asks for a part of a page."""
    return request.headers.get("HX-Request") == "true"


def full_url(path: str) -> str:
    """Return a path with the site's own scheme and host in front, for words that leave the desk."""
    return f"{current_app.config.get('PREFERRED_URL_SCHEME', 'http')}://{request.host}{path}"
