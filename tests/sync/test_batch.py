"""The stick: everything that waits goes to the desk in one file, and the answer comes home; a second time changes nothing."""

import pytest

from desk.kit.problems import Problem, Refused, Unclear
from sync import enrolment, inbox
from sync.batch import take_answer, take_batch, write_batch


def write(kiosk):
    return write_batch(kiosk.box, kiosk.copy, kiosk.who, kiosk.moment())


def home(kiosk, answer):
    return take_answer(kiosk.box, kiosk.copy, kiosk.who, answer)


def waiting(kiosk):
    return len(kiosk.box.to_push(kiosk.moment()).links)


def test_a_stick_carries_what_waits_there_and_the_news_back(toy):
    desk, kiosk = toy
    for n in range(120):
        kiosk.wish(f"wish {n}")
    desk.put("a", "Lift closed", "pub")

    brought = home(kiosk, take_batch(desk.engine, write(kiosk)))

    assert (brought.acked, waiting(kiosk)) == (120, 0)
    assert len(desk.wishes()) == 120
    assert kiosk.items("pub") == {"a": "Lift closed"}
    assert set(kiosk.outcomes().values()) == {"accepted"}


def test_a_file_taken_twice_and_an_answer_taken_twice_change_nothing(toy):
    desk, kiosk = toy
    kiosk.wish("one")
    file = write(kiosk)
    answers = [take_batch(desk.engine, file) for _ in range(3)]
    before = desk.db.value("SELECT max(seq) FROM journal")

    again = take_batch(desk.engine, file)
    for answer in [*answers, again]:
        home(kiosk, answer)

    assert list(desk.wishes().values()) == ["one"]
    assert desk.db.value("SELECT max(seq) FROM journal") == before
    assert waiting(kiosk) == 0


def test_a_stick_that_comes_late_makes_no_kiosk_suspect(toy):
    desk, kiosk = toy
    kiosk.wish("one")
    old = write(kiosk)
    for n in range(3):
        kiosk.round()
        kiosk.wish(f"later {n}")
    answers = [take_batch(desk.engine, old), take_batch(desk.engine, write(kiosk))]
    done = kiosk.round()

    for answer in answers:
        home(kiosk, answer)
    assert not done.suspect
    assert not kiosk.round().suspect
    assert inbox.store.device(desk.db, kiosk.device).flags == ()
    assert sorted(desk.wishes().values()) == ["later 0", "later 1", "later 2", "one"]


def test_what_lay_on_a_stick_for_days_counts_from_when_it_was_said(toy):
    desk, kiosk = toy
    kiosk.round()
    said_at = desk.clock.now()
    kept = kiosk.wish("one")
    file = write(kiosk)
    desk.clock.forward(days=3)

    take_batch(desk.engine, file)

    entry = inbox.store.entry(desk.db, kept.id)
    assert entry.effective_at == said_at
    assert not entry.clock_suspect


def test_a_desk_from_a_backup_asks_for_everything_by_the_stick_too(toy, tmp_path):
    desk, kiosk = toy
    backup = desk.backup(tmp_path / "old.sqlite")
    kiosk.wish("one")
    kiosk.round()
    desk.restore(backup)
    kiosk.wish("two")

    first = home(kiosk, take_batch(desk.engine, write(kiosk)))
    home(kiosk, take_batch(desk.engine, write(kiosk)))

    assert first.rewound
    assert sorted(desk.wishes().values()) == ["one", "two"]
    assert not kiosk.round().suspect


@pytest.mark.parametrize("kept", [0, 1, 10, 100, 0.5, 0.9, -1])
def test_a_cut_file_is_refused_and_nothing_is_taken(toy, kept):
    desk, kiosk = toy
    kiosk.wish("one")
    file = write(kiosk)
    answer = take_batch(desk.engine, write(kiosk))
    for data, take in ((file, lambda cut: take_batch(desk.engine, cut)), (answer, lambda cut: home(kiosk, cut))):
        cut = data[: int(len(data) * kept) if isinstance(kept, float) else kept]
        with pytest.raises((Refused, Unclear)):
            take(cut)

    assert waiting(kiosk) == 1


def test_every_edited_byte_is_seen(toy):
    desk, kiosk = toy
    kiosk.wish("one")
    file, answer = write(kiosk), take_batch(desk.engine, write(kiosk))
    desk_before = desk.db.value("SELECT count(*) FROM inbox")
    for at in range(0, len(file), max(1, len(file) // 60)):
        edited = file[:at] + bytes([file[at] ^ 4]) + file[at + 1 :]
        with pytest.raises(Problem):
            take_batch(desk.engine, edited)
    for at in range(0, len(answer), max(1, len(answer) // 60)):
        edited = answer[:at] + bytes([answer[at] ^ 4]) + answer[at + 1 :]
        with pytest.raises(Problem):
            home(kiosk, edited)

    assert desk.db.value("SELECT count(*) FROM inbox") == desk_before
    assert waiting(kiosk) == 1


def test_a_revoked_kiosk_s_stick_needs_a_person_s_word_and_brings_no_news_home(toy):
    desk, kiosk = toy
    desk.put("a", "A", "pub")
    kiosk.wish("one")
    enrolment.revoke(desk.db, desk.act(), kiosk.device, "stolen")
    with pytest.raises(Refused) as told:
        take_batch(desk.engine, write(kiosk))
    assert desk.wishes() == {}

    brought = home(kiosk, take_batch(desk.engine, write(kiosk), allow_revoked=True))

    assert told.value.code == "sync.batch_revoked"
    assert list(desk.wishes().values()) == ["one"]
    assert (brought.acked, brought.rows, kiosk.items("pub")) == (1, 0, {})


def test_a_file_under_another_kiosk_s_name_is_refused(make_world):
    desk, (one, two) = make_world(2)
    one.wish("one")
    file = write(one).replace(b'"device":"K1"', b'"device":"K2"', 1)
    answer = take_batch(desk.engine, write(one))

    with pytest.raises(Refused) as told:
        take_batch(desk.engine, file)
    with pytest.raises(Refused) as other:
        home(two, answer)
    with pytest.raises(Refused) as forged:
        home(two, answer.replace(b'"device":"K1"', b'"device":"K2"', 1))

    assert told.value.code == "sync.batch_not_signed"
    assert other.value.code == "sync.batch_other_kiosk"
    assert forged.value.code == "sync.batch_not_signed"


def test_the_two_kinds_of_files_are_told_apart_and_newer_ones_from_damaged_ones(toy):
    desk, kiosk = toy
    file, answer = write(kiosk), take_batch(desk.engine, write(kiosk))
    codes = []
    for take in (
        lambda: take_batch(desk.engine, answer),
        lambda: home(kiosk, file),
        lambda: take_batch(desk.engine, file.replace(b'"version":1', b'"version":2', 1)),
        lambda: take_batch(desk.engine, file + b"x"),
    ):
        with pytest.raises(Refused) as told:
            take()
        codes.append(told.value.code)

    assert codes == ["sync.batch_unreadable", "sync.batch_unreadable", "sync.batch_newer", "sync.batch_damaged"]


def test_an_old_answer_takes_no_newer_news_back(toy):
    desk, kiosk = toy
    desk.put("a", "old", "pub")
    answer = take_batch(desk.engine, write(kiosk))
    desk.clock.forward(minutes=5)
    desk.put("a", "new", "pub")
    kiosk.round()

    brought = home(kiosk, answer)

    assert brought.rows == 0
    assert kiosk.items("pub") == {"a": "new"}
