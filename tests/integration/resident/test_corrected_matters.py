"""เปลี่ยนประเภท: whose matter it is follows the new category, and the ground it lies on as before."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot import officer_casework
from bot.casework import By
from models import Category, Officer
from models.lifecycle import Actor
from tests.integration.resident.test_whose_ground import IN_AN_ESTATE, ON_THE_HIGHWAY, owner_of, reports
from tests.talking import FAR_OUTSIDE, Person, Rangsit


def recategorise(town: Rangsit, number: str, code: str) -> None:
    """An officer of the desk corrects the category."""
    if "ofa" not in town.people:
        town.officer("ofa", "clerk")
    with town.database.transaction() as session:
        ticket = town.ticket(session, number)
        wanted = select(Category).where(Category.municipality_id == ticket.municipality_id, Category.code == code)
        officer = session.scalars(select(Officer)).one()
        by = By(Actor.OFFICER, officer=officer)
        officer_casework.recategorise(session, ticket, session.scalars(wanted).unique().one(), by, town.now)


@pytest.mark.parametrize(("words", "before", "owner"), [("ถนนเป็นหลุมใหญ่มาก", "doh", "doh"), ("ขยะไม่มาเก็บ", None, "doh")])
def test_a_corrected_category_is_still_the_matter_of_who_owns_the_ground(
    town: Rangsit, nok: Person, words: str, before: str | None, owner: str
) -> None:
    number = reports(nok, words, ON_THE_HIGHWAY)
    assert owner_of(town, number) == before
    recategorise(town, number, "drainage")
    assert owner_of(town, number) == owner
    recategorise(town, number, "noise")
    assert owner_of(town, number) is None


def test_so_it_is_when_its_reporter_corrects_what_was_sent_for_them(town: Rangsit, nok: Person) -> None:
    nok.sends("ขยะไม่มาเก็บ 4 วันแล้ว เหม็นมาก")
    nok.sends_place(*ON_THE_HIGHWAY)
    town.passes(minutes=15)
    nok.presses("เปลี่ยนประเภท")
    nok.presses(next(label for label in nok.labels() if "ท่อระบายน้ำ" in label))
    assert owner_of(town, town.tickets()[0]) == "doh"


def test_what_lies_outside_stays_with_the_desk_whatever_its_category(town: Rangsit, nok: Person) -> None:
    number = reports(nok, "ขยะไม่มาเก็บ 4 วันแล้ว เหม็นมาก", FAR_OUTSIDE)
    recategorise(town, number, "road")
    assert town.standing(number, "category").code == "road"
    assert town.standing(number, "department").is_desk


def test_an_answer_about_an_estate_holds_for_the_next_category_too(town: Rangsit, nok: Person) -> None:
    nok.sends("ถนนเป็นหลุมใหญ่มาก รถล้มบ่อย")
    nok.sends_place(*IN_AN_ESTATE)
    nok.presses("นิติบุคคลหมู่บ้านดูแล")
    nok.presses("ส่งเรื่อง")
    recategorise(town, nok.number, "drainage")
    assert owner_of(town, nok.number) == "estate"
