"""Borders, owners of roads and canals, estates, and a problem on the ground of another town of this installation."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from bot import officer_words, profiles, towns
from bot.places import ground, remembered
from bot.privacy import ageing
from models import Area, Effect, Media, Message, Municipality, Report, Ticket
from models.effect import FETCH_MEDIA
from tests.talking import Person, Rangsit

ON_THE_HIGHWAY, ON_THE_CANAL, IN_AN_ESTATE = (13.98687, 100.6250), (13.98620, 100.6255), (13.9908, 100.6549)
AT_THE_BORDER, BEYOND = (13.9900, 100.66370), (13.9900, 100.6700)


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    remembered.forget_all()
    ground.forget_all()


def owner_of(town: Rangsit, number: str) -> str | None:
    owner = town.standing(number, "owner")
    return owner.code if owner is not None else None


def reports(person: Person, words: str, place: tuple[float, float]) -> str:
    person.sends(words)
    person.sends_place(*place)
    person.presses("ส่งเรื่อง")
    return person.number


@pytest.mark.whole_way
def test_a_hole_in_a_highway_is_the_departments_of_highways(town: Rangsit, nok: Person) -> None:
    number = reports(nok, "ถนนเป็นหลุมใหญ่มาก รถล้มบ่อย", ON_THE_HIGHWAY)
    assert owner_of(town, number) == "doh"
    nok.sees("กรมทางหลวง เป็นผู้ดูแล")


def test_the_main_canal_is_the_irrigation_departments_and_garbage_beside_it_the_towns(
    town: Rangsit, nok: Person, ton: Person
) -> None:
    assert owner_of(town, reports(nok, "คลองน้ำเน่าเหม็นมาก", ON_THE_CANAL)) == "rid"
    assert owner_of(town, reports(ton, "ขยะไม่มาเก็บ 4 วันแล้ว", ON_THE_CANAL)) is None


@pytest.mark.whole_way
def test_a_lane_in_an_estate_is_asked_once_and_the_answer_decides(town: Rangsit, nok: Person, ton: Person) -> None:
    nok.sends("ถนนเป็นหลุมใหญ่มาก รถล้มบ่อย")
    nok.sends_place(*IN_AN_ESTATE)
    nok.sees("หมู่บ้านวรุณพร", "ใครดูแลอยู่")
    nok.presses("นิติบุคคลหมู่บ้านดูแล")
    nok.does_not_see("ใครดูแลอยู่")
    nok.presses("ส่งเรื่อง")
    assert owner_of(town, nok.number) == "estate"
    (report,) = town.every(Report)
    assert report.ground_owner == "estate"
    ton.sends("ไฟถนนดับทั้งซอย")
    ton.sends_place(*IN_AN_ESTATE)
    ton.presses("เทศบาลดูแล")
    ton.presses("ส่งเรื่อง")
    assert owner_of(town, ton.number) is None


def test_without_an_answer_an_estates_lane_is_the_towns(town: Rangsit, nok: Person) -> None:
    assert owner_of(town, reports(nok, "ถนนเป็นหลุมใหญ่มาก รถล้มบ่อย", IN_AN_ESTATE)) is None


@pytest.mark.whole_way(always=True)
def test_beside_the_border_both_sides_are_named_and_one_answer_decides(town: Rangsit, nok: Person) -> None:
    nok.sends("ถนนเป็นหลุมใหญ่มาก รถล้มบ่อย")
    nok.sends_place(*AT_THE_BORDER)
    nok.sees("ติดเขตกับ เทศบาลเมืองบึงยี่โถ")
    nok.presses("อีกฝั่งของเขต")
    nok.sees("อยู่นอกเขตเทศบาลนครรังสิต", "เทศบาลเมืองบึงยี่โถ")
    nok.presses("ส่งเรื่อง")
    (report,) = town.every(Report)
    assert (report.is_outside, report.ground_owner) == (True, "outside")


@pytest.mark.whole_way
def test_an_address_tells_who_is_responsible_beyond_the_neighbours(town: Rangsit, nok: Person) -> None:
    nok.sends("ขยะไม่มาเก็บ 4 วันแล้ว")
    nok.sends_place(14.07, 100.66, address="ต.คลองสาม อ.คลองหลวง จ.ปทุมธานี 12120")
    nok.sees("อยู่นอกเขต", "เทศบาลหรือ อบต. ในต.คลองสาม อ.คลองหลวง จ.ปทุมธานี")


def with_a_neighbour(town: Rangsit, name: str = "ข้างบ้าน", prefix: str = "ND", west: float = 100.6641) -> None:
    """Another town on this installation, east of ours."""
    ring = [[west, 13.98], [100.71, 13.98], [100.71, 14.02], [west, 14.02], [west, 13.98]]
    ours = profiles.load("rangsit")
    theirs = replace(
        ours,
        code=f"next-door-{prefix}".lower(),
        ticket_prefix=prefix,
        name=profiles.Words(f"เทศบาลเมือง{name}", f"Next Door {prefix}"),
        office=replace(ours.office, phone="02-111-2222"),
        outline=profiles.Outline({"type": "Polygon", "coordinates": [ring]}),
        places=(),
        ground=(),
    )
    with town.database.transaction() as session:
        towns.import_profile(session, theirs, town.now)


def test_a_problem_on_another_towns_ground_is_kept_and_handed_to_it(town: Rangsit, nok: Person) -> None:
    with_a_neighbour(town)
    nok.sends("ขยะไม่มาเก็บ 4 วันแล้ว เหม็นมาก")
    nok.sends_place(*BEYOND)
    nok.sees("เทศบาลเมืองข้างบ้าน โทร 02-111-2222")
    nok.presses("ส่งเรื่อง")
    nok.sees("RS-6911-00001", "ส่งเรื่องให้ เทศบาลเมืองข้างบ้าน แล้ว เลขเรื่องที่นั่น ND-6911-00001")
    ours, theirs = town.every(Ticket)
    assert (ours.handed_as, theirs.number, theirs.category.code) == ("ND-6911-00001", "ND-6911-00001", "garbage")
    twin = town.every(Report)[1]
    assert (twin.resident_id, twin.channel, twin.contact_name) == (None, "other", "RS-6911-00001")


def test_taking_the_words_back_erases_them_in_the_other_town_too(town: Rangsit, nok: Person) -> None:
    with_a_neighbour(town)
    said = nok.sends("ขยะไม่มาเก็บ 4 วันแล้ว เหม็นมาก")
    pin = nok.sends_place(*BEYOND)
    nok.presses("ส่งเรื่อง")
    nok.unsends(said)
    nok.unsends(pin)
    assert [message.text for message in town.every(Message)] == [None, None]
    assert [report.latitude for report in town.every(Report)] == [None, None]


OUR_ADDRESS = "ถ.รังสิต-นครนายก ต.ประชาธิปัตย์ อ.ธัญบุรี จ.ปทุมธานี 12130"


def other_side(nok: Person) -> None:
    nok.sends("ถนนเป็นหลุมใหญ่มาก รถล้มบ่อย")
    nok.sends_place(*AT_THE_BORDER, address=OUR_ADDRESS)
    nok.reads_on()
    nok.presses("อีกฝั่งของเขต")


def test_the_other_side_is_the_neighbours_though_the_address_of_the_pin_is_ours(town: Rangsit, nok: Person) -> None:
    other_side(nok)
    nok.does_not_see("เทศบาลหรือ อบต. ใน")
    nok.sees("อยู่นอกเขตเทศบาลนครรังสิต", "ผู้ดูแลพื้นที่คือ เทศบาลเมืองบึงยี่โถ")


def test_the_other_side_goes_to_the_neighbour_on_this_installation(town: Rangsit, nok: Person) -> None:
    with_a_neighbour(town)
    other_side(nok)
    nok.sees("ผู้ดูแลพื้นที่คือ เทศบาลเมืองข้างบ้าน โทร 02-111-2222")
    nok.presses("ส่งเรื่อง")
    nok.sees("ส่งเรื่องให้ เทศบาลเมืองข้างบ้าน แล้ว เลขเรื่องที่นั่น ND-6911-00001")
    assert [(one.number, one.owner) for one in town.every(Ticket)][1] == ("ND-6911-00001", None)


def test_our_own_side_of_the_border_is_handed_to_nobody(town: Rangsit, nok: Person) -> None:
    with_a_neighbour(town)
    reports(nok, "ถนนเป็นหลุมใหญ่มาก รถล้มบ่อย", AT_THE_BORDER)
    assert town.tickets() == ["RS-6911-00001"]


def test_ground_that_two_towns_claim_is_handed_to_one_of_them(town: Rangsit, nok: Person) -> None:
    with_a_neighbour(town)
    with_a_neighbour(town, "อีกฝั่ง", "OS")
    reports(nok, "ขยะไม่มาเก็บ 4 วันแล้ว เหม็นมาก", BEYOND)
    nok.sees("เลขเรื่องที่นั่น ND-6911-00001")
    assert [ticket.number for ticket in town.every(Ticket)] == ["RS-6911-00001", "ND-6911-00001"]


def test_our_own_ground_is_ours_whoever_else_claims_it(town: Rangsit, nok: Person) -> None:
    with_a_neighbour(town, west=100.60)
    reports(nok, "ขยะไม่มาเก็บ 4 วันแล้ว เหม็นมาก", (13.9900, 100.6300))
    assert [(ticket.number, ticket.handed_as) for ticket in town.every(Ticket)] == [("RS-6911-00001", None)]


@pytest.fixture
def handed(town: Rangsit, nok: Person) -> str:
    """A report with a photo that was handed to the town next door; the photo's id at LINE."""
    with_a_neighbour(town)
    nok.sends("ขยะไม่มาเก็บ 4 วันแล้ว เหม็นมาก")
    photo = nok.sends_photo()
    nok.sends_place(*BEYOND)
    nok.presses("ส่งเรื่อง")
    return photo


