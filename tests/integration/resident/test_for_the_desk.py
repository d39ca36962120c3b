"""Words for a person, by whichever way: what is about somebody's conduct is read by the few who are named for it."""

from __future__ import annotations

import pytest

from models import Ticket
from models.officer import Role
from tests.talking import Person, Rangsit

BRIBES = "เจ้าหน้าที่เทศบาลเรียกรับเงินใต้โต๊ะ ทุจริต"


def only_the_named_see_it(town: Rangsit) -> None:
    ticket = town.every(Ticket)[-1]
    assert (ticket.category.code, ticket.category.is_confidential) == ("service", True)
    clerk, boss = town.officer("clerk", "clerk"), town.officer("boss", "clerk", role=Role.ADMIN)
    clerk.sends("งานใหม่")
    clerk.does_not_see(ticket.number)
    boss.sends("งานใหม่")  # nobody is named yet: then it is the administrators'
    boss.sees(ticket.number)


def test_a_complaint_about_an_officer_told_to_the_desk_is_confidential(town: Rangsit, nok: Person) -> None:
    nok.taps("talk")
    nok.sends(BRIBES)
    nok.sees("ส่งถึงเจ้าหน้าที่แล้ว")
    only_the_named_see_it(town)


def test_it_is_so_beside_other_tickets_too(town: Rangsit, nok: Person) -> None:
    nok.reports()
    nok.taps("talk")
    nok.sends(BRIBES)
    nok.presses("ถามเรื่องอื่น")
    nok.sees("ส่งถึงเจ้าหน้าที่แล้ว")
    only_the_named_see_it(town)


@pytest.mark.parametrize("words", ["อยากทราบเวลาทำการของเทศบาล", "ไฟถนนดับทั้งซอย"])
def test_whatever_else_is_told_to_the_desk_is_the_desks(town: Rangsit, nok: Person, words: str) -> None:
    nok.taps("talk")
    nok.sends(words)
    (ticket,) = town.every(Ticket)
    assert (ticket.category.code, ticket.category.is_confidential) == ("other", False)


def test_words_for_the_desk_stay_so_whatever_is_said_before_the_choice(town: Rangsit, nok: Person) -> None:
    nok.reports()
    nok.taps("talk")
    nok.sends("ทำบัตรประชาชนต้องใช้เอกสารอะไรบ้าง")
    nok.sends("บัตรหายเมื่อวาน")
    nok.sends_photo()
    nok.sees("ถามเรื่องอื่น")
    assert "เป็นเรื่องใหม่" not in nok.labels()
    nok.presses("ถามเรื่องอื่น")
    nok.sees("ส่งถึงเจ้าหน้าที่แล้ว")
    assert town.every(Ticket)[-1].category.code == "other"


def test_words_for_the_desk_are_asked_about_again_as_such(town: Rangsit, nok: Person) -> None:
    nok.reports()
    nok.taps("talk")
    nok.sends("ทำบัตรประชาชนต้องใช้เอกสารอะไรบ้าง")
    nok.taps("talk")
    nok.presses("ยกเลิก")
    nok.sees("ถามเรื่องอื่น")
