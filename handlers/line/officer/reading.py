"""อ่านทั้งหมด: what is too long for a card, whole, two messages at a time."""

from __future__ import annotations

from collections.abc import Sequence

from bot import officer_words, whole_words
from bot.replies import Button, Reply, Say
from handlers.line.officer import answers
from handlers.line.talk import Talk
from models import Ticket

#: One of LINE's full length takes two of the five objects of an answer.
AT_A_TIME = 2


def words(talk: Talk, ticket: Ticket, args: dict[str, str]) -> Sequence[Reply]:
    """The long messages of a ticket, oldest first; a button goes on with what is left."""
    answers.note_opened(talk, ticket)
    after = args.get("after", "0")
    reports = officer_words.reports_of(talk.session, ticket)
    is_key = after.isascii() and after.isdigit()
    left = whole_words.cut_short(talk.session, ticket, reports, after=int(after) if is_key else 0)
    found = left[:AT_A_TIME]
    if not found:  # taken back meanwhile
        return [answers.card(talk, ticket)]
    talk.quotes |= {message.said for message in found if message.said}
    more: tuple[Button, ...] = ()
    if len(left) > AT_A_TIME:
        about: dict[str, int | str] = {"ticket": ticket.id, "after": found[-1].id}
        more = (Button(talk.w("work_label.words_more", n=len(left) - AT_A_TIME), "work.words", about),)
    texts = [talk.w(f"work.words_{message.kind}", number=ticket.number, text=message.text) for message in found]
    return [Say(text, more if text is texts[-1] else ()) for text in texts]
