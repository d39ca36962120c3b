"""The import contracts cover every module, and the commands they name exist."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.house_rules.tree import OURS, ROOT, expect_none, files, pyproject, read


def layered(contract: dict[str, Any]) -> set[str]:
    """The modules of a layers contract."""
    return {name.strip(" ()") for layer in contract["layers"] for name in re.split(r"[:|]", layer)}


def uncovered(contracts: list[dict[str, Any]], modules: set[str]) -> list[str]:
    """Modules that a contract forgot.

    The layers hold every module but the simulator, which imports nothing of ours. A contract named "Only A and B …"
    binds every module but those.
    """
    layers = set().union(*(layered(one) for one in contracts if one["type"] == "layers"))
    found = [f"{name}: in no layer" for name in sorted(modules - layers - {"bot.simulator"})]
    for contract in contracts:
        if contract["name"].startswith("Only "):
            free = set(re.findall(r"\bbot\.\w+", contract["name"])) | set(contract["forbidden_modules"])
            bound = set(contract["source_modules"])
            found += [f"{name}: not bound by “{contract['name']}”" for name in sorted(modules - free - bound)]
    return found


def our_modules(paths: list[Path]) -> set[str]:
    """What the contracts speak about: the top-level packages, and each module directly under `bot`.

    `migrations` are steps, not modules to import; `wsgi.py` has a rule of its own, for the linter knows only packages.
    """
    code = [path for path in paths if path.suffix == ".py" and path.parts[0] in OURS and len(path.parts) > 1]
    tops = {path.parts[0] for path in code} - {"bot", "migrations"}
    inside = {path.parts[1].removesuffix(".py") for path in code if path.parts[0] == "bot"} - {"__init__"}
    return tops | {f"bot.{name}" for name in inside}


def test_every_module_is_bound_by_the_import_contracts() -> None:
    expect_none(uncovered(pyproject()["tool"]["importlinter"]["contracts"], our_modules(list(files()))))


def test_a_forgotten_module_would_be_found() -> None:
    contracts = [
        {"name": "Down", "type": "layers", "layers": ["handlers", "(bot.a) : bot.b"]},
        {"name": "Only bot.a knows x", "type": "forbidden", "source_modules": ["handlers"], "forbidden_modules": ["x"]},
    ]
    names = ("wsgi.py", "handlers/x.py", "bot/__init__.py", "bot/a/b.py", "bot/b.py", "migrations/env.py")
    modules = our_modules([Path(name) for name in names])
    assert modules == {"handlers", "bot.a", "bot.b"}
    assert uncovered(contracts, modules) == ["bot.b: not bound by “Only bot.a knows x”"]
    assert "bot.c: in no layer" in uncovered(contracts, modules | {"bot.c"})


def imported(source: str) -> set[str]:
    """The modules that a source imports."""
    nodes = list(ast.walk(ast.parse(source)))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module or "." for node in nodes if isinstance(node, ast.ImportFrom)}


def test_wsgi_makes_the_application_and_nothing_else() -> None:
    if not (ROOT / "wsgi.py").exists():
        pytest.skip("there is no wsgi.py yet")
    assert imported(read(Path("wsgi.py"))) == {"bot.app"}


def test_what_is_imported_would_be_found() -> None:
    assert imported("import os.path\ndef f():\n  from bot.app import create_app\n") == {"os.path", "bot.app"}


def test_every_command_that_is_named_exists() -> None:
    for name, place in pyproject()["project"]["entry-points"]["flask.commands"].items():
        module, _, attribute = place.partition(":")
        assert getattr(import_module(module), attribute).name == name
