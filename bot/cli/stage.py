"""The whole system on this machine, without LINE: the simulator here, the application in a process of its own."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

import click
import requests

from bot import clock, profiles
from bot.simulator import Simulator, Town

#: LINE takes only https addresses of pictures; the simulator finds this one on the local port.
PUBLIC_URL = "https://bot.test"
READY_SECONDS = 60
#: No story goes on into the night, and none begins before the town is at work.
BEFORE_THE_NIGHT = AFTER_WAKING = timedelta(hours=2)


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Stage:
    """A folder with a database of its own, a simulator, and the application's process.

    `environ` adds to or replaces settings (DATABASE_URL for PostgreSQL, say).
    """

    folder: Path
    municipality: str = "rangsit"
    plan: str = "unlimited"
    environ: Mapping[str, str] = field(default_factory=dict)
    port: int = 0

    def __post_init__(self) -> None:
        self.folder = self.folder.resolve()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = self.port or free_port()
        self.line = Simulator.start()
        self.secret, self.token = secrets.token_hex(16), secrets.token_hex(32)
        self.app: subprocess.Popen[bytes] | None = None
        self.town: Town | None = None
        self.is_woken = False  # the clock was moved out of the night

    @property
    def app_url(self) -> str:
        """Where the application listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """What the application wrote to stderr."""
        return self.folder / "app.log"

    def settings(self) -> dict[str, str]:
        """The settings of the application's process: nothing of the surrounding environment's own."""
        own = {
            "DATABASE_URL": f"sqlite:///{self.folder / 'bot.db'}",
            "MEDIA_URL": f"file:{self.folder / 'media'}",
            "LINE_API_URL": self.line.api_url,
            "LINE_DATA_URL": self.line.data_url,
            "LINE_CHANNEL_SECRET": self.secret,
            "LINE_CHANNEL_ACCESS_TOKEN": self.token,
            "PUBLIC_URL": PUBLIC_URL,
            "SECRET_KEY": self.secret * 2,
            "CLOCK_FILE": str(self.folder / "clock"),
            "NEWS_MERGE_SECONDS": "1",
        }
        return {**own, **self.environ}

    def command(self, *arguments: str) -> list[str]:
        """One of our commands, for a process of its own."""
        return [sys.executable, "-m", "flask", "--app", "wsgi:app", *arguments]

    def run(self, *arguments: str) -> str:
        """Run one of our commands to its end; what it answered on stdout.

        :raises click.ClickException: when it failed, with what it said.
        """
        done = subprocess.run(  # noqa: S603  # our own command, no shell
            self.command(*arguments), env=self._environ(), cwd=ROOT, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise click.ClickException(f"flask {' '.join(arguments)} failed:\n{done.stderr.strip()[-2000:]}")
        return done.stdout.strip()

    def _environ(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name in _PASSED_ON}
        return {**kept, **self.settings(), "PYTHONUNBUFFERED": "1"}

    def set_up(self) -> None:
        """Newest schema, the town, the simulator with its account, the application, the rich menus."""
        self.run("migrate")
        self.run("municipality", "import", self.municipality)
        self.open_account()
        self._wake_the_town()
        self.start_app()
        self.run("menus", "deploy", self.municipality)

    def _wake_the_town(self) -> None:
        """In the evening and at night news waits for the morning: then it is the next morning here, and at our LINE."""
        self.line.keeps_clock_in(self.folder / "clock")
        profile, now = profiles.load(self.municipality), clock.real_now()
        quiet = profile.quiet_hours
        evening = (datetime.combine(date.max, quiet.starts) - BEFORE_THE_NIGHT).time()
        morning = clock.after_hours(evening, quiet.ends, profile.timezone, now)
        if morning > now:
            self.line.clock(offset_seconds=(morning + AFTER_WAKING - now).total_seconds())
            self.is_woken = True

    def open_account(self) -> None:
        """The town's official account at the simulator."""
        self.line.maps(PUBLIC_URL, self.app_url)
        webhook = f"{self.app_url}/line/{self.municipality}/webhook"
        self.town = self.line.channel(
            self.municipality,
            secret=self.secret,
            token=self.token,
            webhook=webhook,
            plan=self.plan,
            redelivers_failures=True,
        )

    def start_app(self) -> None:
        """Start `flask serve` and wait until it is ready.

        :raises click.ClickException: when it ends or is not ready in time.
        """
        with self.log.open("ab") as log:
            self.app = subprocess.Popen(  # noqa: S603  # our own command, no shell
                self.command("serve", "--port", str(self.port)),
                env=self._environ(),
                cwd=ROOT,
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            if self.app.poll() is not None:
                raise click.ClickException(f"the application ended at once; its last words are in {self.log}")
            try:
                if requests.get(f"{self.app_url}/health/ready", timeout=2).status_code == 200:
                    return
            except requests.RequestException:
                pass
            time.sleep(0.1)
        raise click.ClickException(f"the application is not ready after {READY_SECONDS} s; see {self.log}")

    def kill_app(self) -> None:
        """Pull the plug: kill -9."""
        self._end(signal.SIGKILL)

    def stop_app(self) -> None:
        """Ask it to end, as the system does."""
        self._end(signal.SIGTERM)

    def _end(self, by: signal.Signals) -> None:
        if self.app is not None and self.app.poll() is None:
            self.app.send_signal(by)
            try:
                self.app.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.app.kill()
                self.app.wait()
        self.app = None

    def close(self) -> None:
        """End everything."""
        self.stop_app()
        self.line.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


ROOT = Path(__file__).resolve().parents[2]
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TEMP", "SYSTEMROOT", "VIRTUAL_ENV", "PYTHONWARNINGS")


def fresh_folder(folder: Path) -> Path:
    """An empty folder; what an earlier demonstration left there is removed."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return folder
