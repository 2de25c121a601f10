"""The product's own source, for tests that hold rules against it."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.support import ROOT

PRODUCT = ("app.py", "bot", "dialogs", "faq")


def sources(*tops: str) -> dict[str, str]:
    """Path → text of every Python file below these folders; of the product where none is named."""
    paths: list[Path] = []
    for top in tops or PRODUCT:
        path = ROOT / top
        paths += [path] if path.is_file() else sorted(path.rglob("*.py"))
    return {
        path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
        for path in paths
        if "node_modules" not in path.parts and ".venvs" not in path.parts
    }


def imports(source: str) -> Iterator[str]:
    """Every module, and every name from a module, that a source imports, dotted."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
