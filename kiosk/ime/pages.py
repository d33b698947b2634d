"""GET /ime: the words for what was typed, as JSON. Nothing of it is written down: the kiosk keeps no request log."""

import re

from flask import Blueprint, Response, abort, jsonify, request
from flask.blueprints import BlueprintSetupState

from kiosk.ime.candidates import LONGEST_TYPED, candidates

TYPED = re.compile(rf"[a-z']{{1,{LONGEST_TYPED}}}")
MOST = 400  # words in one answer: more than any syllable has characters

pages = Blueprint("ime", __name__, template_folder="templates")


@pages.record
def read_words(_: BlueprintSetupState) -> None:
    """Read the words when the application is made, so that nobody's first letter waits for them."""
    candidates("shui")


@pages.get("/ime")
def offer() -> Response:
    """Return [word, how many typed characters it takes], best first; `fuzzy=1` also for sounds that are mixed up."""
    typed = request.args.get("q", "")
    most = request.args.get("n", 60, type=int)
    if not TYPED.fullmatch(typed) or not 1 <= most <= MOST:
        abort(400)
    answer = jsonify(typed=typed, words=candidates(typed, most, fuzzy=request.args.get("fuzzy") == "1"))
    answer.headers["Cache-Control"] = "no-store"
    return answer
