"""Every send is in the ledger, and what the plan does not allow waits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot import clock
from bot.delivery import may_digest, month_of, read_quotas, used
from bot.delivery.quota import may_push
from models import LedgerEntry, Municipality, QuotaMonth
from models.outbox import (
    ACCEPTED,
    PUSH,
    QUEUED,
    REPLY,
    WAITING_QUOTA,
)
from tests.integration.engine_bed import BROKEN, LIMIT, NOK, POM, Bed, a_town
from tests.unit.line_fake import Says


def the_plan(bed: Bed, **columns: Any) -> None:
    month = month_of(clock.real_now(), "Asia/Bangkok")
    with bed.database.transaction() as session:
        session.add(QuotaMonth(municipality_id=bed.town_id, month=month, **columns))


def test_every_accepted_send_is_in_the_ledger(bed: Bed) -> None:
    person = bed.resident()
    reply, push = bed.reply("1"), bed.push(person, "2", urgency="resolved")
    bed.deliver()
    month = month_of(clock.real_now(), "Asia/Bangkok")
    entries = [
        (one.outbox_message_id, one.way, one.recipients, one.urgency, one.month) for one in bed.rows(LedgerEntry)
    ]
    assert entries == [(reply, REPLY, 1, "answer", month), (push, PUSH, 1, "resolved", month)]


def test_a_month_is_the_towns_own(bed: Bed) -> None:
    new_year_in_town = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)
    assert month_of(new_year_in_town, "Asia/Bangkok") == "2027-01"
    assert month_of(new_year_in_town - timedelta(seconds=1), "Asia/Bangkok") == "2026-12"


def test_a_spent_plan_is_heard_once_and_then_believed(bed: Bed) -> None:
    person = bed.resident()
    first, second = bed.push(person, "1"), bed.push(person, "2")
    bed.line.says(LIMIT)
    assert bed.deliver() == 1, "the second push is not tried in vain"
    assert [bed.message(number).state for number in (first, second)] == [WAITING_QUOTA] * 2
    assert bed.told == [("waits_for_quota", first), ("waits_for_quota", second)]
    bed.line.says(Says())
    bed.reply("answer")
    assert bed.deliver() == 1, "answers are free"


def test_a_plan_known_to_be_used_up_costs_no_call(bed: Bed) -> None:
    the_plan(bed, allowed=300, used_at_line=300, read_at=clock.real_now())
    number = bed.push(bed.resident())
    assert bed.deliver() == 0
    assert bed.message(number).state == WAITING_QUOTA


def test_a_tenth_of_the_plan_is_kept_for_what_is_urgent(bed: Bed) -> None:
    the_plan(bed, allowed=300, used_at_line=270, read_at=clock.real_now())
    person = bed.resident()
    news, urgent = bed.push(person, "news"), bed.push(person, "fire", urgency="urgent")
    assert bed.deliver() == 1
    assert bed.message(news).state == WAITING_QUOTA
    assert bed.message(urgent).state == ACCEPTED


def test_what_we_sent_since_line_counted_is_added_to_its_count(bed: Bed) -> None:
    the_plan(bed, allowed=10, used_at_line=7, read_at=clock.real_now() - timedelta(minutes=5))
    person = bed.resident()
    numbers = [bed.push(person, str(number)) for number in range(4)]
    assert bed.deliver() == 2
    assert [bed.message(number).state for number in numbers] == [ACCEPTED] * 2 + [WAITING_QUOTA] * 2


def test_without_a_limit_everything_is_sent(bed: Bed) -> None:
    the_plan(bed, allowed=None, used_at_line=99_999, read_at=clock.real_now())
    bed.push(bed.resident())
    assert bed.deliver() == 1


# -- reading the plan -----------------------------------------------------------------------------


def line_tells(bed: Bed, allowed: int | None, spent: int) -> None:
    quota = {"type": "none"} if allowed is None else {"type": "limited", "value": allowed}
    answers = {"/v2/bot/message/quota": quota, "/v2/bot/message/quota/consumption": {"totalUsage": spent}}
    bed.line.script = lambda asked: Says(200, answers.get(asked.path, {}))


def test_what_line_says_of_the_plan_is_remembered_for_the_month(bed: Bed) -> None:
    line_tells(bed, 300, 41)
    for _ in range(2):
        assert read_quotas(bed.database, bed.parts.channels) == set()
    (plan,) = bed.rows(QuotaMonth)
    assert (plan.month, plan.allowed, plan.used_at_line) == (month_of(clock.real_now(), "Asia/Bangkok"), 300, 41)
    assert plan.read_at is not None


def test_a_channel_that_does_not_answer_keeps_what_was_known(bed: Bed) -> None:
    the_plan(bed, allowed=300, used_at_line=7)
    bed.line.says(BROKEN)
    assert read_quotas(bed.database, bed.parts.channels) == set()
    assert bed.rows(QuotaMonth)[0].used_at_line == 7


def test_news_that_waited_goes_out_when_there_is_room_most_pressing_first(bed: Bed) -> None:
    nok, pom = bed.resident(NOK), bed.resident(POM)
    waiting = [
        bed.push(nok, "planned", urgency="planned", state=WAITING_QUOTA, body=[{"old": 1}]),
        bed.push(pom, "urgent", urgency="urgent", state=WAITING_QUOTA),
        bed.push(nok, "resolved", urgency="resolved", state=WAITING_QUOTA),
    ]
    the_plan(bed, exhausted_at=clock.real_now())
    line_tells(bed, 10, 8)
    assert read_quotas(bed.database, bed.parts.channels) == {f"{bed.town_id}:{POM}"}, "a tenth is kept for the urgent"
    assert [bed.message(number).state for number in waiting] == [WAITING_QUOTA, QUEUED, WAITING_QUOTA]
    line_tells(bed, 500, 8)
    read_quotas(bed.database, bed.parts.channels)
    assert bed.rows(QuotaMonth)[0].exhausted_at is None
    assert [bed.message(number).state for number in waiting] == [QUEUED] * 3
    assert bed.deliver() == 2
    assert bed.said() == ["planned", "resolved"]


def test_a_plan_that_stays_spent_lets_nothing_out(bed: Bed) -> None:
    number = bed.push(bed.resident(), urgency="urgent", state=WAITING_QUOTA)
    line_tells(bed, 300, 300)
    read_quotas(bed.database, bed.parts.channels)
    assert bed.message(number).state == WAITING_QUOTA


# -- whose plan, which month, how short --------------------------------------------------------------


def test_officers_pushes_wait_when_their_fifth_is_used_and_residents_are_told(bed: Bed) -> None:
    the_plan(bed, allowed=10, used_at_line=0, read_at=clock.real_now() - timedelta(minutes=5))
    officer, nok = bed.resident(POM), bed.resident()
    for_officer = [bed.push(officer, str(number), is_for_officer=True) for number in range(3)]
    bed.deliver(POM)
    assert [bed.message(number).state for number in for_officer] == [ACCEPTED, ACCEPTED, WAITING_QUOTA]
    number = bed.push(nok, "news", urgency="resolved")
    bed.deliver()
    assert bed.message(number).state == ACCEPTED
    assert [entry.is_for_officer for entry in bed.rows(LedgerEntry)] == [True, True, False]


def test_a_plan_of_which_four_fifths_are_used_is_known_to_be_short(bed: Bed) -> None:
    the_plan(bed, allowed=300, used_at_line=239, read_at=clock.real_now() - timedelta(minutes=5))
    person = bed.resident()
    bed.push(person, "1")
    bed.deliver()
    assert bed.rows(QuotaMonth)[0].short_at is None
    bed.push(person, "2")
    bed.deliver()
    assert bed.rows(QuotaMonth)[0].short_at is not None


def test_one_towns_spent_plan_is_no_other_towns(bed: Bed) -> None:
    the_plan(bed, exhausted_at=clock.real_now())
    with bed.database.transaction() as session:
        other = a_town(session, "hua-hin").id
    month = month_of(clock.real_now(), "Asia/Bangkok")
    with bed.database.reading() as session:
        assert not may_push(session, bed.town_id, month, "urgent")
        assert may_push(session, other, month, "planned")
        assert used(session, other, month) == 0


def test_a_new_month_by_the_towns_clock_has_its_own_plan_and_frees_what_waited(
    bed: Bed, monkeypatch: pytest.MonkeyPatch
) -> None:
    the_plan(bed, exhausted_at=clock.real_now())
    number = bed.push(bed.resident(), urgency="resolved")
    bed.deliver()
    assert bed.message(number).state == WAITING_QUOTA
    next_month = clock.real_now() + timedelta(days=32)
    monkeypatch.setattr(clock, "now", lambda: next_month)
    line_tells(bed, 300, 0)
    read_quotas(bed.database, bed.parts.channels)
    bed.deliver()
    assert bed.message(number).state == ACCEPTED
    assert bed.rows(LedgerEntry)[0].month == month_of(next_month, "Asia/Bangkok")


def test_officers_are_left_to_sleep_when_a_month_begins(bed: Bed, monkeypatch: pytest.MonkeyPatch) -> None:
    with bed.database.transaction() as session:
        town = session.get_one(Municipality, bed.town_id)
        town.settings = {"quiet_hours": {"starts": "20:00", "ends": "06:00"}}
    officer, nok = bed.resident(POM), bed.resident()
    waiting = [
        bed.push(officer, "what can wait", state=WAITING_QUOTA, is_for_officer=True),
        bed.push(officer, "fire", urgency="urgent", state=WAITING_QUOTA, is_for_officer=True),
        bed.push(nok, "done", urgency="resolved", state=WAITING_QUOTA),
    ]
    line_tells(bed, 300, 0)
    midnight = datetime(2026, 11, 30, 17, 5, tzinfo=UTC)
    for moment, state in ((midnight, WAITING_QUOTA), (midnight + timedelta(hours=6), QUEUED)):
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        read_quotas(bed.database, bed.parts.channels)
        assert [bed.message(number).state for number in waiting] == [state, QUEUED, QUEUED]


def test_digests_need_a_plan_that_is_known_and_large(bed: Bed) -> None:
    month = month_of(clock.real_now(), "Asia/Bangkok")
    with bed.database.transaction() as session:
        assert not may_digest(session, bed.town_id, month)
    for allowed, may in ((300, False), (15_000, True), (None, True)):
        line_tells(bed, allowed, 0)
        read_quotas(bed.database, bed.parts.channels)
        with bed.database.transaction() as session:
            assert may_digest(session, bed.town_id, month) == may
