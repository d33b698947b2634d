"""What import-linter cannot say: paper needs only ReportLab and Pillow, and every workflow has the shape that all others have."""

import ast
import sys

from tests.house.tree import ROOT, name, parsed, python_files

CORE = {"rules", "schema", "store", "commands", "workflow", "words"}


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (item.name.split(".")[0] for item in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").split(".")[0]


def test_paper_needs_only_reportlab_and_pillow():
    allowed = {"forms", "reportlab", "PIL", *sys.stdlib_module_names}

    assert {f"{name(path)}: {found}" for path in python_files("forms") for found in imported(parsed(path)) if found not in allowed} == set()


def test_imports_are_absolute_and_on_top():
    found = []
    for path in python_files():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ImportFrom) and node.level:
                found.append(f"{name(path)}:{node.lineno}: relative")
    assert found == []


def test_a_workflow_has_the_parts_that_all_have():
    """A larger part may be a folder of its own name: pages/board.py."""
    folders = [folder for folder in sorted((ROOT / "desk" / "workflows").iterdir()) if (folder / "__init__.py").exists()]
    parts = {
        folder.name: {path.stem for path in folder.glob("*.py")} | {path.parent.name for path in folder.glob("*/__init__.py")}
        for folder in folders
    }

    assert parts
    assert {found: sorted(CORE - has) for found, has in parts.items() if CORE - has} == {}


def test_every_workflow_is_in_the_registry():
    listed = (ROOT / "desk" / "registry.py").read_text(encoding="utf-8")
    folders = [folder.name for folder in (ROOT / "desk" / "workflows").iterdir() if (folder / "workflow.py").exists()]

    assert [folder for folder in folders if f"desk.workflows.{folder}" not in listed] == []
