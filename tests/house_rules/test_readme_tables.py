"""The tables of README.md and docs/ say what the code says: settings, lifecycle, steps, addresses, numbers."""

from __future__ import annotations

import re
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest

from bot.config import SETTINGS
from bot.conversation import Step
from bot.wording import sentences
from models.lifecycle import MOVES, Actor, Hears, Need, TicketStatus
from tests.house_rules.markdown import README, code, documents, section, table, tables
from tests.house_rules.test_routes import GUARDED, PUBLIC

GUARANTEES = Path("docs/guarantees.md")
HEARS = {
    Hears.ANSWER: "the answer",
    Hears.NEXT_REPLY: "next reply",
    Hears.PUSH_MAY_WAIT: "push, may wait",
    Hears.PUSH_AT_ONCE: "push at once",
}
NEEDS = {Need.AFTER_PHOTO: "after-photo", Need.OTHER_TICKET: "other ticket"}
NOTHING = "–"
UNITS = {"s": 1, "min": 60, "h": 3600, "days": 86400, "MiB": 2**20, "%": 0.01, "": 1}


@pytest.fixture(scope="module")
def readme() -> str:
    return documents()[README]


def lifecycle_row(status: TicketStatus) -> list[str]:
    """One row of the README's table, made of the code."""
    name = [status.value, sentences("th")[f"status.{status}"]]
    move = MOVES.get(status)
    if move is None:
        return [*name, "a report", NOTHING, NOTHING, "the ticket card"]
    reached_from = " ".join(start.value for start in TicketStatus if start in move.reached_from)
    who = ", ".join(actor.value for actor in Actor if actor in move.who)
    needs = ", ".join(NEEDS.get(need, need.value) for need in move.needs)
    return [*name, reached_from, who, needs or NOTHING, HEARS[move.hears]]


def amounts(said: str) -> list[float]:
    """The numbers of a cell in seconds, bytes or parts of one: "1 s, 2 min" is [1, 120]."""
    found = [re.fullmatch(r"([\d.]+) ?([A-Za-z%]*)", part) for part in said.split(", ")]
    return [float(part[1]) * UNITS[part[2]] for part in found if part is not None]


def in_seconds(value: object) -> list[float]:
    """A constant of the code as `amounts` reads a cell."""
    several = value if isinstance(value, tuple) else (value,)
    return [one.total_seconds() if isinstance(one, timedelta) else float(one) for one in several]


def test_the_settings_are_those_of_the_code_with_their_defaults(readme: str) -> None:
    said = {name: code(default)[0] if code(default) else None for (cell, default, _) in table(readme, "Settings")
            for name in code(cell)}  # fmt: skip
    assert said == SETTINGS


def test_the_lifecycle_is_that_of_the_code(readme: str) -> None:
    said = [[cell.replace("`", "") for cell in row] for row in table(readme, "The lifecycle of a ticket")]
    assert said == [lifecycle_row(status) for status in TicketStatus]


def test_the_steps_of_a_dialogue_are_those_of_the_code(readme: str) -> None:
    steps = tables(section(readme, "The lifecycle of a ticket"))[1]
    assert [code(row[0])[0] for row in steps] == [step.value for step in Step]


def test_the_addresses_are_those_that_are_answered(readme: str) -> None:
    rows = tables(section(readme, "Commands"))[1]
    said = [code(row[0])[0].split(" ") for row in rows]
    assert {path for _, path in said} == PUBLIC.keys() | GUARDED.keys()
    assert {path: method for method, path in said if method != "GET"} == {"/line/<municipality>/webhook": "POST"}


def test_the_numbers_of_the_guarantees_are_those_of_the_code() -> None:
    rows = table(documents()[GUARANTEES], "The numbers")
    assert len(rows) > 10
    for what, where, value in rows:
        module, _, name = code(where)[0].rpartition(".")
        held = in_seconds(getattr(import_module(module), name))
        assert amounts(value) == pytest.approx(held), f"{what}: {value}"


def test_a_wrong_number_would_be_found() -> None:
    assert amounts("1 s, 2 min, 23.5 h") == [1, 120, 84600]
    assert amounts("10 %") == pytest.approx([0.1])
    assert in_seconds((timedelta(minutes=2),)) == [120]
    assert amounts("soon") == []
