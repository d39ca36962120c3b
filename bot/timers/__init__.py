"""What is due by now: found by query, done one row a transaction, safe in several processes at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.database import Database
from bot.timers import forgotten, overdue, pruning, silence, waiting

#: Each finds what is due at `now` and returns how many it did.
Timer = Callable[[Database, datetime], int]

TIMERS: dict[str, Timer] = {
    "news": waiting.push_due_news,
    "promises": overdue.keep_promises,
    "follow_ups": overdue.remind_to_follow_up,
    "questions": silence.end_unanswered_questions,
    "confirmations": silence.close_unconfirmed,
    "drafts": forgotten.send_forgotten_drafts,
    "old_drafts": forgotten.erase_old_drafts,
    "raw_events": pruning.erase_raw_events,
    "sent_messages": pruning.erase_sent_messages,
}


def run_due(database: Database, now: datetime) -> dict[str, int]:
    """Run every timer once; the counts by name. A timer that fails stops itself alone, and the caller hears of it."""
    return {name: timer(database, now) for name, timer in TIMERS.items()}
