"""The handbook: every rule that this release promises has a function that decides it and a test that shows it."""

import ast
import importlib

from tests.house.tree import ROOT, parsed
from tools.handbook import assemble, lines

PROMISED = {
    "ORG1", "RC1", "RC2", "RC3", "RC5", "RC6", "RC7", "RC8", "RC9", "RC10", "RC11", "RC12", "RC13", "RC14", "RC15", "RC16",
    "CP14", "CP20", "PF1", "PF16", "PF17",
    "TR1", "TR2", "TR3", "TR4", "TR5", "TR16", "TR39", "TR46", "TR54", "TR60",
}  # fmt: skip


def is_function(dotted):
    """Whether 'desk.workflows.repairs.rules.finish' is there."""
    parts = dotted.split(".")
    for cut in range(len(parts) - 1, 0, -1):
        try:
            thing = importlib.import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for part in parts[cut:]:
            thing = getattr(thing, part, None)
        return thing is not None
    return False


def is_test(where):
    """Whether 'tests/repairs/test_rules.py::test_a_leak...' is there."""
    path, _, wanted = where.partition("::")
    if not (ROOT / path).is_file():
        return False
    return any(isinstance(node, ast.FunctionDef) and node.name == wanted for node in ast.walk(parsed(ROOT / path)))


def test_the_handbook_is_what_its_parts_make():
    assert (ROOT / "docs" / "handbook.md").read_text(encoding="utf-8") == assemble()


def test_every_rule_of_this_release_stands_in_it():
    assert PROMISED - {line.rule for line in lines()} == set()


def test_every_rule_has_a_function():
    assert [f"{line.rule}: {line.function}" for line in lines() if not is_function(line.function)] == []


def test_every_rule_has_a_test():
    assert [f"{line.rule}: {line.test}" for line in lines() if not is_test(line.test)] == []


def test_what_is_not_there_is_not_found():
    assert not is_function("desk.kit.money.no_such_function")
    assert not is_test("tests/house/test_handbook.py::test_no_such_test")
    assert is_test("tests/house/test_handbook.py::test_what_is_not_there_is_not_found")
