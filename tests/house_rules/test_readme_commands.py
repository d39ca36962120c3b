"""What README.md and docs/ let a reader type exists: every command, option, make target, metric and field."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from bot import metrics
from bot.cli.classify import classify
from bot.queries import Listed
from bot.stuck import Stuck
from tests.house_rules.markdown import README, blocks, code, commands, documents, section, spans, tables
from tests.house_rules.tree import expect_none, pyproject, read

OPERATIONS = Path("docs/operations.md")
PROGRAMS = "For other programs"


def flask_commands() -> dict[str, click.Command]:
    """Our commands by name, as `flask` finds them."""
    found = {}
    for name, where in pyproject()["project"]["entry-points"]["flask.commands"].items():
        module, _, attribute = where.partition(":")
        found[name] = getattr(import_module(module), attribute)
    return found


def leaves(name: str, command: click.Command) -> Iterator[str]:
    """The commands below a command that do something, with their whole names."""
    if not isinstance(command, click.Group) or command.invoke_without_command:
        yield name
    for child in getattr(command, "commands", {}).values():
        yield from leaves(f"{name} {child.name}", child)


def mistakes(words: list[str], known: dict[str, click.Command]) -> list[str]:
    """What is wrong with these words after `flask`: no such command, no such option."""
    command = known.get(words[0])
    if command is None:
        return [f"flask {words[0]}: there is no such command"]
    rest = words[1:]
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        below = command.commands.get(rest[0])
        if below is None:
            return [f"flask {' '.join(words)}: there is no {rest[0]}"]
        command, rest = below, rest[1:]
    options = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    given = {word.partition("=")[0] for word in rest if word.startswith("-") and word != "-"} - {"--help"}
    return [f"flask {' '.join(words)}: there is no {option}" for option in sorted(given - options)]


def test_flask_help_says_whole_what_each_command_does() -> None:
    found = flask_commands()
    room = 78 - 6 - max(map(len, found))  # as click reckons on a terminal of 80 columns
    said = {name: command.get_short_help_str(room) for name, command in found.items()}
    cut = {name: words for name, words in said.items() if words.endswith("...") or len(words) > room}
    expect_none(f"flask {name}: {words}" for name, words in cut.items())


@pytest.fixture(scope="module")
def known() -> dict[str, click.Command]:
    return flask_commands()


def test_every_flask_command_that_is_written_exists(known: dict[str, click.Command]) -> None:
    typed = {path: list(commands(text, "flask")) for path, text in documents().items()}
    assert sum(map(len, typed.values())) > 50
    found = {path: [said for words in several for said in mistakes(words, known)] for path, several in typed.items()}
    expect_none(found)


def test_every_command_has_its_line_in_the_readme(known: dict[str, click.Command]) -> None:
    rows = tables(section(documents()[README], "Commands"))[0]
    said = [f" {name} " for row in rows for name in code(row[0]) + code(row[1])]
    wanted = [f"flask {leaf}" for name, command in known.items() for leaf in leaves(name, command)]
    expect_none([name for name in wanted if not any(f" {name} " in one for one in said)])


def test_every_option_that_stands_beside_a_command_is_one_of_it(known: dict[str, click.Command]) -> None:
    rows = tables(section(documents()[README], "Commands"))[0]
    found = []
    for row in rows:
        typed = [words for cell in code(row[0]) for words in commands(f"`{cell}`", "flask")]
        for option in (word for cell in code(row[1]) for word in cell.split() if word.startswith("--")):
            if all(mistakes([*words, option], known) for words in typed):
                found.append(f"{row[0]}: {option}")
    expect_none(found)


def test_every_make_target_that_is_written_exists() -> None:
    makefile = read(Path("Makefile"))
    targets = set(re.findall(r"^([.\w/-]+):", makefile, re.MULTILINE))
    typed = {path: [words[0] for words in commands(text, "make")] for path, text in documents().items()}
    typed = {path: [word for word in words if "=" not in word] for path, words in typed.items()}
    assert "demo" in typed[README]
    expect_none({path: sorted(set(words) - targets) for path, words in typed.items()})
    listed = re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)
    expect_none(sorted(set(listed) - {"help"} - set(typed[README])))


def test_every_metric_that_is_written_is_counted() -> None:
    counted = metrics.text().decode()
    named = {path: set(re.findall(r"jaengmueang_\w+", " ".join(spans(text)))) for path, text in documents().items()}
    assert named[OPERATIONS]
    expect_none({path: sorted(name for name in names if f" {name} " not in counted) for path, names in named.items()})


def test_what_other_programs_are_promised_is_what_they_get() -> None:
    promised = section(documents()[OPERATIONS], PROGRAMS)
    named = set(spans(promised))
    for kind in (Listed, Stuck):
        expect_none([f"{kind.__name__}.{field.name}" for field in fields(kind) if field.name not in named])
    asked = blocks(promised, "json")[0]
    answered = CliRunner().invoke(classify, input=asked)
    assert answered.exit_code == 0
    understood = json.loads(answered.output)
    assert understood["intent"] == "report"
    assert [guess["code"] for guess in understood["categories"]] == ["tap_water_quality"]
    expect_none(sorted((understood.keys() | understood["categories"][0].keys()) - named))


def test_a_wrong_command_would_be_found(known: dict[str, click.Command]) -> None:
    text = (
        "`flask sing`, then\n```sh\nsudo x/flask menus \\\n  deploy rangsit --loud  # flask nothing\n"
        "flask menus deploy rangsit --wait | cat -n\n```"
    )
    found = [said for words in commands(text, "flask") for said in mistakes(words, known)]
    assert found == [
        "flask sing: there is no such command",
        "flask menus deploy rangsit --loud: there is no --loud",
    ]
    assert mistakes(["menus", "eat"], known) == ["flask menus eat: there is no eat"]
