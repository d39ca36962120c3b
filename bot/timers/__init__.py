"""What is due by now: found by query, done one row a transaction, safe in several processes at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from bot import news
from bot.database import Database
from bot.timers import forgotten, morning, overdue, plan, pruning, silence, silent, urgent, waiting

#: Each finds what is due at `now` and returns how many it did.
Timer = Callable[[Database, datetime], int]

TIMERS: dict[str, Timer] = {
    "news": waiting.push_due_news,
    "answers": waiting.push_owed_answers,
    "urgent": urgent.raise_unaccepted,
    "plan": plan.warn_administrators,
    "promises": overdue.keep_promises,
    "mornings": morning.go_round,
    "follow_ups": overdue.remind_to_follow_up,
    "questions": silence.end_unanswered_questions,
    "confirmations": silence.close_unconfirmed,
    "interrupted": forgotten.take_up_again,
    "drafts": forgotten.send_forgotten_drafts,
    "old_drafts": forgotten.erase_old_drafts,
}
#: They look through whole tables, and what is due after days may be done an hour late.
HOURLY: dict[str, Timer] = {
    "silent": silent.raise_silence,
    "raw_events": pruning.erase_raw_events,
    "sent_messages": pruning.erase_sent_messages,
}
_HOUR = timedelta(hours=1)


def run_due(
    database: Database, now: datetime, *, merge_seconds: int = news.MERGE_SECONDS, with_hourly: bool = True
) -> dict[str, int]:
    """Run every timer once; the counts by name.

    `merge_seconds` (NEWS_MERGE_SECONDS) is how long news that may wait does wait for company.
    """
    timers = TIMERS | {"promises": partial(overdue.keep_promises, merge_seconds=merge_seconds)}
    if with_hourly:
        timers |= HOURLY
    return {name: timer(database, now) for name, timer in timers.items()}


class Due:
    """Runs every timer at each call, the hourly ones at the first and whenever an hour of the town's time is over."""

    def __init__(self, merge_seconds: int) -> None:
        self._merge_seconds = merge_seconds
        self._hourly_at: datetime | None = None

    def __call__(self, database: Database, now: datetime) -> None:
        """Run what is due at `now`."""
        with_hourly = self._hourly_at is None or abs(now - self._hourly_at) >= _HOUR
        run_due(database, now, merge_seconds=self._merge_seconds, with_hourly=with_hourly)
        if with_hourly:
            self._hourly_at = now
