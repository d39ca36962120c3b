"""Danger first: whom to call, an urgent ticket without a tap, the place afterwards."""

from __future__ import annotations

import pytest

from models import Message, News, Ticket
from tests.talking import Person, Rangsit

FIRE = "ไฟไหม้บ้าน ช่วยด้วย"


@pytest.mark.whole_way
def test_danger_shows_whom_to_call_first_and_makes_a_ticket_at_once(town: Rangsit, nok: Person) -> None:
    nok.sends(FIRE)
    text = nok.sees("อันตราย โทรทันที", "02-567-6000", "199", "RS-6911-00001", "อยู่ที่ไหน")
    assert text.index("02-567-6000") < text.index("199") < text.index("RS-6911-00001")
    assert town.standing("RS-6911-00001", "is_urgent")
    assert nok.count("reply") == 1


@pytest.mark.whole_way
def test_the_town_s_own_number_stands_first_then_the_line_that_fits(town: Rangsit, nok: Person) -> None:
    nok.sends("ฉันอยากตาย")
    text = nok.sees("มีคนพร้อมรับฟังคุณ", "02-567-6000", "1323", "ส่งเรื่องด่วนให้เจ้าหน้าที่แล้ว")
    assert "ขอบคุณที่ช่วยดูแลเมือง" not in text  # nothing of the usual
    assert "อยู่ให้ห่าง" not in text
    assert text.index("02-567-6000") < text.index("1323") < text.index("191")
    assert "199" not in text and "1129" not in text  # neither a fire nor a wire
    assert "ถ้าอยากให้มีคนไปหา" in text  # the place is theirs to tell


def test_no_notice_comes_between_a_danger_and_its_place(town: Rangsit, nok: Person) -> None:
    nok.sends(FIRE)
    nok.sends("ขอบคุณค่ะ")
    nok.sends_place()
    assert "อ่านประกาศ" not in nok.sees("ได้รับตำแหน่ง")
    nok.sends("ขอบคุณค่ะ")
    nok.sees("อ่านประกาศ")


def test_urgent_tickets_reach_every_officer_of_team_and_desk_at_once(town: Rangsit, nok: Person) -> None:
    desk, team = town.officer("desk", "clerk"), town.officer("team", "disaster")
    other = town.officer("other", "water")
    nok.sends(FIRE)
    assert (desk.count("push"), team.count("push"), other.count("push")) == (1, 1, 0)


def test_the_place_is_asked_afterwards_and_reaches_the_officers_at_once(town: Rangsit, nok: Person) -> None:
    desk = town.officer("desk", "clerk")
    nok.sends(FIRE)
    nok.reads_on()
    nok.sends_place(13.985, 100.625)
    nok.sees("ได้รับตำแหน่งของเรื่อง RS-6911-00001 แล้ว")
    assert town.standing("RS-6911-00001", "latitude", "longitude") == (13.985, 100.625)
    assert desk.count("push") == 2


def test_the_place_of_danger_may_be_words_or_unknown(town: Rangsit, nok: Person, ton: Person) -> None:
    nok.sends(FIRE)
    nok.sends("หน้าตลาดพรพัฒน์")
    nok.sees("ได้รับตำแหน่ง")
    assert town.standing(nok.number, "place_words") == "หน้าตลาดพรพัฒน์"
    ton.sends(FIRE)
    ton.presses("ไม่ทราบตำแหน่ง")
    ton.sees("ไม่เป็นไร")
    ton.sends_photo()  # no step is left behind
    ton.sees("เพิ่มในเรื่อง")


@pytest.mark.parametrize("words", ["โอเค", "สวัสดีค่ะ", "รับทราบค่ะ"])
def test_small_talk_after_a_danger_alarms_nobody(town: Rangsit, nok: Person, words: str) -> None:
    desk = town.officer("desk", "clerk")
    nok.sends(FIRE)
    nok.sends_place(13.985, 100.625)
    before = desk.count("push")
    nok.sends(words)
    assert desk.count("push") == before
    assert not [m for m in town.every(Message, kind="comment") if m.text]


def test_words_about_another_own_ticket_are_not_put_on_the_danger(town: Rangsit, nok: Person) -> None:
    nok.reports("น้ำประปาแดงมาก")
    nok.sends(FIRE)
    nok.sends_place(13.985, 100.625)
    nok.reads_on()
    nok.sends("น้ำยังแดงอยู่")
    assert "RS-6911-00002" not in nok.sees("RS-6911-00001")


def test_a_clear_report_of_the_same_kind_is_one_of_its_own(town: Rangsit, nok: Person) -> None:
    nok.reports("น้ำประปาเป็นสีแดง")
    with town.database.transaction() as session:
        town.ticket(session, "RS-6911-00001").is_urgent = True  # as bot.incidents does
    nok.reads_on()
    nok.sends("น้ำประปาเป็นสีแดง ตรงเสา 12")
    assert "เพิ่มในเรื่อง" not in nok.text


def test_a_fire_soon_after_an_incident_was_noticed_by_ones_report_is_a_ticket_of_its_own(
    town: Rangsit, nok: Person
) -> None:
    nok.reports("น้ำประปาเป็นสีแดง")
    with town.database.transaction() as session:
        town.ticket(session, "RS-6911-00001").is_urgent = True  # as bot.incidents does
    nok.reads_on()
    nok.sends(FIRE)
    nok.sees("199", "RS-6911-00002", "อยู่ที่ไหน")
    nok.sends("ไฟลามแล้ว")
    nok.sees("เพิ่มในเรื่อง RS-6911-00002")


