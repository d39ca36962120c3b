"""Village groups: the bot listens when it is mentioned or quoted, takes a report there, and shows nothing private.

What is begun here goes on in the reporter's private chat: the draft is the same, and so is the ticket. In the group
stand only the category, the number and the date of the next word; anything else is asked for in private.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import cards, clock, erasure, intake, limits, news, officer_news, outbox
from bot.aftercare import Said
from bot.conversation import Step
from bot.drafts import UNKNOWN_CATEGORY, Draft, Place
from bot.line.events import ButtonPressed, Edited, Input, TextSaid, Unsent
from bot.places.words import place_in
from bot.replies import Button, Choices, Reply, Say
from bot.understanding import Understanding
from handlers.line import danger, mine, reporting, typing
from handlers.line.hotlines import hotline_card
from handlers.line.placing import LONGEST_PLACE
from handlers.line.talk import Talk
from models import Category, OutboxMessage, SentPart, Ticket
from models.lifecycle import Actor, Hears

#: Labels of the draft in a group, and what they do.
_ACTS = {"cancel": "draft.cancel", "place_unknown": "draft.place_unknown", "send": "draft.send"}


def heard(talk: Talk, group_id: str) -> Sequence[Reply]:
    """What one member of a group did, and what everybody there may read of our answer; silence in most cases."""
    said = talk.heard.input
    if isinstance(said, Unsent):
        erasure.erase_message(talk.session, talk.person, talk.conversation, said.said, talk.now)
        return ()
    if isinstance(said, ButtonPressed):
        return _pressed(talk, said, group_id)
    if isinstance(said, Edited):
        if _rewritten(talk, said):
            return ()
        said = TextSaid(said.said, said.text, None, said.mentions_us, said.bare)
    if not isinstance(said, TextSaid) or not is_said_to_us(talk.session, talk.town.id, said, group_id):
        return ()
    return _said(talk, said, group_id)


def is_said_to_us(session: Session, town_id: int, said: Input, group_id: str) -> bool:
    """Whether these words mention us or quote us; nothing else that is done in a group is meant for us."""
    if isinstance(said, Edited):
        return said.mentions_us
    return isinstance(said, TextSaid) and (said.mentions_us or _quotes_us(session, town_id, said.quoted, group_id))


def _quotes_us(session: Session, town_id: int, quoted: str | None, group_id: str) -> bool:
    if quoted is None:
        return False
    ours = (
        select(SentPart.id)
        .join(OutboxMessage, OutboxMessage.id == SentPart.outbox_message_id)
        .where(
            SentPart.municipality_id == town_id, SentPart.said == quoted, OutboxMessage.chat_id == group_id
        )
    )
    return session.scalars(ours.limit(1)).first() is not None


def _said(talk: Talk, said: TextSaid, group_id: str) -> Sequence[Reply]:
    """A report, or where one is; whatever else is asked is for the private chat."""
    words = (said.bare or said.text).strip()
    understood = talk.hear(words).understood()
    if understood.emergency:
        return _danger(talk, said, words, understood, group_id)
    draft = talk.reporting
    if draft is not None and draft.group == group_id:
        typed = _typed(talk, draft, words, understood, group_id)
        if typed is not None:
            return typed
    if draft is not None and draft.group == group_id and talk.step is Step.ASKING_PLACE and words:
        if len(words) > LONGEST_PLACE:  # a letter is no place: it is kept whole with the report
            reporting.add_words(talk, said.said, words)
        else:
            reporting.set_place(talk, Place(words=words, said=said.said))
        return _answer(talk, group_id)
    if understood.intent == "thanks" and not understood.unsure:
        return [Say(talk.w("idle.thanks"))]
    if understood.intent != "report" or understood.unsure or not _is_public(talk, understood):
        return [Say(talk.w("group.answer"))]
    fresh = replace(reporting.new_draft(talk.waiting), group=group_id)
    reporting.add_words(talk, said.said, words, understood, to=fresh)
    return _answer(talk, group_id)


def _typed(
    talk: Talk, draft: Draft, words: str, understood: Understanding, group_id: str
) -> Sequence[Reply] | None:
    """A label of the reporter's own draft, typed as LINE on a PC has no buttons for quick replies; None: just words.

    A greeting or a thank-you is no place, and whoever clearly calls it off has cancelled.
    """
    act = _ACTS.get(typing.label_in(words) or "")
    if act is not None:
        return _act(talk, draft, act, group_id)
    if talk.step is not Step.ASKING_PLACE or understood.unsure or place_in(words):
        return None
    if understood.intent == "cancel":
        return _act(talk, draft, "draft.cancel", group_id)
    return _answer(talk, group_id) if understood.intent in ("greeting", "thanks") else None


def _is_public(talk: Talk, understood: Understanding) -> bool:
    """Whether everybody may know that somebody reported this; conduct, corruption and the like are not for a group."""
    codes = [guess.code for guess in understood.categories]
    found = select(Category).where(Category.municipality_id == talk.town.id, Category.code.in_(codes))
    categories = list(talk.session.scalars(found).unique())
    return bool(categories) and all(one.is_public for one in categories)


def _answer(talk: Talk, group_id: str) -> Sequence[Reply]:
    """Where the draft stands, in words that everybody may read."""
    draft = talk.reporting
    category = _public(talk, draft.category) if draft is not None and draft.group == group_id else None
    if draft is None or category is None:
        return [Say(talk.w("group.answer"))]
    title = cards.category_title(category, talk.w)
    cancel = Button(talk.w("label.cancel"), "draft.cancel", {"draft": draft.token}, style="link")
    if draft.place is None:
        unknown = Button(talk.w("label.place_unknown"), "draft.place_unknown", {"draft": draft.token})
        return [Choices(talk.w("group.ask_place", category=title), (unknown, cancel))]
    send = Button(talk.w("label.send"), "draft.send", {"draft": draft.token}, style="primary")
    return [Choices(talk.w("group.ready", category=title), (send, cancel))]


def _public(talk: Talk, code: str | None) -> Category | None:
    """The category, if everybody may read its name: later words, or the private chat, may have changed the draft's."""
    found = select(Category).where(Category.municipality_id == talk.town.id, Category.code == code, Category.is_public)
    return talk.session.scalars(found).unique().one_or_none()


