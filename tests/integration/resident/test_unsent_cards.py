"""A draft that was sent for its reporter: what its card asked may still be answered, while nobody works on it."""

from __future__ import annotations

import pytest

from bot import limits
from bot.places import ground, remembered
from models import Report, SameQuestion
from tests.integration.resident.test_whose_ground import AT_THE_BORDER, IN_AN_ESTATE, owner_of, with_a_neighbour
from tests.talking import INSIDE, Person, Rangsit

HOLE = "ถนนเป็นหลุมใหญ่มาก รถล้มบ่อย"


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    remembered.forget_all()
    ground.forget_all()


def left_alone(town: Rangsit, person: Person, words: str, place: tuple[float, float]) -> str:
    """The number of the ticket that a draft became by itself."""
    person.sends(words)
    person.sends_place(*place)
    town.passes(minutes=15)
    person.reads_on()
    return town.tickets()[-1]


@pytest.mark.whole_way
@pytest.mark.parametrize(("label", "owner"), [("นิติบุคคลหมู่บ้านดูแล", "estate"), ("เทศบาลดูแล", None)])
def test_who_looks_after_the_lane_may_still_be_said(town: Rangsit, nok: Person, label: str, owner: str | None) -> None:
    number = left_alone(town, nok, HOLE, IN_AN_ESTATE)
    nok.presses(label)
    nok.sees(number)
    assert owner_of(town, number) == owner


def test_once_somebody_works_on_it_the_answer_changes_nothing(town: Rangsit, nok: Person) -> None:
    number = left_alone(town, nok, HOLE, IN_AN_ESTATE)
    town.moves(number, "accepted")
    nok.presses("นิติบุคคลหมู่บ้านดูแล")
    assert owner_of(town, number) is None


def test_the_other_side_of_the_border_may_still_be_said_and_is_handed_over(town: Rangsit, nok: Person) -> None:
    with_a_neighbour(town)
    number = left_alone(town, nok, HOLE, AT_THE_BORDER)
    nok.presses("อีกฝั่งของเขต")
    nok.sees(number, "เลขเรื่องที่นั่น ND-6911-00001")
    assert town.standing(number, "department").is_desk
    nok.presses("ในเขตเทศบาล")
    assert not town.standing(number, "department").is_desk


@pytest.fixture
def known(town: Rangsit, nok: Person) -> str:
    return nok.reports()


def test_the_same_problem_still_joins_and_leaves_no_second_ticket(town: Rangsit, ton: Person, known: str) -> None:
    number = left_alone(town, ton, "น้ำประปาแดงอีกแล้ว", INSIDE)
    ton.presses("เรื่องเดียวกัน")
    ton.sees(known, "เพิ่มคุณเป็นผู้แจ้งเรื่องนี้แล้ว")
    ton.does_not_see(number)
    assert (town.standing(known), town.standing(number)) == ("new", "cancelled")
    ton.presses("เรื่องเดียวกัน")
    ton.sees(known)
    standing = [one for one in town.every(Report) if one.withdrawn_at is None]
    assert len(standing) == len({one.resident_id for one in standing}) == 2


def test_that_it_is_another_problem_is_remembered_and_sends_it(town: Rangsit, ton: Person, known: str) -> None:
    number = left_alone(town, ton, "น้ำประปาแดงอีกแล้ว", INSIDE)
    ton.presses("ไม่ใช่")
    ton.sees(number)
    assert [one.answer for one in town.every(SameQuestion)] == ["different"]
    assert (town.standing(number), town.standing(number, "mark")) == ("new", None)


def test_two_problems_are_still_two_tickets_once(town: Rangsit, nok: Person) -> None:
    number = left_alone(town, nok, "น้ำประปาแดงมาก แล้วก็ไฟถนนดับทั้งซอยด้วย", INSIDE)
    for _ in range(2):
        nok.presses("ส่งแยกเป็น 2 เรื่อง")
        nok.sees(number)
    first, second = town.tickets()
    assert town.standing(first, "category").code == "tap_water_quality"
    assert town.standing(second, "category").code == "street_light"


def test_a_second_problem_that_is_one_report_too_many_is_not_passed_over_in_silence(
    town: Rangsit, nok: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = left_alone(town, nok, "น้ำประปาแดงมาก แล้วก็ไฟถนนดับทั้งซอยด้วย", INSIDE)
    monkeypatch.setattr(limits, "REPORTS_A_DAY", 1)
    nok.presses("ส่งแยกเป็น 2 เรื่อง")
    nok.sees(number, "เรื่องที่สองจึงยังไม่ได้ส่งแยก")
    assert town.tickets() == [number]
