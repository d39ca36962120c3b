"""The tools have nothing to say: linter, types, import contracts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house_rules.tree import ROOT, pyproject

RUFF = [sys.executable, "-m", "ruff", "check", "--quiet"]
MYPY = [sys.executable, "-m", "mypy"]
IMPORTS = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"]


def complaints(command: list[str], folder: Path = ROOT) -> str | None:
    """What a tool has to say, or None when it is content."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return f"{done.stdout}{done.stderr}" if done.returncode else None


def must_be_content(command: list[str]) -> None:
    """Fail with what the tool said, and nothing else."""
    said = complaints(command)
    if said is not None:
        pytest.fail(said, pytrace=False)


def test_ruff_is_content() -> None:
    must_be_content(RUFF)


@pytest.mark.timeout(900)  # from an empty cache, on a busy machine
def test_mypy_is_content_with_models_and_bot() -> None:
    must_be_content(MYPY)
    assert pyproject()["tool"]["mypy"]["strict"]
    assert {"models", "bot"} <= set(pyproject()["tool"]["mypy"]["files"])


def test_imports_keep_every_contract() -> None:
    must_be_content(IMPORTS)


def test_ruff_would_complain(tmp_path: Path) -> None:
    (tmp_path / "sample.py").write_text("import os\n")
    said = complaints([*RUFF, "--no-cache", "--config", str(ROOT / "pyproject.toml"), str(tmp_path)])
    assert said is not None
    assert "F401" in said


@pytest.mark.timeout(900)
def test_mypy_would_complain(tmp_path: Path) -> None:
    sample = tmp_path / "sample.py"
    sample.write_text("def untyped(x):\n    return x\n")
    said = complaints([*MYPY, str(sample)])
    assert said is not None
    assert "no-untyped-def" in said


def test_the_import_contracts_would_complain(tmp_path: Path) -> None:
    for name, source in (("above", ""), ("below", "import above\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(source)
    (tmp_path / "pyproject.toml").write_text(
        '[tool.importlinter]\nroot_packages = ["above", "below"]\n'
        '[[tool.importlinter.contracts]]\nname = "Downwards only"\ntype = "layers"\nlayers = ["above", "below"]\n'
    )
    said = complaints(IMPORTS, tmp_path)
    assert said is not None
    assert "below -> above" in said
