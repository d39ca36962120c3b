"""flask demo: the whole thing on this machine, without LINE, told as a story from both sides of the chat."""

from __future__ import annotations

import signal
import sys
import time
from datetime import datetime
from pathlib import Path

import click

from bot import profiles
from bot.cli import phones
from bot.cli.stage import Stage, fresh_folder
from bot.simulator import Person, Said
from bot.simulator.playing import Player, StoryFailed
from bot.simulator.story import HEADING, NARRATION, Step, parse

TOWN = "rangsit"
STORY = "first-day"
DEPARTMENT = "clerk"
VISITOR = "คุณ"  # whoever sits down at the page; the story never takes this phone
_COLOURS = ("cyan", "yellow", "green", "magenta", "blue")


@click.command("demo", short_help="Try it all on this machine, without LINE.")
@click.option("--once", is_flag=True, help="End after the story; exit status 0 only if it went well.")
@click.option("--folder", default="var/demo", show_default=True, help="Where its database is; emptied first.")
@click.option("--port", default=0, help="Where the application listens. [default: a free one]")
@click.option("--browser/--no-browser", default=True, help="Open the page of phones in the browser.")
def demo(once: bool, folder: str, port: int, browser: bool) -> None:
    """Set everything up in a folder of its own, play a day of the town, and stay up to be talked to."""
    began = time.monotonic()
    _end_in_order()
    with Stage(fresh_folder(Path(folder)), TOWN, port=port) as stage:
        click.secho("กำลังเตรียมเมืองจำลอง: ฐานข้อมูล เมืองรังสิต LINE จำลอง และตัวบอต …", dim=True, err=True)
        stage.set_up()
        assert stage.town is not None
        if stage.is_woken:
            late = "ตอนนี้ดึกแล้ว เมืองจำลองจึงเริ่มที่เช้าวันถัดไป · it is late, so the town begins tomorrow"
            click.secho(late, dim=True, err=True)
        invitation = _invite(stage)
        click.secho(f"พร้อมใน {time.monotonic() - began:.0f} วินาที", dim=True, err=True)
        if not once:
            _open_phones(stage, browser)
        player = Player(
            stage.line,
            stage.town,
            {"invitation": invitation},
            on_step=_tell_step,
            on_said=Narrator().tell,
            pace=0.0 if once else 0.4,
            patience=20,
        )
        problem = _told(stage, player)
        if problem is None:
            click.secho(f"\nจบเรื่องใน {time.monotonic() - began:.0f} วินาที ทุกอย่างเรียบร้อย", fg="green", bold=True)
        elif once:
            raise click.ClickException(problem)
        else:  # somebody at the phones may have pressed before the story did; the town goes on
            click.secho(f"\n{problem}", fg="yellow", err=True)
        if not once:
            _stay(stage)


def _end_in_order() -> None:
    """A closed terminal or a kill ends what the demonstration started, as Ctrl-C does."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None:
            signal.signal(number, lambda number, _frame: sys.exit(128 + number))


def _invite(stage: Stage) -> str:
    """A new code that makes an officer of the desk."""
    return stage.run("invite", TOWN, "--department", DEPARTMENT)


def _open_phones(stage: Stage, browser: bool) -> None:
    """Furnish the page, lay a phone there for the visitor, and open it."""
    assert stage.town is not None
    phones.furnish(stage.line, TOWN, TOWN, {"invitation": lambda: _invite(stage)})
    stage.town.person(VISITOR).adds_the_account()
    click.secho(f"\nLINE บนหน้าจอ เปิดลองได้เลย · try it now, the phones: {stage.line.api_url}/", bold=True)
    if browser:
        phones.open_page(f"{stage.line.api_url}/")


def _tell_step(step: Step) -> None:
    if step.verb == HEADING:
        click.secho(f"\n━━━ {step.rest} ━━━", bold=True)
    elif step.verb == NARRATION:
        click.secho(f"\n   {step.rest}", italic=True, dim=True)


class Narrator:
    """Prints what is said, each person in a colour of their own, both sides readable."""

    def __init__(self) -> None:
        self._colours: dict[str, str] = {}

    def tell(self, person: Person, said: Said) -> None:
        """One message of a chat: the person's own on the left, the account's answer indented."""
        colour = self._colours.setdefault(person.name, _COLOURS[len(self._colours) % len(_COLOURS)])
        when = f"{datetime.now().astimezone():%H:%M:%S}"
        if said["by"] != "bot":
            click.echo(click.style(f"{when} {person.name} ▸ ", fg=colour, bold=True) + said.text)
            return
        first, *rest = [line for line in said.text.splitlines() if line.strip()] or ["(รูป)"]
        click.echo(click.style(f"{when}   เมือง → {person.name} ", fg=colour) + first)
        for line in rest:
            click.echo(" " * 11 + click.style("│ ", fg=colour) + line)


def _told(stage: Stage, player: Player) -> str | None:
    """Tell the story; what went wrong. One that looks well may still have left something undone."""
    try:
        player.play(parse(profiles.story(TOWN, STORY)))
    except StoryFailed as problem:
        return f"the story stopped at {problem}\nthe application's log: {stage.log}"
    refused = stage.line.refusals()
    if refused:
        return f"LINE would have refused {len(refused)} requests; the first: {refused[0]}"
    stuck = stage.run("stuck", "--json")
    return f"something is stuck: {stuck}" if stuck != "[]" else None


def _stay(stage: Stage) -> None:
    click.echo(
        f"""
ตอนนี้ยังเปิดอยู่ ลองคุยเองได้เลย (อีกหน้าต่างหนึ่ง · in another terminal):

  .venv/bin/flask harness say นก "ขยะล้นหน้าบ้าน ซอย 12" --line {stage.line.api_url}
  .venv/bin/flask harness press นก ส่งเรื่อง --line {stage.line.api_url}
  .venv/bin/flask harness chat สมหญิง --line {stage.line.api_url}

  the phones        {stage.line.api_url}/
  the application   {stage.app_url}/health/ready · {stage.app_url}/metrics
  the simulator     {stage.line.api_url}   (content: {stage.line.data_url})
  the database      {stage.folder / "bot.db"}
  the log           {stage.log}

Ctrl-C ends it."""
    )
    try:
        while stage.app is not None and stage.app.poll() is None:
            time.sleep(0.5)
        raise click.ClickException(f"the application ended by itself; see {stage.log}")
    except KeyboardInterrupt:
        click.echo()
