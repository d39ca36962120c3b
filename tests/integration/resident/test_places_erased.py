"""A place that is taken back or erased stands nowhere: not on merged tickets, nor with the town it was handed to."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.casework import By
from bot.officer_casework import merging, splitting
from bot.places import ground, remembered
from bot.privacy.cells import cell
from models import Report, Ticket, TicketEvent
from models.lifecycle import Actor
from tests.integration.resident.test_whose_ground import BEYOND, with_a_neighbour
from tests.talking import INSIDE, Person, Rangsit

ELSEWHERE = (13.98744, 100.61033)
BESIDE = (13.99012, 100.67111)
OFFICER = By(Actor.OFFICER)


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    remembered.forget_all()
    ground.forget_all()


def reports(person: Person, place: tuple[float, float] = INSIDE) -> tuple[str, str]:
    """The number, and LINE's id of the place."""
    person.sends("น้ำประปาแดงมาก")
    pin = person.sends_place(*place)
    person.presses("ส่งเรื่อง")
    return person.number, pin


def merges(town: Rangsit, number: str, other: str) -> None:
    with town.database.transaction() as session:
        merging.merge(session, town.ticket(session, number), town.ticket(session, other), OFFICER, town.now)


def moves_the_place(person: Person, number: str, place: tuple[float, float]) -> str:
    """The place said anew, after the ticket was made; its LINE id."""
    person.presses("เพิ่มข้อมูล", on=number)
    return person.sends_place(*place)


def erases_everything(person: Person) -> None:
    person.sends("ข้อมูลของฉัน")
    person.presses("ลบข้อมูลของฉัน")
    person.presses("ใช่ ลบทั้งหมด")
    person.sees("ลบข้อมูลของคุณแล้ว")


def point(town: Rangsit, number: str) -> tuple[float | None, float | None]:
    where: tuple[float | None, float | None] = town.standing(number, "latitude", "longitude")
    return where


@pytest.fixture
def merged(town: Rangsit, nok: Person, ton: Person) -> tuple[str, str, str]:
    """Ton's ticket, Nok's that was merged into it, and the LINE id of Nok's place."""
    held, _ = reports(ton, ELSEWHERE)
    number, pin = reports(nok)
    merges(town, number, held)
    return held, number, pin


def test_a_place_taken_back_is_gone_from_a_merged_ticket_too(
    town: Rangsit, nok: Person, merged: tuple[str, str, str]
) -> None:
    held, number, pin = merged
    nok.unsends(pin)
    assert town.standing(number, "latitude", "longitude", "place_words") == (None, None, None)
    assert point(town, held) == ELSEWHERE
    with town.database.transaction() as session:
        ticket = town.ticket(session, number)
        assert [entry.kind for entry in ticket.history].count("erased") == 1
        merging.unmerge(session, ticket, OFFICER, town.now)
    assert point(town, number) == (None, None)


def test_erasing_ones_data_leaves_a_cell_on_a_merged_ticket(
    town: Rangsit, nok: Person, merged: tuple[str, str, str]
) -> None:
    held, number, _ = merged
    town.moves(held, "accepted")
    erases_everything(nok)
    assert point(town, number) == cell(*INSIDE)
    assert point(town, held) == ELSEWHERE


def test_a_corrected_place_leaves_no_old_one_on_a_merged_ticket(
    town: Rangsit, nok: Person, merged: tuple[str, str, str]
) -> None:
    held, number, _ = merged
    nok.sends("ติดตามเรื่อง")
    pin = moves_the_place(nok, held, BESIDE)
    assert point(town, number) == BESIDE
    assert point(town, held) == ELSEWHERE
    nok.unsends(pin)
    assert point(town, number) == (None, None)


