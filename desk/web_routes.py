"""Every route of the desk with its permission: for `desk routes`, and for the test that tries each one in each role."""

from collections.abc import Mapping
from typing import Any

from flask import Flask


def routes_of(app: Flask, perms: Mapping[str, frozenset[str]]) -> list[dict[str, Any]]:
    """Return rule, methods, endpoint, permission ('' on the public list) and roles of every route."""
    of_route = app.extensions["desk"].route_perms
    found = []
    for rule in app.url_map.iter_rules():
        perm = of_route.get(rule.endpoint, "")
        methods = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        roles = sorted(perms[perm]) if perm else []
        found.append({"rule": rule.rule, "methods": methods, "endpoint": rule.endpoint, "permission": perm, "roles": roles})
    return sorted(found, key=lambda route: (route["rule"], route["methods"]))
