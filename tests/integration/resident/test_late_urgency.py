"""A ticket that becomes urgent after it was made: whoever is at work hears of it first, as of any other."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select

from bot import officer_casework
from bot.casework import By
from models import Officer
from models.lifecycle import Actor
from models.officer import Role
from tests.talking import Person, Rangsit


def test_what_becomes_urgent_late_has_its_ten_minutes_too(town: Rangsit, nok: Person, ton: Person) -> None:
    somchai = town.officer("somchai", "clerk")
    head = town.officer("head", "education", role=Role.SUPERVISOR)
    admin = town.officer("admin", "education", role=Role.ADMIN)
    old = nok.reports()
    town.passes(hours=14)
    town.now = datetime(2026, 11, 24, 19, tzinfo=UTC)  # two at night
    ton.sends("สายไฟแรงสูงขาดลงมาพาดถนน มีคนถูกไฟดูด")
    fresh = town.tickets()[-1]
    before = {one.name: one.count("push") for one in (somchai, head, admin)}
    with town.database.transaction() as session:
        officer = session.scalars(select(Officer).where(Officer.name == "somchai")).unique().one()
        by = By(Actor.OFFICER, officer=officer)
        officer_casework.merge(session, town.ticket(session, fresh), town.ticket(session, old), by, town.now)
    town.passes(seconds=2)
    pushes = [one.count("push") - before[one.name] for one in (somchai, head, admin)]
    assert pushes == [1, 0, 0], "those at work first"
    town.passes(minutes=9)
    assert head.count("push") == before["head"]
    town.passes(minutes=1)
    head.sees("ยังไม่มีใครรับ", way="push")
    assert admin.count("push") == before["admin"]
    town.passes(minutes=10)
    admin.sees("ยังไม่มีใครรับ", way="push")