def _pressed(talk: Talk, pressed: ButtonPressed, group_id: str) -> Sequence[Reply]:
    """The reporter's own buttons; whoever else presses them changes nothing and is told nothing."""
    press, draft = pressed.press, talk.draft
    if not press.is_genuine or draft is None or draft.group != group_id or draft.token != press.args.get("draft"):
        return ()
    return _act(talk, draft, press.action, group_id)


def _act(talk: Talk, draft: Draft, action: str, group_id: str) -> Sequence[Reply]:
    match action:
        case "draft.cancel":
            reporting.drop(talk, draft)
            return [Say(talk.w("draft.cancelled"))]
        case "draft.place_unknown":
            reporting.set_place(talk, Place(is_unknown=True))
            return _answer(talk, group_id)
        case "draft.send":
            return _send(talk, draft, group_id)
    return ()


def _send(talk: Talk, draft: Draft, group_id: str) -> Sequence[Reply]:
    """The ticket; its number and promise for everybody, its card for the reporter with the next private answer."""
    if not draft.is_recognised or _public(talk, draft.category) is None:
        return _answer(talk, group_id)
    if limits.has_reported_enough(talk.session, talk.person, talk.now):
        return [Say(talk.w("group.answer"))]  # the draft stays, and reaches the desk by itself
    filed = intake.report_problem(talk.session, talk.town, talk.person, draft, talk.now)
    talk.finish_draft()
    return [Say(_number(talk, filed.ticket, "group.sent"))]


