"""Every route, every method, every role and nobody: exactly what the permissions say, and nothing else."""

from collections import defaultdict

import pytest
from flask import Flask

from desk.app import check_routes
from desk.kit.access import commands, permissions
from desk.kit.access.inputs import ChangedStaff
from desk.kit.access.rules import EVERYBODY, Role
from desk.kit.act import Act
from desk.kit.web import Pages
from desk.kit.web.gate import LOCKED_TOO, PUBLIC
from desk.kit.workflow import Workflow
from desk.registry import WORKFLOWS
from desk.web_routes import routes_of
from tests.client import Browser

METHODS = ("GET", "POST", "DELETE", "OPTIONS", "TRACE")
PLAIN = {"Accept": "application/json"}  # a refusal without the page around it


def address(rule):
    """A rule as an address, with the id of nothing in each place."""
    parts = [part.split(">")[-1] if i else part for i, part in enumerate(rule.split("<"))]
    return "0".join(parts) if len(parts) > 1 else rule


def routes(app):
    return [route for route in routes_of(app, permissions.gather(WORKFLOWS)) if route["rule"] != "/static/<path:path>"]


@pytest.mark.parametrize("role", sorted(Role))
def test_each_role_reaches_what_it_may_and_nothing_else(app, role):
    browser = Browser(app, role)
    word = browser.csrf()
    wrong = []
    for route in routes(app):
        if route["endpoint"] in PUBLIC | LOCKED_TOO:
            continue
        allowed = role.value in route["roles"]
        for method in route["methods"]:
            answer = browser.client.open(
                address(route["rule"]), method=method, data={"csrf": word} if method == "POST" else None, headers=PLAIN
            )
            if (answer.status_code != 403) is not allowed or answer.status_code >= 500:
                wrong.append((method, route["rule"], answer.status_code))

    assert wrong == []


def test_nobody_is_sent_to_the_door_from_every_page(app):
    wrong = []
    for route in routes(app):
        for method in route["methods"]:
            answer = app.test_client().open(address(route["rule"]), method=method)
            expected = (200, 403, 404, 405, 422) if route["endpoint"] in PUBLIC else (303,)
            sent = "/login" in answer.headers.get("Location", "/login")
            if answer.status_code not in expected or not sent:
                wrong.append((method, route["rule"], answer.status_code))

    assert wrong == []


def test_every_other_method_is_refused_with_the_ones_that_work(app, admin):
    methods = defaultdict(set)
    for route in routes(app):
        methods[address(route["rule"])] |= set(route["methods"])
    for place, known in methods.items():
        for method in set(METHODS) - known:
            answer = admin.client.open(place, method=method, headers=PLAIN)
            assert answer.status_code in (403, 404, 405), (method, place)
            if answer.status_code == 405:
                assert known <= set(answer.headers["Allow"].split(", "))


def test_a_lowered_role_counts_at_the_next_click(app, site, clock):
    browser = Browser(app, Role.DIRECTOR)
    assert browser.get("/staff/").status_code == 200

    commands.change_staff(site, Act("boss", "D1", clock), browser.staff, ChangedStaff(name="x", role=Role.SECURITY, version=1))

    assert browser.get("/staff/").headers["Location"].startswith("/login")


def test_who_is_disabled_is_out_at_the_next_click(app, site, clock):
    browser = Browser(app, Role.SUPERVISOR)
    assert browser.get("/journal").status_code == 200

    commands.set_active(site, Act("boss", "D1", clock), browser.staff, False)

    assert browser.get("/journal").status_code == 303


def test_a_route_without_a_permission_stops_the_start(app):
    naked = Flask("naked", static_folder=None)
    naked.extensions["desk"] = app.extensions["desk"]
    naked.add_url_rule("/oops", "oops", lambda: "")
    with pytest.raises(RuntimeError, match="/oops"):
        check_routes(naked)


def test_a_permission_that_nobody_holds_stops_the_start(app):
    pages = Pages("lost", __name__)
    pages.get("/lost", perm="lost.see")(lambda: "")
    house = app.extensions["desk"]
    lost = Flask("lost", static_folder=None)
    lost.extensions["desk"] = house
    lost.register_blueprint(pages)
    house.route_perms.update({f"lost.{name}": perm for name, perm in pages.perms.items()})
    with pytest.raises(RuntimeError, match=r"lost\.see"):
        check_routes(lost)


def test_one_name_never_means_two_permissions():
    twice = Workflow("twice", schema=None, permissions={"desk.see": EVERYBODY})
    odd = Workflow("odd", schema=None, permissions={"odd.see": frozenset({"king"})})
    with pytest.raises(ValueError, match="declared twice"):
        permissions.gather([twice])
    with pytest.raises(ValueError, match="king"):
        permissions.gather([odd])
    pages = Pages("p", __name__)
    pages.get("/a", perm="a", endpoint="a")(lambda: "")
    with pytest.raises(ValueError, match="two permissions"):
        pages.get("/b", perm="b", endpoint="a")(lambda: "")


def test_the_public_list_is_short_and_every_name_on_it_is_a_route(app):
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}

    assert endpoints >= PUBLIC
    assert endpoints >= LOCKED_TOO
    assert len(PUBLIC | LOCKED_TOO) <= 12
