"""A real kiosk and a real desk over real sockets: whatever the line does, nothing is lost, nothing comes twice, and no stranger is believed."""

import socket
import time

import pytest
from nacl.signing import SigningKey

from desk.kit.problems import Refused
from sync import enrolment, tls
from sync.client import NoLine, State
from sync.desk import Envelope
from sync.enrolment import Address
from sync.transport import HttpLine, join
from tests.sync.proxy import Fault, Proxy
from tests.sync.wire import HASTY, fronted, plain
from tests.sync.world import ToyDesk

FAULTS = [Fault.REFUSE, Fault.CUT, Fault.LOSE, Fault.DOUBLE, Fault.FLIP, Fault.STALL]


def line_to(desk: ToyDesk, port: int) -> HttpLine:
    return HttpLine(f"https://127.0.0.1:{port}", tls.authority(desk.db).cert, wait=1, whole=3)


def test_a_kiosk_sends_and_pulls_over_one_line_that_stays_open(toy):
    desk, kiosk = toy
    desk.put("a", "Lift closed", "pub")
    kiosk.wish("the tap drips")

    with fronted(desk) as front, Proxy(front.port) as proxy:
        line = line_to(desk, proxy.port)
        rounds = [kiosk.round(line) for _ in range(5)]
        line.close()

    assert [done.state for done in rounds] == [State.GOOD] * 5
    assert rounds[0].acked == 1
    assert kiosk.items("pub") == {"a": "Lift closed"}
    assert list(desk.wishes().values()) == ["the tap drips"]
    assert proxy.opened == 1


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("is_open", [True, False])
def test_whatever_the_line_does_nothing_is_lost_and_nothing_comes_twice(toy, fault, is_open):
    desk, kiosk = toy
    with fronted(desk) as front, Proxy(front.port) as proxy:
        line = line_to(desk, proxy.port)
        if is_open:
            assert kiosk.round(line).state is State.GOOD
        kiosk.wish("one")
        desk.put("a", "A", "pub")
        proxy.fault = fault
        bad = kiosk.round(line)
        proxy.fault = Fault.NONE
        proxy.drop()
        kiosk.wish("two")
        good = kiosk.round(line)
        line.close()

    assert bad.state in (State.OFFLINE, State.GOOD)
    assert good.state is State.GOOD
    assert sorted(desk.wishes().values()) == ["one", "two"]
    assert kiosk.box.to_push(kiosk.moment()).links == ()
    assert kiosk.items("pub") == {"a": "A"}


def test_a_stalled_line_ends_the_round_in_time(toy):
    desk, kiosk = toy
    with fronted(desk) as front, Proxy(front.port, Fault.STALL) as proxy:
        line, began = line_to(desk, proxy.port), time.monotonic()
        done = kiosk.round(line)
        took = time.monotonic() - began

    assert done.state is State.OFFLINE
    assert took < 4


def test_another_authority_is_not_believed_and_learns_nothing(toy, make_world):
    desk, kiosk = toy
    stranger, _ = make_world(1)
    kiosk.wish("for the desk only")

    with fronted(stranger) as front:
        line = line_to(desk, front.port)
        done = kiosk.round(line)
        line.close()

    assert done.state is State.OFFLINE
    assert stranger.wishes() == {}
    assert len(kiosk.box.to_push(kiosk.moment()).links) == 1


@pytest.mark.parametrize("fault", [Fault.PORTAL, Fault.REFUSE])
def test_the_page_of_a_portal_acknowledges_nothing(toy, fault):
    desk, kiosk = toy
    kiosk.wish("one")
    with plain(desk) as port, Proxy(port, fault) as proxy:
        line = HttpLine(f"http://127.0.0.1:{proxy.port}", wait=1, whole=2)
        done = kiosk.round(line)
        line.close()

    assert done.state is State.OFFLINE
    assert len(kiosk.box.to_push(kiosk.moment()).links) == 1


def test_pages_of_the_staff_are_no_answer_for_a_kiosk(toy):
    desk, _kiosk = toy
    with plain(desk) as port:
        line = HttpLine(f"http://127.0.0.1:{port}")
        with pytest.raises(NoLine):
            line(Envelope("/households"))
        line.close()


def test_on_the_desk_s_own_machine_a_kiosk_may_speak_plainly(toy):
    desk, kiosk = toy
    kiosk.wish("one")

    with plain(desk) as port, Proxy(port) as proxy:
        line = HttpLine(f"http://127.0.0.1:{proxy.port}")
        states = [kiosk.round(line).state, kiosk.round(line).state]
        line.close()

    assert states == [State.GOOD, State.GOOD]
    assert list(desk.wishes().values()) == ["one"]


