"""The documents of the wire say what the code says: real requests and answers are valid, and every reference leads somewhere."""

import json
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator
from nacl.signing import SigningKey

from sync import enrolment, protocol, server, tls
from sync.transport import join
from tests.sync.wire import fronted

SCHEMAS = {path.name: json.loads(path.read_text("utf-8")) for path in (files("sync") / "schemas").iterdir()}
API = json.loads((files("sync") / "openapi.json").read_text("utf-8"))


def faults(name, data):
    return [error.message for error in Draft202012Validator(SCHEMAS[f"{name}.json"]).iter_errors(data)]


def talked(desk, kiosk):
    """Do a round, and return what was said: (route, request, status, answer) with bodies opened."""
    said = []

    def send(envelope):
        answer = desk.engine.answer(envelope)
        said.append((server.route("POST", envelope.path), envelope.body, answer.status, protocol.unpack(answer.body)))
        return answer

    kiosk.round(send)
    return said


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_is_one(name):
    Draft202012Validator.check_schema(SCHEMAS[name])

    assert SCHEMAS[name]["additionalProperties"] is False


def test_what_kiosk_and_desk_say_is_what_the_documents_say(toy):
    desk, kiosk = toy
    desk.put("a", "A", "pub")
    kept = kiosk.wish("one", photos=(b"sealed",))
    said = talked(desk, kiosk) + talked(desk, kiosk)
    found = []
    for route, request, status, answer in said:
        assert status == 200
        if route != "blob":
            found += faults(route, json.loads(protocol.unpack(request)))
        found += faults(f"{route}-answer", json.loads(answer.partition(b"\n")[0]))

    assert {route for route, *_ in said} == {"push", "pull", "blob"}
    assert found == []
    assert faults("frozen", json.loads(kept.frozen)) == []


def test_a_rewind_and_a_problem_are_what_the_documents_say(toy, tmp_path):
    desk, kiosk = toy
    backup = desk.backup(tmp_path / "old.sqlite")
    kiosk.wish("one")
    kiosk.round()
    desk.restore(backup)
    answers = [answer for route, _, status, answer in talked(desk, kiosk) if route == "push" and status == 200]
    refused = desk.engine.answer(server_envelope())

    assert any("rewind" in json.loads(answer) for answer in answers)
    assert [faults("push-answer", json.loads(answer)) for answer in answers] == [[]] * len(answers)
    assert faults("problem", json.loads(protocol.unpack(refused.body))) == []


def server_envelope():
    return server.Envelope("/sync/v1/pull", "K99", 1, "", b"")


def test_joining_is_what_the_documents_say(toy):
    desk, _kiosk = toy
    offer = enrolment.offer(desk.db, desk.act(), "Lobby 2")
    with fronted(desk) as front:
        url = f"https://127.0.0.1:{front.port}"
        joined, _ca = join(enrolment.Address(url, offer.code, tls.pin(tls.authority(desk.db).cert)), SigningKey.generate())

    assert faults("enrol-answer", joined.__dict__) == []
    assert faults("enrol", {"public_key": "ab" * 32, "code": offer.code}) == []


def test_the_documents_refuse_what_the_code_refuses():
    assert faults("pull", {"have": {}})
    assert faults("pull", {"have": {"pub": [-1]}})
    assert faults("push", {"nonce": "n"})


def references(node):
    if isinstance(node, dict):
        yield from [node["$ref"]] if "$ref" in node else []
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def test_every_reference_leads_somewhere_and_every_route_is_told():
    leads = {name: name.removeprefix("schemas/") in SCHEMAS for name in references(API) if not name.startswith("#")}
    inside = [name for name in references(API) if name.startswith("#") and name.split("/")[3] not in API["components"][name.split("/")[2]]]

    assert set(leads.values()) == {True}
    assert inside == []
    assert {path.split("/")[3] for path in API["paths"]} == {*server.MOST, "ca"}
