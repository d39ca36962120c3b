"""Reporting in the chat: whatever is said is added to the draft, and the next missing thing is asked for."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from bot import conversation, erasure, intake, officer_cards, officer_news, place_asking, rights
from bot.conversation import PENDING_STEPS, Intent, Step
from bot.drafts import UNKNOWN_CATEGORY, Draft, Place
from bot.line.events import TextSaid
from bot.places import typed
from bot.places.gazetteer import Named
from bot.places.words import (
    is_own_home,
    is_place_alone,
    mentions_same_place,
    place_in,
    put_right,
    says_no_place,
    tells_more,
)
from bot.replies import Button, Reply, Say
from bot.understanding import Understanding
from handlers.line import already_known, choosing, said_yes, whose_ground
from handlers.line.hotlines import DISTRESS, hotline_card
from handlers.line.talk import Talk
from models import Report, Ticket


def begin(talk: Talk) -> Sequence[Reply]:
    """แจ้งปัญหา: what is said next is a report; an unfinished one is laid on the table again."""
    # Words whose ticket was asked for are a report of their own, now that a report is wanted.
    draft = talk.draft if talk.step in PENDING_STEPS else talk.waiting
    if draft is not None and talk.step is Step.UNREAD:  # whoever says that they report can choose what and where
        draft = replace(draft, category=None, place=None if draft.place and draft.place.is_unknown else draft.place)
    if draft is not None and not draft.is_empty:
        return go_on(talk, draft, lead=talk.w("report.unfinished"))
    return go_on(talk, draft or new_draft())


def new_draft(earlier: Draft | None = None) -> Draft:
    """An empty draft with a name of its own; `earlier` waits for its turn."""
    return Draft(token=secrets.token_hex(6), earlier=earlier)


def draft_of(talk: Talk, text: TextSaid) -> Draft:
    """A draft of these words alone; an unfinished report waits for its turn."""
    return new_draft(talk.waiting).with_words(text.said, text.text, talk.hear(text.text).as_report())


def add_words(
    talk: Talk, said: str, text: str, understood: Understanding | None = None, *, to: Draft | None = None
) -> Sequence[Reply]:
    """Add words to the draft (or begin one) and go on; the place is read from them when they name one.

    `understood` is what these words mean alone, where that is known. All words of a draft are understood together; but
    danger in any of them is danger.
    """
    draft = to or _current(talk)
    found = _place_told(talk, draft, said, text)
    alone = understood or talk.hear(text).as_report()
    if found is not None and draft.place is not None and draft.place.words and draft.place.words not in draft.text:
        draft = draft.with_words(draft.place.said, draft.place.words, alone)  # no place after all; it is not lost
    together = talk.hear(f"{draft.text}\n{text}").as_report() if draft.words else alone
    if not draft.words and together.unsure and not together.emergency and is_place_alone(text):
        return go_on(talk, draft.with_place(Place(words=" ".join(text.split()), said=said)))
    is_danger, hotline = alone.emergency or together.emergency, alone.hotline or together.hotline
    if together.unsure and not alone.unsure and draft.category in (None, UNKNOWN_CATEGORY):
        together = alone  # สวัสดีค่ะ, มีเรื่องจะแจ้ง; then หมาเยอะมาก: these words say it
    draft = draft.with_words(said, text, replace(together, emergency=is_danger, hotline=hotline))
    replies = go_on(talk, draft.with_place(found) if found is not None else draft)
    asked = talk.draft if talk.step is Step.ASKING_PLACE else None
    if asked is not None and mentions_same_place(text) and said_yes.last_place(talk) is not None:
        return ask_same_place(talk, asked)
    return replies


def _place_told(talk: Talk, draft: Draft, said: str, text: str) -> Place | None:
    """What these words tell of the place: a point in numbers where there is none, a name where nobody would find it."""
    named = ""
    if lacks_a_place(talk, draft):
        named = place_in(text) or _known_place_in(talk, text)
    elif draft.place is not None and (draft.place.latitude is None or draft.place.named):
        named = put_right(text, draft.place.words)  # ไม่ใช่ เป็นซอย 5; a pin that was sent stays
    point = typed.point_in(text) if draft.place is None or draft.place.latitude is None else None
    if point is not None:
        return talk.pin(point.latitude, point.longitude, named, said)
    return Place(words=named, said=said) if named else None


def lacks_a_place(talk: Talk, draft: Draft) -> bool:
    """Whether nobody would find it by what was said so far."""
    return draft.place is None or _names_nothing(talk, draft.place)


def _names_nothing(talk: Talk, place: Place) -> bool:
    """Whether the place is not known, or a sentence was taken for it: a later message that names one puts it right."""
    if place.is_unknown or place.latitude is not None:
        return place.is_unknown
    if is_own_home(place.words):
        return True
    is_a_sentence = tells_more(place.words) or says_no_place(place.words)
    return is_a_sentence and not place_in(place.words) and not talk.gazetteer.find(place.words).here


def _known_place_in(talk: Talk, text: str) -> str:
    """The one place of the town that the words name as it is called; with a slip of the pen it is asked for."""
    found = talk.gazetteer.find(text)
    if not found.is_exact or len(found.here) != 1:
        return ""
    return talk.w.either(found.here[0].name_th, found.here[0].name_en)


def say_yes(talk: Talk, draft: Draft, code: str) -> Sequence[Reply]:
    """ใช่ ตรงนี้: the proposed place becomes the draft's place; its words stay as they were written."""
    place = said_yes.place_behind(talk, code, draft.place)
    return go_on(talk, draft.with_place(place) if place is not None else draft)


