"""After the stars come comments; a problem, a question or an answer is no comment."""

from __future__ import annotations

import pytest

from models import Media, Message, Report
from tests.talking import INSIDE, Person, Rangsit


@pytest.fixture
def rated(town: Rangsit, nok: Person) -> str:
    """The number of a ticket that was closed and got five stars a moment ago."""
    number = nok.reports()
    town.moves(number, "accepted")
    town.moves(number, "resolved", words="ล้างท่อแล้ว")
    nok.sends("เรียบร้อยแล้ว")
    nok.sends("5 ดาว")
    nok.reads_on()
    return number


def kept(town: Rangsit, kind: str) -> list[str | None]:
    return [message.text for message in town.every(Message, kind=kind)]


def test_the_same_kind_of_problem_at_a_named_place_is_a_report(town: Rangsit, nok: Person, rated: str) -> None:
    nok.sends("น้ำแดงอีกแล้วค่ะ ซอย 10")
    nok.sees("ตรวจดูก่อนส่ง", "น้ำแดงอีกแล้วค่ะ")
    assert kept(town, "review") == []


def test_the_same_kind_of_problem_may_be_a_new_report(town: Rangsit, nok: Person, rated: str) -> None:
    nok.sends("น้ำประปาแดงอีกแล้วค่ะ")
    nok.presses("เป็นเรื่องใหม่")
    nok.sees("อยู่ที่ไหน")
    nok.sends_place()
    nok.sees("ตรวจดูก่อนส่ง", "น้ำประปาแดงอีกแล้วค่ะ")
    assert town.standing(rated) == "closed"


def test_what_is_said_instead_of_the_choice_loses_nothing(town: Rangsit, nok: Person, rated: str) -> None:
    nok.sends("น้ำประปาแดงอีกแล้วค่ะ")
    nok.sends("แดงกว่าเดิมมาก ซักผ้าไม่ได้")
    nok.sees(rated, "เป็นเรื่องใหม่")
    nok.sends_place()
    nok.sees(rated, "เป็นเรื่องใหม่")
    nok.presses("เป็นเรื่องใหม่")
    nok.sees("ตรวจดูก่อนส่ง", "น้ำประปาแดงอีกแล้วค่ะ", "แดงกว่าเดิมมาก ซักผ้าไม่ได้")


def test_where_another_ticket_stands_is_answered(town: Rangsit, nok: Person, rated: str) -> None:
    light = nok.reports("ไฟถนนหน้าบ้านดับ")
    nok.presses("5 ดาว")
    nok.reads_on()
    nok.sends("เรื่องไฟถนนถึงไหนแล้ว")
    nok.sees(light, "รอรับเรื่อง")
    assert kept(town, "review") == []


def test_the_answer_to_a_question_that_came_meanwhile_reaches_the_officer(
    town: Rangsit, nok: Person, rated: str
) -> None:
    light = nok.reports("ไฟถนนหน้าบ้านดับ")
    town.moves(light, "accepted")
    nok.presses("5 ดาว")
    town.passes(minutes=5)
    town.moves(light, "waiting", words="ดับกี่ดวง")
    nok.sends("ประมาณสามดวงค่ะ")
    assert kept(town, "answer") == ["ประมาณสามดวงค่ะ"]
    assert kept(town, "review") == []


def test_a_comment_is_a_comment_though_a_question_stood_open_before(town: Rangsit, nok: Person, rated: str) -> None:
    light = nok.reports("ไฟถนนหน้าบ้านดับ")
    town.moves(light, "accepted")
    town.moves(light, "waiting", words="ดับกี่ดวง")
    town.passes(minutes=5)
    nok.presses("5 ดาว")
    nok.sends("เจ้าหน้าที่มาเร็วดีมาก")
    nok.sees("ขอบคุณสำหรับความเห็น")
    assert kept(town, "review") == ["เจ้าหน้าที่มาเร็วดีมาก"]


def points(town: Rangsit, number: str) -> set[tuple[float | None, float | None]]:
    """Where a ticket stands, and every report."""
    reports = {(report.latitude, report.longitude) for report in town.every(Report)}
    return {*reports, (town.standing(number, "latitude"), town.standing(number, "longitude"))}


