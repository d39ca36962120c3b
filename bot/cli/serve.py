"""flask serve, flask worker: the processes that run a town."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click
import waitress

from bot import logs
from bot.app import Parts, assemble, create_app, secrets_of
from bot.cli.settings import checked
from bot.config import Settings
from bot.worker import Worker, make_engine
from bot.worker.alone import Alone, AlreadyWorking

log = logging.getLogger(__name__)

WEB_THREADS = 16
#: Web and workers share one interpreter: a request passes several threads and must not wait long at each.
SWITCH_SECONDS = 0.001
#: Whoever stops us kills us after ten seconds; the web server's own patience with requests under way is five.
WORK_PATIENCE_SECONDS = 4.0


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
def serve(host: str, port: int) -> None:
    """Run the web and the workers in one process."""
    with _parts() as (settings, parts, worker):
        app = create_app(parts)
        try:
            server = waitress.create_server(
                app,
                host=host,
                port=port,
                threads=WEB_THREADS,
                ident=None,
                clear_untrusted_proxy_headers=True,
                max_request_body_size=2 * 1024 * 1024,
                channel_timeout=30,
            )
        except (OSError, ValueError) as error:  # waitress says ValueError of a host nobody knows
            why = getattr(error, "strerror", None) or "nobody knows that host"
            how = "is it running already? Else choose with --host and --port"
            raise click.ClickException(f"cannot listen on {host}:{port}: {why}; {how}") from None
        _end_on_signals()
        sys.setswitchinterval(SWITCH_SECONDS)
        worker.start()
        log.info("listening on http://%s:%s with %d worker threads", host, _port(server, port), settings.worker_threads)
        server.run()  # until a signal; it then finishes the requests under way
        server.close()


@click.command("worker", short_help="Run workers only, beside a web server.")
@click.option("--threads", type=click.IntRange(1, 64), help="How many chats at the same time.  [WORKER_THREADS]")
def worker(threads: int | None) -> None:
    """Run workers only; the web is another process (gunicorn wsgi:app)."""
    with _parts(threads) as (settings, parts, workers):
        _end_on_signals()
        parts.load_slowly()
        workers.start()
        log.info("working with %d threads", threads or settings.worker_threads)
        try:
            threading.Event().wait()
        except SystemExit:
            log.info("stopping")


@contextmanager
def _parts(threads: int | None = None) -> Iterator[tuple[Settings, Parts, Worker]]:
    """What a serving process is made of; stopped in order when the block ends."""
    settings = checked(serves=True)
    logs.use_stderr(secrets_of(settings))
    parts = assemble(settings)
    try:
        alone = Alone(settings.database_url) if parts.database.is_sqlite else None
    except AlreadyWorking as taken:
        raise click.ClickException(str(taken)) from None
    engine = make_engine(parts, is_alone=alone is not None)
    workers = Worker(engine, threads or settings.worker_threads, looks_often=settings.clock_file is not None)
    try:
        yield settings, parts, workers
    finally:
        if not workers.stop(WORK_PATIENCE_SECONDS):
            log.warning("some work was not finished; it is taken up again at the next start")
        parts.close()
        if alone is not None:
            alone.close()


def _end_on_signals() -> None:
    """SIGTERM and SIGINT end the process in order."""

    def end(_signal: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)


def _port(server: object, asked: int) -> int:
    """The port in use, which differs from the one asked for when that was 0."""
    return int(getattr(server, "effective_port", asked))
