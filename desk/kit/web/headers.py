"""Headers of every answer: no code inside pages, no framing, nothing kept in shared caches."""

from flask import Flask, Response, request

from desk.kit.web import cookies
from desk.kit.web.house import house

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), display-capture=()",
}


def dress(app: Flask) -> None:
    """Give every answer its headers."""
    app.after_request(_dress)


def _dress(answer: Response) -> Response:
    for name, value in ALWAYS.items():
        answer.headers[name] = value
    answer.headers.setdefault("Content-Security-Policy", POLICY)
    if request.endpoint != "static_file":
        answer.headers.setdefault("Cache-Control", "no-store")
        cookies.keep_guest(answer)
    if house().https:
        answer.headers["Strict-Transport-Security"] = "max-age=31536000"
    return answer
