"""Answers: the town's own to what people ask, if one fits for sure; and people's, to what is asked after a ticket."""

from __future__ import annotations

import json
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from sqlalchemy import Text, bindparam, cast, select
from sqlalchemy.orm import Session

from bot.understanding.answering import Found, Questions
from bot.wording import Wording
from models import Answer, FollowUp, Message, Municipality, Ticket

#: Towns whose questions are kept ready; to read them takes some hundredths of a second.
_TOWNS = 16
#: Characters of a phrase that may be a question by itself. Thai has spaces between phrases; no English word is so long.
_PHRASE = 14
#: Built once. The forms come as they are written: only those of a town that changed are read anew.
_FORMS = (
    select(Answer.code, cast(Answer.forms, Text))
    .where(Answer.municipality_id == bindparam("town"))
    .order_by(Answer.position)
)


def find(session: Session, town: Municipality, asked: str, now: datetime) -> Answer | None:
    """The answer to this question; None where none fits for sure, or the one that fits is valid no more."""
    forms = tuple((code, written) for code, written in session.execute(_FORMS, {"town": town.id}))
    found = _nearest(_questions(forms), asked) if forms else None
    if found is None:
        return None
    named = select(Answer).where(Answer.municipality_id == town.id, Answer.code == found.code)
    answer = session.scalars(named).one()
    today = now.astimezone(ZoneInfo(town.timezone)).date()
    return answer if answer.valid_until is None or today <= answer.valid_until else None


def _nearest(questions: Questions, asked: str) -> Found | None:
    """The sure answer to all that was said; else to the first phrase of it that has one (รถขยะมาวันไหนคะ หมู่บ้านพฤกษา)."""
    for words in (asked, *(phrase for phrase in asked.split() if len(phrase) >= _PHRASE)):
        found = questions.nearest(words)
        if found is not None and found.is_sure:
            return found
    return None


@lru_cache(maxsize=_TOWNS)
def _questions(forms: tuple[tuple[str, str], ...]) -> Questions:
    return Questions({code: json.loads(written) for code, written in forms})


def to_follow_ups(session: Session, ticket: Ticket, w: Wording) -> list[tuple[str, Message]]:
    """The last word of residents on each question after the ticket, with its label for officers."""
    statement = select(Message).where(Message.ticket_id == ticket.id, Message.follow_up.is_not(None))
    newest = {message.follow_up or "": message for message in session.scalars(statement.order_by(Message.id))}
    asked = session.scalars(select(FollowUp).where(FollowUp.municipality_id == ticket.municipality_id))
    labels = {one.code: w.either(one.label_th, one.label_en) for one in asked}
    return [(labels.get(code, w("officer.card.their_word")), message) for code, message in newest.items()]
