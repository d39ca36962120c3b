"""One full day of Rangsit: three officers, a supervisor, forty residents; in the evening every ticket is accounted for.

`pytest -m long tests/integration/test_one_full_day.py` prints the supervisor's figures and what the day cost.
"""

from __future__ import annotations

import sys
from collections import Counter

import pytest

from models import Approval, LedgerEntry, News, OutboxMessage, Ticket
from models.news import WAITING
from models.officer import Role
from models.outbox import ACCEPTED
from tests.talking import PUSH, Person, Rangsit

#: One third each; places of their own, so that nobody is asked whether it is the same.
WORDS = ("น้ำประปาเป็นสีแดงมาก", "ขยะล้นถังไม่มีคนมาเก็บ", "ถนนเป็นหลุมลึกรถตกประจำ")
REPORTERS = 37


@pytest.fixture
def town(rangsit: Rangsit) -> Rangsit:
    return rangsit


def place(n: int) -> tuple[float, float]:
    """A spot inside the town, far from every other."""
    return (13.978 + (n % 6) * 0.003, 100.606 + (n // 6) * 0.003)


def opens(officer: Person, number: str, *labels: str) -> None:
    """Open the card of this number, then press one button after the other."""
    officer.sends(number)
    for label in labels:
        officer.presses(label)


def morning(town: Rangsit) -> list[tuple[Person, str]]:
    """Thirty-seven people report something, three of them at a time, and get their numbers."""
    found = []
    for n in range(REPORTERS):
        who = town.person(f"คนที่ {n + 1}")
        who.adds_the_account()
        found.append((who, who.reports(WORDS[n % 3], place=place(n))))
        if n % 3 == 2:
            town.passes(minutes=2)
    assert len({number for _, number in found}) == REPORTERS
    return found


@pytest.mark.long
@pytest.mark.timeout(1200)
@pytest.mark.whole_way
def test_a_day_with_forty_residents_ends_with_every_ticket_accounted_for(
    town: Rangsit, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = town.officer("ปราณี", "clerk")
    somchai = town.officer("สมชาย", "clerk")
    wipa = town.officer("วิภา", "clerk")
    boss = town.officer("หัวหน้า", "clerk", role=Role.SUPERVISOR)
    staff = [desk, somchai, wipa]

    reported = morning(town)
    assert len(town.tickets()) == REPORTERS
    expected = dict.fromkeys(town.tickets(), "closed")

    # An abusive word makes no ticket, and gets a kind answer.
    rude = town.person("คนที่โกรธ")
    rude.adds_the_account()
    rude.sends("ไอ้พวกเทศบาลเลว ไร้ประโยชน์")
    assert rude.count("reply") >= 1
    assert len(town.tickets()) == REPORTERS

    # Somebody calls; the desk writes it down, and it is told by telephone in the evening.
    desk.sends("รับแจ้งแทน")
    desk.presses("โทรศัพท์")
    desk.sends("ยายสมศรี 081-234-5678")
    desk.sends("ไฟถนนดับหน้าวัด ซอยรังสิต-นครนายก 46")
    desk.sends("ส่งเรื่อง")
    by_phone = town.tickets()[-1]
    opens(desk, by_phone, "รับเรื่อง", "เสร็จแล้ว")
    desk.sends("เปลี่ยนหลอดไฟแล้ว")
    desk.sends_photo()
    desk.presses("แจ้ง ยายสมศรี แล้ว")
    opens(desk, by_phone, "บันทึกคำตอบ ยายสมศรี", "บอกว่า เรียบร้อยแล้ว")
    expected[by_phone] = "closed"

    # Two are forwarded to their owner, one is merged by mistake and taken apart again.
    forwarded = [number for _, number in reported[0:6:3]]
    for number in forwarded:
        opens(somchai, number, "รับเรื่อง", "ส่งต่อหน่วยงาน", "การประปาส่วนภูมิภาค สาขารังสิต", "โทร")
        somchai.sends("ข้าม")
        expected[number] = "forwarded"
    first, second = reported[6][1], reported[9][1]
    opens(wipa, first, "รวมเรื่อง")
    wipa.sends(second)
    wipa.presses("ใช่ รวมเลย")
    assert town.standing(first) == "merged"
    wipa.presses("แยกเรื่องออก")
    assert town.standing(first) == "new"

    # The rest is done; two are not satisfied, and then they are.
    left = [(who, number) for who, number in reported if number not in forwarded]
    for n, (_who, number) in enumerate(left):
        officer = staff[n % 3]
        opens(officer, number, "รับเรื่อง", "เริ่มดำเนินการ", "เสร็จแล้ว")
        officer.sends_photo()
        officer.sends("ทำเสร็จแล้วเมื่อเช้านี้")
    town.passes(minutes=15)
    for n, (who, number) in enumerate(left):
        if n in (4, 11):
            who.presses("ยังไม่เรียบร้อย", on=number)
            who.sends("ข้าม")
            opens(staff[n % 3], number, "เสร็จแล้ว")
            staff[n % 3].sends_photo()
            staff[n % 3].sends("กลับไปทำใหม่ให้แล้ว")
            town.passes(minutes=15)
        who.presses("เรียบร้อยแล้ว", on=number)
        who.presses("5 ดาว" if n % 4 else "3 ดาว")
        who.sends("ข้าม")

    # A live wire at night: a ticket without a tap, and somebody on duty who takes it at once.
    town.passes(hours=12)
    somchai.sends("เข้าเวร")
    night = town.person("คนกลางคืน")
    night.adds_the_account()
    pushes = somchai.count(PUSH)
    night.sends("เสาไฟฟ้าล้ม สายไฟขาดพาดถนน มีไฟช็อต อันตรายมาก")
    night.sees("โทรทันที")
    night.sends_place(*place(40))
    urgent = town.tickets()[-1]
    assert somchai.count(PUSH) > pushes, "quiet hours or not"
    opens(somchai, urgent, "รับเรื่อง")
    expected[urgent] = "accepted"

    assert {number: town.standing(number) for number in town.tickets()} == expected
    _nothing_is_left_over(town)
    boss.reads_on()
    boss.posts_back("tab:today")
    figures = boss.sees("ภาพรวมงาน")
    entries = town.every(LedgerEntry)
    paid = Counter(entry.urgency for entry in entries if entry.way == PUSH)
    to_staff = sum(one.count(PUSH) for one in [*staff, boss])
    with capsys.disabled():  # whoever runs the day is shown its figures
        sys.stdout.write(f"\n{figures}\n\n{_cost(entries, paid, to_staff)} {dict(Counter(expected.values()))}\n")
    assert sum(paid.values()) < 2 * len(expected) + 20, "about one or two for each ticket"
    assert sum(row.reopened_count for row in town.every(Ticket)) == 2


def _cost(entries: list[LedgerEntry], paid: Counter[str], to_staff: int) -> str:
    free = sum(entry.way != PUSH for entry in entries)
    kinds = ", ".join(f"{kind} {count}" for kind, count in paid.most_common())
    return (
        f"paid messages: {sum(paid.values())} ({kinds}; {to_staff} of them to officers), free answers: {free}, tickets:"
    )


def _nothing_is_left_over(town: Rangsit) -> None:
    """Everything that was said was accepted, and no pressing news waits."""
    assert {message.state for message in town.every(OutboxMessage)} == {ACCEPTED}
    assert [item for item in town.every(News) if item.state == WAITING and item.urgency in ("urgent", "resolved")] == []
    assert town.every(Approval) == []
