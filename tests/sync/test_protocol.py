"""Whatever bytes come, a reader says what it read or says that it cannot: nothing else is raised, nothing grows without bound."""

import base64
import json
import time
import tracemalloc
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nacl.signing import SigningKey

from desk.kit.problems import Refused, Unclear
from sync import chain, enrolment, protocol, sealing
from sync.batch import take_batch, write_batch
from sync.desk import BASE, Envelope, to_sign
from sync.front import Damaged, read_head
from sync.outbox import Draft

FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
READERS = {
    "unpack": protocol.unpack,
    "pull": protocol.read_pull,
    "pages": protocol.read_pages,
    "push": protocol.read_push,
    "acks": protocol.read_acks,
    "thaw": lambda data: chain.thaw(data.decode("utf-8", "surrogateescape")),
    "link": lambda data: enrolment.read_link(data.decode("latin-1")),
    "code": lambda data: sealing.read_code(data.decode("latin-1")),
}
HEX = "ab" * 32
HEAD = {"generation": 1, "incarnation": "x", "answers": 7, "desk_at": "2026-03-02T01:00:00.000Z", "want": [[HEX, 3]]}
PAGE = {"scope": "pub", "from": 0, "to": 5, "head": 5, "floor": 0, "live": 1, "digest": "ab", "rows": 1}
FROZEN = {
    "id": "ab" * 16, "kind": "wish@1", "device": "K1", "epoch": "e", "seq": 1, "prev": HEX, "number": "K1-0001-ABCD", "at": "2026-03-02T01:00:00.000Z",
    "mono": 1, "boot": "b", "offset": -3, "anchor": ["2026-03-02T01:00:00.000Z", 1, "b"], "blobs": [[HEX, 5]], "body": "YWJj",
}  # fmt: skip
VALID = {
    "unpack": protocol.pack(b"x" * 1000),
    "pull": json.dumps({"have": {"pub": [5, 2]}, "limit": 9, "doubt": ["pub"], "beat": {"queue": 1}, "reads": {"item": [1]}}).encode(),
    "pages": json.dumps(HEAD | {"pages": [PAGE]}).encode() + b'\n5\titem@1\ta\t{"name":"A"}',
    "push": json.dumps(
        {"nonce": "n", "epoch": "e", "acked": HEX, "sent_at": "2026-03-02T01:00:00.000Z", "links": [["{}", HEX, "c2ln"]]}
    ).encode(),
    "acks": json.dumps(HEAD | {"nonce": "n", "acks": {HEX: ["i", 1, "2026-03-02T01:00:00.000Z", "accepted", "", "R1"]}}).encode(),
    "thaw": json.dumps(FROZEN).encode(),
    "link": enrolment.link(enrolment.Address("https://desk.lan:8443", "K7Q2M-9XW4T", "ab" * 16)).encode(),
    "code": b"K7Q2M-9XW4T",
}
MUTATIONS = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from(["cut", "flip", "double", "insert"]), st.binary(min_size=1, max_size=6)), max_size=4
)
STRANGE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=8)
    | st.sampled_from([HEX, 10**40, "9999-12-31T23:59:59Z"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def mutated(data: bytes, changes: list[tuple[float, str, bytes]]) -> bytes:
    for place, how, extra in changes:
        at = int(place * len(data))
        if how == "cut":
            data = data[:at]
        elif how == "flip" and at < len(data):
            data = data[:at] + bytes([data[at] ^ (extra[0] or 1)]) + data[at + 1 :]
        elif how == "double":
            data += data[at:]
        else:
            data = data[:at] + extra + data[at:]
    return data


def only_problems(read, data):
    """Read; anything but a problem that says so is a fault of ours."""
    try:
        read(data)
    except (Unclear, Refused):
        return False
    return True


@pytest.mark.parametrize("name", READERS)
def test_what_is_right_is_read(name):
    assert only_problems(READERS[name], VALID[name])


@pytest.mark.parametrize("name", READERS)
@FEW
@given(data=st.binary(max_size=300))
def test_random_bytes_raise_nothing_but_a_problem(name, data):
    assert only_problems(READERS[name], data) in (True, False)


@pytest.mark.parametrize("name", READERS)
@FEW
@given(changes=MUTATIONS)
def test_damaged_messages_raise_nothing_but_a_problem(name, changes):
    assert only_problems(READERS[name], mutated(VALID[name], changes)) in (True, False)


@pytest.mark.parametrize("name", ["pull", "push", "acks", "thaw", "pages"])
@FEW
@given(at=st.integers(0, 20), value=STRANGE)
def test_a_field_of_another_kind_raises_nothing_but_a_problem(name, at, value):
    first, _, rest = VALID[name].partition(b"\n")
    data = json.loads(first)
    data[sorted(data)[at % len(data)]] = value

    assert only_problems(READERS[name], json.dumps(data).encode() + (b"\n" + rest if rest else b"")) in (True, False)


@FEW
@given(data=st.binary(max_size=300) | MUTATIONS.map(lambda changes: mutated(b"POST /sync/v1/pull HTTP/1.1\r\nHost: x\r\n\r\n", changes)))
def test_a_damaged_request_head_is_read_or_refused(data):
    try:
        target = read_head(data).target
    except Damaged as damaged:
        target = f"/{damaged.status}"

    assert target.startswith("/")


@pytest.mark.parametrize("most", [4 << 10, 64 << 20])
def test_a_bomb_is_not_opened_beyond_its_bound(most):
    bomb = b"z" + zlib.compress(b"[" * (most * 4 if most < 1 << 20 else most + 1000), 9)
    tracemalloc.start()
    with pytest.raises(Unclear):
        protocol.unpack(bomb, most)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < most * 3 + (1 << 20)


def test_an_answer_of_nothing_but_lines_is_refused_before_it_is_split():
    began = time.monotonic()
    with pytest.raises(Unclear):
        protocol.read_pages(VALID["pages"] + b"\n" * (32 << 20))

    assert time.monotonic() - began < 5


@FEW
@given(
    path=st.text(max_size=60)
    | st.sampled_from([f"{BASE}/pull", f"{BASE}/push", f"{BASE}/enrol", f"{BASE}/blob/{HEX}?at=0", "//[", f"{BASE}/blob/?at=x"]),
    device=st.text(max_size=10) | st.just("K1"),
    counter=st.integers(),
    signature=st.text(max_size=100),
    body=st.binary(max_size=200),
)
def test_the_desk_answers_whatever_it_is_asked(toy, path, device, counter, signature, body):
    desk, _kiosk = toy

    assert desk.engine.answer(Envelope(path, device, counter, signature, body)).status in (401, 404, 409, 422)


@FEW
@given(
    name=st.sampled_from(["pull", "push", "blob/" + HEX + "?at=0", "blob/x?at=1", "batch"]),
    changes=MUTATIONS,
    at=st.integers(0, 9),
    value=STRANGE,
)
def test_a_kiosk_that_signs_nonsense_is_answered_too(toy, name, changes, at, value):
    desk, kiosk = toy
    data = json.loads(VALID.get(name, b"{}"))
    if data:
        data[sorted(data)[at % len(data)]] = value
    for body in (mutated(protocol.pack(VALID.get(name, b"x")), changes), protocol.pack(json.dumps(data).encode())):
        counter, path = kiosk.box.counter(), f"{BASE}/{name}"
        signature = base64.b64encode(kiosk.who.signing.sign(to_sign(path, "K1", counter, body)).signature).decode()

        assert desk.engine.answer(Envelope(path, "K1", counter, signature, body)).status in (200, 404, 409, 422)


@pytest.mark.parametrize("body", [b'{"words":"\\ud800"}', b'{"words":NaN}', b"[" * 20_000, b"\xff", b"[]"])
def test_a_submission_that_cannot_be_kept_as_text_waits_for_a_person_and_those_behind_it_go_on(toy, body):
    _desk, kiosk = toy
    kiosk.box.submit(kiosk.who, kiosk.moment(), chain_draft(body))
    kiosk.wish("behind it")

    done = kiosk.round()

    assert done.acked == 2
    assert sorted(kiosk.outcomes().values()) == ["accepted", "needs_staff"]


def chain_draft(body: bytes):
    return Draft("wish", 1, body)


@FEW
@given(changes=MUTATIONS, data=st.binary(max_size=300))
def test_a_damaged_stick_is_refused_or_is_what_it_was(toy, changes, data):
    desk, kiosk = toy
    file = write_batch(kiosk.box, kiosk.copy, kiosk.who, kiosk.moment())
    edited = mutated(file, changes)

    assert not only_problems(lambda raw: take_batch(desk.engine, raw), data)
    assert only_problems(lambda raw: take_batch(desk.engine, raw), edited) is (edited == file)


def test_nobody_who_has_not_joined_can_make_the_desk_open_a_bomb(toy):
    desk, _kiosk = toy
    signing = SigningKey.generate()
    body = b"z" + zlib.compress(b'{"code":"' + b"A" * (8 << 20), 9)
    signature = base64.b64encode(signing.sign(to_sign(f"{BASE}/enrol", "", 0, body)).signature).decode()

    assert desk.engine.answer(Envelope(f"{BASE}/enrol", "", 0, signature, body)).status == 422
