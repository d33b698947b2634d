"""Up, rule by rule: what was printed is committed first, taken once, and acknowledged only by name."""

import json

import pytest

from desk.kit.journal import change
from desk.kit.plugs import Outcome, Verdict
from sync import inbox, protocol
from sync.chain import Link, sign, thaw
from sync.client import NoLine, State
from sync.desk import Answer
from sync.outbox import store
from tests.sync.world import Killed, ToyKiosk, take_wish


def lose_answers(desk):
    """A line on which requests arrive and answers do not."""

    def send(envelope):
        desk.engine.answer(envelope)
        raise NoLine

    return send


def flags(desk, device="K1"):
    return inbox.store.device(desk.db, device).flags


def test_on_return_a_submission_is_committed(toy):
    _, kiosk = toy

    made = kiosk.wish("a lamp")
    kiosk.kill()

    assert [intent.frozen for intent in kiosk.waiting()] == [made.frozen]


def test_a_machine_that_goes_off_before_the_commit_has_printed_nothing(toy):
    _, kiosk = toy
    kiosk.dies_in = 1

    with pytest.raises(Killed):
        kiosk.wish("a lamp", photos=(b"sealed",))
    kiosk.kill()

    assert kiosk.waiting() == []
    assert not (kiosk.folder / "slips.log").exists()
    assert list((kiosk.folder / "blobs").iterdir()) == []


def test_a_lost_answer_costs_nothing(toy):
    desk, kiosk = toy
    made = kiosk.wish("a lamp")

    kiosk.round(lose_answers(desk))
    waited = len(kiosk.waiting())
    kiosk.round()

    assert waited == 1
    assert (kiosk.waiting(), desk.db.value("SELECT count(*) FROM wish")) == ([], 1)
    assert kiosk.outcomes() == {made.id: "accepted"}


def test_only_an_answer_that_names_the_submission_is_an_acknowledgement(toy):
    desk, kiosk = toy
    kiosk.wish("a lamp")

    portal = kiosk.round(lambda envelope: Answer(200, b"<html>Welcome</html>"))
    empty = kiosk.round(lambda envelope: Answer(200))

    def names_another(envelope):
        head = desk.engine._head(inbox.store.device(desk.db, "K1"), envelope.counter)
        other = inbox.Ack("f" * 32, 1, desk.clock.now(), Verdict.ACCEPTED)
        return Answer(200, protocol.pack(protocol.write_acks(protocol.PushAnswer(head, inbox.Taken("", {"e" * 64: other})))))

    kiosk.round(names_another)

    assert (portal.state, empty.state) == (State.OFFLINE, State.OFFLINE)
    assert len(kiosk.waiting()) == 1


def test_an_acknowledgement_is_given_after_the_commit(toy):
    desk, kiosk = toy
    kiosk.wish("a lamp")
    kiosk.round()
    kiosk.wish("another")

    def dies(envelope):
        desk.dies_in = 1
        try:
            return desk.engine.answer(envelope)
        except Killed:
            desk.crash()
            raise NoLine from None

    kiosk.round(dies)

    assert (len(desk.wishes()), len(kiosk.waiting())) == (1, 1)
    kiosk.round()
    assert (len(desk.wishes()), len(kiosk.waiting())) == (2, 0)


def test_the_same_id_with_other_bytes_is_set_aside_for_a_person(toy):
    desk, kiosk = toy
    made = kiosk.wish("a lamp")
    kiosk.round()
    forged = made.frozen.replace(made.number, "K1-9999-ZZZZ")
    link = sign(kiosk.who.signing, thaw(forged).prev, forged)
    taken = inbox.push(
        desk.db, desk.act(), inbox.store.device(desk.db, "K1"), inbox.Push("x", "e", "", desk.clock.now(), (link,)), desk.submissions
    )

    assert taken.acks[link.chain].reason == "sync.id_reuse"
    assert [aside.frozen for aside in inbox.store.quarantined(desk.db)] == [forged]
    assert len(desk.wishes()) == 1


def test_a_link_that_nobody_known_signed_and_one_that_is_no_intent_are_set_aside_and_the_ones_behind_go_on(toy):
    desk, kiosk = toy
    made = kiosk.wish("a lamp").link
    said = inbox.Push("", "", "", desk.clock.now(), (Link("{", "a" * 64, ""), Link(made.frozen, made.chain, "AAAA"), made))

    taken = inbox.push(desk.db, desk.act(), inbox.store.device(desk.db, "K1"), said, desk.submissions)

    assert sorted(aside.why for aside in inbox.store.quarantined(desk.db)) == ["bad_signature", "malformed"]
    assert "a" * 64 in taken.acks
    assert list(desk.wishes().values()) == ["a lamp"]


