"""flask doctor: whether everything a town needs is there and works, and what to do where it is not."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import click
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot import clock, promises, stuck, towns
from bot.channels import Channels, Town
from bot.cli import doctor_line
from bot.cli.finding import MARKS, Finding, counted
from bot.config import Settings, database_problems, load
from bot.database import Database, schema_problem
from bot.places.areas import shared_part
from bot.understanding import versions
from bot.worker.sweeping import due_lanes
from models import InboxEvent, Municipality, Officer, Ticket
from models.inbox import NEW
from models.officer import Role

#: An event that waits longer than this, while nothing keeps its chat, waits for a worker.
WORKED_ON_WITHIN = timedelta(minutes=1)
#: With less room than this a disk may be full before anybody looks again.
ENOUGH_BYTES = 500_000_000


@click.command("doctor", short_help="Look at everything, and name each problem.")
@click.option("--json", "as_json", is_flag=True, help="An object with every finding, for programs.")
def doctor(*, as_json: bool) -> None:
    """Look at settings, database, channels and facts, and say what to do. Exit status 1 when something is wrong."""
    findings = list(_examine(load()))
    is_well = all(finding.level != "problem" for finding in findings)
    if as_json:
        said = {"well": is_well, "findings": [finding.whole() for finding in findings]}
        click.echo(json.dumps(said, ensure_ascii=False))
    else:
        _tell(findings)
    sys.exit(0 if is_well else 1)


def _tell(findings: Sequence[Finding]) -> None:
    columns = min(shutil.get_terminal_size().columns, 100)
    for finding in findings:
        for line in finding.lines(columns):
            click.echo(line)
    count = Counter(finding.level for finding in findings)
    notes = f"{count['note']} to know ({MARKS['note']})"
    if count["problem"]:
        click.echo(f"\n{count['problem']} to mend ({MARKS['problem']}), {notes}.")
    else:
        click.echo(f"\nNothing to mend, {notes}.")


def _examine(settings: Settings) -> Iterator[Finding]:
    problems = settings.problems(serves=True)
    for problem in problems:
        yield Finding("problem", "settings", problem)
    if not problems:
        yield Finding("fine", "settings", "complete for serve, worker and wsgi")
    if settings.is_public_url_for_trying:
        say = "PUBLIC_URL is this machine: enough for trying, but cards have no pictures, as LINE takes only https"
        yield Finding("note", "settings", say)
    elif settings.public_url is None:
        yield Finding("note", "settings", "PUBLIC_URL is not set, so cards have no pictures: set our https address")
    if settings.clock_file is not None:
        yield Finding("note", "settings", "CLOCK_FILE moves the clock: for demonstrations only")
    yield from _open_to_others(Path(".env"), settings)
    yield _media_folder(settings)
    yield from _disks(settings)
    yield _model()
    if database_problems("DATABASE_URL", settings.database_url):
        return  # told above
    database = Database(settings.database_url, threads=2)
    try:
        yield from _database(database, settings)
    except (SQLAlchemyError, TimeoutError) as error:
        how = "see that it and its folder belong to this user" if database.is_sqlite else "see that it runs"
        said = str(getattr(error, "orig", None) or error).strip()
        yield Finding("problem", "database", f"it does not answer: {said}; {how}, and that DATABASE_URL is right")
    finally:
        database.close()


def _open_to_others(env: Path, settings: Settings) -> Iterator[Finding]:
    """Secrets, and what residents wrote, are for the service's user alone."""
    if env.is_file() and env.stat().st_mode & 0o077:
        say = f"{env} holds secrets that others on this machine can read: chmod 600 {env}"
        yield Finding("problem", "settings", say)
    database = _file_of(settings)
    if settings.database_url.startswith("sqlite:///") and _everybody_reads(database.absolute()):
        folder = database.parent
        say = f"{database} holds what residents wrote, and everybody on this machine can read it: chmod 700 {folder}"
        yield Finding("problem", "database", say)


def _everybody_reads(path: Path) -> bool:
    """Whether the file is open to all, and so is every folder on the way to it."""
    try:
        return bool(path.stat().st_mode & 0o004) and all(folder.stat().st_mode & 0o001 for folder in path.parents)
    except OSError:  # it is not there yet, or closed even to us
        return False


def _there(folder: Path) -> Path:
    """The folder, or the nearest above it that exists already."""
    return next((one for one in (folder, *folder.absolute().parents) if one.exists()), folder)


def _disks(settings: Settings) -> Iterator[Finding]:
    """A full disk keeps no event and no photo."""
    folders = {"media": settings.media_folder}
    if settings.database_url.startswith("sqlite:///"):
        folders["database"] = _file_of(settings).parent
    for about, folder in folders.items():
        free = shutil.disk_usage(_there(folder)).free
        if free < ENOUGH_BYTES:
            say = f"only {free // 1_000_000} MB are free on the disk of {folder}: make room before nothing can be kept"
            yield Finding("problem", about, say)


def _file_of(settings: Settings) -> Path:
    """Where SQLite's database lies."""
    return Path(settings.database_url.removeprefix("sqlite:///").partition("?")[0])


def _media_folder(settings: Settings) -> Finding:
    folder = settings.media_folder
    there = _there(folder)
    if os.access(there, os.W_OK | os.X_OK):
        return Finding("fine", "media", f"{folder} can be written")
    return Finding("problem", "media", f"{folder} cannot be written: give this user the folder, or set MEDIA_URL")


def _model() -> Finding:
    found = versions.active()
    if found.problem:
        return Finding("problem", "understanding", f"{found.version} of this release is in use: {found.problem}")
    if found.is_shipped:
        return Finding("fine", "understanding", f"model {found.version}, the one of this release")
    return Finding("fine", "understanding", f"model {found.version}, activated {found.activated_at}")