def _number(talk: Talk, ticket: Ticket, key: str) -> str:
    news.tell(talk.session, talk.person, ticket, "state", talk.now, way=Hears.NEXT_REPLY)
    promise = cards.promise_sentence(ticket, talk.town, talk.w)
    title = cards.category_title(ticket.category, talk.w)
    return talk.w(key, number=ticket.number, category=title, promise=promise)


def _danger(talk: Talk, said: TextSaid, words: str, understood: Understanding, group_id: str) -> Sequence[Reply]:
    """Whom to call comes first here too, and again after an hour; then the urgent ticket. Where it is, is asked in
    private. What one person says within the hour is about one danger, and a group's day takes so many tickets."""
    lane, at = outbox.lane_key(talk.town.id, group_id), clock.real_now()
    calls = [] if limits.has_seen_whom_to_call(talk.session, lane, at) else [hotline_card(talk, understood.hotline)]
    talk.urgency = limits.HOTLINE_ALONE if calls else talk.urgency
    ticket = danger.recent(talk)
    if ticket is not None:
        mine.add_said(talk, ticket, Said(said.said, words), is_danger=True)
        if limits.was_filed_in_group(talk.session, lane, ticket.number, at):
            return [*calls, Say(talk.w("group.urgent_more", number=ticket.number))]
        return [*calls, Say(talk.w("group.urgent_more_private"))]  # nobody here was told of its number
    is_enough = limits.has_reported_enough(talk.session, talk.person, talk.now)
    if is_enough or limits.has_group_alarmed_enough(talk.session, lane, at):
        _keep_for_the_desk(talk, said, words, understood, group_id)
        return [*calls, Say(talk.w("group.urgent_enough"))]
    draft = reporting.new_draft(talk.waiting).with_words(said.said, words, understood)
    if draft.category is None:
        draft = replace(draft, category=UNKNOWN_CATEGORY)
    filed = intake.report_problem(talk.session, talk.town, talk.person, draft, talk.now, is_urgent=True)
    talk.stand(Step.PLACING, draft=draft.earlier, about=filed.ticket.id)
    talk.urgency = limits.FILED_URGENT
    return [hotline_card(talk, draft.hotline), Say(_number(talk, filed.ticket, "group.urgent"))]


def _keep_for_the_desk(talk: Talk, said: TextSaid, words: str, understood: Understanding, group_id: str) -> None:
    """A draft that its author may send in private; left alone it reaches the desk by itself, as every draft.

    Where the town has switched that off, the desk gets it now, as a ticket that wakes nobody.
    """
    draft = talk.reporting
    if draft is None or draft.group != group_id:
        draft = replace(reporting.new_draft(talk.waiting), group=group_id)
    draft = draft.with_words(said.said, words, replace(understood, emergency=False))
    if draft.category is None:
        draft = replace(draft, category=UNKNOWN_CATEGORY)
    draft = draft if draft.place is not None else draft.with_place(Place(is_unknown=True))
    if talk.town.settings.get("sends_unfinished_drafts", True):
        talk.stand(Step.READY, draft=draft)
        return
    intake.report_problem(talk.session, talk.town, talk.person, draft, talk.now)
    talk.take_up(draft.earlier)


def _rewritten(talk: Talk, edited: Edited) -> bool:
    """An edited message: our copy says the new words, wherever it stands; whether there was a copy."""
    touched = erasure.rewrite_message(talk.session, talk.person, talk.conversation, edited.said, edited.bare)
    for message in touched.messages:
        ticket = talk.session.get_one(Ticket, message.ticket_id)
        ticket.remember(
            "comment",
            Actor.RESIDENT,
            talk.now,
            resident_id=talk.person.id,
            message_id=message.id,
            detail={"edited": True},
        )
        officer_news.tell_officers(talk.session, ticket, "officer.comment", talk.now, message_id=message.id)
    return bool(touched.messages) or touched.is_in_draft
