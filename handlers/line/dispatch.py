"""The table input type -> handler, and the one way every event goes through it (words by step: `text.WORDS`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from bot import cards, clock, invitations, news, outbox
from bot.config import Settings
from bot.errors import CannotHelp
from bot.line import events
from bot.line.counting import is_visible
from bot.line.events import (
    ButtonPressed,
    FileSent,
    Followed,
    Heard,
    PhotoSent,
    PlaceBroken,
    PlaceSent,
    StickerSent,
    TextSaid,
    Unfollowed,
    Unknown,
    Unsent,
    VideoSent,
    VoiceSent,
)
from bot.officer_casework import checking
from bot.pacing import Pace
from bot.privacy import welcome
from bot.replies import Reply, Say
from handlers.line import (
    drafting,
    follow,
    follow_up_answers,
    group,
    joining,
    location,
    media,
    menu,
    mine,
    my_data,
    near,
    officer,
    on_offer,
    on_the_map,
    people,
    quoting,
    rated,
    reporting,
    typing,
)
from handlers.line.talk import Handler, Talk
from models import InboxEvent, Municipality
from models.errors import RuleBroken
from models.news import CARRIED

#: What is neither words nor a button; it depends on the step only inside the handler.
OTHERS: dict[type[Any], Handler] = {
    PhotoSent: media.received,
    VoiceSent: media.received,
    VideoSent: media.received,
    FileSent: media.received,
    StickerSent: media.sticker,
    PlaceSent: location.received,
    PlaceBroken: location.broken,
    Followed: follow.followed,
    Unfollowed: follow.unfollowed,
    Unsent: follow.unsent,
}

#: Whose buttons they are, by the first word of their action.
BUTTONS: dict[str, Handler] = {
    "menu": menu.press,
    "draft": drafting.press,
    "data": my_data.press,
    "ask": follow_up_answers.press,
    "mine": mine.press,
    "near": near.press,
    "rated": rated.press,
    "work": officer.press,
    "tab": officer.press,
}


class Dispatcher:
    """Handles one kept event in the engine's transaction: who spoke, what it means, what is answered."""

    def __init__(self, settings: Settings, pace: Pace | None = None) -> None:
        self._settings = settings
        self._pace = pace
        self._key = settings.secret_key.encode()

    def __call__(self, session: Session, event: InboxEvent) -> None:
        """Handle one event; everything it changes and says is committed by the caller, all or nothing."""
        if event.body is None:
            return  # taken back before it was read
        news.use_merge_seconds(session, self._settings.news_merge_seconds)
        town = session.get_one(Municipality, event.municipality_id)
        heard = events.read(event.body, self._key, town.code)
        if heard.is_standby or heard.user_id is None or heard.group_id is not None:
            self._in_group(session, town, event, heard)
            return
        talk = self._talk(session, town, heard.user_id, event, heard)
        person = talk.person
        if person.blocked_at is not None and not isinstance(heard.input, Followed | Unfollowed | Unsent):
            person.blocked_at = None  # whoever writes to us has us unblocked
        replies = _answered(talk)
        if self._pace is not None and self._pace.asks_for_patience(event.lane_key):
            replies = [*replies[: outbox.MOST - 1], Say(talk.w("limits.messages"))]
        answer(talk, replies)

    def _talk(self, session: Session, town: Municipality, user_id: str, event: InboxEvent, heard: Heard) -> Talk:
        now = clock.now()
        who = people.speaker(session, town, user_id, now)
        talk = Talk(
            session=session,
            settings=self._settings,
            town=town,
            person=who.person,
            officer=who.officer,
            conversation=who.conversation,
            event=event,
            heard=heard,
            now=now,
            w=cards.wording_for(who.person, town),
            pause=max(now - who.conversation.touched_at, timedelta()),
        )
        talk.came_from = talk.step
        return talk

    def _in_group(self, session: Session, town: Municipality, event: InboxEvent, heard: Heard) -> None:
        """A group is answered when it mentions or quotes us; of what it says only a report to us is kept."""
        event.body = None
        if heard.is_standby or heard.group_id is None:
            return
        urgency = "answer"
        if isinstance(heard.input, TextSaid):
            code = invitations.code_in(heard.input.text)
            if code is not None:  # everybody in the group has read it
                invitations.void(session, town.id, code, clock.now())
        if heard.user_id is None:  # LINE does not say who it was: only the way to the private chat can be told
            mentions = isinstance(heard.input, TextSaid) and heard.input.mentions_us
            replies: Sequence[Reply] = [Say(cards.wording_in("th", town)("group.answer"))] if mentions else ()
        elif not (
            group.is_said_to_us(session, town.id, heard.input, heard.group_id)
            or people.is_known(session, town, heard.user_id)
        ):
            return  # who speaks to others is nobody we remember
        else:
            talk = self._talk(session, town, heard.user_id, event, heard)
            replies, urgency = group.heard(talk, heard.group_id), talk.urgency
            if replies:  # what was begun here is no older than this
                talk.conversation.touched_at = talk.now
        if replies and heard.reply_token:
            message = outbox.reply(
                session,
                None,
                replies,
                municipality_id=town.id,
                chat_id=heard.group_id,
                token=heard.reply_token,
                heard_at=event.received_at,
                inbox_event_id=event.id,
            )
            message.urgency = urgency