def test_an_alarm_is_not_held_back_by_a_picture_that_waits(town: Rangsit, nok: Person) -> None:
    desk = town.officer("desk", "clerk")
    nok.sends(FIRE)
    nok.sends_place(13.985, 100.625)
    town.passes(minutes=20)
    nok.sends_photo()
    before = desk.count("push")
    nok.sends("ไฟลามแล้ว มีคนติดอยู่")
    assert desk.count("push") == before + 1


def test_that_the_place_was_wrong_is_no_place(town: Rangsit, nok: Person) -> None:
    nok.sends(FIRE)
    nok.sends("ส่งผิด ไม่ใช่ตรงนี้")
    assert town.standing("RS-6911-00001", "place_words") is None


def test_more_words_in_danger_belong_to_the_same_ticket(town: Rangsit, nok: Person) -> None:
    desk = town.officer("desk", "clerk")
    nok.sends(FIRE)
    nok.sends("ไฟลามแล้ว")
    nok.sees("199", "เพิ่มในเรื่อง RS-6911-00001")
    nok.sends("ขอบคุณค่ะ")
    nok.sees("อยู่ที่ไหน")
    assert town.tickets() == ["RS-6911-00001"]
    assert town.standing("RS-6911-00001", "place_words") is None
    assert [m.text for m in town.every(Message, kind="comment")] == ["ไฟลามแล้ว"]
    assert desk.count("push") == 2
    desk.sees("ไฟลามแล้ว")


def test_another_danger_on_another_day_is_another_ticket(town: Rangsit, nok: Person) -> None:
    nok.sends(FIRE)
    nok.sends_place()
    town.passes(days=1)
    nok.sends(FIRE)
    assert len(town.tickets()) == 2


def test_danger_in_the_middle_of_a_report_about_something_else_is_its_own_ticket(town: Rangsit, nok: Person) -> None:
    nok.sends("ขยะไม่มาเก็บ 4 วันแล้ว เหม็นมาก")
    nok.sends(FIRE)
    nok.sees("199", "ความปลอดภัย")
    nok.sends("หน้าตลาดพรพัฒน์")
    nok.sees("ได้รับตำแหน่ง", "ตรงนี้ใช่ไหม")
    nok.presses("ใช่ ตรงนี้")
    nok.sees("ได้รับตำแหน่ง", "มีเรื่องที่ยังไม่ได้ส่ง", "ขยะและความสะอาด")
    nok.sends_place()
    nok.presses("ส่งเรื่อง")
    categories = [ticket.category.code for ticket in town.every(Ticket)]
    assert categories == ["safety", "garbage"]
    words = {m.ticket_id: m.text for m in town.every(Message, kind="report")}
    assert list(words.values()) == [FIRE, "ขยะไม่มาเก็บ 4 วันแล้ว เหม็นมาก"]


def test_danger_that_grows_out_of_the_same_report_takes_it_along(town: Rangsit, nok: Person) -> None:
    nok.sends("สายไฟหน้าบ้านห้อยต่ำมาก ซอยรังสิต-นครนายก 46")
    nok.sees("ตรวจดูก่อนส่ง")
    nok.sends("สายไฟขาดห้อยลงมามีประกายไฟ")
    nok.sees("อันตราย", "RS-6911-00001", "ซอยรังสิต-นครนายก 46")
    assert len(town.every(Message, kind="report")) == 2


def test_danger_interrupts_stars_additions_and_the_talk_with_the_desk(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    nok.presses("เพิ่มข้อมูล", on=number)
    nok.sends(FIRE)
    nok.sees("199", "RS-6911-00002")
    town.passes(days=1)
    nok.taps("talk")
    nok.sends(FIRE)
    nok.sees("199", "RS-6911-00003")


def test_a_danger_outside_the_town_says_who_is_responsible(town: Rangsit, nok: Person) -> None:
    nok.sends(FIRE)
    nok.sends_place(14.02, 100.53)
    nok.sees("ได้รับตำแหน่ง", "อยู่นอกเขต")


def test_the_ticket_of_danger_is_told_once(town: Rangsit, nok: Person) -> None:
    nok.sends(FIRE)
    nok.sends_place()
    told = town.every(News, is_for_officer=False)
    assert [(item.kind, item.state) for item in told] == [("ticket", "told")]


def test_words_soon_after_a_danger_that_name_no_other_problem_are_about_it(town: Rangsit, nok: Person) -> None:
    nok.sends(FIRE)
    nok.sends_place(13.985, 100.625)
    nok.sends("อันตรายมาก รีบมาเลย")
    nok.sees("เพิ่มในเรื่อง RS-6911-00001")
    nok.sends("ขยะหน้าตลาดไม่มีใครมาเก็บ 4 วันแล้ว")
    nok.sees("ขยะและความสะอาด", "อยู่ที่ไหน")
    assert [m.text for m in town.every(Message, kind="comment") if m.text] == ["อันตรายมาก รีบมาเลย"]
