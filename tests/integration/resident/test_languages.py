"""Thai and English: the resident's own choice holds from the next word on, also for news."""

from __future__ import annotations

from sqlalchemy import select

from models import Effect, Media, Message, Resident
from tests.talking import Person, Rangsit


def test_the_language_changes_with_one_press_and_the_menu_with_it(town: Rangsit, nok: Person) -> None:
    nok.adds_the_account()
    nok.presses("English")
    nok.sees("We will write in English now")
    (person,) = town.every(Resident)
    assert (person.language, person.is_language_chosen, person.menu) == ("en", True, "resident-en")
    assert [e.payload["resident_id"] for e in town.every(Effect, kind="link_menu")] == [person.id] * 2
    nok.sends("the tap water is red and smelly")
    nok.sees("Red or discoloured tap water", "Where is it?", "Send location")
    nok.sends_place()
    nok.presses("Send report")
    nok.sees("Waiting to be taken up", "You will hear from the municipality by 25 Nov 2026 11:00")
    nok.sends("ไทย")
    nok.sees("เปลี่ยนเป็นภาษาไทยแล้ว")


def test_a_language_chosen_in_a_report_asks_in_it_what_was_asked(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก")
    nok.sees("อยู่ที่ไหน")
    nok.sends("English")
    assert "How can we help" not in nok.sees("We will write in English now.", "Where is it?")
    nok.sends_place()
    nok.sends("ไทย")
    nok.sees("เปลี่ยนเป็นภาษาไทยแล้ว", "ตรวจดูก่อนส่ง", "น้ำประปาแดงมาก")


def test_a_language_chosen_before_the_first_word_of_a_report_asks_for_it(town: Rangsit, nok: Person) -> None:
    nok.taps("report")
    nok.sends("English")
    nok.reads_on()
    nok.sends("it smells so bad here since monday")
    assert "could not" not in nok.text
    assert town.every_conversation()[0].draft is not None


def test_news_speak_the_language_the_reader_has_then(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    nok.sends("English")
    nok.sees("We will write in English now")
    town.moves(number, "resolved", words="ล้างท่อแล้ว")
    nok.sees("Is it fixed?", "ล้างท่อแล้ว")
    nok.sends("It is fixed")
    nok.sees("Report RS-6911-00001 is closed", "Type 1 star to 5 stars", "\n1 star", "\n5 stars")
    nok.sends("1 star")
    nok.sees("⭐ Thank you")


def test_labels_of_either_language_are_understood(town: Rangsit, nok: Person) -> None:
    nok.sends("My reports")
    nok.sees("ยังไม่มีเรื่องที่แจ้งไว้")
    nok.sends("How it works")
    nok.sees("วิธีใช้ง่าย ๆ")


def test_a_language_we_do_not_speak_is_led_to_a_person(town: Rangsit, nok: Person) -> None:
    words = "ကျွန်တော် နေမကောင်းဘူး"
    nok.sends(words)
    nok.sees("a person will read your message")
    nok.presses("ส่งให้เจ้าหน้าที่ · Send to an officer")
    nok.sees("ส่งถึงเจ้าหน้าที่แล้ว")
    assert town.standing(nok.number, "department").is_desk
    assert [m.text for m in town.every(Message)] == [words]


BURMESE = ("ကျွန်တော် နေမကောင်းဘူး", "အမှိုက် မသိမ်းဘူး")
TO_AN_OFFICER = "ส่งให้เจ้าหน้าที่ · Send to an officer"


def desk_reads(town: Rangsit, *words: str) -> None:
    """One ticket of the desk holds all these words."""
    (number,) = town.tickets()
    assert town.standing(number, "department").is_desk
    assert [message.text for message in town.every(Message, kind="report")] == list(words)


def test_a_second_message_we_cannot_read_goes_with_the_first(town: Rangsit, nok: Person) -> None:
    nok.sends(BURMESE[0])
    first = nok.button(TO_AN_OFFICER)
    nok.sends(BURMESE[1])
    nok.sees("a person will read your message")
    nok.presses_button(first)
    nok.sees("ส่งถึงเจ้าหน้าที่แล้ว")
    nok.presses(TO_AN_OFFICER)
    desk_reads(town, *BURMESE)


def test_who_presses_report_after_words_we_cannot_read_is_asked_what_and_where(town: Rangsit, nok: Person) -> None:
    nok.sends(BURMESE[0])
    nok.taps("report")
    nok.sees("เรื่องนี้ตรงกับข้อไหน")
    nok.presses("อื่น ๆ / ให้เจ้าหน้าที่เลือก")
    nok.sees("อยู่ที่ไหน")


def test_what_we_cannot_read_reaches_the_desk_without_a_press(town: Rangsit, nok: Person) -> None:
    for words in BURMESE:
        nok.sends(words)
    town.passes(minutes=15)
    desk_reads(town, *BURMESE)
    nok.presses(TO_AN_OFFICER)
    assert town.standing(town.tickets()[0], "mark") is None
    desk_reads(town, *BURMESE)


def test_what_can_be_read_is_answered_and_what_could_not_goes_to_the_desk(town: Rangsit, nok: Person) -> None:
    nok.sends(BURMESE[0])
    nok.reads_on()
    nok.sends("there is garbage everywhere in front of my house")
    nok.sees("Where is it?")
    desk_reads(town, BURMESE[0])


def test_a_photo_belongs_to_the_words_we_cannot_read(town: Rangsit, nok: Person) -> None:
    nok.sends(BURMESE[0])
    nok.sends_photo()
    town.passes(minutes=15)
    desk_reads(town, BURMESE[0])
    (photo,) = town.every(Media)
    assert photo.report_id is not None


def test_who_writes_english_before_line_has_told_a_language_is_answered_in_english(town: Rangsit, nok: Person) -> None:
    nok.sends("there is garbage everywhere in front of my house")
    nok.sees("Where is it?", "Send location")
    nok.sends("ขยะอยู่หน้าบ้าน")
    nok.sees("ตรวจดูก่อนส่ง")


def test_one_english_word_in_a_thai_life_changes_nothing(town: Rangsit, nok: Person) -> None:
    nok.sends("ok")
    nok.does_not_see("Report")
    assert town.every(Resident)[0].language == "th"


def test_the_language_that_was_chosen_or_told_by_line_stands(town: Rangsit, nok: Person, ton: Person) -> None:
    nok.sends("ภาษา")
    nok.presses("ไทย")
    nok.reads_on()
    nok.sends("there is garbage everywhere in front of my house")
    nok.sees("อยู่ที่ไหน")
    ton.sends("สวัสดี")
    with town.database.transaction() as session:
        session.scalars(select(Resident).where(Resident.line_user_id == ton.user_id)).one().display_name = "ต้น"
    ton.reads_on()
    ton.sends("there is garbage everywhere in front of my house")
    ton.sees("อยู่ที่ไหน")
