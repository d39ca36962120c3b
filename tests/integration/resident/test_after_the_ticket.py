"""After the ticket: two short questions at most, which everybody may skip; and one message that holds two problems."""

from __future__ import annotations

import pytest

from bot.replies import Card
from models import Correction, Media, Message, Report, TicketEvent
from tests.talking import MORNING, Person, Rangsit

TWO = "ขยะล้นถังหน้าบ้านเหม็นมาก แล้วไฟถนนก็ดับทั้งซอยด้วย"


def test_what_the_waterworks_needs_is_asked_after_the_card_and_kept_on_the_ticket(town: Rangsit, nok: Person) -> None:
    number = nok.reports("น้ำประปาแดงมาก")
    nok.presses("ทุกก๊อก ข้างบ้านด้วย")
    nok.sees("ขอบคุณ", "เลขที่ผู้ใช้น้ำ", "ข้าม")
    nok.sends("12345678901")
    nok.sees(f"ขอบคุณ เพิ่มในเรื่อง {number} แล้ว")
    kept = [(m.follow_up, m.text) for m in town.every(Message) if m.follow_up]
    assert kept == [("water_taps", "ทุกก๊อก ข้างบ้านด้วย"), ("water_customer", "12345678901")]
    somchai = town.officer("somchai", "water")
    somchai.sends(number)
    somchai.sees("ทุกก๊อกหรือบางก๊อก", "ข้างบ้านด้วย", "เลขที่ผู้ใช้น้ำ", "12345678901")


