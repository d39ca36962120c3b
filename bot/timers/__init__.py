"""What is due by now: found by query, done one row a transaction, safe in several processes at once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from bot.database import Database, is_away
from bot.logs import place_of
from bot.privacy import ageing
from bot.timers import forgotten, guessing, morning, overdue, plan, pruning, silence, silent, stray, urgent, waiting

log = logging.getLogger(__name__)

#: Each finds what is due at `now` and returns how many it did.
Timer = Callable[[Database, datetime], int]

TIMERS: dict[str, Timer] = {
    "news": waiting.push_due_news,
    "answers": waiting.push_owed_answers,
    "urgent": urgent.raise_unaccepted,
    "plan": plan.warn_administrators,
    "guessing": guessing.warn_administrators,
    "promises": overdue.keep_promises,
    "mornings": morning.go_round,
    "follow_ups": overdue.remind_to_follow_up,
    "questions": silence.end_unanswered_questions,
    "confirmations": silence.close_unconfirmed,
    "interrupted": forgotten.take_up_again,
    "drafts": forgotten.send_forgotten_drafts,
    "old_drafts": forgotten.erase_old_drafts,
}
#: What is due after days may be done an hour late; what goes after thirty has just grown so old.
HOURLY: dict[str, Timer] = {
    "silent": silent.raise_silence,
    "raw_events": partial(pruning.erase_raw_events, everything=False),
    "sent_messages": partial(pruning.erase_sent_messages, everything=False),
}
#: They look through whole tables.
DAILY: dict[str, Timer] = {
    "old_tickets": ageing.erase_old_tickets,
    "all_raw_events": pruning.erase_raw_events,
    "all_sent_messages": pruning.erase_sent_messages,
    "erased_people": pruning.forget_the_erased,
    "old_messages": pruning.forget_messages,
    "old_events": pruning.forget_events,
    "old_effects": pruning.forget_effects,
    "stray_media": stray.erase_stray_media,
}
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


class Due:
    """Runs every timer at each call; the seldom ones at the first, then once an hour or a day of the town's time.

    One that fails keeps none of the others waiting; a seldom one is tried again an hour later.
    """

    def __init__(self, merge_seconds: int) -> None:
        self._often = TIMERS | {"promises": partial(overdue.keep_promises, merge_seconds=merge_seconds)}
        self._ran_at: dict[str, datetime] = {}

    def __call__(self, database: Database, now: datetime) -> None:
        """Run what is due at `now`.

        :raises DBAPIError: the database is away, so that nothing can be done.
        """
        for name, timer in self._often.items():
            _try(name, timer, database, now)
        for timers, every in ((HOURLY, _HOUR), (DAILY, _DAY)):
            for name, timer in timers.items():
                if _is_over(self._ran_at.get(name), now, every):
                    is_done = _try(name, timer, database, now)
                    self._ran_at[name] = now if is_done else now - every + _HOUR


def _try(name: str, timer: Timer, database: Database, now: datetime) -> bool:
    """Run one timer; False when it failed."""
    try:
        timer(database, now)
    except Exception as error:
        if is_away(error):
            raise
        # Whatever is wrong with one timer must not keep what all others do waiting.
        log.error("the timer %s failed: %s", name, place_of(error), exc_info=error)
        return False
    return True


def _is_over(since: datetime | None, now: datetime, length: timedelta) -> bool:
    return since is None or abs(now - since) >= length
