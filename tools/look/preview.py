"""Show the desk's look with made-up cases, for whoever works on it. Not part of the product.

.venv/bin/python tools/look/preview.py            # http://127.0.0.1:8123/ ; ?lang=en&theme=dark&size=large
"""

import sys
from pathlib import Path

from flask import Flask, Response, render_template, request

HOUSE = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(HOUSE), str(HOUSE / "tools" / "look")]

import samples  # noqa: E402
from words import reader  # noqa: E402

POLICY = (
    "default-src 'self'; style-src 'self'; script-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

app = Flask(__name__, template_folder=str(HOUSE / "desk" / "templates"), static_folder=str(HOUSE / "desk" / "static"))
app.jinja_loader.searchpath.append(str(HOUSE / "tools" / "look" / "templates"))  # type: ignore[union-attr]
app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


@app.context_processor
def context() -> dict[str, object]:
    """Give the templates what the real application gives them."""
    lang = request.args.get("lang", "zh-CN")
    say = reader(lang)
    outside = request.path == "/login"
    return {
        "_": say,
        "static": lambda path: f"/static/{path}",
        "csrf_token": lambda: "token-of-the-preview",
        "csrf_field": lambda: samples.CSRF,
        "viewer": None if outside else samples.viewer(request.args),
        "site_name": "翠湖花园服务中心" if lang == "zh-CN" else "Cuihu Garden service centre",
        "nav": samples.nav(lang, request.path),
        "tick": samples.tick(lang, request.args.get("tick", "ok")),
        "lang": lang,
        "flashes": lambda: samples.flashes(lang) if "toast" in request.args else [],
    }


@app.after_request
def strict(answer: Response) -> Response:
    """Forbid inline code and styles, as the product does."""
    answer.headers["Content-Security-Policy"] = POLICY
    return answer


@app.route("/")
def start() -> str:
    """Show the start board."""
    return render_template("board.html", **samples.board(request.args.get("lang", "zh-CN"), "empty" in request.args))


@app.route("/<page>", methods=["GET", "POST"])
def other(page: str) -> str | Response:
    """Show any other page of the preview."""
    data = samples.page(page, request.args.get("lang", "zh-CN"), request)
    if isinstance(data, str | Response):
        return data
    name = "_search_hits" if page == "search" and "HX-Request" in request.headers else page
    return render_template(f"{name}.html", **data)


@app.route("/units/pick")
def pick() -> str:
    """Answer the unit picker."""
    return render_template("pick_preview.html", options=samples.units(request.args.get("f-unit_text", "3")))


@app.route("/tick")
def beat() -> dict[str, str]:
    """Answer the ticker lamp."""
    return {"state": "ok", "words": "1 s"}


if __name__ == "__main__":
    app.run(port=8123, threaded=True)
