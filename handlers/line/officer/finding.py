"""ค้นหา, typed with what is looked for: a number, words, a category, a place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot import officer_cards, officer_news, officer_tasks, queries
from bot.officer_tasks import Task
from bot.replies import Button, Carousel, Choices, Reply, Say
from handlers.line import mine
from handlers.line.talk import Talk

_ASKS = re.compile(r"(?:ค้นหา|search)(?:\s+(.*)|)", re.IGNORECASE | re.DOTALL)
#: So many letters of what is looked for fit into a button's data beside the rest.
LONGEST = 20


def wanted(words: str) -> str | None:
    """What is looked for, "" where only ค้นหา was said; None when this is no search."""
    found = _ASKS.fullmatch(words)
    return (found[1] or "").strip()[:LONGEST] if found is not None else None


def ask(talk: Talk) -> Sequence[Reply]:
    """ค้นหา alone: what is typed next is looked for."""
    officer_tasks.keep(talk.conversation, Task("find", 0, talk.now.isoformat(), talk.conversation.step))
    return [Say(talk.w("officer.list.ask_find"), (Button(talk.w("label.cancel"), "work.cancel"),))]


def find(talk: Talk, words: str, before: int | None = None) -> Sequence[Reply]:
    """The newest tickets that have these words, and a button for the rest."""
    assert talk.officer is not None
    words = words[:LONGEST]
    page = queries.search(talk.session, talk.officer, words, officer_cards.IN_A_LIST, before)
    number = queries.number_in(words)
    if not page.tickets and number is not None:
        return mine.look_up(talk, number)  # as anybody may, where it is not this officer's to see
    if not page.tickets:
        return [Say(talk.w("officer.list.not_found"))]
    title = talk.w("officer.list.found", n=page.total)
    reply, quotes = officer_cards.several(talk.session, page.tickets, talk.officer, title, now=talk.now)
    talk.quotes |= quotes
    officer_news.seen(talk.session, talk.officer, page.tickets)
    replies: list[Reply] = [Say(title), reply] if isinstance(reply, Carousel) else [reply]
    if page.left:
        more = Button(talk.w("work_label.more"), "work.find", {"words": words, "before": page.tickets[-1].id})
        replies.append(Choices(talk.w("officer.list.more", n=page.left), (more,)))
    return replies


def more(talk: Talk, args: dict[str, str]) -> Sequence[Reply]:
    """ดูเพิ่ม."""
    before = args.get("before", "")
    if not before.isascii() or not before.isdigit():
        return [Say(talk.w("officer.old_button"))]
    return find(talk, args.get("words", ""), int(before))
