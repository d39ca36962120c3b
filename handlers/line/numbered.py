"""Words with a ticket's number in them: where it stands, more about one's own, or a report that mentions another's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot import queries
from bot.aftercare import Said
from bot.line.events import TextSaid
from bot.replies import Reply
from bot.understanding import Context
from handlers.line import mine, reporting
from handlers.line.talk import Talk

#: A ticket number as it is typed; what stands around it are words.
_NUMBER = re.compile(r"[A-Za-z]{1,8}(?:\s?[-‐-―−]\s?)?[\d๐-๙]{4}\s?[-‐-―−]\s?[\d๐-๙]{5,9}")


def answered(talk: Talk, text: TextSaid, number: str, context: Context) -> Sequence[Reply]:
    """A number alone asks where it stands; with words about the own ticket, they are added to it.

    A report that only mentions somebody else's (เหมือนเรื่อง …) is a report.
    """
    ticket = queries.by_number(talk.session, talk.town, number)
    standing = queries.standing(ticket) if ticket is not None else None
    rest = _NUMBER.sub(" ", text.text).strip()
    more = talk.hear(rest).understood(context) if len(rest) > 3 else None
    if more is None or more.intent not in ("follow_up", "report"):
        return mine.look_up(talk, number)
    if standing is not None and mine.stands_on(talk, standing):
        return mine.add_said(talk, standing, Said(text.said, text.text))
    if more.intent == "report" and not more.unsure:
        return reporting.add_words(talk, text.said, text.text)
    return mine.look_up(talk, number)
