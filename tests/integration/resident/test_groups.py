"""Village groups: silent unless mentioned or quoted; reports are taken, nothing private is shown."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot import clock, limits
from models import Category, Effect, InboxEvent, Message, Report, Resident, Ticket
from tests.groups import GROUP, Group
from tests.talking import Person, Rangsit


@pytest.fixture
def group(town: Rangsit) -> Group:
    return town.group()


@pytest.mark.whole_way
def test_the_bot_is_silent_until_it_is_mentioned(town: Rangsit, nok: Person, group: Group) -> None:
    group.says(nok, "ขยะล้นหน้าตลาด ซอย 12", mentions=False)
    group.board.sees_nothing()
    assert not any(event.body for event in town.every(InboxEvent))


def test_who_never_spoke_to_us_is_not_remembered(town: Rangsit, nok: Person, ton: Person, group: Group) -> None:
    source = {"type": "group", "groupId": GROUP, "userId": nok.user_id}
    said = group.says(nok, "ขยะล้นหน้าตลาด ซอย 12", mentions=False, quotedMessageId="somebody-elses")
    nok.event({"type": "unsend", "unsend": {"messageId": said}, "source": source}, token=False)
    nok.message({"type": "image", "contentProvider": {"type": "line"}}, source=source)
    nok.event({"type": "postback", "postback": {"data": "menu:report"}, "source": source})
    assert not town.every(Resident) and not town.every(Effect)
    group.says(ton, "ขยะไม่มาเก็บหลายวันแล้ว")
    assert [one.line_user_id for one in town.every(Resident)] == [ton.user_id]


def test_after_a_days_reports_the_next_of_a_group_waits_as_a_draft(
    town: Rangsit, nok: Person, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "REPORTS_A_DAY", 1)
    nok.reports()
    group.says(nok, "ขยะไม่มาเก็บหลายวันแล้ว")
    group.presses(nok, "ไม่ทราบตำแหน่ง")
    group.presses(nok, "ส่งเรื่อง")
    group.board.sees("แชทส่วนตัว")
    assert len(town.tickets()) == 1
    town.passes(minutes=16)
    assert len(town.tickets()) == 2


@pytest.mark.whole_way(always=True)
def test_a_report_is_taken_in_the_group_without_private_data(town: Rangsit, nok: Person, group: Group) -> None:
    group.says(nok, "ขยะไม่มาเก็บหลายวันแล้ว")
    group.board.sees("ขยะ", "อยู่ที่ไหน")
    group.says(nok, "หน้าบ้านเลขที่ 99 ซอย 12")
    group.board.does_not_see("99")
    group.board.sees("ส่งเรื่อง")
    group.presses(nok, "ส่งเรื่อง")
    (ticket,) = town.every(Ticket)
    assert "99" not in group.board.sees(ticket.number, "แจ้งความคืบหน้าภายใน")
    (report,) = town.every(Report)
    assert report.place_words == "หน้าบ้านเลขที่ 99 ซอย 12"
    nok.sends("สวัสดี")
    nok.sees(ticket.number, "รอรับเรื่อง")


@pytest.mark.whole_way
def test_what_was_begun_in_the_group_goes_on_in_private(town: Rangsit, nok: Person, group: Group) -> None:
    group.says(nok, "ขยะไม่มาเก็บหลายวันแล้ว")
    group.board.reads_on()
    nok.sends_place()
    nok.sees("ตรวจดูก่อนส่ง")
    nok.presses("ส่งเรื่อง")
    nok.sees("RS-6911-00001")
    group.board.sees_nothing()


@pytest.mark.whole_way
@pytest.mark.parametrize("words", ["ยกเลิก", "cancel", "ไม่แจ้งแล้วค่ะ ยกเลิกเลย"])
def test_a_typed_cancel_is_no_place_and_nothing_reaches_the_desk(
    town: Rangsit, nok: Person, group: Group, words: str
) -> None:
    group.says(nok, "ขยะไม่มาเก็บหลายวันแล้ว")
    group.says(nok, words)
    group.board.sees("ยกเลิกให้แล้ว")
    town.passes(minutes=15)
    assert town.tickets() == []


def test_typed_labels_do_what_the_buttons_do_and_a_thank_you_is_no_place(
    town: Rangsit, nok: Person, ton: Person, group: Group
) -> None:
    group.says(nok, "ขยะไม่มาเก็บหลายวันแล้ว")
    group.board.reads_on()
    for words in ("ขอบคุณค่ะ", "ส่งเรื่อง"):
        group.says(nok, words)
        group.board.sees("อยู่ที่ไหน")
    town.passes(minutes=15)
    assert town.tickets() == []
    group.says(ton, "ไม่ทราบตำแหน่ง")
    group.board.sees("แชทส่วนตัวดีกว่า")
    group.says(nok, "ไม่ทราบตำแหน่ง")
    group.board.sees("พร้อมส่งแล้ว")
    group.says(nok, "ส่งเรื่อง")
    group.board.sees("รับเรื่องแล้ว RS-6911-00001")
    (report,) = town.every(Report)
    assert report.place_words is None


def test_nobody_else_s_press_sends_somebody_s_report(town: Rangsit, nok: Person, ton: Person, group: Group) -> None:
    group.says(nok, "ขยะไม่มาเก็บหลายวันแล้ว")
    group.presses(ton, "ไม่ทราบตำแหน่ง")
    group.presses(ton, "ยกเลิก")
    group.presses(nok, "ไม่ทราบตำแหน่ง")
    group.board.sees("ส่งเรื่อง")
    group.presses(ton, "ส่งเรื่อง")
    assert not town.every(Ticket)
    group.presses(nok, "ส่งเรื่อง")
    assert len(town.every(Ticket)) == 1


@pytest.mark.parametrize("text", ["เรื่องของผมถึงไหนแล้ว", "RS-6911-00001", "ขอคุยกับเจ้าหน้าที่", "เจ้าหน้าที่เทศบาลเรียกรับเงิน ทุจริต"])
def test_private_questions_are_for_the_private_chat(town: Rangsit, nok: Person, group: Group, text: str) -> None:
    nok.reports()
    group.says(nok, text)
    seen = group.board.sees("แชทส่วนตัว")
    assert "น้ำประปา" not in seen
    assert len(town.every(Ticket)) == 1


@pytest.mark.whole_way
def test_danger_in_a_group_names_whom_to_call_and_makes_the_ticket(town: Rangsit, nok: Person, group: Group) -> None:
    group.says(nok, "ไฟไหม้บ้านในซอย มีคนติดอยู่ข้างใน")
    (ticket,) = town.every(Ticket)
    group.board.sees("โทร", ticket.number)
    assert ticket.is_urgent
    nok.sends_place()
    nok.sees(ticket.number)


@pytest.mark.whole_way
def test_a_quoted_answer_of_ours_is_a_mention(town: Rangsit, nok: Person, group: Group) -> None:
    group.says(nok, "ขยะไม่มาเก็บหลายวันแล้ว")
    group.board.reads_on()
    group.says(nok, "หน้าวัด", mentions=False, quotedMessageId=group.board.seen[-1].numbers[-1])
    group.board.sees("ส่งเรื่อง")


@pytest.mark.whole_way
def test_an_edited_message_changes_our_copy(town: Rangsit, nok: Person, group: Group) -> None:
    said = group.says(nok, "ขยะไม่มาเก็บหลายวันแล้ว")
    group.edits(nok, said, "ขยะไม่มาเก็บ 5 วันแล้ว")
    group.presses(nok, "ไม่ทราบตำแหน่ง")
    group.presses(nok, "ส่งเรื่อง")
    assert town.every(Message, kind="report")[0].text == "ขยะไม่มาเก็บ 5 วันแล้ว"
    group.edits(nok, said, "ขยะไม่มาเก็บ 6 วันแล้ว")
    assert town.every(Message, kind="report")[0].text == "ขยะไม่มาเก็บ 6 วันแล้ว"


@pytest.mark.whole_way
def test_unsending_in_the_group_erases_our_copy(town: Rangsit, nok: Person, group: Group) -> None:
    said = group.says(nok, "ขยะไม่มาเก็บหลายวันแล้ว")
    group.presses(nok, "ไม่ทราบตำแหน่ง")
    group.presses(nok, "ส่งเรื่อง")
    group.unsends(nok, said)
    assert town.every(Message, kind="report")[0].text is None


@pytest.fixture
def one_clock(town: Rangsit, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real time goes with the town's: how often a group was told whom to call is counted in real hours."""
    monkeypatch.setattr(clock, "real_now", lambda: town.now)