def _answered(talk: Talk) -> Sequence[Reply]:
    """The handler's replies; a broken rule becomes a kind sentence, and what the handler had begun is undone."""
    savepoint = talk.session.begin_nested()
    try:
        replies = route(talk)
        talk.conversation.touched_at = talk.now  # written once, with where the dialogue stands and what is on offer
        on_offer.remember(talk, replies)
        talk.session.flush()
        savepoint.commit()
    except (RuleBroken, CannotHelp) as problem:
        savepoint.rollback()
        values = problem.values if isinstance(problem, CannotHelp) else {}
        talk.carried.clear()
        return [Say(talk.w(problem.phrase, **values))]
    return replies


def route(talk: Talk) -> Sequence[Reply]:
    """Find the handler: a typed label counts as pressed; an officer's unfinished act comes before the table."""
    said = talk.heard.input
    if isinstance(said, TextSaid):
        return _words(talk, said)
    if isinstance(said, ButtonPressed):
        return _button(talk, said)
    if talk.officer is not None and talk.conversation.task is not None and type(said) in OTHERS:
        taken = officer.take_input(talk, said)
        if taken is not None:
            return taken
    handler = OTHERS.get(type(said))
    if handler is None:
        is_asked = isinstance(said, Unknown) and said.is_message
        return [Say(talk.w("idle.unknown"))] if is_asked else ()
    return handler(talk, said)


def _words(talk: Talk, said: TextSaid) -> Sequence[Reply]:
    if not is_visible(said.text):
        draft = talk.reporting
        return reporting.go_on(talk, draft) if draft is not None else [Say(talk.w("idle.unclear"))]
    code = invitations.code_in(said.text)
    if code is not None:
        return joining.join(talk, code)
    quoted = quoting.answered(talk, said)
    if quoted is not None:
        return quoted
    meant = typing.meant(talk, said)
    if meant is not None:
        return meant if not isinstance(meant, ButtonPressed) else _button(talk, meant)
    if talk.officer is not None or talk.conversation.task is not None:
        for handler in (officer.typed, officer.take_input):
            taken = handler(talk, said)
            if taken is not None:
                return taken
    return on_the_map.said(talk, said)


def _button(talk: Talk, pressed: ButtonPressed) -> Sequence[Reply]:
    if not pressed.press.is_genuine:
        return [Say(talk.w("idle.forged"))]
    handler = BUTTONS.get(pressed.press.action.partition(".")[0])
    if handler is None:
        return [Say(talk.w("idle.old_button"))]
    return handler(talk, pressed)


def answer(talk: Talk, replies: Sequence[Reply]) -> None:
    """Say it for free while there is a token, with the news that waits; without one, nothing is lost.

    What was to be answered without a token waits as the news it carries, for the next reply.
    """
    if not talk.heard.reply_token:
        return
    said = follow.with_notice(talk, replies)[: outbox.MOST]
    talk.session.flush()
    carried = list(talk.carried)
    for item in carried:
        item.state = CARRIED
    talk.session.flush()
    also, items, quotes = news.ride_along(talk.session, talk.person, outbox.MOST - len(said))
    if not said and not also:
        return
    # Quick replies show only on the last message of a request: ours stays last.
    message = outbox.reply(
        talk.session,
        talk.person,
        [*also, *said],
        municipality_id=talk.town.id,
        chat_id=talk.heard.user_id or talk.person.line_user_id,
        token=talk.heard.reply_token,
        heard_at=talk.event.received_at,
        inbox_event_id=talk.event.id,
        quotes=talk.quotes | quotes,
    )
    if talk.awaits_profile:
        welcome.wait_for_profile(message)
    if talk.awaits_photos:
        checking.wait_for_photos(message)
    news.carry(talk.session, message, [*carried, *items])