def test_a_photo_goes_with_what_is_handed_over_and_belongs_to_each_town(
    town: Rangsit, nok: Person, handed: str
) -> None:
    ours, theirs = town.every(Ticket)
    mine, copy = town.every(Media)
    assert (mine.ticket_id, copy.ticket_id) == (ours.id, theirs.id)
    assert (mine.municipality_id, copy.municipality_id) == (ours.municipality_id, theirs.municipality_id)
    assert (copy.said, copy.purpose, copy.resident_id) == (handed, "before", mine.resident_id)
    assert [wish.payload["media_id"] for wish in town.every(Effect, kind=FETCH_MEDIA)] == [mine.id, copy.id]
    nok.sends("ข้อมูลของฉัน")
    nok.sees("รูปและไฟล์")


def test_two_tickets_of_the_same_words_share_their_photo_in_the_other_town_too(town: Rangsit, nok: Person) -> None:
    with_a_neighbour(town)
    nok.sends("ไฟถนนดับทั้งซอย และขยะไม่มาเก็บ 4 วันแล้ว")
    nok.sends_photo()
    nok.sends_place(*BEYOND)
    nok.presses("ส่งแยกเป็น 2 เรื่อง")
    assert len(town.every(Ticket)) == 4
    assert len(town.every(Media)) == 2
    with town.database.reading() as session:
        media = [officer_words.media_of(session, ticket) for ticket in session.scalars(select(Ticket)).unique()]
        counts = [len(officer_words.pictures(of_one)) for of_one in media]
    assert counts == [1, 1, 1, 1]


