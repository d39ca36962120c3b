"""เรื่องใกล้ฉัน: what is open around a location, by kind, state and square only; one can be followed for its news."""

from __future__ import annotations

import io
import json

import pytest
from PIL import Image
from sqlalchemy import select

from bot import nearby
from bot.photos import Addresses
from bot.places.cells import cell_of, middle_of
from bot.places.picture import COLOURS, SIZE
from models import Category, Follow, Municipality, News, Ticket
from tests.talking import INSIDE, Person, Rangsit

METRE = 1 / 111_195


def north(metres: float) -> tuple[float, float]:
    return INSIDE[0] + metres * METRE, INSIDE[1]


def looks(person: Person, place: tuple[float, float] = INSIDE) -> None:
    """Ask what is near this place."""
    person.taps("near")
    person.sends_place(*place)


@pytest.fixture
def followed(nok: Person, ton: Person) -> str:
    """The number of nok's lamp, which ton follows."""
    number = nok.reports("ไฟถนนดับทั้งซอย")
    looks(ton)
    ton.presses("ติดตามเรื่องที่ 1")
    ton.sees("ติดตาม 💡 ไฟส่องสว่าง แล้ว")
    return number


@pytest.mark.whole_way
def test_open_public_tickets_are_shown_nearest_first_without_anything_private(
    town: Rangsit, nok: Person, ton: Person
) -> None:
    nok.reports("ถนนเป็นหลุมใหญ่หน้าบ้านเลขที่ 99/1", place=north(600))
    nok.reports("ไฟถนนดับทั้งซอย", place=north(20))
    ton.taps("near")
    ton.sees("ส่งตำแหน่ง")
    ton.sends_place(*INSIDE)
    text = ton.sees("1 · 💡 ไฟส่องสว่าง", "2 · 🛣️ ถนนและสะพาน", "รอรับเรื่อง", "ราว 100 เมตร", "ราว 600 เมตร")
    shown = text + json.dumps(ton.seen[-1].content, ensure_ascii=False)
    assert not [private for private in ("RS-", "99/1", str(north(600)[0])) if private in shown]
    assert [label for label in ton.labels() if "ติดตาม" in label] == ["ติดตามเรื่องที่ 1", "ติดตามเรื่องที่ 2"]


def test_what_is_confidential_ended_or_far_is_not_shown(town: Rangsit, nok: Person, ton: Person) -> None:
    nok.reports("บ้านข้าง ๆ เปิดเพลงเสียงดังมาก")
    nok.reports("ถนนเป็นหลุมใหญ่", place=north(1500))
    town.moves(nok.reports("ไฟถนนดับทั้งซอย"), "rejected", reason="not_found")
    looks(ton)
    ton.sees("ยังไม่มีเรื่องที่กำลังทำอยู่")


@pytest.mark.whole_way(always=True)
def test_following_brings_its_news_with_the_next_answer_and_never_by_a_push(
    town: Rangsit, ton: Person, followed: str
) -> None:
    town.moves(followed, "accepted")
    town.moves(followed, "in_progress")
    town.passes(hours=2)
    assert ton.count("push") == 0
    ton.sends("สวัสดี")
    told = ton.sees("เรื่องที่คุณติดตาม 💡 ไฟส่องสว่าง ตอนนี้: กำลังดำเนินการ", way="reply")
    assert followed not in told
    ton.presses("เลิกติดตาม")
    town.moves(followed, "resolved", words="เปลี่ยนหลอดแล้ว", photos=1)
    ton.reads_on()
    ton.sends("สวัสดี")
    ton.does_not_see("ที่คุณติดตาม", "เปลี่ยนหลอดแล้ว")


def test_who_follows_no_more_is_not_told_that_it_became_confidential(
    town: Rangsit, ton: Person, followed: str
) -> None:
    with town.database.transaction() as session:
        of_conduct = session.scalars(select(Category).where(Category.code == "service")).unique().one()
        town.ticket(session, followed).category = of_conduct
    ton.presses("เลิกติดตาม")
    ton.sees("เลิกติดตามเรื่องนี้แล้ว")
    ton.does_not_see("การให้บริการของเจ้าหน้าที่")


