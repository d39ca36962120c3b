"""A stage that is set up in the time of its application's start."""

from __future__ import annotations

from dataclasses import dataclass

import click
from click.testing import CliRunner
from flask.cli import FlaskGroup

from bot.cli.stage import Stage


@dataclass
class ReadyStage(Stage):
    """The town is in its database, and our commands run in this process: a process for each costs a second or two.

    The application is a process of its own, as ever. What a machine without anything needs is played on a `Stage`.
    """

    def set_up(self) -> None:
        """The simulator with its account, the application, the rich menus."""
        self.open_account()
        self._wake_the_town()
        self.start_app()
        self.run("menus", "deploy", self.municipality)

    def run(self, *arguments: str) -> str:
        """Run one of our commands to its end; what it answered on stdout.

        :raises click.ClickException: when it failed, with what it said.
        """
        done = CliRunner().invoke(FlaskGroup(), arguments, env=self._environ())
        if done.exit_code:
            raise click.ClickException(f"flask {' '.join(arguments)} failed:\n{done.output.strip()[-2000:]}")
        return done.stdout.strip()
