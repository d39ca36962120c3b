"""Many report one thing in one place: an incident holds their tickets, those on duty know, later reporters hear."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models import Category, Incident, IncidentTicket, IncidentWords, News, QuotaMonth, Report, ReportCount, Ticket
from models.officer import Role
from tests.talking import INSIDE, Person, Rangsit

METRE = 1 / 111_195
#: Whoever reports red water, each in words of their own.
RED = ("น้ำประปาแดงมาก", "น้ำก๊อกสีแดงขุ่น ใช้ไม่ได้เลย", "น้ำประปามีสีแดงตั้งแต่เช้า", "น้ำประปาแดงอีกแล้ว")


@pytest.fixture
def town(rangsit: Rangsit) -> Rangsit:
    return rangsit


@pytest.fixture
def duty(town: Rangsit) -> Person:
    """The officer of water affairs, on duty."""
    officer = town.officer("สมชาย", "water")
    officer.sends("เข้าเวร")
    officer.reads_on()
    return officer


def north(metres: float) -> tuple[float, float]:
    return INSIDE[0] + metres * METRE, INSIDE[1]


def held(town: Rangsit) -> list[int]:
    """The tickets that incidents hold."""
    with town.database.reading() as session:
        return [one.ticket_id for one in session.query(IncidentTicket)]


def counts(town: Rangsit) -> dict[str, int]:
    """What was counted, by key."""
    with town.database.reading() as session:
        return {one.key: one.count for one in session.query(ReportCount)}


def red_water(town: Rangsit, people: int = 3, *, apart: float = 200) -> list[Person]:
    """So many different residents report it, one after the other along a soi."""
    found = []
    for number in range(people):
        found.append(town.person(f"ผู้แจ้ง {number + 1}"))
        found[-1].reports(RED[number % len(RED)], place=north(apart * number))
        town.passes(minutes=10)
    return found


@pytest.mark.whole_way(always=True)
def test_three_residents_with_red_water_are_an_incident_and_those_on_duty_know_at_once(
    town: Rangsit, duty: Person
) -> None:
    red_water(town, 2)
    assert town.every(Incident) == []
    duty.reads_on()
    third = town.person("ผู้แจ้ง 3")
    third.reports("น้ำประปาแดงมาก", place=north(450))
    (incident,) = town.every(Incident)
    assert (incident.rule, incident.reporters, incident.state) == ("sure", 3, "open")
    assert len(held(town)) == 3
    duty.sees("แจ้งพร้อมกันผิดปกติ", "3 คน ตั้งแต่", "การประปาส่วนภูมิภาค", "1662", "โทร 1662", way="push")


@pytest.mark.parametrize(("apart", "minutes"), [(600, 0), (100, 61)])
def test_three_too_far_from_each_other_or_too_long_after_are_none(
    town: Rangsit, duty: Person, apart: float, minutes: float
) -> None:
    for number in range(3):
        town.person(f"p{number}").reports("น้ำประปาแดงมาก", place=north(apart * number))
        town.passes(minutes=minutes)
    assert town.every(Incident) == []


def test_one_resident_alone_is_no_outbreak_however_often(town: Rangsit, duty: Person) -> None:
    nok = town.person("nok")
    for _ in range(12):
        nok.taps("report")
        nok.reports("น้ำประปาแดงมาก")
    town.person("ton").reports("น้ำประปาแดงมาก")
    assert town.every(Incident) == []
    assert counts(town)["all"] == 2


@pytest.mark.whole_way
def test_who_reports_later_is_told_on_the_draft_and_on_the_ticket(town: Rangsit, duty: Person) -> None:
    red_water(town)
    later = town.person("มาทีหลัง")
    later.sends("น้ำประปาแดงมาก")
    later.sends_place(*north(700))
    later.sees("ตอนนี้มีหลายคนแจ้งเรื่องนี้ในละแวกเดียวกัน", "เจ้าหน้าที่ทราบและกำลังตรวจสอบ")
    later.presses("ส่งเรื่อง")
    later.sees("ตอนนี้มีหลายคนแจ้งเรื่องนี้")
    assert len(held(town)) == 4
    assert len(town.every(Incident)) == 1


def test_what_is_known_answers_later_reporters_and_costs_nothing(town: Rangsit, duty: Person) -> None:
    first, *_ = red_water(town)
    pushes = first.count("push")
    duty.presses("บอกสิ่งที่ทราบ")
    duty.sends("กปภ. ซ่อมท่อเมน คาดว่าน้ำใสภายใน 18:00 น.")
    duty.sees("หัวหน้างานส่งถึงผู้แจ้งทั้ง 3 คนได้")
    assert not [label for label in duty.labels() if label.startswith("ส่งถึงผู้แจ้ง")]
    duty.presses("เก็บไว้บอกคนที่แจ้งใหม่")
    assert first.count("push") == pushes
    later = town.person("มาทีหลัง")
    later.sends("น้ำประปาแดงมาก")
    later.sends_place(*north(100))
    later.sees("ล่าสุด: กปภ. ซ่อมท่อเมน คาดว่าน้ำใสภายใน 18:00 น.")


def test_a_supervisor_sends_one_notice_to_everybody_after_seeing_what_it_costs(town: Rangsit, duty: Person) -> None:
    people = red_water(town)
    boss = town.officer("หัวหน้า", "water", role=Role.SUPERVISOR)
    with town.database.transaction() as session:
        month = f"{datetime.now(UTC) + timedelta(hours=7):%Y-%m}"
        session.add(QuotaMonth(municipality_id=town.row(session).id, month=month, allowed=300))
    boss.sends(town.tickets()[0])
    boss.presses("ดูเหตุนี้")
    boss.presses("บอกสิ่งที่ทราบ")
    boss.sends("กปภ. กำลังซ่อมท่อ")
    boss.sees("ใช้ 3 ข้อความ", "เหลือ")
    for person in people:
        person.reads_on()
    boss.presses("ส่งถึงผู้แจ้ง 3 คน")
    boss.sees("ส่งข่าวถึงผู้แจ้ง 3 คนแล้ว")
    for person in people:
        person.sees("ในละแวกที่คุณแจ้ง", "กปภ. กำลังซ่อมท่อ", way="push")
    assert [words.people for words in town.every(IncidentWords)] == [3]
    boss.presses("ส่งถึงผู้แจ้ง 3 คน")
    assert len(town.every(News, kind="incident")) == 3


def test_words_that_an_officer_takes_back_answer_nobody_any_more(town: Rangsit, duty: Person) -> None:
    red_water(town)
    duty.presses("บอกสิ่งที่ทราบ")
    said = duty.sends("น้ำจะใสพรุ่งนี้")
    duty.presses("เก็บไว้บอกคนที่แจ้งใหม่")
    duty.unsends(said)
    later = town.person("มาทีหลัง")
    later.sends("น้ำประปาแดงมาก")
    later.sends_place(*north(100))
    later.does_not_see("น้ำจะใสพรุ่งนี้")
    later.sees("ตอนนี้มีหลายคนแจ้งเรื่องนี้")


def test_an_incident_ends_by_a_word_or_after_a_quiet_day(town: Rangsit, duty: Person) -> None:
    red_water(town)
    duty.presses("จบเหตุ")
    duty.sees("จบเหตุนี้ใช่ไหม")
    assert [one.state for one in town.every(Incident)] == ["open"], "a thumb may slip, and no press opens it again"
    duty.presses("ใช่ จบเหตุ")
    duty.sees("จบเหตุแล้ว", "เหตุจบแล้ว")
    later = town.person("มาทีหลัง")
    later.reports("น้ำประปาแดงมาก", place=north(100))
    (incident,) = town.every(Incident)
    assert incident.state == "over"
    for number in range(2):
        town.person(f"อีก {number}").reports("น้ำประปาแดงมาก", place=north(50 * number))
    assert [one.state for one in town.every(Incident)] == ["over", "open"]
    town.passes(hours=25)
    town.person("วันต่อมา").reports("น้ำประปาแดงมาก", place=north(100))
    assert [one.state for one in town.every(Incident)] == ["over", "over"]


def test_many_more_than_usual_of_an_ordinary_kind_are_an_incident_and_a_usual_number_is_none(
    town: Rangsit,
) -> None:
    town.officer("สมศรี", "public_works")
    with town.database.transaction() as session:
        row = town.row(session)
        light = session.query(Category).filter_by(code="street_light").one()
        began = town.now - timedelta(days=200)
        for key, number in (("all", 100), ("h10", 4), ("h11", 4), ("h12", 4), ("h09", 4), ("c1398:10062", 10)):
            session.add(
                ReportCount(
                    municipality_id=row.id, category_id=light.id, key=key, month="2026-10", count=number,
                    first_at=began,
                )
            )  # fmt: skip
    for number in range(2):
        town.person(f"a{number}").reports("ไฟถนนดับทั้งแถว มืดมาก", place=north(30 * number))
    assert town.every(Incident) == []
    town.person("a2").reports("ไฟถนนดับทั้งแถว มืดมาก", place=north(90))
    (incident,) = town.every(Incident)
    assert incident.rule == "unusual"
    assert incident.chance is not None
    assert incident.chance < 1 / 180


def test_in_its_first_two_weeks_a_town_learns_what_is_usual(town: Rangsit) -> None:
    for number in range(6):
        town.person(f"a{number}").reports("ไฟถนนดับทั้งแถว มืดมาก", place=north(30 * number))
    assert town.every(Incident) == []


def test_a_supervisor_hears_of_an_incident_that_nobody_accepts(town: Rangsit, duty: Person) -> None:
    boss = town.officer("หัวหน้า", "water", role=Role.SUPERVISOR)
    boss.reads_on()
    red_water(town)
    town.passes(minutes=15)
    assert any(town.every(Ticket, is_urgent=True))
    boss.sees("RS-")


def test_joined_reports_count_as_reports_of_their_own(town: Rangsit, duty: Person) -> None:
    first = town.person("หนึ่ง").reports("น้ำประปาแดงมาก")
    for name in ("สอง", "สาม"):
        person = town.person(name)
        person.sends("น้ำประปาแดงมาก")
        person.sends_place(*north(100))
        person.presses("เรื่องเดียวกัน")
    assert town.tickets() == [first]
    assert len(town.every(Report)) == 3
    (incident,) = town.every(Incident)
    assert incident.reporters == 3
