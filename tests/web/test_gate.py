"""What does not get through: other people's pages, damaged bytes, floods; and what every answer carries."""

import pytest
from flask import Flask

from desk.kit.access.rules import EVERYBODY
from desk.kit.database import Pool
from desk.kit.problems import Missing, Refused, Unclear
from desk.kit.web import Form, Pages, json_answer, json_body, page
from desk.kit.web.log import without_words
from desk.kit.workflow import Workflow
from tests.client import Browser, app_of

pages = Pages("trial", __name__, url_prefix="/trial")


@pages.get("/new", perm="trial.do")
def new(form: Form = Form()):
    return page("staff/new.html", form=form, roles=[])


@pages.post("/new", perm="trial.do", again="new")
def keep():
    raise Unclear("form.unclear", fields={"name": "access.pin_form"})


@pages.post("/refuse", perm="trial.do", again="new")
def refuse():
    raise Refused("access.last_admin")


@pages.post("/json", perm="trial.do")
def take_json():
    return json_answer({"got": sorted(json_body())})


@pages.get("/fault", perm="trial.do")
def fault():
    raise ZeroDivisionError("secret words of the fault")


@pages.get("/missing", perm="trial.do")
def missing():
    raise Missing("paper.unknown")


class _Empty:
    name = "trial"

    def pending(self, _db):
        return []

    def applied(self, _db):
        return []


@pytest.fixture
def trial(site, clock):
    workflow = Workflow("trial", schema=_Empty(), permissions={"trial.do": EVERYBODY}, pages=(pages,))
    return Browser(app_of(site, clock, workflows=(workflow,)), "front_desk")


def test_a_form_comes_back_with_what_was_typed_and_what_is_wrong(trial):
    answer = trial.post("/trial/new", {"name": "王建军 <b>", "password": "geheim", "staff_no": "M7"})

    assert answer.status_code == 422
    assert 'value="王建军 &lt;b&gt;"' in answer.text
    assert "PIN 码为 4 至 8 位数字" in answer.text
    assert "geheim" not in answer.text


def test_a_refusal_comes_back_on_the_form_with_409(trial):
    answer = trial.post("/trial/refuse", {"name": "王"})

    assert answer.status_code == 409
    assert "至少要有一名管理员" in answer.text
    assert 'value="王"' in answer.text


def test_what_is_missing_is_404_in_words(trial):
    answer = trial.get("/trial/missing")

    assert answer.status_code == 404
    assert "没有" in answer.text


def test_a_fault_shows_a_number_and_nothing_of_its_inside(trial):
    answer = trial.get("/trial/fault")

    assert answer.status_code == 500
    assert "secret words" not in answer.text
    assert "Traceback" not in answer.text
    assert "系统出错" in answer.text


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        ({}, {}),
        ({}, {"csrf": "0" * 64}),
        ({}, {"csrf": "词"}),
        ({"X-CSRF": "x"}, {}),
        ({"Origin": "http://evil.example"}, "own"),
        ({"Origin": "null"}, "own"),
        ({"Origin": "http://localhost:9999"}, "own"),
        ({"Sec-Fetch-Site": "cross-site"}, "own"),
        ({"Sec-Fetch-Site": "same-site"}, "own"),
    ],
)
def test_a_change_that_comes_from_elsewhere_changes_nothing(admin, site, headers, fields):
    word = admin.csrf()
    before = site.value("SELECT count(*) FROM journal")
    data = {"staff_no": "X9", "name": "x", "role": "admin"} | ({"csrf": word} if fields == "own" else fields)

    answer = admin.client.post("/staff/new", data=data, headers=headers)

    assert answer.status_code == 403
    assert site.value("SELECT count(*) FROM journal") == before


def test_a_word_of_somebody_elses_session_is_no_word(app, admin):
    other = Browser(app, "admin", 2)

    assert admin.client.post("/staff/new", data={"csrf": other.csrf()}).status_code == 403
    assert admin.client.post("/staff/new", data={"csrf": admin.csrf()}).status_code == 422
    assert admin.client.post("/staff/new", headers={"X-CSRF": admin.csrf()}).status_code == 422


def test_reading_writes_nothing(admin, app, site):
    admin.csrf()
    before = site.conn.total_changes
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and not rule.arguments:
            admin.get(rule.rule)

    assert site.conn.total_changes == before


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", "[::2]", "", "a b"])
def test_only_our_own_names_are_answered(guest, host):
    assert guest.get("/login", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "LOCALHOST:99", "[::1]:8000", "localhost."])