def test_the_place_of_a_report_that_was_taken_off_is_gone_from_where_it_stood(
    town: Rangsit, nok: Person, ton: Person
) -> None:
    """Nok's ticket, with somebody else's report on it, went into Ton's; then Nok's report was taken off that."""
    held, _ = reports(ton, ELSEWHERE)
    number, pin = reports(nok)
    town.joins(town.person("pim"), number)
    merges(town, number, held)
    with town.database.transaction() as session:
        (resident,) = session.scalars(select(Report).where(Report.place_said == pin))
        splitting.split(session, town.ticket(session, held), resident, OFFICER, town.now)
    assert [point(town, one) for one in town.tickets()] == [ELSEWHERE, INSIDE, INSIDE]
    nok.unsends(pin)
    assert [point(town, one) for one in town.tickets()] == [ELSEWHERE, (None, None), (None, None)]


def test_undoing_a_merge_leaves_no_place_behind(town: Rangsit, nok: Person, ton: Person) -> None:
    ton.sends("น้ำประปาแดงมาก")
    ton.presses("ไม่ทราบตำแหน่ง")
    ton.presses("ส่งเรื่อง")
    held = ton.number
    number, pin = reports(nok)
    merges(town, number, held)
    nok.sends("ติดตามเรื่อง")
    pin = moves_the_place(nok, held, BESIDE)
    assert point(town, held) == BESIDE  # nobody else had said where it is
    with town.database.transaction() as session:
        merging.unmerge(session, town.ticket(session, number), OFFICER, town.now)
    assert (point(town, held), point(town, number)) == ((None, None), BESIDE)
    nok.unsends(pin)
    assert point(town, number) == (None, None)


def test_what_another_reporter_says_in_the_same_words_stays(town: Rangsit, nok: Person, ton: Person) -> None:
    held, _ = reports(ton)
    number, pin = reports(nok)
    merges(town, number, held)
    nok.unsends(pin)
    assert point(town, held) == INSIDE
    assert [report.latitude for report in town.every(Report)] == [INSIDE[0], None]


# ---- handed over to another town


def places(town: Rangsit) -> list[tuple[float | None, float | None]]:
    """Every point that any town has of reports and tickets."""
    rows = [*town.every(Ticket), *town.every(Report)]
    return [(row.latitude, row.longitude) for row in rows]


def merged_there(town: Rangsit, nok: Person) -> None:
    """The other town has an older ticket without a place, and merges ours into it."""
    with town.database.transaction() as session:
        _, theirs = session.scalars(select(Ticket).order_by(Ticket.id)).unique()
        holder = Ticket(
            municipality_id=theirs.municipality_id, number="ND-6911-00009", category_id=theirs.category_id,
            department_id=theirs.department_id, created_at=town.now, moved_at=town.now, due_at=town.now,
        )  # fmt: skip
        session.add(holder)
        session.flush()
        merging.merge(session, theirs, holder, OFFICER, town.now)


def merged_here(town: Rangsit, nok: Person) -> None:
    held, _ = reports(town.person("ton"), ELSEWHERE)
    merges(town, nok.number, held)


def taken_off_here(town: Rangsit, nok: Person) -> None:
    town.joins(town.person("pim"), nok.number)
    with town.database.transaction() as session:
        ticket = town.ticket(session, nok.number)
        splitting.split(session, ticket, session.get_one(Report, 1), OFFICER, town.now)


@pytest.mark.parametrize("then", [merged_there, merged_here, taken_off_here])
@pytest.mark.parametrize("wish", ["unsends", "erases"])
def test_the_place_goes_from_the_other_town_whatever_became_of_the_report(
    town: Rangsit, nok: Person, then: object, wish: str
) -> None:
    with_a_neighbour(town)
    number, pin = reports(nok, BEYOND)
    assert len(town.every(Ticket)) == 2
    town.moves(number, "accepted")
    nok.sends("ติดตามเรื่อง")
    assert callable(then)
    then(town, nok)
    assert BEYOND in places(town)
    if wish == "unsends":
        nok.unsends(pin)
    else:
        erases_everything(nok)
    assert BEYOND not in places(town)
    (there,) = [one for one in town.every(Report) if one.municipality_id != town.every(Report)[0].municipality_id]
    assert there.contact_name == number  # whom to ask
    told = {entry.ticket_id for entry in town.every(TicketEvent) if entry.kind == "erased"}
    assert there.ticket_id in told
