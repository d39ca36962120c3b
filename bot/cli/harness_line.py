"""Which simulator a harness command speaks through, and how it answers."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn, TypeVar
from urllib.parse import urlsplit

import click

from bot import config
from bot.cli.simulator import DEFAULT_API, open_account
from bot.simulator import CannotDo, Line, Person, RemoteLine, Simulator, Town, all_text, reading

Command = TypeVar("Command", bound=Callable[..., Any])


def line_option(command: Command) -> Command:
    """Adds --line, --municipality and --json: a running simulator."""
    for option in (
        click.option("--line", "api_url", metavar="URL", help="The simulator. [default: LINE_API_URL, if local]"),
        click.option("--municipality", "code", metavar="CODE", help="Needed where the simulator has several."),
        click.option("--json", "as_json", is_flag=True, help="Answer as JSON."),
    ):
        command = option(command)
    return command


def to_option(command: Command) -> Command:
    """Adds --to: any webhook address instead of the running simulator's."""
    option = click.option(
        "--to",
        metavar="URL",
        help="A webhook address to deliver to directly, signed with the secret of the settings. Answers are not "
        "seen: they go to the application's own LINE_API_URL, which does not know these people.",
    )
    return option(command)


def running_line(api_url: str | None) -> RemoteLine:
    """The simulator that runs at this address, else where LINE_API_URL points on this machine.

    :raises click.ClickException: nobody is there.
    """
    if api_url is None:
        settings = config.load()
        api_url = settings.line_api_url if settings.talks_to_loopback else f"http://{DEFAULT_API}"
    line = RemoteLine(api_url)
    if not line.is_there():
        raise click.ClickException(f"no simulator answers at {api_url}; start one with: flask simulator")
    return line


def town_of(line: Line, code: str | None) -> Town:
    """The account of this code, or the only one there is.

    :raises click.ClickException: there is none, or several and none was named.
    """
    codes = line.towns()
    if code is None and len(codes) == 1:
        code = codes[0]
    if code is None or code not in codes:
        raise click.ClickException(f"name one with --municipality: {', '.join(codes) or 'there is none'}")
    return line.town(code)


@contextmanager
def through(api_url: str | None, code: str | None, to: str | None) -> Iterator[tuple[Line, Town]]:
    """A running simulator, or with `to` one of our own that delivers there."""
    if to is None:
        line = running_line(api_url)
        yield line, town_of(line, code)
        return
    code = code or _code_in(to)
    if not config.load().channel(code).secret:
        raise click.ClickException(f"the channel secret of {code} is missing: set LINE_CHANNEL_SECRET")
    with Simulator.start() as own:
        open_account(own, code, to, "unlimited", redelivery=False)
        yield own, own.town(code)


@contextmanager
def told_kindly() -> Iterator[None]:
    """What a person cannot do becomes a message and exit status 1."""
    try:
        yield
    except CannotDo as problem:
        raise click.ClickException(str(problem)) from None


def print_json(answer: object) -> None:
    """One JSON value on stdout."""
    click.echo(json.dumps(answer, ensure_ascii=False))


def fail() -> NoReturn:
    """Exit status 1: what was asked did not come true."""
    sys.exit(1)


def show(person: Person, said: dict[str, Any]) -> None:
    """Print one message as in a chat: people left, the account indented, buttons in brackets."""
    message = said["message"]
    if said["by"] != "bot":
        click.secho(f"{said['by']}: ", fg="cyan", bold=True, nl=False)
        click.echo(all_text(message).replace("\n", "\n" + " " * (len(said["by"]) + 2)))
        return
    way = "" if said["how"] == "reply" else f" ({said['how']})"
    click.secho(f"    → {person.name}{way}", fg="green")
    for card in reading.cards(message):
        _show_card(card)
    replies = "  ".join(f"({button.label})" for button in reading.quick_replies(message))
    if replies:
        click.secho(f"    {replies}", fg="yellow")


def _show_card(card: dict[str, Any]) -> None:
    is_card = card.get("type") not in reading.PLAIN
    lines = [line for part in reading.card_lines(card) for line in part.splitlines() or [""]]
    for index, line in enumerate(lines):
        edge = ("┌ " if index == 0 else "└ " if index == len(lines) - 1 else "│ ") if is_card else ""
        is_button = is_card and line.startswith("[") and line.endswith("]")
        click.echo(f"    {edge}", nl=False)
        click.secho(line, fg="yellow" if is_button else None)


def _code_in(to: str) -> str:
    """The municipality in an address of ours, /line/<code>/webhook; else a name that only serves for settings."""
    parts = urlsplit(to).path.split("/")
    return parts[2] if len(parts) > 2 and parts[1] == "line" else "any"