def test_our_own_names_are_answered(guest, host):
    assert guest.get("/login", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("query", ["%00", "a%00b", "%ff", "%ED%A0%80", "%C0%AE"])
def test_bytes_that_are_no_text_are_400(clerk, query):
    assert clerk.get(f"/search?q={query}").status_code == 400


@pytest.mark.parametrize("body", [b"name=%00", b"name=%ff", b"name=%ED%A0%80", b"%00=x", b"name=\xff\xfe"])
def test_damaged_forms_are_400(admin, body):
    head = f"csrf={admin.csrf()}&".encode()

    answer = admin.client.post("/staff/new", data=head + body, content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 5000,
        b"{" * 5000,
        b'{"a":' * 3000,
        b"[1]",
        b"null",
        b'{"a":"\\ud800"}',
        b'{"a":"\\u0000"}',
        b"\xff",
        b"",
        b"{" + b" " * 300_000 + b"}",
    ],
)
def test_deep_or_broken_json_is_400(trial, body):
    word = trial.csrf()

    answer = trial.client.post("/trial/json", data=body, content_type="application/json", headers={"X-CSRF": word})

    assert answer.status_code == 400


def test_plain_json_is_taken(trial):
    word = trial.csrf()
    answer = trial.client.post("/trial/json", json={"room": "3-1-1803"}, headers={"X-CSRF": word})

    assert answer.json == {"got": ["room"]}


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "", "application/x-www-form-urlencodedx"])
def test_other_kinds_of_bodies_are_415(clerk, kind):
    assert clerk.client.post("/presence", data=b"kind=a", content_type=kind).status_code == 415


def test_too_much_is_413(clerk):
    word = clerk.csrf()
    wide = {"csrf": word} | {f"f{n}": "x" for n in range(1500)}

    assert clerk.client.post("/presence", data={"csrf": word, "kind": "x" * 2_000_000}).status_code == 413
    assert clerk.client.post("/presence", data=wide, content_type="multipart/form-data").status_code == 413
    assert clerk.client.post("/presence", data=b"x" * 17_000_000, content_type="multipart/form-data; boundary=x").status_code == 413


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/..%2fapp.py", "/static/%2e%2e/app.py", "/static/css/../../app.py", "/static/\\app.py"]
)
def test_nothing_outside_the_static_folder_is_served(guest, path):
    assert guest.get(path).status_code in (400, 404)


@pytest.mark.parametrize("cookie", ["", "x", "x" * 8000, "词" * 10, '"\\000"', "a;b=c"])
def test_a_strange_cookie_is_nobody(app, cookie):
    client = app.test_client()

    assert client.get("/", headers={"Cookie": f"desk={cookie}".encode().decode("latin-1")}).status_code in (303, 400)


def test_every_page_carries_its_headers(clerk, guest):
    for answer in (
        clerk.get("/"),
        guest.get("/login"),
        clerk.get("/nope"),
        clerk.get("/healthz"),
        guest.get("/", headers={"Host": "evil"}),
    ):
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Server" not in answer.headers


def test_pages_hold_no_code_of_their_own(clerk):
    for place in ("/", "/help", "/journal", "/settings/password", "/search?q=x"):
        text = clerk.get(place).text
        assert "<script>" not in text
        assert " onclick=" not in text
        assert " style=" not in text


def test_static_files_are_kept_for_a_year_by_the_hash_of_their_content(clerk):
    address = clerk.get("/help").text.split('href="/static/css/base.css')[1].split('"')[0]
    with clerk.get(f"/static/css/base.css{address}") as answer, clerk.get("/static/css/base.css") as plain:
        assert address.startswith("?v=")
        assert answer.status_code == 200
        assert "max-age=31536000" in answer.headers["Cache-Control"]
        assert "immutable" in answer.headers["Cache-Control"]
        assert "max-age=31536000" not in plain.headers.get("Cache-Control", "")


def test_with_tls_the_cookie_is_bound_to_the_host(site, clock):
    (site.path.parent / "desk.toml").write_text("https = true\n", "utf-8")
    app: Flask = app_of(site, clock)
    answer = app.test_client().get("/login")

    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-desk-guest=")
    assert "Secure" in cookie
    assert answer.headers["Strict-Transport-Security"]


def test_the_log_keeps_of_a_problem_its_code_and_not_what_was_typed():
    event = {"exception": [{"exc_value": "form.unclear(values={'phone': '13800009999'})"}, {"exc_value": "x" * 500}]}

    values = [one["exc_value"] for one in without_words(None, "error", event)["exception"]]

    assert values == ["form.unclear", "x" * 200]
    assert without_words(None, "info", {"event": "request"}) == {"event": "request"}


def test_without_its_database_the_desk_says_so_and_nothing_else(app, clerk, tmp_path):
    app.extensions["desk"].pool = Pool(tmp_path / "gone" / "desk.sqlite")

    assert clerk.get("/healthz").status_code == 503
    assert clerk.get("/healthz").json == {"ok": False}
    page = clerk.get("/")
    assert page.status_code in (409, 500)
    assert "Traceback" not in page.text


def test_the_watchdog_hears_the_truth(guest):
    assert guest.get("/healthz").json == {"ok": True}
    assert guest.get("/tick").json["state"] == "late"
