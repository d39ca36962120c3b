"""For what a played month paid: every kind of news by its audience, and how each of its words travelled."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import News, OutboxMessage
from models.lifecycle import Hears
from models.news import OVERTAKEN, TOLD
from models.outbox import ACCEPTED, PUSH


class Reason(NamedTuple):
    """One kind of news to residents or to officers; `words` = pushed_for + along + with_a_reply + overtaken."""

    audience: str
    kind: str
    words: int  # each is one paid message where everything is pushed
    pushed_for: int  # paid messages that left because of it
    along: int  # went with a push that left for something else
    with_a_reply: int
    overtaken: int  # a newer word said more, or the card was looked at


HEADER = ("to", "kind of news", "words", "paid for", "along", "with a reply", "overtaken")
_Key = tuple[bool, str]


def reasons(session: Session) -> list[Reason]:
    """What was told by which way, the dearest first. A push is paid for what in it was due first."""
    pushes = {
        number: (is_for_officer, urgency)
        for number, is_for_officer, urgency in session.execute(
            select(OutboxMessage.id, OutboxMessage.is_for_officer, OutboxMessage.urgency).where(
                OutboxMessage.way == PUSH, OutboxMessage.state == ACCEPTED
            )
        )
    }
    words: Counter[_Key] = Counter()
    ways: dict[_Key, Counter[str]] = defaultdict(Counter)
    carried: dict[int, list[tuple[datetime | None, int, _Key]]] = defaultdict(list)
    for item in session.scalars(select(News).where(News.way != Hears.ANSWER).order_by(News.id)):
        key = (item.is_for_officer, " ".join([item.kind, str((item.detail or {}).get("status", ""))]).strip())
        words[key] += 1
        if item.state == TOLD and item.outbox_message_id in pushes:
            carried[item.outbox_message_id].append((item.push_at, item.id, key))
        else:
            ways[key][OVERTAKEN if item.state == OVERTAKEN else "reply"] += 1
    for number, (is_for_officer, urgency) in pushes.items():
        first, *along = sorted(carried[number], key=_due_first) or [(None, 0, (is_for_officer, f"({urgency} alone)"))]
        ways[first[2]][PUSH] += 1
        for _, _, key in along:
            ways[key]["along"] += 1
    found = []
    for key, way in ways.items():
        audience = "officers" if key[0] else "residents"
        travelled = (way[PUSH], way["along"], way["reply"], way[OVERTAKEN])
        found.append(Reason(audience, key[1], words[key], *travelled))
    return sorted(found, key=lambda one: (-one.pushed_for, one.audience, one.kind))


def _due_first(item: tuple[datetime | None, int, _Key]) -> tuple[bool, float, int]:
    push_at, number, _ = item
    return (push_at is None, push_at.timestamp() if push_at else 0.0, number)