def ask_same_place(talk: Talk, draft: Draft) -> Sequence[Reply]:
    """ที่เดิม: the place of this person's last report, which needs a yes; without one, where it is."""
    spot = said_yes.last_place(talk) if draft.channel == "line" else None
    if spot is None:
        return go_on(talk, draft, lead=talk.w("place.no_last"))
    talk.stand(Step.ASKING_PLACE, draft=draft)
    return [place_asking.same_place_question(talk.w, {"draft": draft.token}, spot)]


def add_media(talk: Talk, media_id: int, *, is_photo: bool, lead: str) -> Sequence[Reply]:
    """Add a photo, recording or file to the draft and go on."""
    draft = _current(talk).with_media(media_id, is_photo=is_photo)
    return go_on(talk, draft, lead=lead)


def set_place(talk: Talk, place: Place) -> Sequence[Reply]:
    """Give the draft its place and go on."""
    return go_on(talk, _current(talk).with_place(place))


def _current(talk: Talk) -> Draft:
    """The report that is being made, or a new one."""
    return talk.unfinished or new_draft(talk.waiting)


def go_on(talk: Talk, draft: Draft, *, lead: str = "") -> Sequence[Reply]:
    """One turn of the dialogue: danger becomes a ticket at once; everything else is asked for or shown."""
    draft = replace(draft, is_pending=False, is_for_desk=False, ended=None)  # whatever it was, it is a report now
    facts = talk.facts(draft)
    if draft.category is not None and draft.category not in facts.categories:
        draft = replace(draft, category=None, is_chosen=False)  # this town has no such category
    if draft.channel == "line" and not draft.is_emergency and conversation.step_of(draft) is Step.READY:
        facts = replace(
            facts,
            known=already_known.question(talk, draft),
            around=already_known.incident_around(talk, draft),
            ground=whose_ground.question(talk, draft),
        )
    turn = conversation.next_turn(draft, facts, lead=lead)
    if turn.intent is Intent.FILE_URGENT:
        return file_urgent(talk, draft)
    talk.stand(turn.step, draft=replace(draft, was_asked=draft.was_asked or turn.step is Step.ASKING_CATEGORY))
    talk.quotes |= draft.said
    return turn.replies


