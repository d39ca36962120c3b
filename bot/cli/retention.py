"""flask retention: erase what was kept long enough, or count it."""

from __future__ import annotations

import click

from bot import clock
from bot.cli.truth import opened
from bot.privacy import ageing
from bot.timers import pruning

#: What goes: its name, what it is, and what erases it.
_KEPT = {
    "raw_events": ("events of LINE", pruning.erase_raw_events),
    "sent_messages": ("messages of ours", pruning.erase_sent_messages),
    "tickets": ("tickets' words, photos and exact places", ageing.erase_old_tickets),
}


@click.group(short_help="Erase what was kept long enough.")
def retention() -> None:
    """Erase what was kept as long as the town's profile says ([privacy]); the workers do it every day."""


@retention.command("run")
@click.option("--dry-run", "dry", is_flag=True, help="Only count, erase nothing.")
def run(dry: bool) -> None:
    """Erase it now, and print how much it was."""
    with opened() as database:
        for name, (what, erase) in _KEPT.items():
            count = erase(database, clock.now(), dry=dry)
            click.echo(f"{name:<14} {count:>8}  {what} {'would be' if dry else 'were'} erased")
