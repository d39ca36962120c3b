"""One chat's flood rests, others do not; nobody is told twice to be patient."""

from __future__ import annotations

from dataclasses import dataclass

from bot.pacing import Pace


@dataclass
class Seconds:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def a_pace(time: Seconds) -> Pace:
    return Pace(burst=10, per_second=2, now=time)


def taken(pace: Pace, chat: str = "a") -> int:
    """How many events of a chat are let through now."""
    count = 0
    while not pace.take(chat):
        count += 1
    return count


def test_a_burst_is_let_through_and_then_so_many_a_second() -> None:
    time = Seconds()
    pace = a_pace(time)
    assert taken(pace) == 10
    time.now = 3.0
    assert taken(pace) == 6
    time.now = 100.0
    assert taken(pace) == 10


def test_after_the_wait_it_names_one_is_let_through_and_no_second_one_with_it() -> None:
    time = Seconds()
    pace = a_pace(time)
    taken(pace)
    time.now = pace.take("a")
    assert (time.now, taken(pace)) == (0.5, 1)


def test_chats_do_not_share_their_pace() -> None:
    pace = a_pace(Seconds())
    assert (taken(pace, "a"), taken(pace, "b")) == (10, 10)


def test_patience_is_asked_for_once_in_a_flood() -> None:
    time = Seconds()
    pace = a_pace(time)
    assert not pace.asks_for_patience("a")
    taken(pace)
    assert [pace.asks_for_patience("a") for _ in range(3)] == [True, False, False]
    time.now = 4.0
    taken(pace)
    assert not pace.asks_for_patience("a"), "the flood goes on"
    time.now = 100.0
    assert not pace.asks_for_patience("a")
    taken(pace)
    assert pace.asks_for_patience("a"), "another flood"