def and_back(talk: Talk) -> list[Reply]:
    """After something else was done: what was left for it again, a report or a question, if there is one."""
    talk.go_back()
    if talk.step is Step.CHOOSING and talk.draft is not None:
        return list(ask_which(talk, talk.draft, "mine.which_earlier"))
    draft = talk.reporting
    if draft is None or draft.is_empty:
        return []
    return list(go_on(talk, draft, lead=talk.w("report.unfinished")))


def ask_which(talk: Talk, draft: Draft, question: str = "mine.which") -> Sequence[Reply]:
    """Which of the open tickets do these words or pictures belong to? With none open any more they are a report."""
    tickets = choosing.open_tickets(talk)
    is_open = tickets or choosing.ended_ticket(talk, draft) is not None
    return choosing.ask(talk, draft, tickets, question=question) if is_open else go_on(talk, draft)


def file_urgent(talk: Talk, draft: Draft) -> Sequence[Reply]:
    """Danger first: whom to call, then the ticket that was made without a tap, then where it is."""
    filed = intake.report_problem(talk.session, talk.town, talk.person, draft, talk.now, is_urgent=True)
    replies: list[Reply] = [hotline_card(talk, draft.hotline)]
    if filed.report.resident_id is None:
        talk.take_up(draft.earlier)
        return [*replies, *entered(talk, filed.ticket)]
    replies.append(talk.shows(filed.ticket, talk.w("danger.sent")))
    here = named_in(talk, filed.ticket, draft.text)
    if draft.place is None or here:
        talk.stand(Step.PLACING, draft=draft.earlier, about=filed.ticket.id)
        is_distress = draft.hotline == DISTRESS
        asked = conversation.urgent_place_question(talk.w, filed.ticket.id, talk.spots(here), is_distress=is_distress)
        return [*replies, asked]
    talk.take_up(draft.earlier)
    return replies


def named_in(talk: Talk, ticket: Ticket, text: str) -> Sequence[Named]:
    """The places to ask about that these words name as we know them, while a ticket has no point."""
    if ticket.latitude is not None:
        return ()
    found = talk.gazetteer.find(text)
    return found.here if found.is_exact else ()


def entered(talk: Talk, ticket: Ticket) -> list[Reply]:
    """An officer entered it for somebody without LINE: the number to tell, and the card if it is this officer's."""
    said = Say(talk.w("officer.calls.entered", number=ticket.number))
    if talk.officer is None or not rights.may_work_on(talk.session, talk.officer, ticket):
        return [said]
    card, quotes = officer_cards.officer_ticket_card(talk.session, ticket, talk.officer, now=talk.now)
    talk.quotes |= quotes
    officer_news.seen(talk.session, talk.officer, [ticket])
    return [said, card]


def drop(talk: Talk, draft: Draft) -> None:
    """Not to be sent: its pictures and our copies of its words go too."""
    erasure.erase_draft(talk.session, talk.town.id, draft)
    talk.finish_draft()


def ticket_of_draft(talk: Talk, token: str) -> Ticket | None:
    """The ticket that a draft became, so that its old card's buttons still make sense.

    Without a token the label was typed: then it is the newest of the last day.
    """
    statement = (
        select(Ticket)
        .join(Report, Report.ticket_id == Ticket.id)
        .where(Report.resident_id == talk.person.id, Report.draft_token.is_not(None))
        .order_by(Report.id.desc())
    )
    if token:
        statement = statement.where(Report.draft_token == token)
    else:
        statement = statement.where(Report.created_at > talk.now - timedelta(days=1))
    return talk.session.scalars(statement).unique().first()


def nothing_here(talk: Talk) -> Sequence[Reply]:
    """An old button of a draft that is gone."""
    return [Say(talk.w("draft.gone"), (menu_button(talk),))]


def menu_button(talk: Talk) -> Button:
    """แจ้งปัญหา, offered."""
    return Button(talk.w("menu.report"), "menu.report")
