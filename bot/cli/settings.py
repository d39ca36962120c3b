"""The settings of a command, or every problem of them said."""

from __future__ import annotations

import sys

import click

from bot.config import Settings, SettingsWrong, load


def checked(*, serves: bool = False) -> Settings:
    """The settings, checked; where they are wrong, every problem is said and the command ends with 2.

    `serves`: for a process that talks to LINE, which needs its secrets.
    """
    try:
        return load().check(serves=serves)
    except SettingsWrong as wrong:
        for problem in wrong.problems:
            click.echo(problem, err=True)
        sys.exit(2)