def test_who_repeats_a_danger_in_a_group_adds_to_one_ticket(town: Rangsit, nok: Person, group: Group) -> None:
    group.says(nok, "ไฟไหม้บ้านในซอย")
    group.board.sees("โทร", "199")
    for _ in range(4):
        group.says(nok, "ไฟไหม้ ไฟไหม้")
        group.board.does_not_see("199")
        group.board.sees("RS-6911-00001")
    assert len(town.tickets()) == 1
    assert len(town.every(Message)) == 5, "nothing that was said is lost"


def test_whom_to_call_stands_in_the_group_again_after_an_hour(
    town: Rangsit, nok: Person, ton: Person, group: Group, one_clock: None
) -> None:
    group.says(nok, "ไฟไหม้บ้านในซอย")
    town.passes(minutes=59)
    group.board.reads_on()
    group.says(nok, "ไฟไหม้ลามแล้ว")
    group.board.does_not_see("199")
    town.passes(minutes=2)
    group.says(ton, "ไฟไหม้ ช่วยด้วย")
    group.board.sees("199", "RS-6911-00002")


def test_whom_to_call_is_told_anew_where_line_did_not_take_it(town: Rangsit, nok: Person, group: Group) -> None:
    town.line.replies = "lets the token die"
    group.says(nok, "ไฟไหม้บ้านในซอย")
    town.line.replies = "accepts"
    group.says(nok, "ไฟไหม้ ช่วยด้วย")
    group.board.sees("199", "RS-6911-00001")


