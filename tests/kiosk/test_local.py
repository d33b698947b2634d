"""The real machine behind the screens: what it keeps, what it finds, what it says of the line, and what it forgets."""

import base64
import io
import json
from datetime import timedelta

import pytest
from PIL import Image

from desk.kit.journal import change
from desk.kit.problems import Refused, Unclear
from kiosk import config, enrol
from kiosk.agent import Agent
from kiosk.local import LocalMachine
from kiosk.machine import Full, Offline
from sync import inbox, sealing
from sync.client import State
from sync.outbox import Outbox
from tests.kiosk.joined import joined_kiosk, joining, link_of
from tests.sync.world import START

SAID = {"words": "厨房漏水", "name": "欧阳小敏", "phone": "13812345678"}


def picture(colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "JPEG")
    return out.getvalue()


def test_a_submission_is_kept_then_reaches_the_desk_and_each_word_of_truth_has_its_time(tmp_path):
    desk, machine, cable = joined_kiosk(tmp_path)
    cable.cut = True
    saved = machine.submit("wish@1", SAID)
    before = machine.find(saved.code)
    desk.clock.forward(hours=30)
    cable.cut = False

    Agent(machine).once()

    after = machine.find(saved.code)
    assert (before.saved_at, before.reached_at) == (START, None)
    assert (after.saved_at, after.reached_at, after.verdict) == (START, START + timedelta(hours=30), "accepted")
    assert list(desk.wishes().values()) == ["厨房漏水"]


def test_without_a_line_the_machine_says_so_and_keeps_on_taking(tmp_path):
    _, machine, cable = joined_kiosk(tmp_path)
    agent = Agent(machine)
    agent.once()
    before = machine.link().online
    cable.cut = True

    rounds = [agent.once() for _ in range(3)]
    machine.submit("wish@1", SAID)

    link = machine.link()
    assert {one.state for one in rounds} == {State.OFFLINE}
    assert (before, link.online) == (True, False)
    assert (link.enrolled, link.waiting, link.last_sync_at) == (True, 1, START)
    assert agent.failures == 3
    with pytest.raises(Offline):
        machine.find("K7Q2M-9XW4T")
    with pytest.raises(Offline):
        machine.card("LDC:" + base64.b32encode(bytes(16)).decode())


def test_the_disk_holds_no_name_no_phone_and_no_word_of_the_resident(tmp_path):
    _, machine, _ = joined_kiosk(tmp_path)
    code = machine.submit("wish@1", SAID, [picture()]).code
    Agent(machine).once()

    whole = b"".join(path.read_bytes() for path in (tmp_path / "kiosk").rglob("*") if path.is_file())

    for canary in ("欧阳小敏", "13812345678", "厨房漏水", code):
        assert canary.encode() not in whole
        assert json.dumps(canary).strip('"').encode() not in whole
    assert picture() not in whole


def test_photos_follow_their_record_and_the_same_one_twice_is_one(tmp_path):
    desk, machine, _ = joined_kiosk(tmp_path)
    saved = machine.submit("wish@1", SAID, [picture(), picture(), picture("blue")])
    agent = Agent(machine)

    for _ in range(3):
        agent.once()

    photos = inbox.store.photos(desk.db, saved.id)
    assert [photo.state for photo in photos] == ["here", "here"]
    assert all((desk.folder / "files" / photo.file).stat().st_size for photo in photos)


def test_a_full_machine_takes_nothing_more_and_drops_nothing(tmp_path):
    _, machine, cable = joined_kiosk(tmp_path)
    cable.cut = True
    machine.box = Outbox(tmp_path / "kiosk", most_intents=5)
    for _ in range(4):
        machine.submit("wish@1", SAID)
    warned = machine.link().full
    machine.submit("wish@1", SAID)

    with pytest.raises(Full) as full:
        machine.submit("wish@1", SAID)

    assert (warned, full.value.what, machine.link().waiting) == ("warn", "all", 5)


def test_a_card_opens_its_household_in_memory_only_and_is_forgotten(tmp_path):
    desk, machine, _ = joined_kiosk(tmp_path)
    secret = sealing.of_card(bytes(range(16)))
    status = json.dumps({"number": "WX-2026-000017", "reported_at": "2026-03-01T01:00:00.000Z"}).encode()
    with change(desk.db, desk.act()) as note:
        row = (
            "res:" + secret.tag,
            "status@1",
            "case",
            1,
            json.dumps({"sealed": sealing.seal_with_key(secret.key, status)}),
            "toy.item",
            "x",
        )
        inbox_feed(desk, row)
        note("card.made", "card")

    found = machine.card("LDC:" + base64.b32encode(bytes(range(16))).decode().rstrip("="))
    machine.forget()

    whole = b"".join(path.read_bytes() for path in (tmp_path / "kiosk").rglob("*") if path.is_file())
    assert [one.number for one in found] == ["WX-2026-000017"]
    assert secret.tag.encode() not in whole
    with pytest.raises(Unclear):
        machine.card("LDC:short")


