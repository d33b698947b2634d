"""The way from an object to its page: workflows say which endpoint shows which kind of thing."""

from typing import Any

from flask import current_app, url_for

from desk.kit.web.house import house, maybe_viewer


def link_to(kind: str, object_id: str, number: str = "") -> str:
    """Return the address of an object's page, '' if no page shows this kind or the viewer may not see it.

    A kind such as 'repair.revisit' is found by itself, or by its noun 'repair'. The endpoint takes one argument: a number if it is called so.
    """
    endpoint = house().links.get(kind) or house().links.get(kind.split(".")[0])
    who = maybe_viewer()
    if endpoint is None or endpoint not in current_app.view_functions or who is None:
        return ""
    if not who.can(house().route_perms.get(endpoint, "")):
        return ""
    name = next(iter(next(current_app.url_map.iter_rules(endpoint)).arguments), None)
    if name is None:
        return url_for(endpoint)
    value = number if "number" in name else object_id
    place: dict[str, Any] = {name: value}
    return url_for(endpoint, **place) if value else ""
