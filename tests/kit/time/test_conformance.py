"""The corpus of foreign suites passes, and the runner notices what does not."""

import copy
import json

import pytest

from tests.conformance.deadlines import GIVEN, main, tried

CORPUS = json.loads(GIVEN.read_text("utf-8"))
CASES = [case for case in CORPUS["cases"] if not case.get("quirk")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_case_of_another_suite_passes(case):
    assert tried(case, CORPUS) == ""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_case_with_another_expectation_fails(case):
    wrong = copy.deepcopy(case)
    if "expected_seconds" in wrong:
        wrong["expected_seconds"] += 1
    elif isinstance(wrong["expected"], bool):
        wrong["expected"] = not wrong["expected"]
    elif isinstance(wrong["expected"], list):
        wrong["expected"][0][0] = "1999-01-01T00:00:00"
    else:
        wrong["expected"] = "1999-01-01T00:00:00"

    assert wrong["id"] in tried(wrong, CORPUS)


def test_the_runner_counts_and_ends_with_the_count(tmp_path, capsys):
    corpus = {
        **CORPUS,
        "cases": [CASES[0], {**CASES[1], "expected": "1999-01-01T00:00:00"}, {**CASES[2], "quirk": "theirs"}, {"id": "odd"}],
    }
    file = tmp_path / "cases.json"
    file.write_text(json.dumps(corpus), "utf-8")

    assert main([str(file)]) == 1
    *failed, skipped, count = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in failed] == [CASES[1]["id"], "odd"]
    assert skipped.startswith("1 skipped")
    assert count == "1 passed, 2 failed"


def test_all_given_cases_pass(capsys):
    assert main([]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "188 passed, 0 failed"
