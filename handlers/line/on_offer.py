"""What stands on offer: the buttons of the last answer that had any, and which of them a short word may still choose.

A label that is typed whole means its button for as long as that was not replaced. A bare yes or no, and ยกเลิก, which
means many things, belong to what is on the screen now: the newest message, for a while.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, not_, or_, select

from bot.replies import Reply, put_on_offer
from handlers.line.talk import Talk
from models import OutboxMessage
from models.outbox import ACCEPTED, PUSH, SENDING, UNCERTAIN

Offer = Mapping[str, Any]

#: After so long nobody remembers what was asked.
STANDS = timedelta(minutes=30)


def remember(talk: Talk, replies: Sequence[Reply]) -> None:
    """Keep what the answer puts on offer, and since when."""
    talk.conversation.offers = put_on_offer(replies, talk.conversation.offers, talk.now)


def is_asked_now(talk: Talk, offer: Offer) -> bool:
    """Whether this offer stands in the newest message that this person saw, and not for too long."""
    since = offer.get("at")
    if since is None or talk.now - datetime.fromisoformat(since) > STANDS:
        return False
    return not _was_pushed_last(talk)


def stands(talk: Talk, action: str) -> bool:
    """Whether a button of this action stands in the newest message that this person saw."""
    return any(offer["action"] == action and is_asked_now(talk, offer) for offer in talk.conversation.offers or ())


def _was_pushed_last(talk: Talk) -> bool:
    """Whether the newest message at LINE is no answer of ours: a question, say, or a result."""
    is_answer = or_(
        OutboxMessage.way != PUSH, and_(OutboxMessage.urgency == "answer", not_(OutboxMessage.is_for_officer))
    )
    newest = (
        select(is_answer)
        .where(
            OutboxMessage.resident_id == talk.person.id,
            OutboxMessage.state.in_((ACCEPTED, UNCERTAIN, SENDING)),
        )
        .order_by(
            func.coalesce(OutboxMessage.settled_at, OutboxMessage.first_attempt_at).desc(), OutboxMessage.id.desc()
        )
        .limit(1)
    )
    return talk.session.scalars(newest).first() is False
