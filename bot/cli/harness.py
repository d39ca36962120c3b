"""flask harness: people, events, bursts and faults against a running bot."""

from __future__ import annotations

import time
from pathlib import Path

import click

from bot.cli import harness_replay, harness_webhooks
from bot.cli.harness_line import fail, line_option, print_json, running_line, show, told_kindly, town_of
from bot.simulator import NotSeen, Person, Said
from bot.simulator.playing import Player, StoryFailed
from bot.simulator.story import FORMAT, HEADING, NARRATION, PERSON, Step, StoryBroken, parse

_REST_SECONDS = 0.4
"""How long a chat must be quiet until its answer counts as complete."""


@click.group(short_help="Speak to a bot as people, and measure it.")
def harness() -> None:
    """Try a bot: speak as a person, send events, replay reports, burst, repeat.

    `say`, `press`, `place`, `photo`, `chat`, `script` and `redeliver` drive a
    running simulator (flask simulator). `event`, `burst` and `wrong-signatures`
    do so too, or with --to go straight to any webhook address. `replay` starts
    what it needs. Exit status 1 means that something did not come true.
    """


for _command in (*harness_webhooks.commands, harness_replay.replay):
    harness.add_command(_command)

_within = click.option("--within", default=10.0, show_default=True, help="Seconds to wait for an answer; 0: none.")


def _person(api_url: str | None, code: str | None, name: str, language: str | None = None) -> Person:
    town = town_of(running_line(api_url), code)
    return town.person(name, language=language) if language else town.person(name)


def _answered(person: Person, mark: int, within: float, as_json: bool) -> None:
    """Print what was said since the mark, once the bot has answered; exit status 1 when it has not."""
    answered = within <= 0
    if not answered:
        try:
            person.sees("", within=within, since=mark)
            answered = True
        except NotSeen:
            click.echo(f"no answer within {within:g} s", err=True)
    said = person.since(mark)
    quiet_since = time.monotonic()
    while answered and within > 0 and time.monotonic() - quiet_since < _REST_SECONDS:
        time.sleep(_REST_SECONDS / 4)
        if len(now := person.since(mark)) > len(said):
            said, quiet_since = now, time.monotonic()
    _print(person, said, as_json)
    if not answered:
        fail()


def _print(person: Person, said: list[Said], as_json: bool) -> None:
    if as_json:
        print_json(said)
        return
    for one in said:
        show(person, one)


@harness.command()
@click.argument("person")
@click.argument("text")
@click.option("--language", help="Of a person who is new: th (default), en …")
@_within
@line_option
def say(
    person: str,
    text: str,
    language: str | None,
    within: float,
    api_url: str | None,
    code: str | None,
    as_json: bool,
) -> None:
    """Let PERSON write TEXT, and show what she then sees."""
    with told_kindly():
        who = _person(api_url, code, person, language)
        mark = who.mark()
        who.sends(text)
        _answered(who, mark, within, as_json)


@harness.command()
@click.argument("person")
@click.argument("label")
@click.option("--on-card", metavar="WORDS", help="Only on the card with these words, such as a number.")
@_within
@line_option
def press(
    person: str,
    label: str,
    on_card: str | None,
    within: float,
    api_url: str | None,
    code: str | None,
    as_json: bool,
) -> None:
    """Let PERSON press the nearest button called LABEL, and show what she then sees."""
    with told_kindly():
        who = _person(api_url, code, person)
        mark = who.mark()
        done = who.presses(label, containing=on_card, within=0)
        if "opened" in done:
            click.echo(f"opened: {done['opened']}", err=True)
        _answered(who, mark, within if done.get("delivery") else 0, as_json)


@harness.command()
@click.argument("person")
@click.argument("lat", type=float)
@click.argument("lon", type=float)
@click.argument("address", required=False)
@_within
@line_option
def place(
    person: str,
    lat: float,
    lon: float,
    address: str | None,
    within: float,
    api_url: str | None,
    code: str | None,
    as_json: bool,
) -> None:
    """Let PERSON send a location, and show what she then sees."""
    with told_kindly():
        who = _person(api_url, code, person)
        mark = who.mark()
        who.sends_place(lat, lon, address=address)
        _answered(who, mark, within, as_json)


@harness.command()
@click.argument("person")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_within
@line_option
def photo(person: str, file: Path | None, within: float, api_url: str | None, code: str | None, as_json: bool) -> None:
    """Let PERSON send a photo (a sample without FILE), and show what she then sees."""
    with told_kindly():
        who = _person(api_url, code, person)
        mark = who.mark()
        who.sends_photo(file.read_bytes() if file is not None else None)
        _answered(who, mark, within, as_json)


@harness.command()
@click.argument("person")
@line_option
def chat(person: str, api_url: str | None, code: str | None, as_json: bool) -> None:
    """Show the whole chat of PERSON and what she can press now."""
    with told_kindly():
        who = _person(api_url, code, person)
        _print(who, who.chat, as_json)
        if not as_json:
            click.secho(f"can press: {', '.join(dict.fromkeys(who.labels())) or 'nothing'}", fg="yellow", err=True)


@harness.command(help=f"Play the story in FILE.\n\nThe format:\n\n{FORMAT}")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--keep", multiple=True, metavar="NAME=VALUE", help="A {name} the story begins with.")
@click.option("--pace", default=0.0, show_default=True, help="Seconds between steps, to read along.")
@line_option
def script(
    file: Path,
    keep: tuple[str, ...],
    pace: float,
    api_url: str | None,
    code: str | None,
    as_json: bool,
) -> None:
    """Play a story; exit status 1 where it stops being true."""
    line = running_line(api_url)
    done: list[Step] = []

    def on_step(step: Step) -> None:
        done.append(step)
        if not as_json and step.verb in (HEADING, NARRATION):
            click.secho(step.rest, bold=step.verb == HEADING, fg="magenta")

    def on_said(person: Person, said: Said) -> None:
        if not as_json:
            show(person, said)

    kept = dict(one.partition("=")[::2] for one in keep)
    player = Player(
        line,
        town_of(line, code),
        kept,
        on_step=on_step,
        on_said=on_said,
        pace=pace,
        folder=file.parent,
    )
    problem = None
    try:
        player.play(parse(file.read_text(encoding="utf-8")))
    except (StoryBroken, StoryFailed) as stopped:
        problem = str(stopped)
    if as_json:
        steps = sum(step.verb != PERSON for step in done)
        print_json({"steps": steps, "kept": player.kept, "problem": problem})
    elif problem:
        click.echo(problem, err=True)
    if problem:
        fail()
