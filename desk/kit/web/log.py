"""The log: one JSON line per request, with route, status, time and staff id; no names, no addresses of pages with their words."""

import logging
import re
import secrets
import sys
import time
from typing import Any

import structlog
from flask import Flask, Response, g, request
from structlog.typing import EventDict

from desk.kit.web.house import maybe_viewer

log = structlog.get_logger("desk")

_PROBLEM = re.compile(r"^[a-z_]+(\.[a-z_]+)+\(")


def set_up(level: int = logging.INFO) -> None:
    """Write JSON lines to the error output."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False)),
            without_words,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def without_words(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Keep of a problem only its code: its details are what somebody typed. Other messages are cut short."""
    for fault in event.get("exception", ()) if isinstance(event.get("exception"), list) else ():
        value = str(fault.get("exc_value", ""))
        fault["exc_value"] = value.partition("(")[0] if _PROBLEM.match(value) else value[:200]
    return event


def log_requests(app: Flask) -> None:
    """Log every request but the static files and the pulse."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.began = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request=secrets.token_hex(4))


def _end(answer: Response) -> Response:
    if request.endpoint in ("static_file", "pulse", "healthz", "desk.presence"):
        return answer
    who = maybe_viewer()
    log.info(
        "request",
        method=request.method if request.method in ("GET", "POST", "HEAD") else "other",
        route=str(request.url_rule or "unknown"),
        status=answer.status_code,
        ms=round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
        staff=who.id if who else None,
    )
    return answer
