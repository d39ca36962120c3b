"""The officer's tabs and lists, tapped or typed, and a ticket by its number."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot import officer_digest
from bot.replies import Card, Carousel, Say
from models import Effect, News
from models.effect import LINK_MENU
from models.lifecycle import TicketStatus
from models.news import CARRIED
from models.officer import Role
from tests.builders import Town
from tests.chats import Chat, Clock, chat

S = TicketStatus


@pytest.fixture
def somchai(town: Town) -> Chat:
    return chat(town, town.officer("สมชาย", "water"))


def test_empty_lists_say_so_warmly(somchai: Chat) -> None:
    assert "ไม่มีงานใหม่ในตอนนี้" in somchai.taps("new")[0].text  # type: ignore[union-attr]
    assert "ไม่มีงานค้างในมือ" in somchai.taps("mine")[0].text  # type: ignore[union-attr]


def test_one_new_ticket_is_a_whole_card(town: Town, somchai: Chat) -> None:
    ticket = town.ticket()
    (shown,) = somchai.taps("new")
    assert isinstance(shown, Card)
    assert (shown.number, "รับเรื่อง" in somchai.labels()) == (ticket.number, True)
    assert shown.history


def test_several_come_side_by_side_and_the_rest_on_demand(town: Town, somchai: Chat) -> None:
    numbers = [town.ticket(by=f"คนที่ {n}").number for n in range(14)]
    somchai.taps("new")
    assert "งานใหม่ 14 เรื่อง" in somchai.text
    carousel = next(reply for reply in somchai.answers if isinstance(reply, Carousel))
    assert [card.number for card in carousel.cards] == numbers[:12]
    somchai.presses("ดูเพิ่ม")
    carousel = next(reply for reply in somchai.answers if isinstance(reply, Carousel))
    assert [card.number for card in carousel.cards] == numbers[12:]
    assert "ดูเพิ่ม" not in somchai.labels()


def test_a_short_card_of_a_list_opens_in_full(town: Town, somchai: Chat) -> None:
    town.ticket()
    second = town.ticket(by="แป้ง", words="น้ำแดง " * 50)
    somchai.taps("new")
    assert somchai.card(second.number).history == ()
    somchai.presses("ดูเรื่องนี้", on=second.number)
    assert somchai.card().number == second.number
    assert somchai.card().history
    assert ("น้ำแดง " * 50).strip() in somchai.text


def test_show_more_may_be_typed(town: Town, somchai: Chat) -> None:
    numbers = [town.ticket(by=f"คนที่ {n}").number for n in range(13)]
    somchai.taps("new")
    somchai.says("ดูเพิ่ม")
    assert somchai.card().number == numbers[12]


def test_my_work_is_what_i_have_and_counts_what_waits_for_a_yes(town: Town, somchai: Chat) -> None:
    for n in range(2):
        town.ticket(by=f"คนที่ {n}")
    somchai.taps("new")
    somchai.presses("รับเรื่อง", on="RS-6911-00001")
    somchai.taps("mine")
    assert somchai.card().number == "RS-6911-00001"
    assert somchai.card().badge == "รับเรื่องแล้ว"
    somchai.presses("เสร็จแล้ว")
    somchai.says("ล้างท่อแล้ว")
    somchai.taps("mine")
    assert "1 เรื่องทำเสร็จแล้ว รอผู้แจ้งยืนยัน" in somchai.text


@pytest.mark.parametrize(
    ("words", "shows"),
    [
        ("งานใหม่", "รอรับเรื่อง"),
        (" งานใหม่ ", "รอรับเรื่อง"),
        ("New work", "รอรับเรื่อง"),
        ("กลับไปที่งาน", "รอรับเรื่อง"),
        ("งานของฉัน", "ไม่มีงานค้างในมือ"),
        ("ใกล้ครบกำหนด", "ใกล้ครบกำหนดหรือเลยแล้ว"),
        ("ค้นหา", "อยากหาอะไร"),
        ("วันนี้", "ภาพรวมงาน"),
        ("โหมดประชาชน", "ตอนนี้อยู่ในโหมดประชาชน"),
    ],
)
def test_every_tab_may_be_typed_and_the_menu_follows(town: Town, somchai: Chat, words: str, shows: str) -> None:
    town.ticket()
    somchai.says(words)
    assert shows in somchai.text
    effects = town.session.scalars(select(Effect).where(Effect.kind == LINK_MENU)).all()
    tabs = {"งานของฉัน": "mine", "ใกล้ครบกำหนด": "due", "ค้นหา": "find", "วันนี้": "today", "โหมดประชาชน": "resident"}
    assert somchai.person.menu == f"officer-{tabs.get(words, 'new')}"
    assert len(effects) == 1


def test_today_is_the_answer_where_an_officer_was_asked_since_when(town: Town, somchai: Chat) -> None:
    own = town.ticket("garbage", by="สมชาย")
    town.move(own, S.WAITING, town.officer("มาลี", "environment"))
    somchai.says("วันนี้")
    assert own.status == "new"
    assert "ภาพรวมงาน" not in somchai.text
    somchai.says("วันนี้")
    assert "ภาพรวมงาน" in somchai.text


def test_a_tapped_tab_has_switched_the_menu_already(town: Town, somchai: Chat) -> None:
    for tab in ("new", "mine", "due", "find", "today", "resident"):
        somchai.taps(tab)
        assert somchai.person.menu == f"officer-{tab}"
    assert town.session.scalars(select(Effect).where(Effect.kind == LINK_MENU)).all() == []


def test_the_way_back_from_resident_mode_is_a_button_too_and_the_menu_follows(town: Town, somchai: Chat) -> None:
    somchai.taps("resident")
    somchai.presses("กลับไปที่งาน")
    assert somchai.person.menu == "officer-new"
    assert len(town.session.scalars(select(Effect).where(Effect.kind == LINK_MENU)).all()) == 1


def test_the_buttons_of_the_morning_digest_bring_their_menu_along(town: Town, clock: Clock) -> None:
    officer = town.officer("สมชาย", "water")
    somchai = chat(town, officer)
    somchai.taps("resident")
    clock.passes(hours=1)
    town.ticket(at=clock.now)
    digest = officer_digest.digest_for(town.session, town.row, officer, clock.now)
    assert isinstance(digest, Say)
    for button in digest.quick:
        somchai.presses_old(button)
        assert somchai.person.menu == button.action.replace("tab.", "officer-")
    assert len(town.session.scalars(select(Effect).where(Effect.kind == LINK_MENU)).all()) == 2


def test_a_tab_that_line_could_not_switch_is_shown_by_us(town: Town, somchai: Chat) -> None:
    somchai.posts_back("tab:mine", status="RICHMENU_NOTFOUND")
    assert somchai.person.menu == "officer-mine"
    assert len(town.session.scalars(select(Effect).where(Effect.kind == LINK_MENU)).all()) == 1


def test_in_resident_mode_an_officer_reports_like_anybody(town: Town, somchai: Chat) -> None:
    somchai.taps("resident")
    assert "กลับไปที่งาน" in somchai.labels()
    somchai.posts_back("menu:report")
    somchai.says("ขยะกองหน้าบ้าน ซอยรังสิต-นครนายก 46")
    assert somchai.answers
    town.ticket()
    somchai.says("กลับไปที่งาน")
    assert somchai.card().badge == "รอรับเรื่อง"


def test_a_number_typed_alone_shows_the_card(town: Town, somchai: Chat) -> None:
    ticket = town.ticket()
    for words in (ticket.number, f" {ticket.number.lower()} ", "RS-๖๙๑๑-๐๐๐๐๑"):
        somchai.says(words)
        assert somchai.card().number == ticket.number
        assert "รับเรื่อง" in somchai.labels()


def test_a_number_of_another_department_shows_no_more_than_to_anybody(town: Town, somchai: Chat) -> None:
    secret, public = town.ticket("other", words="เบอร์ 081"), town.ticket("garbage", words="เบอร์ 082")
    somchai.says(secret.number)
    assert "ไม่พบเรื่อง" in somchai.text
    somchai.says(public.number)
    assert "รอรับเรื่อง" in somchai.text
    assert "082" not in somchai.text


def test_a_merged_number_shows_where_the_work_goes_on(town: Town, somchai: Chat) -> None:
    merged, kept = town.ticket(), town.ticket(by="แป้ง")
    merged.merged_into, merged.status, merged.status_before = kept, S.MERGED, "new"
    somchai.says(merged.number)
    assert somchai.card().number == kept.number


def test_a_list_tells_what_waited_to_be_told_of_it(town: Town, somchai: Chat) -> None:
    town.ticket()
    answers = somchai.taps("new")
    assert sum(isinstance(reply, Card | Carousel) for reply in answers) == 1
    item = town.session.scalars(select(News).where(News.is_for_officer)).one()
    assert item.state != CARRIED


def test_a_resident_has_no_tabs(town: Town) -> None:
    stranger = chat(town, town.resident("คนแปลกหน้า"))
    town.ticket()
    for tab in ("new", "mine"):
        stranger.taps(tab)
        assert "ไม่ได้เป็นเจ้าหน้าที่" in stranger.text
        assert not any(isinstance(reply, Card | Carousel) for reply in stranger.answers)


def test_a_supervisor_and_the_desk_see_every_department(town: Town) -> None:
    numbers = {town.ticket().number, town.ticket("garbage", by="แป้ง").number}
    for name, department, role in (("ศูนย์", "clerk", Role.OFFICER), ("หัวหน้า", "water", Role.SUPERVISOR)):
        officer = chat(town, town.officer(name, department, role=role))
        officer.taps("new")
        carousel = next(reply for reply in officer.answers if isinstance(reply, Carousel))
        assert {card.number for card in carousel.cards} == numbers


def test_a_greeting_at_work_is_answered_with_what_waits(town: Town, somchai: Chat) -> None:
    for by in ("นก", "แป้ง"):
        town.ticket(by=by)
    somchai.taps("new")
    somchai.says("สวัสดีครับ")
    assert "งานใหม่ 2 เรื่อง งานในมือ 0 เรื่อง" in somchai.text
    somchai.says("งานใหม่")
    assert isinstance(somchai.answers[-1], Carousel)


def test_a_greeting_in_the_residents_menu_is_answered_as_to_a_resident(somchai: Chat) -> None:
    somchai.taps("resident")
    somchai.says("สวัสดีครับ")
    assert "เล่ามาได้เลย" in somchai.text


def test_a_greeting_that_an_act_waits_for_reaches_the_resident(town: Town, somchai: Chat) -> None:
    ticket = town.ticket(by="นก")
    somchai.says(ticket.number)
    somchai.presses("ตอบกลับ")
    somchai.says("สวัสดีครับ")
    assert "งานใหม่" not in somchai.text