def test_what_the_rules_refuse_waits_for_a_person_and_the_ones_behind_go_on(toy):
    desk, kiosk = toy
    no, yes = kiosk.wish("no"), kiosk.wish("yes")

    kiosk.round()

    assert kiosk.outcomes() == {no.id: "needs_staff", yes.id: "accepted"}
    assert [entry.reason for entry in inbox.store.entries_waiting(desk.db)] == ["toy.refused"]


def test_a_fault_of_ours_stops_nothing_and_leaves_nothing_half_done(toy):
    desk, kiosk = toy

    def half(db, act, arrived):
        take_wish(db, act, arrived)
        raise ZeroDivisionError

    desk.engine.submissions = {"wish@1": take_wish, "broken@1": half}
    bad, good = kiosk.wish("x", kind="broken"), kiosk.wish("y")
    kiosk.round()

    assert kiosk.outcomes() == {bad.id: "needs_staff", good.id: "accepted"}
    assert list(desk.wishes().values()) == ["y"]


def test_a_desk_from_a_backup_asks_for_everything_again_and_needs_no_person(toy, tmp_path):
    desk, kiosk = toy
    kiosk.wish("before")
    kiosk.round()
    old = desk.backup(tmp_path / "old.sqlite")
    kiosk.wish("after")
    kiosk.round()

    desk.restore(old)
    done = kiosk.round()

    assert (done.rewound, done.suspect) == (True, False)
    assert sorted(desk.wishes().values()) == ["after", "before"]
    assert "cloned" not in flags(desk)


def test_a_desk_that_came_back_is_looked_at_before_the_clone(toy, tmp_path):
    """Both are true of this push: the nonce is stale, and the desk does not know what it acknowledged. The desk's own past explains the nonce."""
    desk, kiosk = toy
    old = desk.backup(tmp_path / "old.sqlite")
    for words in ("one", "two", "three"):
        kiosk.wish(words)
        kiosk.round()

    desk.restore(old)
    done = kiosk.round()

    assert (done.state, done.suspect, done.gone) == (State.GOOD, False, [])
    assert len(desk.wishes()) == 3


def test_two_backups_brought_back_one_after_the_other_need_no_person(toy, tmp_path):
    desk, kiosk = toy
    old = desk.backup(tmp_path / "old.sqlite")
    kiosk.wish("one")
    kiosk.round()
    desk.restore(old)
    cut = iter(range(9))
    kiosk.round(lambda envelope: desk.engine.answer(envelope) if next(cut) < 2 else Answer(500))  # asked to send again, and cut off there

    desk.restore(old, known=2)
    done = kiosk.round()

    assert not done.suspect
    assert list(desk.wishes().values()) == ["one"]


def test_an_older_backup_tried_before_the_right_one_needs_no_person(toy, tmp_path):
    """The kiosk's nonce is of a life that is over, and the desk knows all that it ever acknowledged: nothing of that speaks of a copy."""
    desk, kiosk = toy
    older = desk.backup(tmp_path / "older.sqlite")
    kiosk.wish("one")
    kiosk.round()
    newer = desk.backup(tmp_path / "newer.sqlite")
    desk.restore(older)
    kiosk.round()

    desk.restore(newer, known=2)
    kiosk.wish("two")
    done = kiosk.round()

    assert (done.state, done.suspect, done.gone) == (State.GOOD, False, [])
    assert sorted(desk.wishes().values()) == ["one", "two"]
    assert "cloned" not in flags(desk)


def test_a_copied_kiosk_is_still_found_after_a_restore(toy, tmp_path):
    desk, kiosk = toy
    kiosk.round()
    twin = ToyKiosk(kiosk.copy_folder(kiosk.folder.with_name("twin")), desk, kiosk.clock, kiosk.steady, kiosk.device, kiosk.key)
    twin.seal_for = kiosk.seal_for
    desk.restore(desk.backup(tmp_path / "now.sqlite"))
    for machine in (kiosk, twin, kiosk, twin, kiosk):
        machine.wish("mine")
        machine.round()
    twin.close()

    assert "cloned" in flags(desk)
    assert len(desk.wishes()) == 5


def test_a_backup_copied_back_in_secret_is_noticed_even_before_the_outcome_was_pulled(toy, tmp_path):
    desk, kiosk = toy
    old = desk.backup(tmp_path / "old.sqlite")
    kiosk.wish("one")
    cut = iter(range(9))
    kiosk.round(lambda envelope: desk.engine.answer(envelope) if next(cut) < 1 else Answer(500))  # acknowledged, and nothing pulled

    desk.restore(old, new_generation=False)
    acknowledged = kiosk.waiting() == []
    kiosk.round()

    assert acknowledged
    assert list(desk.wishes().values()) == ["one"]


