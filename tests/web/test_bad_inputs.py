"""Nothing that anybody types makes a page fail: every form of the house with everything that people and attackers try."""

import random
from collections import Counter
from urllib.parse import quote

import pytest

from desk.kit.access import permissions
from desk.kit.access.rules import Role
from desk.kit.inputs import Input
from desk.kit.papers import store as papers
from desk.registry import WORKFLOWS
from desk.web_routes import routes_of
from tests.client import Browser
from tests.make_repairs import dispatched

BAD = [
    "",
    " ",
    "\u3000",
    "\u202e¥001",
    "\ufeff",
    "0",
    "-1",
    "1e309",
    "NaN",
    "9" * 40,
    "１２３",
    "٣",
    "2026-02-30",
    "0000-00-00",
    "9999-12-31T23:59",
    "1900-01-01T00:00+14:00",
    "25:00",
    "民国115年",
    "<script>alert(1)</script>",
    '" onfocus="alert(1)',
    "javascript:alert(1)",
    "{{7*7}}",
    "%s%n%(x)s",
    "' OR 1=1 --",
    "𠮷㐂䶮",
    "👨‍👩‍👧‍👦",
    "é" + "\u0301" * 50,
    "a" * 70_000,
    "../../etc/passwd",
    "x\r\nSet-Cookie: a=b",
    "null",
    "[" * 500,
    "admin",
]


def names():
    """Every field that any input model of the house knows, and what pages read beside them."""
    found = {"version", "next", "kind", "id", "size", "pin", "old_password", "own_password", "user", "ids", "q"}
    todo = list(Input.__subclasses__())
    while todo:
        model = todo.pop()
        found |= set(model.model_fields)
        todo += model.__subclasses__()
    return sorted(found)


@pytest.fixture
def places(site, act, app):
    """Ids of things that are there, by the name that routes give them."""
    order = dispatched(site, act)
    return {
        "number": order.number,
        "unit_id": order.unit,
        "paper_id": papers.of_object(site, order.id)[0].id,
        "contact_id": order.contact,
        "staff_id": "somebody-1",
    }


def address(rule, places):
    """A rule as an address of something that is there, where we know one."""
    out = rule
    while "<" in out:
        before, _less, rest = out.partition("<")
        name, _greater, after = rest.partition(">")
        out = f"{before}{quote(str(places.get(name.split(':')[-1], '0')))}{after}"
    return out


def posts(app):
    held = permissions.gather(WORKFLOWS)
    return [route for route in routes_of(app, held) if "POST" in route["methods"] and route["roles"]]


@pytest.mark.parametrize("part", range(4))
def test_no_form_fails_whatever_is_typed(app, places, part):
    fields, faults, seen, rng = names(), [], Counter(), random.Random(part)
    for route in posts(app)[part::4]:
        browser = Browser(app, Role(route["roles"][0]), 7)
        word = browser.csrf()
        rounds = [dict.fromkeys(fields, bad) for bad in BAD] + [{name: rng.choice(BAD) for name in fields} for _n in range(6)]
        for typed in rounds:
            small = {name: value[:2000] for name, value in typed.items()} if len(typed["version"]) > 2000 else typed
            answer = browser.client.post(address(route["rule"], places), data={**small, "csrf": word}, headers={"Accept": "text/html"})
            seen[answer.status_code] += 1
            if answer.status_code >= 500:
                faults.append((route["rule"], next(iter(typed.values()))[:30], answer.status_code))
            if answer.status_code in (303, 401) and "/login" in answer.headers.get("Location", ""):
                browser = Browser(app, Role(route["roles"][0]), 7)
                word = browser.csrf()

    assert faults == []
    assert seen[422] > 200  # the forms themselves were reached, not only the gate


def test_no_page_fails_whatever_is_asked(app, places):
    fields, faults = names(), []
    held = permissions.gather(WORKFLOWS)
    for route in routes_of(app, held):
        if "GET" not in route["methods"] or route["rule"].startswith("/static"):
            continue
        browser = Browser(app, Role(route["roles"][0] if route["roles"] else "director"), 8)
        for bad in BAD:
            query = dict.fromkeys(fields, bad[:200])
            answer = browser.get(address(route["rule"], places), query_string=query)
            if answer.status_code >= 500 or b"<script>alert" in answer.data or "\r\nSet-Cookie: a=b" in str(answer.headers):
                faults.append((route["rule"], bad[:30], answer.status_code))

    assert faults == []