def test_the_questions_come_only_after_the_ticket_card(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก")
    nok.sends_place()
    nok.does_not_see("ข้างบ้าน")
    nok.presses("ส่งเรื่อง")
    text = nok.sees("รอรับเรื่อง", "ทุกก๊อกไหม แล้วข้างบ้านเป็นด้วยไหม")
    assert text.index("รอรับเรื่อง") < text.index("ทุกก๊อกไหม")


def test_both_questions_may_be_skipped(town: Rangsit, nok: Person) -> None:
    nok.reports("น้ำประปาแดงมาก")
    nok.sends("ข้าม")
    nok.sees("เลขที่ผู้ใช้น้ำ")
    nok.presses("ข้าม")
    nok.sees("ไม่เป็นไร")
    assert [m.text for m in town.every(Message)] == ["น้ำประปาแดงมาก"]


def test_an_answer_in_own_words_is_kept_as_it_was_said(town: Rangsit, nok: Person) -> None:
    nok.reports("น้ำประปาแดงมาก")
    said = nok.sends("ทุกก๊อกเลย ข้างบ้านก็เป็น")
    nok.sees("เลขที่ผู้ใช้น้ำ")
    (kept,) = [m for m in town.every(Message) if m.follow_up]
    assert (kept.text, kept.said) == ("ทุกก๊อกเลย ข้างบ้านก็เป็น", said)
    nok.unsends(said)
    assert town.every(Message, follow_up="water_taps")[0].text is None


def test_something_else_is_no_answer(town: Rangsit, nok: Person) -> None:
    nok.reports("น้ำประปาแดงมาก")
    nok.sends("ขยะล้นถังหน้าตลาด")
    nok.sees("ขยะและความสะอาด", "ส่งตำแหน่ง")
    assert not [m for m in town.every(Message) if m.follow_up]


def test_an_officer_s_question_comes_before_ours(town: Rangsit, nok: Person) -> None:
    number = nok.reports("น้ำประปาแดงมาก")
    town.moves(number, "waiting", words="เริ่มเป็นกี่โมง ก๊อกไหน")
    nok.reads_on()
    nok.sends("ก๊อกหลังบ้าน ตั้งแต่ 6 โมง")
    nok.sees(f"ส่งคำตอบของเรื่อง {number} ให้เจ้าหน้าที่แล้ว")


def test_a_category_without_questions_asks_none(town: Rangsit, nok: Person) -> None:
    nok.sends("ขยะล้นถังหน้าบ้าน เหม็นมาก")
    nok.sends_place()
    nok.presses("ส่งเรื่อง")
    nok.sees("รอรับเรื่อง")
    assert "ข้าม" not in nok.labels()


def test_a_second_press_on_an_old_choice_keeps_nothing_twice(town: Rangsit, nok: Person) -> None:
    nok.reports("น้ำประปาแดงมาก")
    nok.presses("บางก๊อก")
    nok.presses("ข้าม")
    nok.presses("บางก๊อก")
    assert [m.text for m in town.every(Message) if m.follow_up] == ["บางก๊อก"]


def test_two_problems_become_two_tickets_with_the_same_place_and_pictures(town: Rangsit, nok: Person) -> None:
    nok.sends(TWO)
    nok.sends_photo()
    nok.sends_place()
    nok.sees("ดูเหมือนมี 2 เรื่อง", "ขยะและความสะอาด", "ไฟส่องสว่าง", "ส่งแยกเป็น 2 เรื่อง")
    nok.presses("ส่งแยกเป็น 2 เรื่อง")
    nok.sees("RS-6911-00001", "RS-6911-00002", "ขยะและความสะอาด", "ไฟส่องสว่าง")
    first, second = town.tickets()
    assert {town.standing(first, "category").code, town.standing(second, "category").code} == {
        "garbage",
        "street_light",
    }
    assert town.standing(first, "latitude", "longitude") == town.standing(second, "latitude", "longitude")
    assert [m.text for m in town.every(Message, kind="report")] == [TWO, TWO]
    (photo,) = town.every(Media)
    one, other = town.every(Report)
    assert (photo.report_id, other.shares_media_of_id) == (one.id, one.id)
    for name, number in (("daeng", first), ("dam", second)):
        officer = town.officer(name, "environment", "public_works")
        officer.sends(number)
        officer.sees(number, "ขยะล้นถัง")
        shown = [reply for reply in officer.seen[-1].replies if isinstance(reply, Card)]
        assert [picture.media_id for card in shown for picture in card.pictures] == [photo.id]


def test_ส่งเรื่อง_keeps_two_problems_in_one_ticket(town: Rangsit, nok: Person) -> None:
    nok.sends(TWO)
    nok.sends_place()
    nok.presses("ส่งเรื่อง")
    assert len(town.tickets()) == 1


def test_pressing_twice_makes_two_tickets_and_not_four(town: Rangsit, nok: Person) -> None:
    nok.sends(TWO)
    nok.sends_place()
    split = nok.button("ส่งแยกเป็น 2 เรื่อง")
    nok.presses_button(split)
    nok.presses_button(split)
    nok.presses("ส่งเรื่อง")
    assert len(town.tickets()) == 2


def test_two_problems_of_one_team_stay_one_ticket(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงขุ่น แล้วน้ำก็ไหลอ่อนมาก")
    nok.sends_place()
    assert "ส่งแยกเป็น 2 เรื่อง" not in nok.labels()


def test_a_resident_who_chooses_another_category_corrects_the_guess(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก")
    nok.sends_place()
    nok.presses("เปลี่ยนประเภท")
    nok.presses("🛶 คลอง น้ำเน่าเสีย")
    nok.presses("ส่งเรื่อง")
    (kept,) = town.every(Correction)
    assert (kept.from_category, kept.to_category, kept.actor) == ("tap_water_quality", "canal", "resident")
    assert kept.model_version
    assert kept.at == MORNING


def test_the_history_holds_no_words_of_an_answer(town: Rangsit, nok: Person) -> None:
    nok.reports("น้ำประปาแดงมาก")
    nok.presses("บางก๊อก")
    assert all("ก๊อก" not in str(entry.detail or "") for entry in town.every(TicketEvent))


@pytest.mark.parametrize("words", ["น้ำมาแล้วค่ะ ขอบคุณ", "มาซ่อมให้แล้วนะ", "the water is back, thanks"])
def test_words_that_sound_fixed_are_kept_and_closing_is_one_press_away(
    town: Rangsit, nok: Person, words: str
) -> None:
    nok.reports("น้ำไม่ไหลมาสองวันแล้ว")
    nok.reads_on()
    nok.sends(words)
    nok.sees("เพิ่มในเรื่อง RS-6911-00001", "หายแล้ว")
    assert [m.text for m in town.every(Message, kind="comment")] == [words]
    nok.presses("หายแล้ว")
    assert town.standing("RS-6911-00001", "status") == "closed"


@pytest.mark.parametrize(
    "words",
    ["น้ำมาแล้วแต่ยังขุ่น", "น้ำจะมาแล้วหรือยัง", "ยังไม่มาเลย", "รอมานานแล้ว", "เป็นมาหลายเดือนแล้ว", "โทรมาหลายรอบแล้ว"],
)
def test_words_that_take_it_back_offer_no_closing(town: Rangsit, nok: Person, words: str) -> None:
    nok.reports("น้ำไม่ไหลมาสองวันแล้ว")
    nok.reads_on()
    nok.sends(words)
    assert "กดหรือพิมพ์ หายแล้ว" not in nok.sees("")
