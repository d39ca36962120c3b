"""flask invite: the code with which a person of the town joins."""

from __future__ import annotations

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import clock, invitations, towns
from bot.cli.truth import opened
from models import Department
from models.officer import Role


@click.command()
@click.argument("municipality")
@click.option("--department", "code", required=True, metavar="CODE", help="where the person will work")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.OFFICER.value, show_default=True)
def invite(municipality: str, code: str, role: str) -> None:
    """Print a code that makes one person an officer: valid once, for 72 hours."""
    with opened() as database, database.transaction() as session:
        department = _department(session, municipality, code)
        made = invitations.invite(session, department, Role(role), clock.now())
    click.echo(made)


def _department(session: Session, municipality: str, code: str) -> Department:
    town = towns.find(session, municipality)
    if town is None:
        raise click.ClickException(f"no municipality is called {municipality}; import it first")
    active = select(Department).where(Department.municipality_id == town.id, Department.is_active)
    departments = {department.code: department for department in session.scalars(active)}
    if code not in departments:
        known = ", ".join(sorted(departments))
        raise click.ClickException(f"{municipality} has no department {code}; it has {known}")
    return departments[code]
