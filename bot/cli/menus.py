"""flask menus: bring the rich menus of this release to LINE."""

from __future__ import annotations

import sys
import time

import click
from sqlalchemy import select

from bot import clock, config, towns
from bot.cli.truth import opened
from bot.database import Database
from bot.errors import DeliveryDelayed, DeliveryProblem
from bot.line.client import LineClient, shared_client
from bot.line.menus import Deployment, deploy
from models import Municipality, Resident

#: LINE gives back one of its hundred about every 36 seconds.
WAIT_SECONDS = 60
#: sysexits.h EX_TEMPFAIL: run it again later.
TRY_AGAIN = 75


@click.group()
def menus() -> None:
    """The menus under the chat."""


@menus.command("deploy")
@click.argument("municipality")
@click.option("--wait", is_flag=True, help="Stay and go on when LINE allows, instead of stopping with status 75.")
@click.option("--again", is_flag=True, help="Set the default menu and link everybody even where nothing changed.")
def deploy_menus(municipality: str, *, wait: bool, again: bool) -> None:
    """Bring the rich menus to LINE; safe to repeat and to interrupt at any time.

    Unchanged menus cost nothing. A changed one is made beside the old, everybody follows, and the old one is
    deleted by a run that comes 24 hours later or more.
    """
    with opened() as database:
        town_id = _town_id(database, municipality)
        client = _client(municipality)

        def linked(alias: str) -> list[str]:
            """Read at once and whole: no transaction is open while LINE is asked."""
            mine = (Resident.municipality_id == town_id, Resident.menu == alias, Resident.blocked_at.is_(None))
            with database.reading() as session:
                return list(session.scalars(select(Resident.line_user_id).where(*mine)))

        while True:
            try:
                done = deploy(client, linked, clock.now(), again=again)
            except DeliveryProblem as problem:
                raise click.ClickException(f"LINE refused: {problem}") from None
            _tell(done)
            if done.stopped_by is None:
                return
            _explain(done.stopped_by, is_waiting=wait)
            time.sleep(WAIT_SECONDS)


def _town_id(database: Database, municipality: str) -> int:
    with database.reading() as session:
        town: Municipality | None = towns.find(session, municipality)
        if town is None:
            raise click.ClickException(f"no municipality is called {municipality}; import it first")
        return town.id


def _client(municipality: str) -> LineClient:
    settings = config.load()
    token = settings.channel(municipality).access_token
    if not token:
        raise click.ClickException(f"LINE_CHANNEL_ACCESS_TOKEN is not set for {municipality}")
    return shared_client(settings.line_api_url, settings.line_data_url, token)


def _tell(done: Deployment) -> None:
    click.echo(
        f"made: {', '.join(done.made) or 'none'} · unchanged: {len(done.unchanged)} · "
        f"people linked: {done.relinked} · old ones deleted: {done.deleted}"
    )
    if done.waiting and done.waiting_until:
        click.echo(
            f"{done.waiting} old ones stay until {done.waiting_until:%Y-%m-%d %H:%M} UTC, because an open chat may "
            "still show them; a run after that deletes them."
        )


def _explain(delay: DeliveryDelayed, *, is_waiting: bool) -> None:
    """Say why it stopped; ends the command unless waiting helps and is wanted."""
    if delay.kind == "access":
        raise click.ClickException(f"LINE does not accept the channel access token: {delay.detail}")
    if delay.kind == "rate":
        why = "LINE allows 100 new or deleted menus an hour and has had enough for now."
    else:
        why = f"LINE could not be reached or failed ({delay.kind})."
    if is_waiting:
        click.echo(f"{why} Going on in {WAIT_SECONDS} s.", err=True)
        return
    click.echo(f"{why} Nothing is lost: run it again later, or now with --wait.", err=True)
    sys.exit(TRY_AGAIN)
