"""How news travels: with a free answer, or with one push that takes along everything that waits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from bot import clock, news_words, outbox
from bot.replies import Reply, to_json
from models import Media, Message, News, OutboxMessage, OutboxQuote, Resident
from models.news import CARRIED, OVERTAKEN, UNCERTAIN, URGENCY, WAITING
from models.outbox import PUSH, QUEUED, WAITING_QUOTA, WITHDRAWN

_OF_THEM = (News.resident_id == bindparam("resident"), News.state == WAITING)
_CARRIES_NEWS = select(News.id).where(News.outbox_message_id == OutboxMessage.id, News.state == CARRIED).exists()
_KEPT_BACK = (
    OutboxMessage.resident_id == bindparam("resident"),
    OutboxMessage.state == WAITING_QUOTA,
    OutboxMessage.first_attempt_at.is_(None),
    # What carries no news is told by nothing else: it waits on, unless it is an answer that this one overtakes.
    _CARRIES_NEWS | (OutboxMessage.urgency == "answer"),
)
_QUOTED = select(OutboxQuote.said).where(OutboxQuote.outbox_message_id == bindparam("message")).scalar_subquery()
_OF_WORDS = (Message.municipality_id == bindparam("town"), Message.said.in_(_QUOTED), Message.erased_at.is_not(None))
_OF_MEDIA = (Media.municipality_id == bindparam("town"), Media.said.in_(_QUOTED), Media.state == "erased")
_QUOTES_ERASED = select(
    select(Message.id).where(*_OF_WORDS).exists() | select(Media.id).where(*_OF_MEDIA).exists()
)
#: Words of a push that could not leave for longer than this are made anew.
WORDS_STAY_TRUE = timedelta(minutes=10)
#: A resident's answer that is pushed has words of its own, which nothing makes anew: they are worth it for so long.
ANSWERS_STAY_TRUE = timedelta(days=1)
#: Built once, as what follows: asked for every answer. Mostly nothing waits, and one short question says so.
_DOES_ANYTHING_WAIT = select(
    select(News.id).where(*_OF_THEM).exists() | select(OutboxMessage.id).where(*_KEPT_BACK).exists()
)
_WAITING_FOR = select(News).where(*_OF_THEM).with_for_update(key_share=True, skip_locked=True)
_WAITS_FOR_QUOTA = select(OutboxMessage).where(*_KEPT_BACK).with_for_update(of=OutboxMessage)


def gather(session: Session, person: Resident) -> list[News]:
    """What a free answer may tell this person, most pressing first; it overtakes pushes that wait for the quota."""
    session.flush()
    if not session.execute(_DOES_ANYTHING_WAIT, {"resident": person.id}).scalar_one():
        return []
    take_from_waiting_pushes(session, person)
    return waiting_for(session, person)


def waiting_for(session: Session, person: Resident) -> list[News]:
    """What this person has not been told yet, most pressing first.

    The rows are locked: two transactions that both want to tell them (an answer here, somebody's move there) must not
    both do it. What another holds at this moment is his to tell.
    """
    session.flush()
    found = session.scalars(_WAITING_FOR, {"resident": person.id}).all()
    return sorted(found, key=lambda item: (URGENCY.index(item.urgency), item.id))


def carry(session: Session, message: OutboxMessage, items: Iterable[News]) -> None:
    """These words travel with this message; its settlement settles them."""
    told = list(items)
    if told:
        session.flush()  # the message's key is needed
    for item in told:
        item.state, item.outbox_message_id = CARRIED, message.id


def ride_along(session: Session, person: Resident, room: int) -> tuple[list[Reply], list[News], set[str]]:
    """What waits and fits into `room` message objects of an answer: replies, their news, the message ids they quote.

    A push that waits for the quota is overtaken by the free answer: its news ride along as well.
    """
    return _as_many_as_fit(session, person, gather(session, person), room)


def take_from_waiting_pushes(session: Session, person: Resident) -> None:
    """The news of pushes that wait for the quota wait for a free answer again.

    A push that LINE may have accepted before it refused keeps its own.
    """
    for message in session.scalars(_WAITS_FOR_QUOTA, {"resident": person.id}).all():
        withdraw(message, "told with a free answer")
        release(session, message)


def overtake_answers(session: Session, person: Resident) -> None:
    """Answers that were to be pushed and that LINE has not got: a newer one says where the dialogue stands."""
    older = _unsent_pushes(person).where(OutboxMessage.urgency == "answer", ~_CARRIES_NEWS)
    for message in session.scalars(older).all():
        withdraw(message, "a newer answer is said instead")


def _unsent_pushes(person: Resident) -> Select[OutboxMessage]:
    """Pushes to this person that LINE surely has not got, locked; not those that somebody is sending."""
    waiting = select(OutboxMessage).where(
        OutboxMessage.resident_id == person.id,
        OutboxMessage.way == PUSH,
        OutboxMessage.state.in_((QUEUED, WAITING_QUOTA)),
        OutboxMessage.first_attempt_at.is_(None),
    )
    return waiting.order_by(OutboxMessage.id).with_for_update(of=OutboxMessage, skip_locked=True)


def withdraw(message: OutboxMessage, why: str) -> None:
    """It is not sent; its words go, and one day its row."""
    message.state, message.last_problem, message.settled_at = WITHDRAWN, why, clock.real_now()
    message.content = message.body = None


def still_true(session: Session, message: OutboxMessage, now: datetime) -> bool:
    """Whether a push that LINE has not got may be sent; what waited long is made anew first.

    It then tells as well what other pushes to its reader were still to tell: one card says where a ticket stands now.
    Meanwhile the ticket may have moved on, an officer may work here no longer, somebody may have unsent what it quotes
    (in a transaction that could not see this message yet). `now` is real time, as the message's own.
    """
    quotes_erased = _quotes_what_was_erased(session, message)
    if not quotes_erased and now - message.created_at < WORDS_STAY_TRUE:
        return True
    carried = select(News).where(News.outbox_message_id == message.id, News.state == CARRIED)
    items = session.scalars(carried.with_for_update(key_share=True)).all()
    person = message.resident
    if person is None or not (items or quotes_erased):
        return True  # what the dialogue wanted to say carries no news and stays as it is
    is_residents_answer = message.inbox_event_id is not None and not any(item.is_for_officer for item in items)
    if is_residents_answer and not quotes_erased and now - message.created_at < ANSWERS_STAY_TRUE:
        return True  # with the news that rode along
    return _say_anew(session, message, person, [*items, *_of_others_that_wait(session, message, person)])


def _of_others_that_wait(session: Session, message: OutboxMessage, person: Resident) -> list[News]:
    """The news of other pushes that LINE has not got, which go no more; not of those that say something else too."""
    others = _unsent_pushes(person).where(
        OutboxMessage.id != message.id,
        OutboxMessage.is_for_officer.is_(message.is_for_officer),
        OutboxMessage.urgency.not_in(("answer", "digest")),
        _CARRIES_NEWS,
    )
    found: list[News] = []
    for other in session.scalars(others).all():
        withdraw(other, "told with another push")
        found += release(session, other)
    return found


def say_again(session: Session, message: OutboxMessage) -> bool:
    """Make a push that LINE refused anew, of what it was to tell and nobody has told since; False: nothing is left."""
    untold = select(News).where(News.outbox_message_id == message.id, News.state.in_((WAITING, UNCERTAIN)))
    items = session.scalars(untold.with_for_update(key_share=True)).all()
    return message.resident is not None and _say_anew(session, message, message.resident, items)


def _say_anew(session: Session, message: OutboxMessage, person: Resident, items: Sequence[News]) -> bool:
    for item in items:
        item.state, item.outbox_message_id = WAITING, None
    in_order = sorted(items, key=lambda item: (URGENCY.index(item.urgency), item.id))
    replies, taken, quotes = _as_many_as_fit(session, person, in_order, outbox.MOST)
    if not replies:
        message.content, message.last_problem = None, "nothing of it is left to be said"
        return False
    message.content = to_json(tuple(replies))
    message.urgency = taken[0].urgency  # it may tell now what is more pressing than what it was made for
    message.quotes = [OutboxQuote(said=said) for said in sorted(quotes)]
    carry(session, message, taken)
    return True


def _quotes_what_was_erased(session: Session, message: OutboxMessage) -> bool:
    session.flush()
    return bool(session.execute(_QUOTES_ERASED, {"message": message.id, "town": message.municipality_id}).scalar_one())


def _as_many_as_fit(
    session: Session, person: Resident, items: Sequence[News], room: int
) -> tuple[list[Reply], list[News], set[str]]:
    replies: list[Reply] = []
    taken: list[News] = []
    quotes: set[str] = set()
    for bundle in news_words.bundles(items):
        said, quoted = news_words.compose(session, person, bundle)
        if not said:
            for item in bundle:
                item.state = OVERTAKEN
            continue
        if len(replies) + len(said) > room:
            break
        replies += said
        taken += bundle
        quotes |= quoted
    return replies, taken, quotes


def push_waiting(
    session: Session, person: Resident, now: datetime, *, digest: Sequence[Reply] = ()
) -> OutboxMessage | None:
    """One push with everything that waits for this person (as much as one request holds); None when nothing does.

    An officer's `digest` goes before it.
    """
    if person.blocked_at is not None:
        return None
    room = outbox.MOST - len(digest)
    replies, items, quotes = _as_many_as_fit(session, person, waiting_for(session, person), room)
    if not replies and digest:
        return outbox.push(session, person, digest, urgency="digest", is_for_officer=True)
    if not replies:
        return None
    replies = [*digest, *replies]
    is_for_officer = all(item.is_for_officer for item in items)
    message = outbox.push(
        session, person, replies, urgency=items[0].urgency, quotes=quotes, is_for_officer=is_for_officer
    )
    carry(session, message, items)
    return message


def release(session: Session, message: OutboxMessage) -> list[News]:
    """The words this message carried wait again."""
    session.flush()
    items = list(session.scalars(select(News).where(News.outbox_message_id == message.id, News.state == CARRIED)))
    for item in items:
        item.state, item.outbox_message_id = WAITING, None
    return items
