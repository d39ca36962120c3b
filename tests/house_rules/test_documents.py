"""What the README promises, it promises completely: every setting, status, command and make target."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.config import SETTINGS
from models.lifecycle import TicketStatus
from tests.house_rules.tree import ROOT, expect_none, pyproject, read

README = Path("README.md")


def unmentioned(names: list[str], text: str) -> list[str]:
    """Names that a text never mentions as code (`name`, or in a code block)."""
    code = " ".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL))
    return [name for name in names if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", code)]


@pytest.fixture(scope="module")
def readme() -> str:
    if not (ROOT / README).exists():
        pytest.skip("there is no README.md yet")
    return read(README)


def test_every_setting_is_in_the_readme(readme: str) -> None:
    expect_none(unmentioned(list(SETTINGS), readme))


def test_every_status_is_in_the_readme(readme: str) -> None:
    expect_none(unmentioned([status.value for status in TicketStatus], readme))


def test_every_command_is_in_the_readme(readme: str) -> None:
    commands = pyproject()["project"]["entry-points"]["flask.commands"]
    expect_none(unmentioned([f"flask {name}" for name in commands], readme))


def test_every_make_target_in_the_readme_exists(readme: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", read(Path("Makefile")), re.MULTILINE))
    said = set(re.findall(r"(?:`|^\s*)make ([a-z-]+)", readme, re.MULTILINE))
    expect_none(sorted(said - targets))


def test_what_a_document_forgot_would_be_found() -> None:
    text = "Set `SECRET_KEY`.\n```\nflask migrate\n```\nDATABASE_URL is said, but not as a name."
    assert unmentioned(["SECRET_KEY", "flask migrate"], text) == []
    assert unmentioned(["SECRET", "DATABASE_URL", "flask serve"], text) == ["SECRET", "DATABASE_URL", "flask serve"]
