"""The door of the local page: one way in that works once, and nobody else's request is taken."""

import re

import pytest
from flask import Flask, render_template_string

from kiosk import guard

US = "http://127.0.0.1:5555"


@pytest.fixture
def app(tmp_path):
    """A tiny app with a form and a picture behind the door."""
    (tmp_path / "tap.js").write_text("1")
    app = Flask("tiny", static_folder=str(tmp_path), static_url_path="/static")
    app.testing = True
    app.add_url_rule("/", view_func=lambda: render_template_string("<form>{{ csrf_field() }}</form>"), endpoint="home")
    app.add_url_rule("/told", view_func=lambda: "told", endpoint="told", methods=["POST"])
    app.extensions["entry"] = guard.protect(app)
    return app


@pytest.fixture
def window(app):
    """The window that came in."""
    client = app.test_client()
    client.get(app.extensions["entry"], base_url=US)
    return client


def word(window):
    return re.search(r'name="csrf" value="(\w{64})"', window.get("/", base_url=US).text).group(1)


def test_the_entry_gives_a_cookie_no_script_can_read_and_leads_home(app):
    answer = app.test_client().get(app.extensions["entry"], base_url=US)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert re.fullmatch(r"kiosk=[\w-]{43}; HttpOnly; Path=/; SameSite=Strict", answer.headers["Set-Cookie"])


def test_the_entry_works_once(app, window):
    assert app.test_client().get(app.extensions["entry"], base_url=US).status_code == 404


def test_a_made_up_entry_is_not_found(app):
    assert app.test_client().get("/enter/AAAA", base_url=US).status_code == 404


def test_once_inside_the_page_is_shown(window):
    assert window.get("/", base_url=US).status_code == 200


@pytest.mark.parametrize("place", ["/", "/static/tap.js", "/nowhere"])
def test_without_the_cookie_nothing_is_shown_not_even_a_script(app, place):
    assert app.test_client().get(place, base_url=US).status_code == 403


def test_before_anybody_entered_an_empty_cookie_opens_nothing(app):
    stranger = app.test_client()
    stranger.set_cookie("kiosk", "", domain="127.0.0.1")

    assert stranger.get("/", base_url=US).status_code == 403


def test_a_cookie_in_other_letters_opens_nothing(app, window):
    stranger = app.test_client()
    stranger.set_cookie("kiosk", "门", domain="127.0.0.1")

    assert stranger.get("/", base_url=US).status_code == 403


@pytest.mark.parametrize("host", ["evil.example:5555", "localhost:5555", "127.0.0.1", "127.0.0.1:5556", "[::1]:5555", "127.0.0.1.:5555"])
def test_a_foreign_name_for_this_machine_is_refused(window, host):
    assert window.get("/", base_url=US, headers={"Host": host}).status_code == 421


def test_a_form_of_the_page_is_taken(window):
    answer = window.post("/told", base_url=US, data={"csrf": word(window)}, headers={"Origin": US})

    assert answer.text == "told"


def test_a_script_of_the_page_is_taken(window):
    answer = window.post("/told", base_url=US, json={}, headers={"Origin": US, "X-Kiosk": word(window)})

    assert answer.text == "told"


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:5556", "https://127.0.0.1:5555", None])
def test_a_form_of_another_origin_is_refused(window, origin):
    headers = {"Origin": origin} if origin else {}

    assert window.post("/told", base_url=US, data={"csrf": word(window)}, headers=headers).status_code == 403


@pytest.mark.parametrize("sent", [{}, {"csrf": ""}, {"csrf": "0" * 64}])
def test_a_form_without_the_sessions_word_is_refused(window, sent):
    assert window.post("/told", base_url=US, data=sent, headers={"Origin": US}).status_code == 403


def test_a_fresh_entry_ends_the_session_before(app, window):
    old = word(window)
    entry = guard.again(app)
    shut = window.get("/", base_url=US).status_code

    window.get(entry, base_url=US)

    assert shut == 403
    assert window.get("/", base_url=US).status_code == 200
    assert word(window) != old


def test_every_answer_forbids_code_in_pages_and_keeping(app, window):
    for answer in (window.get("/", base_url=US), app.test_client().get("/", base_url=US)):
        rules = answer.headers["Content-Security-Policy"]

        assert "script-src 'self';" in rules
        assert "unsafe" not in rules
        assert "media-src 'self' blob:" in rules
        assert answer.headers["Cache-Control"] == "no-store"
        assert "microphone=()" in answer.headers["Permissions-Policy"]


def test_a_static_file_is_asked_for_again_each_time(window):
    with window.get("/static/tap.js", base_url=US) as answer:
        kept = (answer.text, answer.headers["Cache-Control"])

    assert kept == ("1", "no-cache")


def test_a_body_that_is_too_large_is_refused(app, window):
    app.config["MAX_CONTENT_LENGTH"] = 1000

    answer = window.post("/told", base_url=US, data={"csrf": word(window), "what": "x" * 2000}, headers={"Origin": US})

    assert answer.status_code == 413


def test_the_apps_own_limit_is_kept():
    app = Flask("tiny")
    app.config["MAX_CONTENT_LENGTH"] = 5

    guard.protect(app)

    assert app.config["MAX_CONTENT_LENGTH"] == 5
