"""What is due by now: found by query, done one row a transaction, safe in several processes at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot import news
from bot.database import Database
from bot.timers import forgotten, overdue, pruning, silence, waiting

#: Each finds what is due at `now` and returns how many it did.
Timer = Callable[[Database, datetime], int]

TIMERS: dict[str, Timer] = {
    "news": waiting.push_due_news,
    "answers": waiting.push_owed_answers,
    "promises": overdue.keep_promises,
    "follow_ups": overdue.remind_to_follow_up,
    "questions": silence.end_unanswered_questions,
    "confirmations": silence.close_unconfirmed,
    "interrupted": forgotten.take_up_again,
    "drafts": forgotten.send_forgotten_drafts,
    "old_drafts": forgotten.erase_old_drafts,
    "raw_events": pruning.erase_raw_events,
    "sent_messages": pruning.erase_sent_messages,
}


def run_due(database: Database, now: datetime, *, merge_seconds: int = news.MERGE_SECONDS) -> dict[str, int]:
    """Run every timer once; the counts by name.

    `merge_seconds` (NEWS_MERGE_SECONDS) is how long news that may wait does wait for company.
    """
    timers = TIMERS | {"promises": partial(overdue.keep_promises, merge_seconds=merge_seconds)}
    return {name: timer(database, now) for name, timer in timers.items()}
