"""A date is kept by a word that arrives: where none can, it is missed, and so is the next."""

from __future__ import annotations

from datetime import timedelta

from models import News, TicketEvent
from tests.talking import MORNING, Person, Rangsit

HOURS = timedelta(hours=1)


def test_a_date_whose_word_cannot_arrive_is_missed_and_so_is_the_next(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.moves(number, "accepted")  # waits for her next message
    nok.blocks()
    for count in (1, 2):
        town.passes(hours=24)
        assert [event.kind for event in town.every(TicketEvent)].count("overdue") == count
        assert len(town.every(News, kind="officer.overdue")) == count
        assert town.standing(number, "due_at") > town.now
    assert town.standing(number, "missed_at") == MORNING + 24 * HOURS
    assert [item.kind for item in town.every(News, is_for_officer=False, state="waiting")] == ["moved"]
    nok.comes_back()
    nok.sees("เจ้าหน้าที่รับเรื่องแล้ว")
    assert town.standing(number, "due_at") == town.now + 24 * HOURS


def test_a_date_whose_word_line_refuses_is_missed_and_the_next_one_too(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    town.line.pushes = "refuses"
    town.passes(hours=24)
    assert [event.kind for event in town.every(TicketEvent)].count("overdue") == 0, "it is tried first"
    town.passes(minutes=1)
    assert [event.kind for event in town.every(TicketEvent)].count("overdue") == 1
    town.passes(hours=25)
    assert [event.kind for event in town.every(TicketEvent)].count("overdue") == 2
    assert len(town.every(News, kind="officer.overdue")) == 2


def test_who_blocked_us_just_before_the_date_is_found_out_by_the_push(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    town.moves(number, "accepted")
    town.line.pushes = "is away"
    town.passes(hours=24)
    nok.blocks()
    town.line.pushes = "is blocked"
    town.passes(minutes=1)
    town.passes(minutes=1)
    assert [event.kind for event in town.every(TicketEvent)].count("overdue") == 1
    assert town.standing(number, "due_at") > town.now