def inbox_feed(desk, row):
    """Publish one row by hand, as a workflow's projection would."""
    from sync import digests, feed

    feed.store.publish(desk.db, [row])
    state = feed.store.Scope(1, digests.row(row[1], row[2], row[4]), 1, 0)
    feed.store.keep_scope(desk.db, row[0], state)


def test_a_restart_in_the_middle_loses_nothing(tmp_path):
    desk, machine, cable = joined_kiosk(tmp_path)
    cable.cut = True
    saved = machine.submit("wish@1", SAID, [picture()])

    again = LocalMachine(tmp_path / "kiosk", cable, machine.clocks)
    cable.cut = False
    Agent(again).once()

    assert again.find(saved.code).reached_at is not None
    assert list(desk.wishes()) == [saved.id]


def test_a_kiosk_joins_again_with_the_same_key_and_keeps_what_waits(tmp_path):
    desk, machine, cable = joined_kiosk(tmp_path)
    cable.cut = True
    saved = machine.submit("wish@1", SAID)
    before = config.read(tmp_path / "kiosk")

    made = enrol.enrol(tmp_path / "kiosk", link_of(desk, "K1"), joining(desk))

    cable.cut = False
    again = LocalMachine(tmp_path / "kiosk", cable, machine.clocks)
    done = Agent(again).once()
    assert (made.key, made.pin, made.device) == (before.key, before.pin, "K1")
    assert (done.state, done.acked, list(desk.wishes())) == (State.GOOD, 1, [saved.id])


def test_a_kiosk_that_was_taken_for_a_copy_gets_another_key_and_hands_in_what_it_kept(tmp_path):
    desk, machine, cable = joined_kiosk(tmp_path)
    agent = Agent(machine)
    machine.submit("wish@1", SAID)
    agent.once()
    with_stale_nonce(machine)
    machine.submit("wish@1", SAID)
    suspect = agent.once()
    machine.submit("wish@1", SAID)

    made = enrol.enrol(tmp_path / "kiosk", link_of(desk), joining(desk))
    done = Agent(LocalMachine(tmp_path / "kiosk", cable, machine.clocks)).once()

    assert suspect.suspect
    assert inbox.store.device(desk.db, "K1").flags == ("cloned",)
    assert (made.device, done.acked, len(desk.wishes())) == ("K2", 1, 3)
    assert inbox.store.quarantined(desk.db) == []


def with_stale_nonce(machine):
    from desk.kit.quiet import quietly
    from sync.outbox import store

    with quietly(machine.box.db):
        store.remember(machine.box.db, nonce="of another time")


def test_a_wrong_code_changes_nothing_here(tmp_path):
    desk, _, _ = joined_kiosk(tmp_path)
    before = config.read(tmp_path / "kiosk")
    with pytest.raises(Refused):
        enrol.enrol(tmp_path / "kiosk", "http://127.0.0.1:8000/#AAAAA-AAAAA.-", joining(desk))

    assert config.read(tmp_path / "kiosk") == before


def test_the_agent_waits_longer_while_nobody_answers_and_as_long_as_a_busy_desk_asks(tmp_path):
    _, machine, cable = joined_kiosk(tmp_path)
    agent = Agent(machine)
    agent.once()
    usual = [agent.pause() for _ in range(50)]
    cable.cut = True
    for _ in range(9):
        agent.once()
    patient = [agent.pause() for _ in range(200)]
    agent.last.again_in = 20

    assert 4.0 <= min(usual) <= max(usual) <= 6.0
    assert 60 < max(patient) <= 300
    assert 20 <= agent.pause() <= 30


def test_the_agent_goes_at_once_after_a_submission(tmp_path):
    desk, machine, _ = joined_kiosk(tmp_path)
    agent = Agent(machine, poll=600)
    agent.start()
    try:
        machine.submit("wish@1", SAID)
        agent.wanted.wait(0)
        for _ in range(100):
            if desk.db.value("SELECT count(*) FROM inbox"):
                break
            agent.over.wait(0.05)
    finally:
        agent.stop()
        agent.join(5)

    assert len(desk.wishes()) == 1
    assert not agent.is_alive()
