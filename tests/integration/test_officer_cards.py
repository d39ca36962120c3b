"""An officer's card: what stands on it, for whom, with exactly which buttons, and within LINE's size."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from bot import officer_cards, officer_words, profiles, whole_words
from bot.casework import Given
from bot.drafts import Place
from bot.line.actions import Speaker
from bot.line.cards_parts import CAROUSEL_BYTES
from bot.line.counting import graphemes
from bot.line.messages import build
from bot.replies import Card, Carousel, Picture
from bot.wording import sentences
from models import Message, Officer, Ticket
from models.lifecycle import Actor, TicketStatus
from tests import builders
from tests.builders import NOON, Town
from tests.chats import words_of

S = TicketStatus
MAP = "ดูแผนที่"
#: What stands on every card, after what the status allows.
AFTER = ("บันทึกภายใน", MAP)
#: The buttons of an officer who may do everything with a tap water ticket, by its status.
BUTTONS = {
    "new": "รับเรื่อง ขอข้อมูลเพิ่ม ส่งต่อหน่วยงาน ยุติเรื่อง รวมเรื่อง ตอบกลับ เปลี่ยนประเภท โอนหน่วยงานภายใน",
    "accepted": "เริ่มดำเนินการ วางแผน เสร็จแล้ว ขอข้อมูลเพิ่ม ส่งต่อหน่วยงาน ยุติเรื่อง รวมเรื่อง ตอบกลับ เปลี่ยนประเภท โอนหน่วยงานภายใน",
    "planned": "เริ่มดำเนินการ วางแผน เสร็จแล้ว ขอข้อมูลเพิ่ม ส่งต่อหน่วยงาน ยุติเรื่อง รวมเรื่อง ตอบกลับ เปลี่ยนประเภท โอนหน่วยงานภายใน",
    "in_progress": "วางแผน เสร็จแล้ว ขอข้อมูลเพิ่ม ส่งต่อหน่วยงาน ยุติเรื่อง รวมเรื่อง ตอบกลับ เปลี่ยนประเภท โอนหน่วยงานภายใน",
    "waiting": "รับเรื่อง เริ่มดำเนินการ วางแผน เสร็จแล้ว ส่งต่อหน่วยงาน ยุติเรื่อง รวมเรื่อง ตอบกลับ เปลี่ยนประเภท โอนหน่วยงานภายใน",
    "forwarded": (
        "รับเรื่อง เริ่มดำเนินการ วางแผน เสร็จแล้ว ขอข้อมูลเพิ่ม ส่งต่อหน่วยงาน "
        "ยุติเรื่อง รวมเรื่อง ตอบกลับ ใส่เลขเรื่อง เปลี่ยนประเภท โอนหน่วยงานภายใน"
    ),
    "resolved": "ตอบกลับ",
    "closed": "ตอบกลับ",
    "reopened": (
        "รับเรื่อง เริ่มดำเนินการ วางแผน เสร็จแล้ว ขอข้อมูลเพิ่ม "
        "ส่งต่อหน่วยงาน ยุติเรื่อง รวมเรื่อง ตอบกลับ เปลี่ยนประเภท โอนหน่วยงานภายใน"
    ),
    "rejected": "ตอบกลับ",
    "cancelled": "",
    "merged": "",
}


@pytest.fixture
def town(session: Session) -> Town:
    return builders.town(session)


@pytest.fixture
def somchai(town: Town) -> Officer:
    return town.officer("สมชาย", "water", "environment")


def bring(town: Town, ticket: Ticket, status: str, officer: Officer) -> None:
    """Bring a new ticket to a status by lawful moves."""
    before = {"resolved": [S.ACCEPTED], "closed": [S.ACCEPTED, S.RESOLVED], "reopened": [S.ACCEPTED, S.RESOLVED]}
    for end in before.get(status, [] if status in ("new", "accepted", "forwarded", "rejected") else [S.ACCEPTED]):
        town.move(ticket, end, officer)
    if status in ("closed", "reopened", "cancelled"):
        ticket.move_to(S(status), Actor.RESIDENT, NOON)
    elif status == "merged":
        town.move(ticket, S.MERGED, officer, Given(other=town.ticket(by="แป้ง")))
    elif status != "new":
        town.move(ticket, S(status), officer)


def card(town: Town, ticket: Ticket, officer: Officer, **more: object) -> tuple[Card, set[str]]:
    town.session.flush()
    return officer_cards.officer_ticket_card(town.session, ticket, officer, now=town.now, **more)  # type: ignore[arg-type]


def text(shown: Card) -> str:
    return "\n".join(words_of(shown))


def labels(shown: Card) -> list[str]:
    return [button.label for button in shown.buttons]


@pytest.mark.parametrize("status", [status.value for status in S])
def test_a_card_has_exactly_the_buttons_the_lifecycle_allows(town: Town, somchai: Officer, status: str) -> None:
    ticket = town.ticket()
    bring(town, ticket, status, somchai)
    assert ticket.status == status
    last = AFTER if status != "merged" else (MAP,)
    assert labels(card(town, ticket, somchai)[0]) == [*BUTTONS[status].split(), *last]


def test_an_officer_without_rights_has_no_buttons(town: Town) -> None:
    stranger = town.officer("มาลี", "environment")
    assert card(town, town.ticket(), stranger)[0].buttons == ()


def test_the_card_says_what_was_said_where_and_until_when(town: Town, somchai: Officer) -> None:
    ticket = town.ticket(words="น้ำประปาเป็นสีแดงมา 3 วันแล้ว")
    shown, quotes = card(town, ticket, somchai)
    assert (shown.number, shown.badge, shown.title) == ("RS-6911-00001", "รอรับเรื่อง", "🚰 น้ำประปาแดง ขุ่น มีกลิ่น")
    lines = {line.label: line.value for line in shown.lines}
    assert lines["ผู้แจ้ง"] == "“น้ำประปาเป็นสีแดงมา 3 วันแล้ว”"
    assert lines["สถานที่"] == "ซอยรังสิต-นครนายก 46"
    assert lines["แจ้งผู้แจ้งภายใน"] == "25 พ.ย. 2569 11:00 น."
    assert lines["เจ้าของเรื่อง"] == "กปภ. (ยังไม่ได้ส่งต่อ)"
    assert "87%" in shown.note
    assert shown.history == ("24 พ.ย. 2569 11:00 น. แจ้งเข้ามา",)
    said = {message.said for message in ticket.reports[0].messages}
    assert quotes == said | {"place-1"}


def test_an_english_officer_reads_english(town: Town) -> None:
    officer = town.officer("Ann", "water", language="en")
    shown, _ = card(town, town.ticket(), officer)
    assert (shown.title, labels(shown)[0]) == ("🚰 Red or discoloured tap water", "Accept")
    assert "PWA (not forwarded yet)" in text(shown)


def test_the_map_opens_at_the_point(town: Town, somchai: Officer) -> None:
    shown, _ = card(town, town.ticket(), somchai)
    (button,) = [button for button in shown.buttons if button.kind == "uri"]
    assert button.url == "https://www.google.com/maps/search/?api=1&query=13.987100,100.609500"
    nowhere = town.ticket(by="แป้ง", place=Place(is_unknown=True))
    shown, _ = card(town, nowhere, somchai)
    assert MAP not in labels(shown)
    assert "ไม่ทราบตำแหน่ง" in text(shown)


def test_every_reporters_words_stand_on_it(town: Town, somchai: Officer) -> None:
    ticket = town.ticket(words="น้ำแดงมาก")
    joined = town.join(ticket, "แป้ง", "บ้านข้าง ๆ ก็แดง")
    shown, quotes = card(town, ticket, somchai)
    assert "“น้ำแดงมาก”" in text(shown)
    assert "“บ้านข้าง ๆ ก็แดง”" in text(shown)
    assert "คนแจ้ง: 2 คน" in text(shown)
    joined.withdrawn_at = NOON
    shown, fewer = card(town, ticket, somchai)
    assert "“บ้านข้าง ๆ ก็แดง”" not in text(shown)
    assert fewer < quotes


def test_words_that_were_taken_back_are_nowhere(town: Town, somchai: Officer) -> None:
    ticket = town.ticket(words="เบอร์ผม 081")
    message = ticket.reports[0].messages[0]
    message.text, message.erased_at = None, NOON
    shown, quotes = card(town, ticket, somchai)
    assert "ผู้แจ้ง: (ผู้แจ้งลบข้อความ)" in text(shown)
    assert message.said not in quotes


def test_the_last_words_of_both_sides_stand_on_it(town: Town, somchai: Officer) -> None:
    ticket = town.ticket()
    town.move(ticket, S.ACCEPTED, somchai)
    town.move(ticket, S.WAITING, somchai)
    for words in ("เลขที่ 1", "ไม่ใช่ เลขที่ 2"):
        town.session.add(
            Message(
                municipality_id=town.row.id, ticket_id=ticket.id, kind="answer", said=words, text=words, said_at=NOON
            )
        )
    shown, quotes = card(town, ticket, somchai)
    assert "เราบอกล่าสุด: “บ้านเลขที่เท่าไร”" in text(shown)
    assert "ผู้แจ้งล่าสุด: “ไม่ใช่ เลขที่ 2”" in text(shown)
    assert "ไม่ใช่ เลขที่ 2" in quotes


def test_photos_are_shown_and_the_rest_is_counted(town: Town, somchai: Officer) -> None:
    media = [
        town.photo(), town.photo(state="wanted"), town.photo(kind="audio"), town.photo(kind="video", state="wanted"),
        town.photo(kind="audio"), town.photo(state="refused"), town.photo(state="erased"),
    ]  # fmt: skip
    ticket = town.ticket(words="", media=tuple(item.id for item in media))
    shown, _ = card(town, ticket, somchai)
    assert shown.pictures == (Picture(media[0].id, "officer"), Picture(media[1].id, "officer"))
    assert "ไฟล์แนบ: รูป 1 (กำลังโหลด) · เสียง 2 · วิดีโอ 1" in text(shown)
    assert "(ส่งรูปหรือไฟล์มา ไม่มีข้อความ)" in text(shown)
    opened = [(button.label, button.args["media"]) for button in shown.buttons if button.kind == "media"]
    assert opened == [("เปิดฟังเสียง 1", media[2].id), ("เปิดดูวิดีโอ 1", media[3].id), ("เปิดฟังเสียง 2", media[4].id)]


def test_a_recording_opens_for_the_officer_once_it_is_stored(town: Town, somchai: Officer) -> None:
    stored, wanted = town.photo(kind="audio"), town.photo(kind="audio", state="wanted")
    ticket = town.ticket(media=(stored.id, wanted.id))
    shown, _ = card(town, ticket, somchai)

    def address(picture: Picture, rendition: str) -> str | None:
        assert (picture.audience, rendition) == ("officer", "file")
        return f"https://bot.test/media/{picture.media_id}" if picture.media_id == stored.id else None

    (message,) = build([shown], Speaker("rangsit", b"k" * 40, address))
    assert f"https://bot.test/media/{stored.id}" in json.dumps(message)
    labels_sent = json.dumps(message, ensure_ascii=False)
    assert "เปิดฟังเสียง 1" in labels_sent
    assert "เปิดฟังเสียง 2" not in labels_sent


def test_days_with_the_owner_are_counted_with_way_and_number(town: Town, somchai: Officer) -> None:
    ticket = town.ticket()
    town.move(ticket, S.FORWARDED, somchai, Given(owner=town.owner("pwa"), way="letter", number="55710/42"))
    assert "เจ้าของเรื่อง: ส่งให้ กปภ. วันนี้ · หนังสือ · 55710/42" in text(card(town, ticket, somchai)[0])
    town.now = NOON + timedelta(days=4)
    assert "เจ้าของเรื่อง: อยู่กับ กปภ. มาแล้ว 4 วัน · หนังสือ · 55710/42" in text(card(town, ticket, somchai)[0])


def test_what_an_officer_must_know_first_stands_in_the_badge(town: Town, somchai: Officer) -> None:
    place = Place(latitude=14.2, longitude=100.7, said="place-9", is_outside=True)
    ticket = town.ticket(is_urgent=True, is_unsent=True, place=place)
    shown, _ = card(town, ticket, town.officer("ศูนย์", "clerk"))
    assert shown.badge == "ด่วน · ผู้แจ้งยังไม่กดส่ง · นอกเขต · รอรับเรื่อง"
    assert shown.tone == "urgent"


def test_an_overdue_promise_and_a_paused_one_are_said_so(town: Town, somchai: Officer) -> None:
    ticket = town.ticket()
    town.now = NOON + timedelta(days=2)
    assert "25 พ.ย. 2569 11:00 น. (เลยกำหนดแล้ว)" in text(card(town, ticket, somchai)[0])
    town.move(ticket, S.WAITING, somchai)
    assert "หยุดนับ รอผู้แจ้งตอบ" in text(card(town, ticket, somchai)[0])


def test_whoever_has_it_is_named_even_after_leaving(town: Town, somchai: Officer) -> None:
    ticket, malee = town.ticket(), town.officer("มาลี", "water")
    town.move(ticket, S.ACCEPTED, somchai)
    assert "ผู้รับผิดชอบ: คุณสมชาย" in text(card(town, ticket, malee)[0])
    somchai.revoked_at = NOON
    assert "ผู้รับผิดชอบ: คุณสมชาย (ไม่ได้ทำงานแล้ว)" in text(card(town, ticket, malee)[0])


def test_history_is_short_dated_and_names_people(town: Town, somchai: Officer) -> None:
    ticket = town.ticket()
    for end in (S.ACCEPTED, S.IN_PROGRESS, S.FORWARDED, S.ACCEPTED, S.IN_PROGRESS, S.FORWARDED, S.ACCEPTED, S.RESOLVED):
        town.move(ticket, end, somchai)
    ticket.move_to(S.REOPENED, Actor.RESIDENT, NOON, resident_id=town.resident("นก").id)
    shown, _ = card(town, ticket, somchai)
    assert len(shown.history) == 8
    assert shown.history[-2:] == (
        "24 พ.ย. 2569 11:00 น. แจ้งว่าเสร็จแล้ว · คุณสมชาย",
        "24 พ.ย. 2569 11:00 น. เปิดเรื่องอีกครั้ง · ผู้แจ้ง",
    )
    assert "เปิดอีกครั้ง: 1 ครั้ง" in text(shown)


def test_no_card_of_a_list_falls_out_because_line_takes_only_so_many_bytes(town: Town, somchai: Officer) -> None:
    category, owner = town.category("tap_water_quality"), town.owner("pwa")
    category.name_th, owner.short_th = "ก" * 60, "ป" * 40
    tickets = []
    for n in range(officer_cards.IN_A_LIST):
        ticket = town.ticket(by=f"คนที่ {n}", words="ปู่ " * 500, place=Place(13.9, 100.6, "ซอย " * 75, "place"))
        town.move(ticket, S.FORWARDED, somchai, Given(owner=owner, way="letter", number="9" * 80))
        town.photo().ticket_id = ticket.id
        tickets.append(ticket)
    town.session.flush()
    reply, _ = officer_cards.several(town.session, tickets, somchai, "งานของคุณ", now=town.now)
    assert isinstance(reply, Carousel)
    speaker = Speaker("rangsit", b"k" * 40, lambda picture, rendition: "https://bot.test/media/" + "x" * 300)
    (message,) = build([reply], speaker)
    assert len(message["contents"]["contents"]) == officer_cards.IN_A_LIST
    assert len(json.dumps(message["contents"])) <= CAROUSEL_BYTES


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_choice_of_the_town_fits_a_button_whole(language: str) -> None:
    rangsit = profiles.load("rangsit")
    owners = [getattr(owner, f"name_{language}") for owner in rangsit.owners]
    categories = [f"{one.icon} {getattr(one, f'name_{language}')}" for one in rangsit.categories]
    said = sentences(language)
    own = [said[key] for key in said if key.startswith("work_label.")]
    assert not [label for label in owners + categories + own if graphemes(label) > 40]


def test_of_many_reporters_a_few_are_quoted_so_that_every_other_fact_is_seen(town: Town, somchai: Officer) -> None:
    ticket = town.ticket(words="น้ำแดงคนที่ 0")
    for n in range(1, 40):
        town.join(ticket, f"คนที่ {n}", f"น้ำแดงคนที่ {n}")
    town.move(ticket, S.ACCEPTED, somchai)
    shown, _ = card(town, ticket, somchai)
    seen = json.dumps(build([shown], Speaker("rangsit", b"k" * 40, lambda *_: None)), ensure_ascii=False)
    for fact in ("น้ำแดงคนที่ 7", "และอีก 32 คน", "สถานที่", "แจ้งผู้แจ้งภายใน", "คุณสมชาย", "40 คน", "อ่านทั้งหมด"):
        assert fact in seen
    unseen = whole_words.cut_short(town.session, ticket, officer_words.reports_of(town.session, ticket))
    assert [message.text for message in unseen] == [f"น้ำแดงคนที่ {n}" for n in range(8, 40)]
