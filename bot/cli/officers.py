"""flask invite, flask officers: who works for the town, and the trail of what they did."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from typing import Any
from zoneinfo import ZoneInfo

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import clock, invitations, queries, towns
from bot.cli.truth import opened
from bot.config import load
from bot.errors import CannotHelp
from bot.officer_casework import staff, trail as trails
from bot.wakeups import Wakeups
from bot.wording import Wording
from models import Department, Municipality, Officer
from models.officer import Role


@click.command(short_help="Print a code that makes somebody an officer.")
@click.argument("municipality")
@click.option("--department", "code", required=True, metavar="CODE", help="where the person will work")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.OFFICER.value, show_default=True)
def invite(municipality: str, code: str, role: str) -> None:
    """Print a code that makes one person an officer: valid once, for 72 hours."""
    with opened() as database, database.transaction() as session:
        department = _department(session, municipality, code)
        made = invitations.invite(session, department, Role(role), clock.now())
    click.echo(made)


@click.group(short_help="The people who work for a town.")
def officers() -> None:
    """The people who work for a town: who they are, what they may do, what they did."""


@officers.command("list")
@click.argument("municipality")
@click.option("--json", "as_json", is_flag=True, help="One JSON array, by name.")
def list_officers(municipality: str, *, as_json: bool) -> None:
    """Everybody who works for the town, with the number that the other commands take."""
    with opened() as database, database.reading() as session:
        people = [_told(session, one) for one in staff.active(session, _town(session, municipality).id)]
    if as_json:
        click.echo(json.dumps(people, ensure_ascii=False))
        return
    for one in people:
        named = " · confidential" if one["named_for_conduct"] else ""
        departments = ", ".join(one["departments"])
        click.echo(f"{one['id']:>5} {one['role']:<10} {one['name']} · {departments} · {one['in_hand']} in hand{named}")


@officers.command("role")
@click.argument("municipality")
@click.argument("officer", type=int)
@click.argument("role", type=click.Choice([role.value for role in Role]))
def change_role(municipality: str, officer: int, role: str) -> None:
    """Make somebody an officer, a supervisor, an administrator."""
    with _changing(municipality, officer) as (session, _, subject):
        staff.change_role(session, subject, Role(role), None, clock.now())


@officers.command("add")
@click.argument("municipality")
@click.argument("officer", type=int)
@click.argument("department")
def add(municipality: str, officer: int, department: str) -> None:
    """Let somebody work for one more department."""
    with _changing(municipality, officer) as (session, _, subject):
        to = _department(session, municipality, department)
        staff.add_department(session, subject, to, None, clock.now())


@officers.command("remove")
@click.argument("municipality")
@click.argument("officer", type=int)
@click.argument("department")
def remove(municipality: str, officer: int, department: str) -> None:
    """Let somebody no longer work for a department."""
    with _changing(municipality, officer) as (session, _, subject):
        where = _department(session, municipality, department)
        staff.remove_department(session, subject, where, None, clock.now())


@officers.command("revoke")
@click.argument("municipality")
@click.argument("officer", type=int)
def revoke(municipality: str, officer: int) -> None:
    """Somebody works here no longer: from the next message on, and the officer menu goes away."""
    with _changing(municipality, officer) as (session, _, subject):
        staff.revoke(session, subject, None, clock.now())


@officers.command("handover")
@click.argument("municipality")
@click.argument("officer", type=int)
@click.argument("to", type=int)
def handover(municipality: str, officer: int, to: int) -> None:
    """Hand everything that somebody has in hand to a colleague of the same department."""
    with _changing(municipality, officer) as (session, town, subject):
        other = _officer(session, town, to)
        if other not in staff.may_take_over(session, subject):
            raise click.ClickException(f"{other.name} shares no department with {subject.name}")
        went = staff.give_everything_to(session, subject, other, None, clock.now())
    click.echo(f"{went} tickets went to {other.name}", err=True)


@officers.command("trail")
@click.argument("municipality")
@click.option("--ticket", "number", metavar="NUMBER", help="Only what happened to this ticket.")
@click.option("--officer", "officer", type=int, metavar="ID", help="Only what this person did.")
@click.option("--most", default=100, show_default=True, type=click.IntRange(1, 100_000))
@click.option("--json", "as_json", is_flag=True, help="One JSON array, oldest first.")
def show_trail(municipality: str, number: str | None, officer: int | None, most: int, *, as_json: bool) -> None:
    """Who did what, when, on which ticket or to whom; no words of anybody."""
    with opened() as database, database.reading() as session:
        town = _town(session, municipality)
        wanted = queries.number_in(number) or number if number else None
        found = trails.trail(session, town.id, number=wanted, officer_id=officer, most=most)
        zone = ZoneInfo(town.timezone)
    rows = [{**asdict(one), "at": one.at.astimezone(zone).isoformat(timespec="seconds")} for one in found]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        said = [row["at"], row["who"] or "–", row["what"], row["ticket"], row["to_whom"], row["detail"]]
        click.echo("  ".join(str(value) for value in said if value))


def _told(session: Session, one: Officer) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "role": one.role,
        "departments": [department.code for department in one.departments],
        "named_for_conduct": one.is_named_for_conduct,
        "in_hand": staff.left_in_hand(session, one),
    }


@contextmanager
def _changing(municipality: str, officer: int) -> Iterator[tuple[Session, Municipality, Officer]]:
    """A transaction on one officer; what a rule refuses is said in words, and the workers hear of what was wished."""
    with opened() as database:
        with database.transaction() as session:
            town = _town(session, municipality)
            try:
                yield session, town, _officer(session, town, officer)
            except CannotHelp as problem:
                raise click.ClickException(Wording("en")(problem.phrase)) from None
        with closing(Wakeups(load().queue_url)) as wakeups:
            wakeups.wake_effects()


def _officer(session: Session, town: Municipality, officer: int) -> Officer:
    found = staff.find(session, town.id, officer, lock=True)
    if found is None:
        raise click.ClickException(
            f"nobody who works for {town.code} has the number {officer}: see flask officers list"
        )
    return found


def _town(session: Session, municipality: str) -> Municipality:
    town = towns.find(session, municipality)
    if town is None:
        raise click.ClickException(f"no municipality is called {municipality}; import it first")
    return town


def _department(session: Session, municipality: str, code: str) -> Department:
    town = _town(session, municipality)
    active = select(Department).where(Department.municipality_id == town.id, Department.is_active)
    departments = {department.code: department for department in session.scalars(active)}
    if code not in departments:
        known = ", ".join(sorted(departments))
        raise click.ClickException(f"{municipality} has no department {code}; it has {known}")
    return departments[code]