def _database(database: Database, settings: Settings) -> Iterator[Finding]:
    problem = schema_problem(database.engine)
    if problem:
        yield Finding("problem", "database", problem)
        return
    yield Finding("fine", "database", "answers, with the newest schema")
    channels = Channels(database, settings)
    found = channels.towns()
    if not found:
        yield Finding("problem", "municipality", "none is imported: run `flask municipality import NAME`")
    for town in found:
        yield from doctor_line.channel(town, channels, settings)
        with database.reading() as session:
            yield from _facts(session, town)
            yield from silence(session, town)
    with database.reading() as session:
        waiting = len(stuck.listed(session))
    if waiting:
        say = f"{counted(waiting, 'thing waits', 'things wait')} for a person: see `flask stuck`"
        yield Finding("problem", "stuck", say)
    yield from _without_a_worker(database)
    if found:
        yield from _only_a_person_sees()


def _without_a_worker(database: Database) -> Iterator[Finding]:
    """Events that nobody handles, although nothing but a worker is missing."""
    now = clock.real_now()
    of_a_chat_that_is_due = (InboxEvent.state == NEW, InboxEvent.lane_key.in_(due_lanes(database, now)))
    late = select(func.count(), func.min(InboxEvent.received_at)).where(
        *of_a_chat_that_is_due, InboxEvent.received_at < now - WORKED_ON_WITHIN
    )
    with database.reading() as session:
        number, first = session.execute(late).one()
    if number:
        minutes = counted(int((now - first).total_seconds() // 60), "minute")
        how = "see that `flask serve` runs, or with PostgreSQL `flask worker`, and what its log says"
        events = counted(number, "event waits", "events wait")
        yield Finding("problem", "workers", f"{events} for a worker, the oldest for {minutes}: {how}")


def _only_a_person_sees() -> Iterator[Finding]:
    """Switches that LINE tells no program."""
    how = "see that “Webhook redelivery” is ON in the LINE Developers Console"
    yield Finding("note", "webhook", f"LINE does not say whether redelivery is on: {how}")
    say = "see that “Greeting message” and “Auto-response messages” are OFF in LINE's account manager"
    yield Finding("note", "answers", say)


def _by_table(names: Iterable[str]) -> dict[str, list[str]]:
    """`departments.clerk` and its like gathered: the rows of each table; what is alone, such as `office`, has ""."""
    tables: dict[str, list[str]] = {}
    for name in names:
        table, _, row = name.partition(".")
        tables.setdefault(table, []).append(row)
    return tables


def towns_share_ground(one: Municipality, other: Municipality) -> bool:
    """Whether two outlines claim more than a strip of the same ground; a province lies over its towns by nature."""
    if not one.outline or not other.outline or one.settings.get("over") or other.settings.get("over"):
        return False
    return shared_part(one.outline, other.outline) > 0.02


def _facts(session: Session, town: Town) -> Iterator[Finding]:
    row = session.get_one(Municipality, town.id)
    unconfirmed = towns.unconfirmed(session, row)
    unsure = [place for place in towns.named_places(session, row) if not place.is_confirmed]
    for other in session.scalars(select(Municipality).where(Municipality.id != row.id)):
        if towns_share_ground(row, other):
            say = f"its outline and that of {other.code} claim the same ground: whoever is written to answers"
            yield Finding("note", f"{town.code} outline", say)
    if unsure:
        unplaced = sum(place.latitude is None for place in unsure)
        places = counted(len(unsure), "named place")
        say = f"{places} still to be confirmed by the town, {unplaced} of them without a point"
        yield Finding("note", f"{town.code} places", f"{say}: places.tsv")
    if unconfirmed:
        say = f"{len(unconfirmed)} still to be confirmed by the town"
        yield Finding("note", f"{town.code} facts", say, _by_table(unconfirmed))
    active = select(func.count()).where(Officer.municipality_id == town.id, Officer.revoked_at.is_(None))
    if not session.execute(active).scalar_one():
        how = f"`flask invite {town.code} --department CODE --role admin`"
        yield Finding("problem", f"{town.code} people", f"nobody works here yet: {how} makes the first administrator")
        return
    if not session.execute(active.where(Officer.role == Role.ADMIN)).scalar_one():
        how = f"`flask invite {town.code} --department CODE --role admin` makes one"
        yield Finding("note", f"{town.code} people", f"there is no administrator: {how}")
    if not session.execute(active.where(Officer.is_named_for_conduct)).scalar_one():
        say = "nobody is named for reports about conduct and corruption; until somebody is, the administrators see them"
        yield Finding("note", f"{town.code} people", say)
    known = promises.calendar_of(row)
    years = {(clock.now() + timedelta(days=n)).astimezone(known.zone).year for n in (0, 45)}  # in which promises end
    unknown = [str(year) for year in sorted(years) if not known.covers(year)]
    if unknown:
        say = f"the holidays of {' and '.join(unknown)} are not known, so promises count them as working days"
        yield Finding("problem", f"{town.code} calendar", f"{say}: complete holidays.tsv and import the profile")


def silence(session: Session, town: Town) -> Iterator[Finding]:
    """Open tickets whose reporters heard nothing new for fifteen days."""
    row = session.get_one(Municipality, town.id)
    silent = select(Ticket.number).where(promises.is_silent(row, clock.now())).order_by(Ticket.id)
    numbers = session.scalars(silent).all()
    if numbers:
        named = ", ".join(numbers[:10]) + (" …" if len(numbers) > 10 else "")
        where = "their officers find them under ใกล้ครบกำหนด"
        say = f"{counted(len(numbers), 'ticket')} without news for 15 days ({named}): {where}"
        yield Finding("problem", f"{town.code} silence", say)
