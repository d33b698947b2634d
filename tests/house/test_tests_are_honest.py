"""Nothing is skipped, nothing expected to fail, no test without an assertion, and no own code replaced in a test."""

import ast

from tests.house.tree import name, parsed, python_files

ESCAPES = {"skip", "skipif", "importorskip", "xfail"}
FAKES = {"unittest.mock", "mock", "pytest_mock"}


def written_in(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]


def proves(function):
    """Whether a test can fail by itself: an assertion, an expected problem, or a call of a helper that checks."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called in ("raises", "fail", "warns") or called.startswith(("assert_", "expect", "check_", "must_")):
                return True
    return False


def test_nothing_is_skipped():
    found = [
        f"{name(path)}:{node.lineno}"
        for path in python_files("tests")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and node.attr in ESCAPES and ast.unparse(node.value) in ("pytest", "pytest.mark", "unittest")
    ]

    assert found == []


def test_every_test_can_fail():
    assert [
        f"{name(path)}: {function.name}" for path in python_files("tests") for function in written_in(parsed(path)) if not proves(function)
    ] == []


def test_no_test_replaces_our_own_code():
    found = []
    for path in python_files("tests"):
        for node in ast.walk(parsed(path)):
            names = [item.name for item in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found += [f"{name(path)}:{node.lineno}" for module in names if module in FAKES]

    assert found == []


def test_no_two_tests_of_a_file_share_a_name():
    doubled = []
    for path in python_files("tests"):
        names = [node.name for node in parsed(path).body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
        doubled += [f"{name(path)}: {found}" for found in set(names) if names.count(found) > 1]

    assert doubled == []