def test_a_photo_taken_back_goes_in_both_towns(town: Rangsit, nok: Person, handed: str) -> None:
    nok.unsends(handed)
    assert [photo.state for photo in town.every(Media)] == ["erased", "erased"]


def test_erasing_ones_data_erases_the_photo_in_both_towns(town: Rangsit, nok: Person, handed: str) -> None:
    nok.sends("ข้อมูลของฉัน")
    nok.presses("ลบข้อมูลของฉัน")
    nok.presses("ใช่ ลบทั้งหมด")
    assert [photo.state for photo in town.every(Media)] == ["erased", "erased"]
    assert not any(message.text for message in town.every(Message))


@pytest.mark.parametrize("first", [0, 1], ids=["ours first", "theirs first"])
def test_what_one_town_has_kept_long_enough_stays_in_the_other(town: Rangsit, handed: str, first: int) -> None:
    with town.database.transaction() as session:
        tickets = list(session.scalars(select(Ticket).order_by(Ticket.id)).unique())
        ageing.erase_ticket(session, tickets[first], town.now)
    states = [photo.state for photo in town.every(Media)]
    assert (states[first], states[1 - first]) == ("erased", "wanted")
    words = [message.text for message in town.every(Message)]
    assert (words[first], bool(words[1 - first])) == (None, True)


def test_conduct_is_never_handed_over(town: Rangsit, nok: Person) -> None:
    with_a_neighbour(town)
    reports(nok, "เจ้าหน้าที่เทศบาลพูดจาไม่สุภาพ เรียกรับเงิน", BEYOND)
    assert len(town.every(Ticket)) == 1


def test_an_import_brings_the_owners_of_ground_once(town: Rangsit) -> None:
    areas = len(town.every(Area))
    assert areas == len(profiles.load("rangsit").ground)
    with town.database.transaction() as session:
        again = towns.import_profile(session, profiles.load("rangsit"), town.now)
        assert again.changed == 0
    with town.database.reading() as session:
        row = session.query(Municipality).one()
        assert towns.profile_of(session, row).ground == profiles.load("rangsit").ground
