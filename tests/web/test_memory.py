"""Short memory: sentences are said once, and who left a case is forgotten."""

from desk.kit.web import memory
from desk.kit.web.memory import Memory


def test_a_sentence_is_said_once_to_its_own_session():
    short = Memory()
    short.say("a", ("ok", "one", None))
    short.say("a", ("error", "two", "/undo"))

    assert short.said("b") == []
    assert short.said("a") == [("ok", "one", None), ("error", "two", "/undo")]
    assert short.said("a") == []


def test_memory_is_bounded():
    short = Memory()
    for n in range(memory._MOST + 50):
        short.say(str(n), ("ok", "x", None))
        short.here(f"case-{n}", "li", "李晓雯")

    assert short.said("0") == []
    assert short.said(str(memory._MOST + 49))
    assert short.here("case-1", "he", "何伟") == ["李晓雯"]


def test_who_left_a_case_is_forgotten():
    time = [1000.0]
    short = Memory(lambda: time[0])
    short.here("case", "li", "李晓雯")
    time[0] += memory.PRESENT_SECONDS
    assert short.here("case", "he", "何伟") == ["李晓雯"]

    time[0] += 1

    assert short.here("case", "wu", "吴静") == ["何伟"]
    time[0] += memory.PRESENT_SECONDS + 1
    for n in range(memory._MOST + 1):
        short.here(f"other-{n}", "li", "李晓雯")
    assert "case" not in short._present
