"""Money is whole fen from the typed field to the printed sheet: no float, no true division."""

import ast
import re

from tests.house.tree import name, parsed, python_files

MONEY = re.compile(r"(\A|_)(fen|yuan|money|price|amount|fee)(s)?(_|\Z)")


def is_money(node: ast.AST) -> bool:
    return any(
        MONEY.search(word)
        for part in ast.walk(node)
        for word in [getattr(part, "id", None) or getattr(part, "attr", None) or getattr(part, "arg", None)]
        if isinstance(word, str)
    )


def float_money(tree: ast.Module) -> list[int]:
    lines = []
    for node in ast.walk(tree):
        if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation is not None:
            target = node if isinstance(node, ast.arg) else node.target
            if "float" in ast.dump(node.annotation) and is_money(target):
                lines.append(node.lineno)
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "float"
            and any(is_money(arg) for arg in node.args)
        ) or (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and (is_money(node.left) or is_money(node.right))):
            lines.append(node.lineno)
    return lines


def test_the_scan_sees_a_float_a_division_and_a_cast():
    tree = ast.parse(
        "fen: float = 1\ndef f(price: float): ...\ny = total_fen / 100\nz = float(order.amount)\nok = fen // 100\nhours: float = 1.5\nw = day / 2"
    )

    assert sorted(float_money(tree)) == [1, 2, 3, 4]


def test_no_money_is_a_float():
    found = [f"{name(path)}:{line}" for path in python_files() for line in float_money(parsed(path))]

    assert found == []