@pytest.mark.parametrize("place", ["หน้าวัดโพธิ์", ""], ids=["a place", "no place"])
def test_a_pin_stays_where_it_is_whatever_place_the_same_problem_is_said_to_be_at(
    town: Rangsit, nok: Person, rated: str, place: str
) -> None:
    pinned = points(town, rated)
    assert len(pinned) == 1
    assert (None, None) not in pinned
    nok.sends(f"น้ำประปา{place}ยังแดงอยู่เลย")
    nok.presses("ยังไม่เรียบร้อย")
    assert points(town, rated) == pinned
    assert kept(town, "comment") == [f"น้ำประปา{place}ยังแดงอยู่เลย"]


def test_where_no_place_was_known_the_words_are_it(town: Rangsit, nok: Person) -> None:
    nok.sends("ไฟถนนดับ")
    nok.presses("ไม่ทราบตำแหน่ง")
    nok.presses("ส่งเรื่อง")
    number = nok.number
    town.moves(number, "accepted")
    town.moves(number, "resolved", words="ซ่อมแล้ว", photos=1)
    nok.sends("เรียบร้อยแล้ว")
    nok.sends("5 ดาว")
    nok.reads_on()
    nok.sends("ไฟถนนหน้าวัดโพธิ์ยังดับอยู่เลย")
    nok.presses("ยังไม่เรียบร้อย")
    assert "หน้าวัดโพธิ์" in str(town.standing(number, "place_words"))


def test_no_comment_after_all_cancels_no_other_ticket(town: Rangsit, nok: Person, rated: str) -> None:
    light = nok.reports("ไฟถนนหน้าบ้านดับ")
    nok.presses("5 ดาว")
    nok.reads_on()
    nok.sends("ไม่เอาแล้ว")
    assert "ยกเลิก" not in nok.sees("มีอะไรให้ช่วยอีก")
    assert town.standing(light) == "new"


def test_a_ticket_that_is_named_may_be_cancelled(town: Rangsit, nok: Person, rated: str) -> None:
    light = nok.reports("ไฟถนนหน้าบ้านดับ")
    nok.presses("5 ดาว")
    nok.reads_on()
    nok.sends("ยกเลิกเรื่องไฟถนน")
    nok.sees(light, "ใช่ไหม")


@pytest.fixture(params=[False, True], ids=["alone", "beside another"])
def beside(nok: Person, rated: str, request: pytest.FixtureRequest) -> None:
    """The rated ticket is the only one, or another stands open; the stars are what was said last."""
    if request.param:
        nok.reports("ไฟถนนหน้าบ้านดับ")
        nok.presses("5 ดาว")
        nok.reads_on()


@pytest.mark.usefixtures("beside")
@pytest.mark.parametrize("words", ["ยังไม่เรียบร้อย", "ยัง", "ยังเลยค่ะ", "เรื่องเดิมค่ะ", "ใช่ค่ะ"])
def test_the_same_problem_again_opens_the_ticket_with_these_words_by_the_label_or_in_own_words(
    town: Rangsit, nok: Person, rated: str, words: str
) -> None:
    nok.sends("น้ำประปาแดงอีกแล้วค่ะ")
    nok.sees(rated, "ยังไม่เรียบร้อย", "เป็นเรื่องใหม่")
    assert kept(town, "review") == []
    nok.sends(words)
    nok.sees(rated, "เปิดเรื่องอีกครั้ง", f"เพิ่มในเรื่อง {rated} แล้ว")
    assert town.standing(rated) == "reopened"
    assert kept(town, "comment") == ["น้ำประปาแดงอีกแล้วค่ะ"]


@pytest.mark.usefixtures("beside")
def test_a_picture_a_bare_no_or_another_language_asks_whether_it_is_back_again(
    town: Rangsit, nok: Person, rated: str
) -> None:
    nok.sends("น้ำประปาแดงอีกแล้วค่ะ")
    nok.sends_photo()
    nok.sees(rated, "ยังไม่เรียบร้อย", "เป็นเรื่องใหม่")
    nok.sends("ไม่")
    nok.sees(rated, "ยังไม่เรียบร้อย", "เป็นเรื่องใหม่")
    nok.sends("English")
    nok.sees(rated, "still not fixed")
    assert town.standing(rated) == "closed"
    nok.sends("not yet")
    nok.sees(rated)
    assert town.standing(rated) == "reopened"
    assert kept(town, "comment") == ["น้ำประปาแดงอีกแล้วค่ะ"]


