"""The running system as a set of processes that can be killed, paused and filled up one by one."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import requests
from sqlalchemy import select

from bot import clock, invitations, profiles, towns
from bot.cli.stage import ROOT, Stage
from bot.database import Database, migrate
from bot.line.client import shared_client
from bot.line.menus import deploy
from models import Department
from models.officer import Role

_PATIENCE_SECONDS = 60.0


@dataclass
class Process:
    """One process of the system, in a group of its own, started again under the same name after every death."""

    name: str
    command: list[str]
    environ: dict[str, str]
    log: Path
    running: subprocess.Popen[bytes] | None = None
    late_stops: int = 0  # how often it had to be killed because it did not end when it was asked to

    def start(self) -> None:
        """Run; returns at once."""
        self.clock_jumps(0)
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                self.command, env=self.environ, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )

    def kill(self) -> None:
        """kill -9, with all its children."""
        self._signal(signal.SIGKILL)
        self._wait(20)

    def stop(self) -> None:
        """Ask it to end, as the system does, which kills after ten seconds."""
        self._signal(signal.SIGTERM)
        if not self._wait(10):
            self.late_stops += 1
            self.kill()

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """It does not run, and does not know it: a virtual machine that is moved, a laptop that sleeps."""
        self._signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._signal(signal.SIGCONT)

    @contextlib.contextmanager
    def without_disk(self) -> Iterator[None]:
        """No file can grow, nor be written anew: a full disk, as this process sees it."""
        assert self.running is not None
        pid = self.running.pid
        soft, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, hard))
        try:
            yield
        finally:
            with contextlib.suppress(ProcessLookupError):
                resource.prlimit(pid, resource.RLIMIT_FSIZE, (soft, hard))

    def clock_jumps(self, seconds: float) -> None:
        """From now on its machine's clock is so many seconds ahead of the right time."""
        written = self.clock_file.with_suffix(".new")
        written.write_text(str(seconds))
        written.replace(self.clock_file)

    @property
    def clock_file(self) -> Path:
        """Where it reads how wrong its machine's clock is."""
        return Path(self.environ["CHAOS_CLOCK_FILE"])

    def _signal(self, number: signal.Signals) -> None:
        if self.running is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.running.pid, number)

    def _wait(self, seconds: float) -> bool:
        if self.running is None:
            return True
        try:
            self.running.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        self.running = None
        return True


@dataclass
class Plant(Stage):
    """Rangsit with its processes: `flask serve` (webs = 0), or so many gunicorns and workers on one database."""

    webs: int = 0
    workers: int = 0
    hold_seconds: float = 3.0
    processes: dict[str, Process] = field(default_factory=dict)

    @property
    def serving(self) -> list[Process]:
        """The processes that answer LINE."""
        return [one for name, one in self.processes.items() if not name.startswith("worker")]

    @property
    def working(self) -> list[Process]:
        """The processes that handle events."""
        return [one for name, one in self.processes.items() if not name.startswith("web")]

    def set_up(self) -> None:
        """The same as ever, in this process: a command of its own for each step costs seconds."""
        url = self.settings()["DATABASE_URL"]
        migrate(url)
        with contextlib.closing(Database(url)) as database, database.transaction() as session:
            towns.import_profile(session, profiles.load(self.municipality), clock.now())
        self.open_account()
        client = shared_client(self.line.api_url, self.line.data_url, self.token)
        deploy(client, lambda _alias: [], clock.now())
        self.start_app()

    def invite(self) -> str:
        """A code that makes an officer of the desk."""
        url = self.settings()["DATABASE_URL"]
        with contextlib.closing(Database(url)) as database, database.transaction() as session:
            desk = session.scalars(select(Department).where(Department.code == "clerk")).one()
            return invitations.invite(session, desk, Role.OFFICER, clock.now())

    def start_app(self) -> None:
        """Start every process and wait until the web is ready."""
        for name, command in self._commands().items():
            own = {"CHAOS_CLOCK_FILE": str(self.log.with_name(f"clock-of-{name.replace(' ', '-')}"))}
            self.processes[name] = Process(name, command, self._environ() | own, self.log)
            self.processes[name].start()
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """Until /health/ready says 200.

        :raises TimeoutError: it did not within a minute.
        """
        until = time.monotonic() + _PATIENCE_SECONDS
        asked_too_soon = threading.Event()
        while time.monotonic() < until:
            with contextlib.suppress(requests.RequestException):
                if requests.get(f"{self.app_url}/health/ready", timeout=2).status_code == 200:
                    return
            asked_too_soon.wait(0.05)
        raise TimeoutError(f"not ready after {_PATIENCE_SECONDS} s: {self.log.read_text(errors='replace')[-2000:]}")

    def close(self) -> None:
        """End everything, without ceremony."""
        for process in self.processes.values():
            process.kill()
        self.line.stop()

    def _commands(self) -> dict[str, list[str]]:
        python = [sys.executable, "-m", "tests.chaos.process"]
        if not self.webs:
            return {"serve": [*python, "flask", "--app", "wsgi:app", "serve", "--port", str(self.port)]}
        gunicorn = ["gunicorn", "--reuse-port", "--threads", "8", "--bind", f"127.0.0.1:{self.port}", "wsgi:app"]
        webs = {f"web {number}": [*python, *gunicorn] for number in range(1, self.webs + 1)}
        worker = ["flask", "--app", "wsgi:app", "worker"]
        return webs | {f"worker {number}": [*python, *worker] for number in range(1, self.workers + 1)}

    def _environ(self) -> dict[str, str]:
        # No CLOCK_FILE: it would make the workers look around all the time, as they do not in a town.
        return {**super()._environ(), "CLOCK_FILE": "", "CHAOS_HOLD_SECONDS": str(self.hold_seconds or "")}
