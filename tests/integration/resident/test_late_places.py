"""Where it is, said after the ticket was made: whose matter it is follows, as if it had been said first."""

from __future__ import annotations

import pytest

from models import IncidentTicket, Message, Ticket
from tests.integration.resident.test_whose_ground import BEYOND, ON_THE_HIGHWAY, owner_of, with_a_neighbour
from tests.talking import FAR_OUTSIDE, INSIDE, Person, Rangsit

METRE = 1 / 111_195
DANGER_ON_THE_ROAD = "ถนนยุบเป็นหลุมลึกมาก รถตกลงไป มีคนเจ็บ ช่วยด้วย"


def unsent(town: Rangsit, person: Person, words: str, place: str = "หน้าวัด") -> str:
    """A report whose place is words only, sent for its reporter after a quarter of an hour."""
    person.sends(words)
    person.sends(place)
    town.passes(minutes=15)
    person.reads_on()
    return town.tickets()[-1]


def held(town: Rangsit) -> int:
    """How many tickets incidents hold."""
    with town.database.reading() as session:
        return session.query(IncidentTicket).count()


def test_a_danger_pinned_on_a_highway_is_its_owners_whom_the_resident_sees(town: Rangsit, nok: Person) -> None:
    nok.sends(DANGER_ON_THE_ROAD)
    assert owner_of(town, nok.number) is None
    nok.reads_on()
    nok.sends_place(*ON_THE_HIGHWAY)
    nok.sees("ได้รับตำแหน่งของเรื่อง", "กรมทางหลวง เป็นผู้ดูแล")
    assert town.standing(nok.number, "category").code == "road"
    assert owner_of(town, nok.number) == "doh"


@pytest.mark.parametrize("place", [FAR_OUTSIDE, INSIDE], ids=["outside", "inside"])
def test_what_turns_out_to_lie_outside_goes_to_the_desk(
    town: Rangsit, nok: Person, place: tuple[float, float]
) -> None:
    nok.sends(DANGER_ON_THE_ROAD)
    nok.sends_place(*place)
    assert town.standing(nok.number, "department").is_desk == (place == FAR_OUTSIDE)


def test_a_pin_that_was_wrong_at_first_brings_it_back_to_its_department(town: Rangsit, nok: Person) -> None:
    nok.sends(DANGER_ON_THE_ROAD)
    nok.sends_place(*FAR_OUTSIDE)
    nok.quotes(nok.number, "ตรงนี้")
    nok.presses("เพิ่มข้อมูล")
    nok.sends_place(*INSIDE)
    assert not town.standing(nok.number, "department").is_desk


def test_a_danger_on_another_towns_ground_is_handed_over_once_when_its_place_comes(
    town: Rangsit, nok: Person
) -> None:
    with_a_neighbour(town)
    nok.sends("ไฟไหม้บ้าน ช่วยด้วย")
    nok.sends_place(*BEYOND)
    nok.sees("เทศบาลเมืองข้างบ้าน", "เลขเรื่องที่นั่น ND-6911-00001")
    nok.presses("เพิ่มข้อมูล")
    nok.sends_place(*BEYOND)
    ours, theirs = town.every(Ticket)
    assert (ours.handed_as, theirs.is_urgent) == ("ND-6911-00001", True)
    assert "ไฟไหม้บ้าน ช่วยด้วย" in [one.text for one in town.every(Message, ticket_id=theirs.id)]


def test_what_an_officer_has_forwarded_stays_where_it_was_sent(town: Rangsit, nok: Person) -> None:
    nok.sends(DANGER_ON_THE_ROAD)
    town.moves(nok.number, "forwarded", owner="drr", way="phone")
    nok.presses("เพิ่มข้อมูล")
    nok.sends_place(*ON_THE_HIGHWAY)
    assert owner_of(town, nok.number) == "drr"


def test_red_water_that_is_pinned_late_makes_an_incident_all_the_same(town: Rangsit) -> None:
    people = [town.person(f"ผู้แจ้ง {number}") for number in range(3)]
    words = ("น้ำประปาแดงมาก", "น้ำก๊อกสีแดงขุ่น", "น้ำประปามีสีแดง")
    numbers = [unsent(town, person, said) for said, person in zip(words, people, strict=True)]
    assert held(town) == 0
    for step, (person, number) in enumerate(zip(people, numbers, strict=True)):
        person.taps("track")
        person.presses("เพิ่มข้อมูล", on=number)
        person.sends_place(INSIDE[0] + step * 200 * METRE, INSIDE[1])
    assert held(town) == 3
