"""A place that is put right stands right in the town that the report was handed to, and goes from both."""

from __future__ import annotations

import pytest

from bot.casework import By
from bot.officer_casework import merging
from bot.privacy.cells import cell
from models import Report, Ticket
from models.lifecycle import Actor
from tests.integration.resident.next_door import (
    BESIDE,
    HERE,
    OLDER_THERE,
    TEMPLE,
    THERE,
    happened,
    moves_the_place,
    older_ticket_there,
    takes_up,
    where,
)
from tests.integration.resident.test_nothing_is_left import erases
from tests.integration.resident.test_unsending import everything
from tests.talking import INSIDE, Person, Rangsit


def test_a_corrected_place_stands_next_door_too_and_its_officer_hears_it(
    town: Rangsit, nok: Person, mali: Person, pin: str
) -> None:
    takes_up(mali, THERE, "รับเรื่อง")
    moves_the_place(nok, BESIDE, "ท้ายซอยวัดใหม่")
    assert where(town, THERE) == where(town, HERE) == (*BESIDE, "ท้ายซอยวัดใหม่")
    assert {(one.latitude, one.place_words) for one in town.every(Report)} == {(BESIDE[0], "ท้ายซอยวัดใหม่")}
    assert happened(town, THERE) == ["created", "accepted", "relocated", "comment"]
    mali.sends("งานของฉัน")
    assert TEMPLE not in mali.sees("ผู้แจ้งบอกเพิ่ม", "ท้ายซอยวัดใหม่")
    mali.sends(THERE)
    mali.does_not_see("นอกเขต")


def test_a_place_corrected_to_other_ground_is_outside_next_door(
    town: Rangsit, nok: Person, mali: Person, pin: str
) -> None:
    moves_the_place(nok, INSIDE)
    assert where(town, THERE)[:2] == INSIDE
    assert [report.is_outside for report in town.every(Report)] == [False, True]
    mali.sends(THERE)
    mali.sees("นอกเขต")


def test_what_the_town_next_door_asked_is_not_answered_by_a_corrected_place(
    town: Rangsit, nok: Person, mali: Person, pin: str
) -> None:
    takes_up(mali, THERE, "รับเรื่อง")
    town.moves(THERE, "waiting", by="mali", words="ขยะอยู่ฝั่งไหน")
    moves_the_place(nok, BESIDE)
    assert town.standing(THERE) == "waiting"


def test_a_corrected_place_leaves_what_another_reporter_said_next_door(
    town: Rangsit, nok: Person, mali: Person, pin: str
) -> None:
    with town.database.transaction() as session:
        other = older_ticket_there(town, session, latitude=13.991, longitude=100.668)
        session.add(
            Report(
                municipality_id=other.municipality_id, ticket_id=other.id, channel="phone", latitude=13.991,
                longitude=100.668, created_at=town.now,
            )
        )  # fmt: skip
        merging.merge(session, town.ticket(session, THERE), other, By(Actor.OFFICER), town.now)
    moves_the_place(nok, BESIDE)
    assert where(town, THERE)[:2] == BESIDE
    assert where(town, OLDER_THERE)[:2] == (13.991, 100.668)


@pytest.mark.parametrize("wish", ["unsends", "erases"])
def test_a_corrected_place_goes_from_both_towns(
    town: Rangsit, nok: Person, mali: Person, pin: str, wish: str
) -> None:
    takes_up(mali, THERE, "รับเรื่อง")
    town.moves(HERE, "accepted")
    new = moves_the_place(nok, BESIDE, "ท้ายซอยวัดใหม่")
    mali.sends(THERE)
    mali.sees("ท้ายซอยวัดใหม่")
    left: tuple[float | None, float | None] = (None, None)
    if wish == "unsends":
        nok.unsends(new)
    else:
        erases(nok)
        left = cell(*BESIDE)
    assert {(row.latitude, row.longitude) for row in (*town.every(Ticket), *town.every(Report))} == {left}
    assert "ท้ายซอยวัดใหม่" not in everything(town)
    mali.sends(THERE)
    mali.does_not_see("ท้ายซอยวัดใหม่")
