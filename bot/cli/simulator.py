"""flask simulator: a strict small LINE on this machine, driven by `flask harness`."""

from __future__ import annotations

import json
import secrets
import signal
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from bot import config
from bot.cli import phones
from bot.simulator import Simulator
from bot.simulator.channel import PLAN_QUOTA

DEFAULT_API = "127.0.0.1:8800"
DEFAULT_DATA = "127.0.0.1:8801"


def address(written: str) -> tuple[str, int]:
    """Host and port out of HOST:PORT.

    :raises click.BadParameter: when it is no such thing.
    """
    host, _, port = written.rpartition(":")
    if not host or not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise click.BadParameter(f"{written!r} is not HOST:PORT")
    return host, int(port)


def webhook_of(municipality: str, app: str = "http://127.0.0.1:8000") -> str:
    """Where our application listens for this municipality."""
    return f"{app}/line/{municipality}/webhook"


@click.command("simulator", short_help="Run a strict LINE on this machine.")
@click.option("--api", default=DEFAULT_API, show_default=True, help="HOST:PORT in place of api.line.me.")
@click.option("--data", default=DEFAULT_DATA, show_default=True, help="HOST:PORT in place of api-data.line.me.")
@click.option(
    "--municipality",
    "municipalities",
    multiple=True,
    default=("rangsit",),
    show_default=True,
    metavar="CODE",
    help="An official account; several times for several.",
)
@click.option(
    "--webhook",
    "webhooks",
    multiple=True,
    metavar="URL",
    help="Where its events go, in the order of --municipality. [default: our own on port 8000]",
)
@click.option("--plan", type=click.Choice(list(PLAN_QUOTA)), default="free", show_default=True, help="LINE's plan.")
@click.option("--redelivery/--no-redelivery", default=True, show_default=True, help="Repeat webhooks that failed.")
@click.option("--secret", metavar="TEXT", help="The channel secret. [default: from the settings, else made up]")
@click.option("--stories", type=click.Path(exists=True, file_okay=False), help="A folder of .story files to offer.")
@click.option("--map", "map_file", type=click.Path(exists=True, dir_okay=False), help="GeoJSON to choose places on.")
@click.option("--maps", metavar="URL=URL", help="Where on this machine PUBLIC_URL is served, for pictures.")
def simulator(
    api: str,
    data: str,
    municipalities: tuple[str, ...],
    webhooks: tuple[str, ...],
    plan: str,
    redelivery: bool,
    secret: str | None,
    stories: str | None,
    map_file: str | None,
    maps: str | None,
) -> None:
    """Run a strict LINE on this machine until it is interrupted.

    Secret and access token of each account come from the settings, as the
    application reads them; missing ones are made up and printed. Let LINE_API_URL
    and LINE_DATA_URL of the application name the two addresses. Talk to it with
    `flask harness say`, or on the page of phones that its address shows in a
    browser; see what it refused there or at /_simulator/line/refusals.
    """
    try:
        line = Simulator.start(address(api), address(data))
    except OSError as problem:
        raise click.ClickException(f"cannot listen at {api} and {data}: {problem.strerror}") from None
    with line:
        if maps:
            public, _, local = maps.partition("=")
            line.maps(public, local)
        for index, code in enumerate(municipalities):
            webhook = webhooks[index] if index < len(webhooks) else webhook_of(code)
            open_account(line, code, webhook, plan, redelivery, secret)
            if map_file:
                line.call("channel/map", channel=code, geojson=_geojson(map_file))
        for name, (title, text) in (phones.stories(Path(stories)) if stories else {}).items():
            line.stories.offer(name, title, text)
        click.echo(f"LINE_API_URL={line.api_url}\nLINE_DATA_URL={line.data_url}")
        click.echo(f"the phones: {line.api_url}/", err=True)
        _wait_for_the_end()


def _geojson(file: str) -> dict[str, Any]:
    """A map as GeoJSON.

    :raises click.BadParameter: when it is no FeatureCollection.
    """
    try:
        found = json.loads(Path(file).read_text(encoding="utf-8"))
    except ValueError:
        found = None
    if not isinstance(found, dict) or not isinstance(found.get("features"), list):
        raise click.BadParameter(f"{file} is no GeoJSON FeatureCollection")
    return found


def open_account(
    line: Simulator, code: str, webhook: str, plan: str, redelivery: bool, secret: str | None = None
) -> None:
    """Open an account with the secrets of the settings; say those that had to be made up."""
    known = config.load().channel(code)
    secret, token = secret or known.secret, known.access_token
    if not secret:
        secret = secrets.token_hex(16)
        click.echo(f"LINE_CHANNEL_SECRET={secret}")
    if not token:
        token = secrets.token_hex(32)
        click.echo(f"LINE_CHANNEL_ACCESS_TOKEN={token}")
    line.channel(code, secret=secret, token=token, webhook=webhook, plan=plan, redelivers_failures=redelivery)


def _wait_for_the_end() -> None:
    """Until Ctrl-C, or TERM from whoever started us."""
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    with suppress(KeyboardInterrupt):
        ended.wait()
