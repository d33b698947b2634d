"""What people see when something cannot be done: a page in their language; of a fault of ours they see a number, the log the reason."""

import secrets
from urllib.parse import urlsplit

import structlog
from flask import Flask, Response, g, make_response, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from desk.kit.problems import Problem
from desk.kit.web.answers import json_answer, page
from desk.kit.web.gate import local_path
from desk.kit.web.pages import sentences, status_of
from desk.kit.words import N_, _, problem_words

log = structlog.get_logger("desk")

TITLES = {
    400: N_("This cannot be read"),
    401: N_("Please sign in"),
    403: N_("Not allowed"),
    404: N_("Not found"),
    405: N_("This way does not work"),
    409: N_("This cannot be done now"),
    413: N_("Too much at once"),
    415: N_("This kind of data is not taken"),
    422: N_("Something is missing"),
    500: N_("Our fault"),
}
SENTENCES = {
    400: N_("The request is damaged or came by a wrong address. Go back, reload the page and try again."),
    404: N_("There is no such page or case. It may have been typed wrong."),
    405: N_("This address cannot be used like this. Use the buttons of the pages."),
    413: N_("What was sent is too large. Send smaller photos, or fewer at a time."),
    415: N_("Send it with a form of this desk."),
    500: N_("Something failed here, and it is written down. What you did was not saved. Try again, or tell whoever looks after the desk."),
}


def answer_faults(app: Flask) -> None:
    """Give every problem, HTTP error and fault its page."""
    app.register_error_handler(Problem, _problem)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _fault)


def _problem(problem: Problem) -> Response:
    status = status_of(problem)
    return _page(status, problem_words(problem), problems=list(sentences(problem).items()))


def _http(error: HTTPException) -> Response:
    if error.response is not None:
        return error.get_response()  # type: ignore[return-value]
    status = error.code or 500
    answer = _page(status, _(SENTENCES.get(status, SENTENCES[400 if status < 500 else 500])))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        answer.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return answer


def _fault(error: Exception) -> Response:
    """Log the traceback under a number that the person can tell."""
    number = secrets.token_hex(4)
    log.error("fault", number=number, route=str(request.url_rule or ""), exc_info=error)
    g.faulty = True
    return _page(500, _(SENTENCES[500]), number=number)


def _page(status: int, said: str, **context: object) -> Response:
    title = _(TITLES.get(status, TITLES[400 if status < 500 else 500]))
    if request.accept_mimetypes.best == "application/json":
        return json_answer({"problem": title, "sentence": said}, status)
    try:
        answer = make_response(page("problem.html", title=title, sentence=said, back_url=_back(), status=status, **context))
    except Exception as error:  # the page of last resort must come, whatever the frame's parts do
        log.error("fault in the problem page", exc_info=error)
        answer = Response(f"{title}\n{said}\n{context.get('number', '')}\n", mimetype="text/plain")
    answer.status_code = status
    return answer


def _back() -> str:
    """Return the page from which the person came, if it is one of ours."""
    came = urlsplit(request.headers.get("Referer", ""))
    return local_path(came.path) if came.netloc == request.host and came.path != request.path else ""