def test_a_word_to_a_follower_keeps_no_promise_made_to_the_reporter(
    town: Rangsit, nok: Person, ton: Person, followed: str
) -> None:
    before = town.standing(followed, "due_at", "last_word_at")
    town.passes(hours=3)
    with town.database.transaction() as session:  # the officer's move reaches the follower alone
        ticket = town.ticket(session, followed)
        for item in session.scalars(select(News).where(News.ticket_id == ticket.id)):
            item.state = "told"
    nok.blocks()
    town.moves(followed, "accepted")
    ton.sends("สวัสดี")
    ton.sees("รับเรื่องแล้ว")
    assert town.standing(followed, "due_at", "last_word_at") == before


def test_the_own_report_needs_no_following_and_nobody_follows_twice(town: Rangsit, nok: Person, ton: Person) -> None:
    number = nok.reports("ไฟถนนดับทั้งซอย")
    looks(nok)
    nok.presses("ติดตามเรื่องที่ 1")
    nok.sees("คุณแจ้งไว้เอง", number)
    looks(ton)
    button = ton.button("ติดตามเรื่องที่ 1")
    ton.presses_button(button)
    ton.presses_button(button)
    with town.database.reading() as session:
        assert len(session.scalars(select(Follow)).all()) == 1


def test_an_unfinished_report_comes_back_after_looking_around(town: Rangsit, nok: Person) -> None:
    nok.sends("ไฟถนนดับทั้งซอย")
    looks(nok)
    nok.reads_on()
    nok.sends_place(*INSIDE)
    nok.sees("ตรวจดูก่อนส่ง")


@pytest.mark.parametrize("typed", ["เรื่องใกล้ฉัน", "Near me"])
def test_it_can_be_typed_and_stopped(town: Rangsit, ton: Person, typed: str) -> None:
    ton.sends(typed)
    ton.sends("ยกเลิก")
    ton.sees("ได้เลย")
    assert town.every_conversation()[0].step == "idle"


def test_the_language_is_chosen_under_how_it_works(town: Rangsit, ton: Person) -> None:
    ton.taps("help")
    assert "ภาษา/Language" in ton.labels()
    ton.presses("ภาษา/Language")
    ton.presses("English")
    assert town.language_of(ton) == "en"


def test_the_map_shows_squares_and_numbers_and_nothing_that_has_ended(town: Rangsit, nok: Person) -> None:
    number = nok.reports("ไฟถนนดับทั้งซอย", place=north(400))
    cell = cell_of(INSIDE)

    def drawn() -> Image.Image:
        with town.database.reading() as session:
            row = session.scalars(select(Municipality)).one()
            ids = session.scalars(select(Ticket.id)).all()
            return Image.open(io.BytesIO(nearby.picture(session, row, cell, ids))).convert("RGB")

    picture = drawn()
    assert picture.size == (SIZE, SIZE)
    assert _has(picture, COLOURS["calm"])
    town.moves(number, "rejected", reason="not_found")
    assert not _has(drawn(), COLOURS["calm"])


def _has(picture: Image.Image, colour: str) -> bool:
    wanted = tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
    colours = picture.getcolors(SIZE * SIZE) or []
    return any(
        number > 200 and all(abs(one - other) < 8 for one, other in zip(found, wanted, strict=True))
        for number, found in colours
    )


def test_a_square_is_all_that_leaves_and_a_forged_address_shows_nothing() -> None:
    here = middle_of(cell_of(INSIDE))
    assert abs(here[0] - INSIDE[0]) <= 0.0005 + 1e-9
    addresses = Addresses("k" * 40, "https://bot.test")
    address = addresses.map_address("rangsit", "13985:100625:4,7") or ""
    shown = addresses.read_map(address.rsplit("/", 1)[1])
    assert shown is not None
    assert (shown.municipality, shown.middle, shown.ticket_ids) == ("rangsit", (13985, 100625), (4, 7))
    assert addresses.read_map(address.rsplit("/", 1)[1][:-2]) is None
    assert Addresses("other" * 8, "https://bot.test").read_map(address.rsplit("/", 1)[1]) is None
    assert addresses.read_map(addresses.token(4, "card", "reporter")) is None
    assert Addresses("k" * 40, None).map_address("rangsit", "1:1:1") is None


def test_words_instead_of_a_location_are_read_anew(town: Rangsit, nok: Person) -> None:
    nok.sends("เรื่องใกล้ฉัน")
    nok.reads_on()
    nok.sends("ไฟถนนดับทั้งซอย")
    nok.sees("ไฟ", "ส่งตำแหน่ง")
