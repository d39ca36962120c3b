"""แยกผู้แจ้งออก: one report becomes a ticket of its own; who hears what, and whose words are where."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot import news
from models import Call, Media, Message, Report, Ticket
from models.lifecycle import TicketStatus
from tests.builders import CANAL, Town
from tests.chats import Chat, Clock, chat
from tests.integration.officer.sharing import NEXT_DOOR, of, takes_off

S = TicketStatus


def test_one_report_is_shown_confirmed_and_becomes_a_ticket_of_its_own(
    town: Town, screen: Chat, shared: Ticket, paengs: Report
) -> None:
    town.move(shared, S.ACCEPTED, town.officer("มาลี", "environment"))
    screen.presses("แยกผู้แจ้งออก")
    assert "1. “ขยะล้นถังหน้าบ้าน” · ซอยรังสิต-นครนายก 46 · 24 พ.ย. 2569 11:00" in screen.text
    assert "2. “มีคนเผาขยะหลังตลาด” · ซอยรังสิต-นครนายก 48" in screen.text
    screen.presses("ผู้แจ้งคนที่ 2")
    assert "มีคนเผาขยะหลังตลาด" in screen.text
    assert paengs.ticket_id == shared.id, "nothing moves before the yes"
    screen.presses("ใช่ แยกเลย")
    new = of(town, "RS-6911-00002")
    assert (paengs.ticket_id, new.status, new.category.code, new.department.code) == (
        new.id, "new", "garbage", "environment",
    )  # fmt: skip
    assert (new.latitude, new.longitude, new.place_words) == (13.98715, 100.60955, "ซอยรังสิต-นครนายก 48")
    assert (shared.status, shared.place_words) == ("accepted", "ซอยรังสิต-นครนายก 46")
    assert new.due_at is not None
    assert screen.card().number == new.number
    assert len(screen.card().pictures) == 1
    assert "ขยะล้นถัง" not in screen.text


def test_the_history_of_both_says_it_and_the_old_ticket_keeps_nothing_of_what_left(
    town: Town, screen: Chat, shared: Ticket
) -> None:
    takes_off(screen, shared, "ผู้แจ้งคนที่ 2")
    assert any("แยกออกมาจาก RS-6911-00001 · คุณสมชาย" in line for line in screen.card().history)
    screen.says(shared.number)
    assert any("แยกผู้แจ้งหนึ่งคนไปเป็น RS-6911-00002" in line for line in screen.card().history)
    assert "เผาขยะ" not in screen.text
    assert screen.card().pictures == ()
    assert "แยกผู้แจ้งออก" not in screen.labels(), "the last reporter stays"


def test_its_reporter_hears_the_new_number_with_the_next_reply_and_nobody_elses_words(
    town: Town, screen: Chat, shared: Ticket
) -> None:
    paeng, nok = chat(town, town.resident("แป้ง")), chat(town, town.resident("นก"))
    paeng.says("สวัสดี")
    nok.says("สวัสดี")
    takes_off(screen, shared, "ผู้แจ้งคนที่ 2")
    assert paeng.pushed() == []
    paeng.says("สวัสดี")
    assert "ดูแล้วเป็นคนละปัญหากับเรื่องเดิม" in paeng.text
    assert paeng.card().number == "RS-6911-00002"
    assert shared.number not in paeng.text
    assert "ขยะล้น" not in paeng.text
    paeng.says("สวัสดี")
    assert "คนละปัญหา" not in paeng.text, "it is said once"
    nok.says("สวัสดี")
    assert "RS-6911-00002" not in nok.text


def test_a_date_promised_earlier_is_kept_by_a_push(town: Town, screen: Chat, shared: Ticket, clock: Clock) -> None:
    promised = shared.due_at
    clock.passes(hours=20)
    takes_off(screen, shared, "ผู้แจ้งคนที่ 2")
    waiting = news.waiting_for(town.session, town.resident("แป้ง"))
    assert [(item.kind, item.push_at) for item in waiting] == [("split", promised)]


def test_news_goes_its_own_way_from_then_on(town: Town, screen: Chat, shared: Ticket) -> None:
    takes_off(screen, shared, "ผู้แจ้งคนที่ 2")
    malee = town.officer("มาลี", "environment")
    town.move(shared, S.ACCEPTED, malee)
    town.move(shared, S.REJECTED, malee)
    paeng, nok = chat(town, town.resident("แป้ง")), chat(town, town.resident("นก"))
    assert (len(nok.pushed()), paeng.pushed()) == (1, [])
    new = of(town, "RS-6911-00002")
    assert new.status == "new"
    town.move(new, S.REJECTED, malee)
    assert (len(nok.pushed()), len(paeng.pushed())) == (1, 1)


def test_old_cards_the_old_number_and_quotes_of_the_reporter_lead_to_the_new_ticket(
    town: Town, screen: Chat, shared: Ticket
) -> None:
    paeng = chat(town, town.resident("แป้ง"))
    paeng.says("ติดตามเรื่อง")
    old = paeng.button("เพิ่มข้อมูล")
    takes_off(screen, shared, "ผู้แจ้งคนที่ 2")
    paeng.says(shared.number)
    assert paeng.card().number == "RS-6911-00002"
    paeng.presses_old(old)
    paeng.says("ควันเยอะมาก")
    added = town.session.scalars(select(Message).where(Message.text == "ควันเยอะมาก")).one()
    assert added.ticket_id == of(town, "RS-6911-00002").id
    paeng.says("ยังมีควันอยู่", quotedMessageId="said-paeng")
    added = town.session.scalars(select(Message).where(Message.text == "ยังมีควันอยู่")).one()
    assert added.ticket_id == of(town, "RS-6911-00002").id
    stranger = chat(town, town.resident("อ้อย"))
    stranger.presses_old(old)
    assert "RS-6911" not in stranger.text


def test_what_the_reporter_said_since_goes_along_and_what_others_said_stays(
    town: Town, screen: Chat, shared: Ticket, paengs: Report
) -> None:
    for name, words in (("แป้ง", "ควันเข้าบ้านแล้ว"), ("นก", "ถังแตกด้วย")):
        person = chat(town, town.resident(name))
        person.says("ติดตามเรื่อง")
        person.presses("เพิ่มข้อมูล")
        person.says(words)
    takes_off(screen, shared, "ผู้แจ้งคนที่ 2")
    new = of(town, "RS-6911-00002")
    where = {message.text: message.ticket_id for message in town.session.scalars(select(Message))}
    assert (where["ควันเข้าบ้านแล้ว"], where["มีคนเผาขยะหลังตลาด"]) == (new.id, new.id)
    assert (where["ถังแตกด้วย"], where["ขยะล้นถังหน้าบ้าน"]) == (shared.id, shared.id)
    assert set(town.session.scalars(select(Media.ticket_id))) == {new.id}
    assert "ควันเข้าบ้านแล้ว" in screen.text
    screen.says(shared.number)
    assert "ควัน" not in screen.text


def test_the_first_report_may_leave_and_the_ticket_then_stands_where_the_other_said(
    town: Town, screen: Chat, shared: Ticket
) -> None:
    takes_off(screen, shared, "ผู้แจ้งคนที่ 1")
    new = of(town, "RS-6911-00002")
    assert (new.latitude, new.place_words) == (CANAL.latitude, CANAL.words)
    assert (shared.latitude, shared.place_words) == (NEXT_DOOR.latitude, NEXT_DOOR.words)
    assert [person.display_name for person in news.reporters(town.session, shared)] == ["แป้ง"]


def test_a_call_about_the_old_ticket_is_not_made_to_a_reporter_without_line(
    town: Town, screen: Chat, shared: Ticket
) -> None:
    report = town.join(shared, "ป้าแดง", "ขยะเน่า")
    report.resident_id, report.channel, report.contact_name, report.contact = None, "phone", "ป้าแดง", "0812345678"
    town.move(shared, S.FORWARDED, town.officer("มาลี", "environment"))
    calls = town.session.scalars(select(Call)).all()
    assert [call.state for call in calls] == ["waiting"]
    takes_off(screen, shared, "ผู้แจ้งคนที่ 3")
    town.session.refresh(calls[0])
    assert calls[0].state == "overtaken"
    assert "ป้าแดง" in screen.text


def test_a_reply_that_a_caller_is_still_to_hear_goes_along(town: Town, screen: Chat, shared: Ticket) -> None:
    report = town.join(shared, "ป้าแดง", "ขยะเน่า")
    report.resident_id, report.channel, report.contact_name, report.contact = None, "phone", "ป้าแดง", "0812345678"
    screen.presses("รับเรื่อง")
    screen.presses("ตอบกลับ")
    screen.says("รถขยะมาพรุ่งนี้เช้า")
    takes_off(screen, shared, "ผู้แจ้งคนที่ 3")
    screen.says(of(town, "RS-6911-00002").number)
    for words in ("โทรแจ้งผล: ป้าแดง · แจ้งข้อความที่เราตอบ", "รถขยะมาพรุ่งนี้เช้า"):
        assert words in screen.text
    assert "แจ้ง ป้าแดง แล้ว" in screen.labels()


def test_urgent_stays_urgent_and_reaches_who_is_on_duty(town: Town, screen: Chat, shared: Ticket) -> None:
    shared.is_urgent = True
    malee = chat(town, town.officer("มาลี", "environment"))
    malee.says("เข้าเวร")
    takes_off(screen, shared, "ผู้แจ้งคนที่ 2")
    assert of(town, "RS-6911-00002").is_urgent
    assert len(malee.pushed()) == 1


def test_of_many_reports_ten_are_shown_at_a_time(town: Town, screen: Chat, shared: Ticket) -> None:
    for n in range(3, 13):
        town.join(shared, f"คนที่ {n}", f"ขยะกองที่ {n}")
    screen.says(shared.number)
    screen.presses("แยกผู้แจ้งออก")
    assert "ผู้แจ้งคนที่ 11" not in screen.labels()
    screen.presses("ดูเพิ่ม")
    assert [label for label in screen.labels() if "ผู้แจ้ง" in label] == ["ผู้แจ้งคนที่ 11", "ผู้แจ้งคนที่ 12"]
    screen.presses("ผู้แจ้งคนที่ 12")
    screen.presses("ใช่ แยกเลย")
    assert "ขยะกองที่ 12" in screen.text


def test_words_that_were_unsent_are_erased_where_they_went(town: Town, screen: Chat, shared: Ticket) -> None:
    takes_off(screen, shared, "ผู้แจ้งคนที่ 2")
    chat(town, town.resident("แป้ง")).unsends("said-paeng")
    screen.says("RS-6911-00002")
    assert "เผาขยะ" not in screen.text
    assert "ผู้แจ้งลบข้อความ" in " ".join(screen.card().history)


def test_the_promise_of_the_new_ticket_starts_anew(town: Town, screen: Chat, shared: Ticket, clock: Clock) -> None:
    before = shared.due_at
    clock.passes(days=1)
    takes_off(screen, shared, "ผู้แจ้งคนที่ 2")
    new = of(town, "RS-6911-00002")
    assert shared.due_at == before
    assert before is not None
    assert new.due_at == before + timedelta(days=1)
