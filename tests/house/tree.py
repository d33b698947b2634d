"""The files of the house, as they are committed: what the house tests look at."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("desk", "kiosk", "forms", "sync")
TEXT = {".py", ".html", ".css", ".js", ".md", ".po", ".toml", ".json", ".tsv", ".csv", ".lock", ".sh", ".svg", ".txt", ".xml", ""}


@cache
def files() -> tuple[Path, ...]:
    """Every file of the repository that .gitignore does not name."""
    ignored = [line.strip().strip("/") for line in (ROOT / ".gitignore").read_text().splitlines() if line.strip()]
    patterns = [re.compile(re.escape(name).replace(r"\*", "[^/]*") + r"\Z") for name in [*ignored, ".git"]]
    return tuple(sorted(_walk(ROOT, patterns)))


def _walk(folder: Path, ignored: list[re.Pattern[str]]) -> Iterator[Path]:
    for path in folder.iterdir():
        if any(pattern.match(path.name) for pattern in ignored):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path, ignored)
        elif path.is_file():
            yield path


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text_files() -> list[Path]:
    """Files that people wrote: no fonts, no images, nothing vendored."""
    return [path for path in files() if path.suffix in TEXT and "vendor" not in path.parts]


def python_files(*packages: str) -> list[Path]:
    """The .py files of these packages (default: the four that are installed)."""
    return [path for path in files() if path.suffix == ".py" and name(path).split("/")[0] in (packages or PACKAGES)]


def templates() -> list[Path]:
    return [path for path in files() if path.suffix == ".html" and name(path).split("/")[0] in PACKAGES]


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def sentences(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The (line, text) of every string that is not a docstring; an f-string's places are written as an x."""
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs | inside:
            yield node.lineno, node.value
