"""flask tickets: every ticket of a municipality, without anybody's words."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from bot import queries, towns
from bot.cli.truth import opened


@click.command(short_help="List the tickets of a town, oldest first.")
@click.argument("municipality")
@click.option("--json", "as_json", is_flag=True, help="one JSON array, for programs")
def tickets(municipality: str, as_json: bool) -> None:
    """List the tickets of a municipality, oldest first: number, category, status, department and when a word is due."""
    with opened() as database, database.reading() as session:
        town = towns.find(session, municipality)
        if town is None:
            raise click.ClickException(f"no municipality is called {municipality}; import it first")
        listed = queries.listed_tickets(session, town)
    if as_json:
        click.echo(json.dumps([asdict(ticket) for ticket in listed], ensure_ascii=False))
        return
    for ticket in listed:
        urgent = " urgent" if ticket.urgent else ""
        due = f" due {ticket.due}" if ticket.due else ""
        click.echo(f"{ticket.number} {ticket.status}{urgent} {ticket.category} {ticket.department}{due}")
