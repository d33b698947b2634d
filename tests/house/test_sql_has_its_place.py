"""SQL stands in store.py and schema.py, and PRAGMA and transactions in the kit files that own them."""

import ast
import re

from tests.house.tree import name, parsed, python_files, sentences

SQL = re.compile(
    r"\bSELECT\s[\s\S]+?\sFROM\s|\bINSERT\s+(OR\s+\w+\s+)?INTO\b|\bUPDATE\s+\w+\s+SET\b|\bDELETE\s+FROM\b|\bREPLACE\s+INTO\b"
    r"|\bCREATE\s+(TEMP\s+)?(TABLE|(UNIQUE\s+)?INDEX|TRIGGER|VIRTUAL|VIEW)\b|\b(DROP|ALTER)\s+(TABLE|INDEX|TRIGGER|VIEW)\b|\bVACUUM\b|\bATTACH\b"
)
TRANSACTION = re.compile(r"\A\s*(BEGIN\b|COMMIT\b|ROLLBACK\b|SAVEPOINT\b|RELEASE\b|PRAGMA\b)")
OWN_TRANSACTIONS = {"desk/kit/database.py", "desk/kit/journal/__init__.py", "desk/kit/quiet.py"}


def sql_in(tree: ast.Module) -> list[tuple[int, str]]:
    return [(line, text) for line, text in sentences(tree) if SQL.search(text) or TRANSACTION.match(text)]


def test_the_scan_sees_sql_in_plain_and_in_filled_strings():
    tree = ast.parse(
        '"""SELECT a FROM b"""\nx.execute("SELECT a FROM b")\ny(f"DELETE FROM {t}")\nz("PRAGMA user_version")\n_("Select one from the list")'
    )

    assert [line for line, _ in sql_in(tree)] == [2, 3, 4]


def test_sql_stands_only_in_stores_and_schemas():
    found = []
    for path in python_files():
        if path.name in ("store.py", "schema.py") or name(path) == "desk/kit/database.py":
            continue
        for line, text in sql_in(parsed(path)):
            if not (name(path) in OWN_TRANSACTIONS and TRANSACTION.match(text)):
                found.append(f"{name(path)}:{line}: {text.strip()[:60]}")

    assert found == []


def test_nobody_uses_the_deferred_transaction_or_the_writes_that_create_tables():
    forbidden = {"atomic", "upsert", "upsert_all", "insert_all"}
    found = [
        f"{name(path)}:{node.lineno}: {node.func.attr}"
        for path in python_files()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in forbidden
    ]

    assert found == []
