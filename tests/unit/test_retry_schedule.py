"""The schedule: what becomes of a message, an event or an effect after an attempt; each rule has its row."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as some

from bot import retry
from bot.errors import AlreadyAccepted, DeliveryDelayed, DeliveryProblem, DeliveryRefused, ReplyTokenInvalid
from bot.retry import Attempt, Done, GiveUp, RetryAt, decide, outcome_of, too_late
from models.outbox import EXPIRED, PUSH, REFUSED, REPLY, UNCERTAIN, WAITING_QUOTA

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def push(attempts: int = 1, unknown_for: timedelta | None = None) -> Attempt:
    return Attempt(PUSH, attempts, NOW, unknown_since=NOW - unknown_for if unknown_for is not None else None)


def reply(age: float, attempts: int = 1, unknown_for: float | None = None) -> Attempt:
    since = NOW - seconds(unknown_for) if unknown_for is not None else None
    return Attempt(REPLY, attempts, NOW, unknown_since=since, heard_at=NOW - seconds(age))


@pytest.mark.parametrize(
    ("problem", "outcome"),
    [
        (None, "accepted"),
        (AlreadyAccepted("r"), "accepted"),
        (DeliveryRefused("400 wrong"), "refused"),
        (ReplyTokenInvalid(), "token_invalid"),
        (DeliveryDelayed("quota", outcome_known=True), "quota"),
        (DeliveryDelayed("rate", outcome_known=True), "unsent"),
        (DeliveryDelayed("access", outcome_known=True), "unsent"),
        (DeliveryDelayed("network", outcome_known=True), "unsent"),
        (DeliveryDelayed("network", outcome_known=False), "unknown"),
        (DeliveryDelayed("server", outcome_known=False), "unknown"),
    ],
)
def test_every_problem_has_its_outcome(problem: DeliveryProblem | None, outcome: str) -> None:
    assert outcome_of(problem) == outcome


def test_a_push_of_unknown_outcome_is_tried_again_under_its_key() -> None:
    assert decide("unknown", push()) == RetryAt(NOW + seconds(1))
    assert decide("unsent", push(4)) == RetryAt(NOW + seconds(15))


def test_the_waits_of_a_push_grow_to_ten_minutes_and_then_stay() -> None:
    waits = [decide("unsent", push(attempts)) for attempts in range(1, 13)]
    times = [wait.at for wait in waits if isinstance(wait, RetryAt)]
    assert times == sorted(times)
    assert times[-1] == times[-2] == NOW + timedelta(minutes=10)


def test_jitter_keeps_chats_apart_that_failed_together() -> None:
    late = Attempt(PUSH, 8, NOW, jitter=1.0)
    assert decide("unsent", late) == RetryAt(NOW + timedelta(minutes=5) * 1.5)


def test_a_push_that_line_may_have_is_given_up_before_line_forgets_its_key() -> None:
    assert decide("unknown", push(90, timedelta(hours=23, minutes=25))) == GiveUp(UNCERTAIN)
    assert isinstance(decide("unknown", push(90, timedelta(hours=23))), RetryAt)
    assert too_late(push(90, timedelta(hours=23, minutes=30))) == GiveUp(UNCERTAIN)
    assert too_late(push(90, timedelta(hours=23, minutes=29))) is None


def test_a_push_that_line_surely_has_not_is_never_given_up() -> None:
    assert isinstance(decide("unsent", push(500)), RetryAt)
    assert too_late(push(500)) is None


def test_a_spent_plan_waits_and_a_refusal_ends() -> None:
    assert decide("quota", push()) == GiveUp(WAITING_QUOTA)
    assert decide("refused", push()) == GiveUp(REFUSED)
    assert decide("refused", reply(1)) == GiveUp(REFUSED)
    assert decide("accepted", push(3, timedelta(hours=1))) == Done()


@pytest.mark.parametrize(("age", "again"), [(0, True), (20, True), (38.9, True), (39, False), (50, False)])
def test_a_reply_of_unknown_outcome_is_tried_again_only_within_forty_seconds(age: float, again: bool) -> None:
    decision = decide("unknown", reply(age))
    assert decision == (RetryAt(NOW + seconds(1)) if again else GiveUp(UNCERTAIN))


def test_an_invalid_token_after_an_unknown_outcome_means_that_it_was_accepted() -> None:
    assert decide("token_invalid", reply(age=5, attempts=2, unknown_for=4)) == Done()


def test_an_invalid_token_without_an_earlier_attempt_means_that_it_is_too_late() -> None:
    assert decide("token_invalid", reply(age=5)) == GiveUp(EXPIRED)
    # an earlier attempt that surely did not arrive proves nothing either
    assert decide("token_invalid", reply(age=5, attempts=3)) == GiveUp(EXPIRED)


def test_an_invalid_token_long_after_an_unknown_outcome_proves_nothing() -> None:
    assert decide("token_invalid", reply(age=70, attempts=3, unknown_for=69)) == GiveUp(UNCERTAIN)


def test_a_reply_that_never_arrived_is_tried_while_its_token_may_live() -> None:
    assert isinstance(decide("unsent", reply(50)), RetryAt)
    assert decide("unsent", reply(59.5)) == GiveUp(EXPIRED)
    assert isinstance(decide("quota", reply(1)), RetryAt)  # LINE counts no replies: a stray 429 is no end


def test_line_is_left_alone_for_as_long_as_it_asks_but_never_longer_than_a_quarter_of_an_hour() -> None:
    def waits(asked: float, attempts: int = 1, way: str = PUSH) -> float:
        decision = decide("unsent", Attempt(way, attempts, NOW, heard_at=NOW, wait_seconds=asked))
        assert isinstance(decision, RetryAt)
        return (decision.at - NOW).total_seconds()

    assert [waits(asked) for asked in (0, 0.5, 20, 900, 86_400)] == [1, 1, 20, 900, 900]
    assert waits(20, attempts=6) == 60  # our own wait is longer
    assert waits(20, way=REPLY) == 20


def test_an_answer_whose_token_dies_while_line_is_to_be_left_alone_goes_the_way_of_news() -> None:
    assert decide("unsent", Attempt(REPLY, 1, NOW, heard_at=NOW, wait_seconds=120)) == GiveUp(EXPIRED)


def test_a_reply_is_not_attempted_when_that_could_only_do_harm() -> None:
    assert too_late(reply(age=41, attempts=1, unknown_for=40)) == GiveUp(UNCERTAIN)
    assert too_late(reply(age=39, attempts=1, unknown_for=38)) is None
    assert too_late(reply(age=61, attempts=1)) == GiveUp(EXPIRED)
    assert too_late(reply(age=19 * 60, attempts=0)) is None  # a redelivered event's token may still work
    assert too_late(reply(age=20 * 60, attempts=0)) == GiveUp(EXPIRED)


@given(
    some.sampled_from(["refused", "token_invalid", "quota", "unsent", "unknown"]),
    some.integers(1, 200),
    some.floats(0, 3600),
    some.booleans(),
    some.floats(0, 1),
)
def test_a_reply_is_never_tried_after_a_minute_nor_pushed_when_line_may_have_it(
    outcome: retry.Outcome, attempts: int, age: float, was_unknown: bool, jitter: float
) -> None:
    since = NOW if was_unknown else None
    decision = decide(outcome, Attempt(REPLY, attempts, NOW, since, NOW - seconds(age), jitter))
    if isinstance(decision, RetryAt):
        assert NOW < decision.at < NOW - seconds(age) + seconds(60)
    if was_unknown and isinstance(decision, GiveUp):
        assert decision.state in (UNCERTAIN, REFUSED)


def test_an_event_is_parked_after_its_last_wait() -> None:
    times = [retry.next_handling(attempts, NOW) for attempts in range(1, 7)]
    assert times[0] == NOW + seconds(1)
    assert times[4] == NOW + seconds(600)
    assert times[5] is None


def test_an_effect_is_tried_for_a_day() -> None:
    waits = [retry.next_effect(attempts, NOW) for attempts in range(1, retry.EFFECT_ATTEMPTS)]
    together = sum((at - NOW for at in waits if at is not None), timedelta())
    assert timedelta(hours=24) <= together <= timedelta(hours=26)
    assert retry.next_effect(retry.EFFECT_ATTEMPTS, NOW) is None
