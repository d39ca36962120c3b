"""flask doctor: whether everything a town needs is there and works, and what to do where it is not."""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import click
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot import clock, promises, stuck, towns
from bot.channels import Channels, Town
from bot.config import Settings, database_problems, is_loopback, load
from bot.database import Database, schema_problem
from bot.errors import DeliveryDelayed, DeliveryProblem
from bot.line.client import LineClient
from bot.places.areas import shared_part
from bot.understanding import versions
from models import Municipality, Officer, Ticket
from models.officer import Role

MARKS = {"fine": "✓", "note": "·", "problem": "✗"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: how it is, and what to do; `names` are those it speaks of, by their table."""

    level: Literal["fine", "note", "problem"]
    about: str
    say: str
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def whole(self) -> dict[str, str]:
        """For programs: all in one sentence, "office; departments clerk, water; …" behind it."""
        named = "; ".join(f"{table} {', '.join(rows)}".strip() for table, rows in self.names.items())
        return {"level": self.level, "about": self.about, "say": f"{self.say}: {named}" if named else self.say}

    def lines(self, columns: int) -> Iterator[str]:
        """For people: the sentence, then every table beginning a line of its own, no broader than `columns`."""
        yield f"{MARKS[self.level]} {self.about}: {self.say}"
        without_rows = ", ".join(table for table, rows in self.names.items() if not any(rows))
        tables = [f"{table}: {', '.join(rows)}" for table, rows in self.names.items() if any(rows)]
        wrapper = textwrap.TextWrapper(columns, " " * 4, " " * 8, break_on_hyphens=False, break_long_words=False)
        for said in filter(None, (without_rows, *tables)):
            yield from wrapper.wrap(said)


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
        yield Finding("note", "settings", "PUBLIC_URL is not set, so cards have no pictures; set our https address")
    if settings.clock_file is not None:
        yield Finding("note", "settings", "CLOCK_FILE moves the clock: for demonstrations only")
    yield from _open_to_others(Path(".env"), settings)
    yield _media_folder(settings)
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
    database = Path(settings.database_url.removeprefix("sqlite:///").partition("?")[0])
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


def _media_folder(settings: Settings) -> Finding:
    folder = settings.media_folder
    there = folder if folder.exists() else next((one for one in folder.absolute().parents if one.exists()), folder)
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
        yield from _channel(town, channels, settings)
        with database.reading() as session:
            yield from _facts(session, town)
            yield from silence(session, town)
    with database.reading() as session:
        waiting = len(stuck.listed(session))
    if waiting:
        yield Finding("problem", "stuck", f"{waiting} things wait for a person: see `flask stuck`")
    if found:
        yield from _only_a_person_sees()


def _only_a_person_sees() -> Iterator[Finding]:
    """Switches that LINE tells no program."""
    say = "redelivery cannot be asked for: see that “Webhook redelivery” is ON in the LINE Developers Console"
    yield Finding("note", "webhook", say)
    say = "see that “Greeting message” and “Auto-response messages” are OFF in the account manager"
    yield Finding("note", "answers", say)


def _channel(town: Town, channels: Channels, settings: Settings) -> Iterator[Finding]:
    about = f"{town.code} LINE"
    suffix = "__" + town.code.upper().replace("-", "_")
    if not channels.secret(town.code):
        yield Finding("problem", about, f"no channel secret: set LINE_CHANNEL_SECRET or LINE_CHANNEL_SECRET{suffix}")
    if not settings.channel(town.code).access_token:
        names = f"LINE_CHANNEL_ACCESS_TOKEN or LINE_CHANNEL_ACCESS_TOKEN{suffix}"
        yield Finding("problem", about, f"no channel access token: set {names}")
        return
    client = channels.client(town.id)
    try:
        who = client.bot_info()
        yield Finding("fine", about, f"the access token speaks as {who.display_name} ({who.basic_id})")
        yield _webhook(client, town, settings)
        yield _plan(client, town)
        if not client.rich_menu_aliases():
            yield Finding("problem", about, f"there are no rich menus: run `flask menus deploy {town.code}`")
    except DeliveryDelayed as delay:
        if delay.kind == "access":
            yield Finding("problem", about, "LINE does not accept the access token: issue one in the LINE console")
        else:
            how = f"try again; this machine must reach {settings.line_api_url}"
            yield Finding("problem", about, f"LINE could not be asked ({delay.kind}): {how}")
    except DeliveryProblem as problem:
        yield Finding("problem", about, f"LINE could not be asked: {problem}")


def _webhook(client: LineClient, town: Town, settings: Settings) -> Finding:
    about = f"{town.code} webhook"
    path = f"/line/{town.code}/webhook"
    wanted = f"{settings.public_url or 'https://…'}{path}"
    endpoint = client.webhook_endpoint()
    if endpoint is None or not endpoint.url:
        return Finding("problem", about, f"no webhook address is set at LINE: set {wanted}")
    if not endpoint.is_active:
        return Finding("problem", about, "“Use webhook” is off: switch it on in the LINE Developers Console")
    is_tried = settings.talks_to_loopback and is_loopback(endpoint.url)  # a simulator delivers without https
    if settings.public_url is not None and endpoint.url != wanted and not is_tried:
        return Finding("problem", about, f"LINE delivers to {endpoint.url}, but should deliver to {wanted}")
    if not endpoint.url.endswith(path):
        return Finding("problem", about, f"LINE delivers to {endpoint.url}, which does not end in {path}")
    return Finding("fine", about, f"LINE delivers to {endpoint.url}")


def _plan(client: LineClient, town: Town) -> Finding:
    allowed, spent = client.quota(), client.consumption()
    about = f"{town.code} plan"
    if allowed is None:
        return Finding("fine", about, f"no limit; {spent} messages this month")
    if spent >= allowed:
        return Finding("problem", about, f"all {allowed} messages of this month are used: news waits for replies")
    level: Literal["fine", "note"] = "note" if spent >= allowed * 0.8 else "fine"
    return Finding(level, about, f"{spent} of {allowed} messages used this month")


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
        say = f"{len(unsure)} named places still to be confirmed by the town, {unplaced} of them without a point"
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
        yield Finding("note", f"{town.code} people", "there is no administrator")
    if not session.execute(active.where(Officer.is_named_for_conduct)).scalar_one():
        say = "nobody is named for reports about conduct and corruption; until then the administrators see them"
        yield Finding("note", f"{town.code} people", say)
    today = clock.now().date()
    if not any(holiday.day > today for holiday in row.holidays):
        yield Finding("problem", f"{town.code} calendar", "no holiday ahead is known: import a profile of this year")


def silence(session: Session, town: Town) -> Iterator[Finding]:
    """Open tickets whose reporters heard nothing new for fifteen days."""
    row = session.get_one(Municipality, town.id)
    silent = select(Ticket.number).where(promises.is_silent(row, clock.now())).order_by(Ticket.id)
    numbers = session.scalars(silent).all()
    if numbers:
        named = ", ".join(numbers[:10]) + (" …" if len(numbers) > 10 else "")
        where = "their officers find them under ใกล้ครบกำหนด"
        yield Finding("problem", f"{town.code} silence", f"{len(numbers)} without news for 15 days ({named}): {where}")
