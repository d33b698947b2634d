"""The strip at the foot of all screens: large type, reading aloud, language, reach, and the end; and the page's sign of life."""

from flask import current_app, redirect, request
from werkzeug.wrappers import Response

from kiosk import guard
from kiosk.screens.base import keep_typed, lobby, pages, visit

REACHES = ("left", "right", "low")


@pages.post("/settings")
def set_up() -> Response:
    """Change how the screen looks or sounds, for this visit; what stands in the page's fields is kept."""
    held, wanted, back = visit(), request.form.get("set", ""), _way_back()
    keep_typed(back, request.form)
    if wanted == "large":
        held.large = not held.large
    elif wanted == "aloud":
        held.aloud = not held.aloud
    elif wanted == "lang":
        held.lang = "en" if held.lang == "zh" else "zh"
        held.errors.clear()  # they were said in the other language
    elif wanted in REACHES:
        held.reach = "" if held.reach == wanted else wanted
    return redirect(back, 303)


def _way_back() -> str:
    """Return the page that the strip was touched on: a path of ours, nothing else."""
    back = request.args.get("back", "/")
    return back if back.startswith("/") and not back.startswith("//") and "\\" not in back else "/"


@pages.post("/stay")
def stay() -> tuple[str, int]:
    """Note that somebody is still there: a touch, a key, or the big button of the warning."""
    return "", 204


@pages.post("/end")
def end() -> Response:
    """End the visit: everything that was entered is dropped, and the window comes in anew."""
    entry = guard.again(current_app._get_current_object())  # type: ignore[attr-defined]  # the proxy's own way to the app
    lobby().visits.end()  # the window may wipe itself now and ask for an entry of its own, which then is the newer one
    answer = redirect(entry, 303)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer
