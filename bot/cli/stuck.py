"""flask stuck: what does not get on by itself, and what is to become of it."""

from __future__ import annotations

import json
from contextlib import closing

import click

from bot import stuck as stuck_things
from bot.cli.truth import opened
from bot.config import load
from bot.outbox import lanes_to_wake
from bot.stuck import CannotRetry, NotStuck, Stuck
from bot.wakeups import Wakeups


@click.group("stuck", invoke_without_command=True, short_help="List what waits for a person; retry, dismiss.")
@click.option("--json", "as_json", is_flag=True, help="One JSON array, oldest first.")
@click.pass_context
def stuck(context: click.Context, *, as_json: bool) -> None:
    """List what waits for a person: parked events, uncertain or refused messages, effects that failed."""
    if context.invoked_subcommand is not None:
        return
    with opened() as database, database.reading() as session:
        found = stuck_things.listed(session)
    if as_json:
        click.echo(json.dumps([_as_json(one) for one in found], ensure_ascii=False))
        return
    for one in found:
        click.echo(f"{one.id:<14} {one.state:<10} {one.since:%Y-%m-%d %H:%M} UTC  {one.reason}")
    if not found:
        click.echo("Nothing is stuck.", err=True)


@stuck.command("retry")
@click.argument("stuck_id", metavar="ID")
def retry(stuck_id: str) -> None:
    """Try it again, now and from the start."""
    with opened() as database:
        with database.transaction() as session:
            try:
                stuck_things.retry(session, stuck_id)
            except NotStuck:
                raise click.ClickException(f"nothing stuck is called {stuck_id}") from None
            except CannotRetry as why:
                raise click.ClickException(str(why)) from None
        with closing(Wakeups(load().queue_url)) as wakeups:
            for lane in lanes_to_wake(session):
                wakeups.wake(lane)
            wakeups.wake_effects()
    click.echo(f"{stuck_id} is tried again", err=True)


@stuck.command("dismiss")
@click.argument("stuck_id", metavar="ID")
def dismiss(stuck_id: str) -> None:
    """Nothing is to be done about it: it is not listed again."""
    with opened() as database, database.transaction() as session:
        try:
            stuck_things.dismiss(session, stuck_id)
        except NotStuck:
            raise click.ClickException(f"nothing stuck is called {stuck_id}") from None
        except CannotRetry as why:
            raise click.ClickException(str(why)) from None
    click.echo(f"{stuck_id} is dismissed", err=True)


def _as_json(one: Stuck) -> dict[str, str]:
    return {
        "id": one.id,
        "kind": one.kind,
        "state": one.state,
        "reason": one.reason,
        "since": one.since.isoformat(timespec="seconds"),
    }