# ---- nobody answers whether it is back

AGAIN = "น้ำประปาแดงอีกแล้วค่ะ"


def unanswered(town: Rangsit, nok: Person) -> str:
    """The question was left alone; the number of what its words became."""
    town.passes(minutes=15)
    nok.reads_on()
    return town.tickets()[-1]


def test_a_complaint_goes_to_the_desk_by_itself_when_nobody_answers_whether_it_is_back(
    town: Rangsit, nok: Person, rated: str
) -> None:
    nok.sends(AGAIN)
    nok.sends_photo()
    nok.reads_on()
    town.passes(minutes=14)
    assert town.tickets() == [rated]
    town.passes(minutes=1)
    town.passes(minutes=15)
    _, number = town.tickets()
    assert town.standing(number, "status", "mark", "latitude") == ("new", "unsent_draft", INSIDE[0])
    assert town.standing(rated) == "closed"
    assert [media.ticket_id for media in town.every(Media)] == [town.standing(number, "id")]
    somchai = town.person("somchai")
    somchai.sends(number)
    somchai.sees(AGAIN, "ยังไม่กดส่ง", f"อาจเป็นเรื่อง {rated}")
    nok.sees_nothing()  # its card goes with the next reply
    nok.sends("สวัสดี")
    nok.sees(number, "คุณยังไม่ได้กดส่ง")


def test_so_it_does_after_something_else_came_between(town: Rangsit, nok: Person, rated: str) -> None:
    nok.sends(AGAIN)
    nok.taps("talk")
    assert town.standing(unanswered(town, nok), "mark") == "unsent_draft"


def test_what_is_never_taken_up_again_is_sent_after_seven_days_and_not_erased(
    town: Rangsit, nok: Person, rated: str
) -> None:
    nok.sends(AGAIN)
    nok.sends("เรื่องใกล้ฉัน")
    town.passes(days=7)
    assert [town.standing(number, "mark") for number in town.tickets()] == [None, "unsent_draft"]
    assert kept(town, "report")[-1] == AGAIN


def test_a_town_that_sends_nothing_unfinished_erases_it_with_every_other_draft(
    town: Rangsit, nok: Person, rated: str
) -> None:
    with town.database.transaction() as session:
        row = town.row(session)
        row.settings = {**row.settings, "sends_unfinished_drafts": False}
    nok.sends(AGAIN)
    town.passes(days=6)
    nok.sends("สวัสดี")
    nok.sees(rated, "ยังไม่เรียบร้อย", "เป็นเรื่องใหม่")
    town.passes(days=7)
    assert town.tickets() == [rated]
    assert not any(one.draft for one in town.every_conversation())


def test_saying_afterwards_that_it_is_back_opens_the_old_ticket_and_takes_the_new_one_back(
    town: Rangsit, nok: Person, rated: str
) -> None:
    nok.sends(AGAIN)
    back = nok.button("ยังไม่เรียบร้อย")
    number = unanswered(town, nok)
    nok.presses_button(back)
    nok.sees(rated, "เปิดเรื่องอีกครั้ง", f"เพิ่มในเรื่อง {rated} แล้ว")
    assert (town.standing(rated), town.standing(number)) == ("reopened", "cancelled")
    assert kept(town, "comment") == [AGAIN]
    nok.presses_button(back)
    nok.sees("ยังทำอยู่")
    assert kept(town, "comment") == [AGAIN]


def test_saying_afterwards_that_it_is_back_leaves_what_somebody_works_on_alone(
    town: Rangsit, nok: Person, rated: str
) -> None:
    nok.sends(AGAIN)
    back = nok.button("ยังไม่เรียบร้อย")
    number = unanswered(town, nok)
    town.moves(number, "accepted")
    nok.presses_button(back)
    nok.sees(number, "รับเรื่องแล้ว")
    assert (town.standing(rated), town.standing(number)) == ("closed", "accepted")


def test_saying_afterwards_that_it_is_new_is_as_good_as_sending_it(town: Rangsit, nok: Person, rated: str) -> None:
    nok.sends(AGAIN)
    new = nok.button("เป็นเรื่องใหม่")
    number = unanswered(town, nok)
    nok.presses_button(new)
    nok.sees(number, "รอรับเรื่อง")
    assert town.standing(number, "status", "mark") == ("new", None)
    assert len(town.tickets()) == 2