def test_after_a_days_dangers_of_a_group_the_next_waits_for_the_desk_and_the_numbers_are_still_told(
    town: Rangsit, nok: Person, ton: Person, group: Group, monkeypatch: pytest.MonkeyPatch, one_clock: None
) -> None:
    monkeypatch.setattr(limits, "URGENT_A_DAY_OF_A_GROUP", 1)
    group.says(nok, "ไฟไหม้บ้านในซอย")
    group.board.reads_on()
    for words in ("ไฟไหม้อีกแล้ว", "ไฟไหม้จริง ๆ นะ"):
        group.says(ton, words)
        group.board.does_not_see("199")
        group.board.sees("หลายเรื่อง", "แชทส่วนตัว")
    assert len(town.tickets()) == 1
    town.passes(minutes=61)
    assert [ticket.is_urgent for ticket in town.every(Ticket)] == [True, False], "the desk has it"
    assert {"ไฟไหม้อีกแล้ว", "ไฟไหม้จริง ๆ นะ"} <= {message.text for message in town.every(Message)}
    group.says(ton, "ไฟไหม้")
    group.board.sees("199", "หลายเรื่อง")
    town.passes(hours=24)
    group.board.reads_on()
    group.says(nok, "ไฟไหม้ข้างวัด")
    group.board.sees("199", "ส่งเรื่องด่วน")


def test_in_private_a_danger_is_urgent_whatever_the_group_has_sent(
    town: Rangsit, nok: Person, ton: Person, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "URGENT_A_DAY_OF_A_GROUP", 1)
    group.says(nok, "ไฟไหม้บ้านในซอย")
    group.says(ton, "ไฟไหม้อีกแล้ว")
    ton.sends("ไฟไหม้จริง มีคนติดอยู่ข้างใน")
    ton.sees("199")
    assert [ticket.is_urgent for ticket in town.every(Ticket)][:2] == [True, True]


def test_a_kind_that_is_for_no_group_is_not_named_there_whatever_the_draft_became(
    town: Rangsit, nok: Person, group: Group
) -> None:
    group.says(nok, "ถนนหน้าบ้านเป็นหลุมลึกมาก")
    group.board.sees("ถนน", "อยู่ที่ไหน")
    group.board.reads_on()
    group.says(nok, "เจ้าหน้าที่เทศบาลเรียกรับเงินใต้โต๊ะ ทุจริต พูดจาไม่ดีกับชาวบ้าน " * 8)
    assert "การให้บริการของเจ้าหน้าที่" not in group.board.text
    assert "ส่งเรื่อง" not in group.board.labels()


def test_a_danger_told_in_private_is_named_to_no_group(town: Rangsit, nok: Person, group: Group) -> None:
    nok.sends("ไฟไหม้บ้านในซอย")
    group.says(nok, "ไฟไหม้ ไฟไหม้")
    group.board.sees("199", "เพิ่มในเรื่องด่วนที่ผู้แจ้งส่งไว้แล้ว")
    group.board.does_not_see("RS-6911-00001")
    assert town.tickets() == ["RS-6911-00001"]


def test_a_danger_in_a_group_is_not_put_on_a_confidential_ticket(town: Rangsit, nok: Person, group: Group) -> None:
    nok.sends("เจ้าหน้าที่เทศบาลเมาขับรถชนคนเจ็บ")
    assert town.standing("RS-6911-00001", "is_urgent")
    with town.database.transaction() as session:
        of_conduct = session.scalars(select(Category).where(Category.code == "service")).unique().one()
        town.ticket(session, "RS-6911-00001").category = of_conduct
    group.says(nok, "ไฟไหม้บ้าน ช่วยด้วย")
    group.board.sees("199", "RS-6911-00002")


def test_a_group_s_dangers_reach_the_desk_where_no_draft_goes_by_itself(
    town: Rangsit, nok: Person, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "URGENT_A_DAY_OF_A_GROUP", 0)
    with town.database.transaction() as session:
        row = town.row(session)
        row.settings = {**row.settings, "sends_unfinished_drafts": False}
    group.says(nok, "ไฟไหม้บ้าน ช่วยด้วย")
    group.board.sees("199", "เก็บไว้ให้เจ้าหน้าที่ดูแล้ว")
    assert [ticket.is_urgent for ticket in town.every(Ticket)] == [False]


def test_what_is_begun_in_a_group_is_no_older_than_it_is(town: Rangsit, nok: Person, group: Group) -> None:
    nok.sends("สวัสดี")
    town.passes(days=1)
    group.says(nok, "ขยะไม่มาเก็บหลายวันแล้ว")
    (conversation,) = town.every_conversation()
    assert conversation.touched_at == town.now
