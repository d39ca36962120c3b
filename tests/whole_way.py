"""The same talks, the whole way: real webhooks, the engine's own threads, a strict LINE over HTTP.

`WholeTown` knows the words of `tests.talking.Rangsit`, so one test runs over both beds. Here a person holds a phone of
the simulator: an event goes signed over HTTP through the application's door, the workers handle it, and what it causes
(answers, pushes, photos, profiles, rich menus, loading) are calls to a LINE that refuses what LINE refuses. The
application lives in the test's process, as `flask serve` runs it, so that a talk takes a second and not five.

Nothing sleeps: after every act `settles` waits until nothing is left that is due.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.cli import FlaskGroup
from sqlalchemy import select

from bot import invitations
from models import Department, Officer, Resident
from models.officer import Role
from tests.backstage import Backstage, backstage
from tests.people import Person
from tests.phones import PhoneGroup, PhonePerson
from tests.talking import Line, Rangsit


class WholeTown(Rangsit):
    """A town whose people have phones. What LINE does is said to `backstage.line`, not to `line`."""

    people: dict[str, PhonePerson]

    def __init__(self, backstage: Backstage, code: str = "rangsit") -> None:
        self.backstage = backstage
        super().__init__(backstage.database, code)
        self.channel = backstage.opens_account(code)

    @property
    def now(self) -> datetime:
        """The town's time."""
        return self.backstage.now

    @now.setter
    def now(self, moment: datetime) -> None:
        self.backstage.moves_to(moment)

    @property
    def line(self) -> Line:
        """Not here: what LINE does is asked of the simulator.

        :raises AttributeError: always.
        """
        raise AttributeError("on the whole way LINE's ends and faults are those of `backstage.line`")

    @line.setter
    def line(self, _ends: Line) -> None:
        """A town of the other bed says what its LINE does; this one's is real."""

    def person(self, name: str, **phone: Any) -> PhonePerson:
        """Somebody of this name with LINE on a phone."""
        if name not in self.people:
            self.people[name] = PhonePerson(self, name, **phone)
        return self.people[name]

    def group(self, name: str = "หมู่บ้าน") -> PhoneGroup:
        """A village's group chat with the account in it."""
        return PhoneGroup(self, name)

    def plan_is_used_up(self) -> None:
        """No paid message is left of this month."""
        self.channel.quota = self.channel.used()

    def passes(self, **time: float) -> None:
        """Let time pass, and do what has become due."""
        self.backstage.passes(**time)

    def delivers(self) -> None:
        """Wait until nothing is left to be done."""
        self.backstage.settles()

    def officer(self, name: str, *departments: str, role: Role = Role.OFFICER) -> PhonePerson:
        """Somebody who adds the account and types an administrator's code for each of these departments."""
        person = self.person(name)
        person.adds_the_account()
        for code in departments:
            with self.database.transaction() as session:
                town = self.row(session)
                joined = select(Department).where(Department.municipality_id == town.id, Department.code == code)
                invitation = invitations.invite(session, session.scalars(joined).one(), role, self.now)
            person.sends(invitation)
        if not departments:
            self._appoint(person, role)
        person.reads_on()
        return person

    def _appoint(self, person: Person, role: Role) -> None:
        """Somebody of no department, whom no code makes."""
        with self.database.transaction() as session:
            resident = session.scalars(select(Resident).where(Resident.line_user_id == person.user_id)).one()
            session.add(
                Officer(
                    municipality_id=resident.municipality_id, resident=resident, name=person.name, role=role,
                    created_at=self.now,
                )
            )  # fmt: skip

    def at_once(self, *acts: Callable[[], object]) -> None:
        """Let several people act in the same moment."""
        threads = [threading.Thread(target=act) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.delivers()

    def wants(self, **settings: Any) -> None:
        """Change settings of the town, as another profile would."""
        with self.database.transaction() as session:
            row = self.row(session)
            row.settings = {**row.settings, **settings}

    def runs(self, *command: str, fails: bool = False) -> str:
        """Run one of our commands; what it answered, or, where it must fail, what it said."""
        done = CliRunner().invoke(FlaskGroup(), command, env=self.backstage.environment)
        assert (done.exit_code != 0) == fails, done.output
        self.delivers()
        return done.stderr if fails else done.stdout.strip()

    def refusals(self) -> list[Any]:
        """What a strict LINE refused so far."""
        return self.backstage.line.refusals()

    def expects_refusals(self, words: str) -> None:
        """What was refused so far is what this talk is about, if it says this."""
        assert self.refusals()
        assert all(words in one["message"] for one in self.refusals()), self.refusals()
        self.backstage.line.forgets()


@contextmanager
def rangsit(database_url: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WholeTown]:
    """Rangsit the whole way; in the end LINE must have refused nothing."""
    with backstage(database_url, folder, monkeypatch) as behind:
        town = WholeTown(behind)
        yield town
        assert town.refusals() == []


@contextmanager
def towns(
    database_url: str, folder: Path, monkeypatch: pytest.MonkeyPatch, *codes: str
) -> Iterator[dict[str, Rangsit]]:
    """Several towns of one installation, each with its own account; in the end LINE must have refused nothing."""
    with backstage(database_url, folder, monkeypatch, *codes) as behind:
        yield {code: WholeTown(behind, code) for code in codes}
        assert behind.line.refusals() == []
