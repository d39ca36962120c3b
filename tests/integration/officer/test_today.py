"""วันนี้: the figures of an officer's departments, and of the whole town for whoever sees it."""

from __future__ import annotations

import pytest

from bot import rights
from bot.line.actions import Speaker
from bot.line.messages import build
from bot.officer_casework.figures import figures
from models.lifecycle import TicketStatus as S
from models.officer import Role
from tests import builders
from tests.builders import NOON, Town
from tests.chats import Chat, Clock, chat
from tests.people import read
from tests.unit.line_accepts import accepted


@pytest.fixture
def boss(town: Town) -> Chat:
    return chat(town, town.officer("หัวหน้า", "clerk", role=Role.SUPERVISOR))


def a_week_of_work(town: Town, clock: Clock) -> None:
    """Six tickets: two of two days ago that are late, one finished in ten hours with four stars, one at the owner's."""
    water, garbage = town.officer("สมชาย", "water"), town.officer("เก่ง", "environment")
    clock.passes(days=-2)
    town.now = clock.now
    late, fixed, forwarded = town.ticket(by="นก"), town.ticket(by="ต้น"), town.ticket(by="ฝน")
    for ticket in (late, fixed, forwarded):
        town.move(ticket, S.ACCEPTED, water)
    town.move(forwarded, S.FORWARDED, water)
    clock.passes(hours=10)
    town.now = clock.now
    town.move(fixed, S.RESOLVED, water)
    fixed.stars, fixed.ended_at, fixed.status = 4, clock.now, S.CLOSED
    clock.now = town.now = NOON
    town.ticket(by="ดาว")
    town.move(town.ticket("garbage", by="ปู"), S.ACCEPTED, garbage)
    waiting = town.ticket(by="แป้ง")
    town.move(waiting, S.WAITING, water)
    town.session.flush()


def test_the_figures_are_those_of_the_tickets(town: Town, clock: Clock, boss: Chat) -> None:
    a_week_of_work(town, clock)
    officer = rights.officer_of(town.session, boss.person.id)
    assert officer is not None
    found = figures(town.session, town.row, rights.may_see(town.session, officer), NOON)
    assert (found.open, found.overdue, found.due_today, found.waiting) == (5, 2, 0, 1)
    assert (found.came, found.finished) == ((0, 0, 0, 0, 3, 0, 3), (0, 0, 0, 0, 1, 0, 0))
    assert (found.average_hours, found.averaged, found.stars, found.rated) == (10, 1, 4, 1)
    assert [(one.code, one.tickets, one.days) for one in found.owners] == [("pwa", 1, 2)]


def test_the_card_shows_them_in_words_and_bars_that_line_takes(town: Town, clock: Clock, boss: Chat) -> None:
    a_week_of_work(town, clock)
    boss.taps("today")
    card = boss.card()
    assert "กำลังดูแล: 5 เรื่อง" in boss.text
    assert "เลยกำหนดแจ้ง: 2 เรื่อง" in boss.text
    assert "เวลาเฉลี่ยจนเสร็จ: 10 ชั่วโมง (1 เรื่องใน 30 วัน)" in boss.text
    assert "คะแนน: 4.0 จาก 5 (1 คะแนน)" in boss.text
    assert "กำลังดูแล 5 เรื่อง เลยกำหนด 2 เรื่อง" in card.alt, "a screen reader hears the figures"
    assert [chart.title for chart in card.charts] == [
        "เข้าใหม่ใน 7 วัน", "เสร็จใน 7 วัน", "อยู่กับหน่วยงานเจ้าของเรื่อง (วันเฉลี่ย)",
    ]  # fmt: skip
    assert [(bar.label, bar.value) for bar in card.charts[2].bars] == [("กปภ. 1 เรื่อง", "2 วัน")]
    speaker = Speaker("rangsit", b"k" * 40, lambda picture, rendition: None)
    assert accepted(build([card], speaker))


def test_an_officer_sees_the_figures_of_the_own_departments_only(town: Town, clock: Clock) -> None:
    a_week_of_work(town, clock)
    pim = chat(town, town.officer("พิม", "environment"))
    pim.says("วันนี้")
    assert "กำลังดูแล: 1 เรื่อง" in pim.text
    assert pim.card().note == "สำนักสาธารณสุขและสิ่งแวดล้อม"


def test_a_town_where_nothing_happened_yet_has_no_bars(boss: Chat) -> None:
    boss.says("Today")
    assert boss.card().charts == ()
    assert "คะแนน: ยังไม่มี" in boss.text


def test_a_province_over_many_towns_sees_a_line_for_each_beside_its_own_figures(
    town: Town, clock: Clock, boss: Chat
) -> None:
    a_week_of_work(town, clock)
    codes = [f"town_{number}" for number in range(22)]
    for number, code in enumerate(codes):
        builders.town(town.session, code=code, prefix=f"T{chr(65 + number)}").row.name_th = f"เมืองที่ {number} นี้"
    town.row.settings = {**town.row.settings, "over": codes}
    boss.taps("today")
    seen = read(accepted(build(boss.answers, Speaker("rangsit", b"k" * 40, lambda *_: None))))
    assert [number for number in range(22) if f"เมืองที่ {number} นี้" not in seen] == []
    assert "เวลาเฉลี่ยจนเสร็จ" in seen and "คะแนน" in seen
