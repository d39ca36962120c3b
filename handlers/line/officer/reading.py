"""อ่านทั้งหมด: what is too long or too much for a card, whole, two letters or many short messages at a time.

And the pictures for which it has no room.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot import officer_words, whole_words
from bot.replies import Button, Picture, Reply, Say, Show
from handlers.line.officer import answers
from handlers.line.talk import Talk
from models import Message, Officer, Ticket

#: One of LINE's full length takes two of the five objects of an answer.
AT_A_TIME = 2
#: Of shorter ones so many more, as long as all have at most so many characters; so many stand in one object.
_MOST, _ROOM, _TOGETHER = 40, 9_000, 4_000
#: Pictures in one answer, of LINE's five objects.
PICTURES = 4


def words(talk: Talk, ticket: Ticket, args: dict[str, str]) -> Sequence[Reply]:
    """The long messages of a ticket, oldest first; a button goes on with what is left."""
    answers.note_opened(talk, ticket)
    after = args.get("after", "0")
    reports = officer_words.reports_of(talk.session, ticket)
    is_key = after.isascii() and after.isdigit()
    left = whole_words.cut_short(talk.session, ticket, reports, after=int(after) if is_key else 0)
    found = _at_once(left)
    if not found:  # taken back meanwhile
        return [answers.card(talk, ticket)]
    talk.quotes |= {message.said for message in found if message.said}
    more: tuple[Button, ...] = ()
    if len(left) > len(found):
        about: dict[str, int | str] = {"ticket": ticket.id, "after": found[-1].id}
        more = (Button(talk.w("work_label.words_more", n=len(left) - len(found)), "work.words", about),)
    texts: list[str] = []
    for message in found:
        said = message.text or ""
        if message.kind == "note":
            said = f"{officer_words.name_of(talk.session.get(Officer, message.officer_id or -1), talk.w)}: {said}"
        text = talk.w(f"work.words_{message.kind}", number=ticket.number, text=said)
        if texts and len(texts[-1]) + len(text) <= _TOGETHER:
            texts[-1] += f"\n\n{text}"
        else:
            texts.append(text)
    return [Say(text, more if text is texts[-1] else ()) for text in texts]


def _at_once(left: Sequence[Message]) -> Sequence[Message]:
    """As many as one answer holds."""
    room, count = _ROOM, 0
    for message in left[:_MOST]:
        room -= len(message.text or "")
        if room < 0 and count >= AT_A_TIME:
            break
        count += 1
    return left[:count]


def pictures(talk: Talk, ticket: Ticket, args: dict[str, str]) -> Sequence[Reply]:
    """The pictures behind those that were shown, oldest first; one that is still being fetched comes later."""
    answers.note_opened(talk, ticket)
    after = int(args["after"]) if args.get("after", "").isdecimal() else 0
    images = [one for one in officer_words.media_of(talk.session, ticket) if one.kind == "image" and one.id > after]
    stored = [one for one in images if one.state == "stored"]
    shown, left = stored[:PICTURES], stored[PICTURES:]
    if not shown:
        coming = Say(talk.w("officer.card.photos_coming", n=len(images)))
        return [coming] if images else [answers.card(talk, ticket)]
    talk.quotes |= {one.said for one in shown}
    more: tuple[Button, ...] = ()
    if left:
        about: dict[str, int | str] = {"ticket": ticket.id, "after": shown[-1].id}
        more = (Button(talk.w("work_label.pictures", n=len(left)), "work.pictures", about),)
    alt = talk.w("work.picture", number=ticket.number)
    return [Show(Picture(one.id, "officer", alt), more if one is shown[-1] else ()) for one in shown]