@pytest.mark.parametrize(
    "url",
    [
        "http://192.168.1.10:8000",
        "http://desk.lan",
        "https://127.0.0.1:8443",
        "ftp://127.0.0.1",
        "http://127.0.0.1.evil.example",
        "http://[::1",
        "x",
    ],
)
def test_a_line_that_strangers_could_read_is_refused(url):
    with pytest.raises(Refused) as told:
        HttpLine(url)

    assert told.value.code == "sync.line_not_safe"


def test_a_pinned_desk_is_never_asked_in_plain_words(toy):
    desk, _kiosk = toy
    with pytest.raises(Refused):
        HttpLine("http://127.0.0.1:8000", tls.authority(desk.db).cert)
    with pytest.raises(Refused) as told:
        join(Address("http://127.0.0.1:8000", "K7Q2M-9XW4T", "ab" * 16), SigningKey.generate())
    assert told.value.code == "sync.line_not_safe"


def test_a_kiosk_joins_by_its_sheet(toy):
    desk, _kiosk = toy
    signing = SigningKey.generate()
    with fronted(desk) as front:
        offer = enrolment.offer(desk.db, desk.act(), "Lobby 2")
        pin = tls.pin(tls.authority(desk.db).cert)
        said = enrolment.read_link(enrolment.link(Address(f"https://127.0.0.1:{front.port}", offer.code, pin)))
        joined, ca = join(said, signing)
        with pytest.raises(Refused) as again:
            join(said, signing)

    assert (joined.device, joined.name) == ("K2", "Lobby 2")
    assert tls.pin(ca) == pin
    assert again.value.code == "sync.wrong_code"


def test_a_sheet_of_another_desk_is_told_from_ours_before_the_code_is_shown(toy, make_world):
    desk, _kiosk = toy
    stranger, _ = make_world(1)
    offer = enrolment.offer(stranger.db, stranger.act(), "Lobby 2")
    with fronted(stranger) as front, pytest.raises(Refused) as told:
        join(Address(f"https://127.0.0.1:{front.port}", offer.code, tls.pin(tls.authority(desk.db).cert)), SigningKey.generate())

    assert told.value.code == "sync.other_desk"
    assert [row["tries"] for row in enrolment.store.enrolments(stranger.db)] == [0]


def test_nobody_there_is_told_in_words():
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    for pin in ("ab" * 16, ""):
        with pytest.raises(Refused) as told:
            join(Address(f"http{'s' if pin else ''}://127.0.0.1:{port}", "K7Q2M-9XW4T", pin), SigningKey.generate())
        assert told.value.code == "sync.no_desk"


def test_a_request_that_came_twice_is_taken_once(toy):
    """The first line was found closed after the desk had taken the request: it is sent anew under the same counter, and counted on from there."""
    desk, kiosk = toy
    with fronted(desk) as front, Proxy(front.port) as proxy:
        line = line_to(desk, proxy.port)
        kiosk.round(line)
        kiosk.wish("one")
        proxy.fault = Fault.LOSE
        kiosk.round(line)
        proxy.fault = Fault.NONE
        done = kiosk.round(line)
        line.close()

    assert done.state is State.GOOD
    assert list(desk.wishes().values()) == ["one"]
    assert kiosk.outcomes() != {}


def test_five_hundred_kiosks_stay_on_the_line(toy):
    desk, kiosk = toy
    with fronted(desk, HASTY.__class__(idle=60, head=20, body=20, stop=5)) as front:
        context = tls.trusting(tls.authority(desk.db).cert)
        lines = [context.wrap_socket(socket.create_connection(("127.0.0.1", front.port), timeout=20)) for _ in range(500)]
        own = HttpLine(f"https://127.0.0.1:{front.port}", tls.authority(desk.db).cert)
        done = kiosk.round(own)
        for line in lines:
            line.sendall(b"GET /sync/v1/ca HTTP/1.1\r\nHost: desk\r\n\r\n")
        answers = [line.recv(15) for line in lines]
        for line in lines:
            line.close()
        own.close()

    assert done.state is State.GOOD
    assert set(answers) == {b"HTTP/1.1 200 OK"}


def test_the_line_is_at_least_tls_1_2(toy):
    desk, _kiosk = toy
    with fronted(desk) as front:
        context = tls.trusting(tls.authority(desk.db).cert)
        with context.wrap_socket(socket.create_connection(("127.0.0.1", front.port), timeout=5)) as line:
            version = line.version()

    assert version in ("TLSv1.2", "TLSv1.3")


def test_a_line_in_use_by_one_screen_does_not_stop_another(toy):
    desk, kiosk = toy
    with fronted(desk) as front, Proxy(front.port) as proxy:
        line = line_to(desk, proxy.port)
        busy = line._take() or line._opened()
        done = kiosk.round(line)
        busy.close()
        line.close()

    assert done.state is State.GOOD
