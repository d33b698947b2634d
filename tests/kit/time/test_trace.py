"""What a trace says stays said: the words of a stored trace never change, in either language."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.kit.deadlines import Manual, Policy, Step, Trace, Unit, due, trace_words
from desk.kit.deadlines.words import WORDS
from desk.kit.problems import Unclear
from tests.kit.time.given import SITE, at, said

KEPT = json.loads((Path(__file__).parents[2] / "data" / "traces_v1.json").read_text("utf-8"))


@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: kept["about"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_trace_that_was_stored_reads_the_same_for_ever(kept, lang):
    assert trace_words(Trace.from_json(json.dumps(kept["trace"])), lang) == kept[lang]


def test_every_sentence_there_is_has_been_kept():
    told = {code for kept in KEPT for code, _ in kept["trace"]["steps"]}

    assert told == set(WORDS[1, "zh"]) == set(WORDS[1, "en"])


def test_the_same_input_gives_the_same_words():
    policy, start = Policy("RC12", 10, Unit.WORKDAY, "维修回访"), at("2026-09-28 16:20")

    assert due(policy, SITE, start) == due(policy, SITE, start)
    assert said(due(policy, SITE, start)) == said(due(policy, SITE, start))


def test_a_clerk_can_read_the_reason_aloud():
    decided = due(Policy("RC12", 2, Unit.WORKDAY, "屬安全設施維修2天內回訪"), SITE, at("2026-09-30 16:20"))

    assert "2026年10月1日（星期四）至2026年10月7日（星期三）国庆节放假，不计入。" in said(decided)
    assert "Not counted: Thu 1 Oct 2026 to Wed 7 Oct 2026 (public holiday, National Day)." in said(decided, "en")
    assert said(decided).endswith("截止时间：2026年10月9日（星期五）24:00。")


@given(
    n=st.integers(0, 90),
    unit=st.sampled_from([Unit.DAY, Unit.WORKDAY, Unit.OPEN_HOUR, Unit.HOUR, Unit.MINUTE]),
    hour=st.integers(0, 20_000),
)
def test_every_trace_survives_its_text_and_can_be_said(n, unit, hour):
    decided = due(Policy("X", n, unit), SITE, at("2024-01-02 00:30") + hour * (at("2026-01-01 01:00") - at("2026-01-01 00:00")))
    kept = Trace.from_json(decided.trace.to_json())

    assert kept == decided.trace
    assert trace_words(kept, "zh_Hans_CN") == trace_words(decided.trace, "zh")
    assert len(trace_words(kept, "en")) == len(kept.steps)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"v":1}', '{"v":"x","steps":[]}', '{"v":1,"steps":[["rule"]]}', "null"])
def test_what_is_no_trace_is_said_to_be_none(text):
    with pytest.raises(Unclear) as problem:
        Trace.from_json(text)

    assert problem.value.code == "deadline.trace"


@pytest.mark.parametrize(
    "trace", [Trace((), 99), Trace((Step("dance", {}),)), Trace((Step("end", {}),)), Trace((Step("end", {"day": "x", "time": ""}),))]
)
def test_a_trace_of_words_nobody_knows_is_refused(trace):
    with pytest.raises(Unclear):
        trace_words(trace, "en")


@pytest.mark.parametrize(
    ("hours", "words", "zh", "en"),
    [
        (1, "查图纸后答复", "早于规则期限，约定内容：“查图纸后答复”，以约定时间为准", "is earlier than the rule's, so it holds"),
        (96, "查图纸后答复", "晚于规则期限，约定内容：“查图纸后答复”，以约定时间为准", "is later than the rule's, so it holds"),
        (96, "", "晚于规则期限，没有约定内容，不采用", "nothing is recorded of it"),
    ],
)
def test_what_both_sides_agreed_on_is_not_said_to_be_the_residents_words(hours: int, words: str, zh: str, en: str):
    start = at("2026-03-02 09:00")
    made = due(Policy("RC2", 1), SITE, start, manual=Manual(start + timedelta(hours=hours), words, "agreed"))

    assert zh in "".join(trace_words(made.trace, "zh"))
    assert en in "".join(trace_words(made.trace, "en"))
    assert "住户" not in "".join(trace_words(made.trace, "zh"))
    assert (made.at == start + timedelta(hours=hours)) == bool(words)
