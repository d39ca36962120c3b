"""Starting what does not answer: the simulator where LINE_API_URL points, the application, its database."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

import click
import requests
from sqlalchemy import inspect
from sqlalchemy.exc import OperationalError

from bot import config
from bot.cli.simulator import webhook_of
from bot.database import make_engine
from bot.simulator import Line, RemoteLine, Simulator, Town

_READY_SECONDS = 120
_STOP_SECONDS = 20
_FREE = ("127.0.0.1", 0)


@contextmanager
def running_town(inside: str, code: str, to: str) -> Iterator[tuple[Line, Town]]:
    """The account of a municipality, with a simulator and an application at `to` behind it.

    What answers already is used as it is and left running; the rest is started,
    an entirely empty database is migrated and the profile imported first.

    :raises click.ClickException: something does not start; with its last words.
    """
    settings = config.load()
    with ExitStack() as stack:
        line, urls = _simulator(stack, settings)
        secrets_made = _account(line, settings, code, webhook_of(code, to))
        if not _answers(to):
            environment = {**os.environ, **urls, **secrets_made}
            if len(settings.secret_key) < 32:
                environment["SECRET_KEY"] = secrets.token_hex(32)
            _fill_empty_database(settings.database_url, inside, environment)
            stack.enter_context(_serving(to, environment))
        _wait_until_ready(to)
        yield line, line.town(code)


def _simulator(stack: ExitStack, settings: config.Settings) -> tuple[Line, dict[str, str]]:
    """The one LINE_API_URL names on this machine, started there if need be; else one of our own on free ports."""
    api, data = _FREE, _FREE
    if settings.talks_to_loopback:
        remote = RemoteLine(settings.line_api_url)
        if remote.is_there():
            return remote, {}
        api, data = _host_and_port(settings.line_api_url), _host_and_port(settings.line_data_url)
    try:
        line = stack.enter_context(Simulator.start(api, data))
    except OSError as problem:
        raise click.ClickException(f"no simulator can listen at {api} and {data}: {problem.strerror}") from None
    return line, {"LINE_API_URL": line.api_url, "LINE_DATA_URL": line.data_url}


def _account(line: Line, settings: config.Settings, code: str, webhook: str) -> dict[str, str]:
    """Open the account where the simulator has none of that code; gives the secrets that had to be made up."""
    if code in line.towns():
        return {}
    known = settings.channel(code)
    made = {}
    if not known.secret:
        made["LINE_CHANNEL_SECRET"] = secrets.token_hex(16)
    if not known.access_token:
        made["LINE_CHANNEL_ACCESS_TOKEN"] = secrets.token_hex(32)
    secret = known.secret or made["LINE_CHANNEL_SECRET"]
    token = known.access_token or made["LINE_CHANNEL_ACCESS_TOKEN"]
    line.channel(code, secret=secret, token=token, webhook=webhook, plan="basic", redelivers_failures=True)
    return made


def _answers(to: str) -> bool:
    try:
        requests.get(f"{to}/health/live", timeout=5).close()
    except requests.RequestException:
        return False
    return True


def _fill_empty_database(url: str, inside: str, environment: Mapping[str, str]) -> None:
    engine = make_engine(url, threads=1)
    try:
        is_empty = not inspect(engine).get_table_names()
    except OperationalError as problem:
        raise click.ClickException(f"the database does not answer: {problem.orig}") from None
    finally:
        engine.dispose()
    if is_empty:
        for command in (("migrate",), ("municipality", "import", inside)):
            _run(command, environment)


def _run(command: tuple[str, ...], environment: Mapping[str, str]) -> None:
    done = subprocess.run(  # noqa: S603 (our own commands)
        [sys.executable, "-m", "flask", *command], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise click.ClickException(f"flask {' '.join(command)} failed:\n{done.stderr[-2_000:]}")


@contextmanager
def _serving(to: str, environment: Mapping[str, str]) -> Iterator[None]:
    """`flask serve` at this address, stopped at the end; its log is shown only when it fails."""
    host, port = _host_and_port(to)
    command = [sys.executable, "-m", "flask", "serve", "--host", host, "--port", str(port)]
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen(  # noqa: S603 (our own command)
            command, env=environment, stdout=log, stderr=log
        ) as server,
    ):
        try:
            _wait_until_live(to, server)
            yield
        except click.ClickException as problem:
            log.seek(max(0, log.tell() - 2_000))
            raise click.ClickException(f"{problem.message}\n{log.read().decode(errors='replace')}") from None
        finally:
            server.terminate()
            try:
                server.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                server.kill()


def _wait_until_live(to: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while not _answers(to):
        if server.poll() is not None:
            raise click.ClickException(f"flask serve ended with status {server.returncode}")
        if time.monotonic() > deadline:
            raise click.ClickException(f"flask serve does not answer at {to}")
        time.sleep(0.1)


def _wait_until_ready(to: str) -> None:
    """Until /health/ready says 200; otherwise its reason is told."""
    deadline = time.monotonic() + _READY_SECONDS
    reason = "no answer"
    while time.monotonic() < deadline:
        try:
            with requests.get(f"{to}/health/ready", timeout=10) as answer:
                if answer.status_code == 200:
                    return
                reason = f"{answer.status_code} {answer.text[:500]}"
        except requests.RequestException as problem:
            reason = type(problem).__name__
        time.sleep(0.2)
    raise click.ClickException(f"{to} is not ready: {reason}")


def _host_and_port(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "127.0.0.1", parts.port or (443 if parts.scheme == "https" else 80)
