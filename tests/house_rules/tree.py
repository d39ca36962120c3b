"""The repository as the house rules see it: every file that is, or would be, committed."""

from __future__ import annotations

import ast
import subprocess
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = ("bot", "handlers", "models", "migrations", "wsgi.py")  # what runs at a town


@cache
def files() -> tuple[Path, ...]:
    """Every file that git keeps or would add, relative to the root; without git, every file not hidden."""
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(asked, cwd=ROOT, capture_output=True, check=True, text=True).stdout.split("\0")
        found = [Path(name) for name in listed if name]
    except (OSError, subprocess.CalledProcessError):  # an unpacked archive
        found = [path.relative_to(ROOT) for path in ROOT.rglob("*")]
        found = [path for path in found if not any(part.startswith(".") for part in path.parts)]
    return tuple(sorted(path for path in found if (ROOT / path).is_file()))


def python_files(*folders: str) -> list[Path]:
    """The Python files under these top-level names, relative to the root."""
    return [path for path in files() if path.suffix == ".py" and path.parts[0] in folders]


def texts() -> Iterator[tuple[Path, str]]:
    """Every text file with its content; pictures and weights are left out."""
    for path in files():
        content = (ROOT / path).read_bytes()
        if b"\0" not in content:
            yield path, content.decode(errors="replace")


def read(path: Path) -> str:
    """A file's text, by its path relative to the root."""
    return (ROOT / path).read_text()


@cache
def pyproject() -> dict:
    """`pyproject.toml`."""
    return tomllib.loads(read(Path("pyproject.toml")))


def allowed(kind: str) -> dict[str, str]:
    """The places that may break a rule, each with its reason, from `exceptions.toml`."""
    listed = tomllib.loads((Path(__file__).parent / "exceptions.toml").read_text())
    return {entry["where"]: entry["why"] for entry in listed.get(kind, [])}


def expect_none(found: Mapping[object, Iterable[object]] | Iterable[object]) -> None:
    """Fail and list every finding: a list of them, or lists by file."""
    if isinstance(found, Mapping):
        found = [f"{where}: {what}" for where, several in found.items() for what in several]
    lines = [str(one) for one in found]
    if lines:
        pytest.fail("\n".join(lines), pytrace=False)


def with_place(source: str) -> Iterator[tuple[str, ast.AST]]:
    """Every node of a module, with the qualified name of the function or class that holds it ('' at the top)."""

    def walk(node: ast.AST, place: str) -> Iterator[tuple[str, ast.AST]]:
        for child in ast.iter_child_nodes(node):
            yield place, child
            named = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            yield from walk(child, f"{place}.{child.name}".lstrip(".") if named else place)

    yield from walk(ast.parse(source), "")