def test_a_backup_copied_back_in_secret_is_noticed_by_a_kiosk_that_lost_its_copy_of_the_rows(toy, tmp_path):
    desk, kiosk = toy
    desk.put("a", "one", "pub")
    old = desk.backup(tmp_path / "old.sqlite")
    kiosk.wish("one")
    kiosk.round()
    desk.restore(old, new_generation=False)
    kiosk.close()
    (kiosk.folder / "replica.db").unlink()
    kiosk.open()

    kiosk.round()

    assert list(desk.wishes().values()) == ["one"]


def test_a_copied_kiosk_is_flagged_loses_its_private_scope_and_its_submissions_are_taken(toy):
    desk, kiosk = toy
    desk.put("a", "private", "kiosk:K1")
    kiosk.round()
    twin = ToyKiosk(kiosk.copy_folder(kiosk.folder.with_name("twin")), desk, kiosk.clock, kiosk.steady, kiosk.device, kiosk.key)
    twin.seal_for = kiosk.seal_for
    for n in range(2):
        kiosk.wish(f"mine {n}")
        kiosk.round()
    twin.wish("the twin's")
    done = twin.round()

    assert done.suspect
    assert "cloned" in flags(desk)
    assert done.gone == ["kiosk:K1"]
    assert twin.items("kiosk:K1") == {}
    assert sorted(desk.wishes().values()) == ["mine 0", "mine 1", "the twin's"]
    assert kiosk.round().gone == ["kiosk:K1"]
    kiosk.enrol("K1", new_key=True)
    assert (kiosk.round().gone, kiosk.items("kiosk:K1")) == ([], {"a": "private"})
    assert twin.round().state is State.UNKNOWN
    twin.close()


def test_a_kiosk_rolled_back_is_flagged_and_what_it_submits_then_clashes_with_nothing(toy):
    desk, kiosk = toy
    kiosk.wish("first")
    kiosk.round()
    old = kiosk.copy_folder(kiosk.folder.with_name("old"))
    lost = []
    for n in range(2):  # one push alone could be one whose answer was lost
        lost.append(kiosk.wish(f"between {n}"))
        kiosk.round()

    kiosk.roll_back(old)
    again = [kiosk.wish(f"after {n}") for n in range(2)]
    done = kiosk.round()

    assert done.suspect
    assert [intent.seq for intent in again] == [intent.seq for intent in lost]
    assert not {intent.number for intent in again} & {intent.number for intent in lost}
    assert len(desk.wishes()) == 5


def test_a_kiosk_goes_on_sending_in_batches_as_long_as_the_desk_acknowledges(toy):
    desk, kiosk = toy
    for n in range(inbox.MOST_LINKS + 3):
        kiosk.wish(f"{n}")

    done = kiosk.round()

    assert done.acked == inbox.MOST_LINKS + 3
    assert list(desk.wishes().values()) == [str(n) for n in range(inbox.MOST_LINKS + 3)]


def test_numbers_of_the_desk_are_never_given_twice_after_a_restore(toy, tmp_path):
    desk, kiosk = toy
    old = desk.backup(tmp_path / "old.sqlite")
    kiosk.wish("one")
    kiosk.round()
    told = store.every(kiosk.box.db)[0].case_number
    for known in (1, 2):
        desk.restore(old, known=known)
        kiosk.wish("another")
        kiosk.round()

    given = {row["number"] for row in desk.db.rows("SELECT number FROM wish")}
    assert told == "TY-2026-000001"
    assert told not in given
    assert {number[:8] for number in given} == {"TY-2026B"}


def test_the_desk_tells_where_submissions_of_a_kiosk_are_missing(toy):
    desk, kiosk = toy
    kiosk.wish("kept")
    kiosk.wish("lost with the disk")
    kiosk.box.db.conn.execute("UPDATE intent SET acked_at = '2026-03-02T01:00:00.000Z' WHERE seq = 2")
    kiosk.wish("kept too")
    kiosk.round()

    (gap,) = inbox.store.gaps(desk.db)

    assert (gap["device"], gap["first"], gap["last"], gap["missing"]) == ("K1", 1, 3, 1)


def test_what_a_person_settles_is_told_at_the_kiosk(toy):
    desk, kiosk = toy
    no = kiosk.wish("no")
    kiosk.round()

    with change(desk.db, desk.act()) as note:
        inbox.settle(desk.db, desk.act(), note, no.id, Outcome(Verdict.REJECTED, "toy.not_ours"), "not ours")
    kiosk.round()

    assert kiosk.outcomes() == {no.id: "rejected"}
    assert json.loads(kiosk.copy.conn.execute("SELECT doc FROM shown WHERE kind = 'outcome@1'").fetchone()[0])["verdict"] == "rejected"
