"""Words: a report, an addition, an answer, a question about one's ticket, or something kind to answer kindly."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from bot import queries
from bot.aftercare import Said
from bot.conversation import Step
from bot.drafts import Place
from bot.line.events import TextSaid
from bot.places.words import place_in
from bot.replies import Button, Choices, Reply, Say
from bot.understanding import Context, Understanding, as_report, understand
from handlers.line import menu, mine, reporting
from handlers.line.talk import Talk
from models import Ticket
from models.lifecycle import OPEN, TicketStatus


def in_idle(talk: Talk, text: TextSaid) -> Sequence[Reply]:
    """Nothing was waited for: find out what the words want."""
    tickets = [ticket for ticket in queries.own_tickets(talk.session, talk.person) if ticket.status in OPEN]
    asked = [ticket for ticket in tickets if ticket.status == TicketStatus.WAITING]
    number = queries.number_in(text.text)
    if number:
        return mine.look_up(talk, number)
    understood = understand(text.text, Context(has_open_tickets=bool(tickets), question_pending=bool(asked)))
    if understood.emergency:
        return reporting.add_words(talk, text.said, text.text, as_report(text.text))
    if asked and not _is_another_problem(understood, asked):
        return _belongs_to(talk, text, asked, understood)
    return _by_intent(talk, text, understood, tickets)


def _by_intent(talk: Talk, text: TextSaid, understood: Understanding, tickets: list[Ticket]) -> Sequence[Reply]:
    match understood.intent:
        case "report":
            return reporting.add_words(talk, text.said, text.text, understood)
        case "follow_up" if tickets:
            return _belongs_to(talk, text, tickets, understood)
        case "follow_up":
            return reporting.add_words(talk, text.said, text.text)
        case "status_question":
            return mine.where_it_stands(talk, _about(tickets, understood) or None)
        case "human":
            return menu.talk_to_somebody(talk)
        case "cancel":
            return mine.choose_to_cancel(talk)
        case "question":
            return [Say(talk.w("idle.question"), (_talk(talk), _report(talk)))]
        case "thanks":
            return [Say(talk.w("idle.thanks"))]
        case "abuse":
            return [Say(talk.w("idle.abuse"), (_report(talk), _talk(talk)))]
        case "greeting":
            return [Say(talk.w("idle.greeting"), (_report(talk), Button(talk.w("menu.track"), "menu.track")))]
        case _:
            if understood.language not in ("th", "en"):
                return [Say(talk.w("idle.other_language"), (_report(talk), _talk(talk)))]
            return [Say(talk.w("idle.unclear"), (_report(talk), _talk(talk)))]


def _report(talk: Talk) -> Button:
    return Button(talk.w("menu.report"), "menu.report")


def _talk(talk: Talk) -> Button:
    return Button(talk.w("menu.talk"), "menu.talk")


def _is_another_problem(understood: Understanding, asked: list[Ticket]) -> bool:
    """A clear report of another kind, while an answer is waited for, is a new report."""
    if understood.intent != "report" or understood.unsure or not understood.categories:
        return understood.intent in ("status_question", "human", "greeting", "thanks", "cancel")
    known = {ticket.category.code for ticket in asked}
    return not known & {guess.code for guess in understood.categories}


def _about(tickets: list[Ticket], understood: Understanding) -> list[Ticket]:
    """Those of the tickets that the words are about, judged by category; all when none fits."""
    likely = [guess.code for guess in understood.categories or understood.alternatives[:1]]
    fitting = [ticket for ticket in tickets if ticket.category.code in likely]
    return fitting or tickets


def _belongs_to(
    talk: Talk, text: TextSaid, tickets: list[Ticket], understood: Understanding
) -> Sequence[Reply]:
    """Words about an own ticket: added to the one they fit; with several, one question decides."""
    fitting = _about(tickets, understood) if len(tickets) > 1 else tickets
    if len(fitting) == 1:
        return mine.add_said(talk, fitting[0], Said(text.said, text.text))
    draft = reporting.new_draft().with_words(text.said, text.text, as_report(text.text))
    talk.stand(Step.ADDING, draft=draft)
    return [which_ticket(talk, fitting, draft.token)]


def which_ticket(talk: Talk, tickets: Sequence[Ticket], token: str) -> Choices:
    """Which of the tickets is meant, or is it something new?"""
    buttons = [
        Button(mine.short_name(talk, ticket), "mine.attach", {"ticket": ticket.id, "draft": token})
        for ticket in tickets[:8]
    ]
    buttons.append(Button(talk.w("label.new_report"), "draft.new", {"draft": token}))
    return Choices(talk.w("mine.which"), tuple(buttons))


def in_report(talk: Talk, text: TextSaid) -> Sequence[Reply]:
    """More of the report (or its beginning, after แจ้งปัญหา)."""
    return reporting.add_words(talk, text.said, text.text)


def as_place(talk: Talk, text: TextSaid) -> Sequence[Reply]:
    """The place was asked for: words are the place, unless they clearly tell more of the problem."""
    draft = talk.draft
    if draft is None:
        return in_idle(talk, text)
    understood = as_report(text.text)
    if understood.emergency:
        return reporting.add_words(talk, text.said, text.text)
    tells_more = understood.intent == "report" and not understood.unsure and len(text.text) > _PLACE_IS_SHORTER
    if tells_more and not place_in(text.text):
        return reporting.add_words(talk, text.said, text.text)
    return reporting.set_place(talk, Place(words=" ".join(text.text.split())[:300], said=text.said))


#: Characters. A longer text that reads as a report and names no place tells more of the problem.
_PLACE_IS_SHORTER = 60


def as_place_of_ticket(talk: Talk, text: TextSaid) -> Sequence[Reply]:
    """Where is the danger: the words go to the urgent ticket as they are."""
    ticket = talk.session.get(Ticket, talk.conversation.about_id or -1)
    if ticket is None:
        return in_idle(talk, text)
    return mine.place(talk, ticket, Place(words=" ".join(text.text.split())[:300], said=text.said))


def as_addition(talk: Talk, text: TextSaid) -> Sequence[Reply]:
    """What is said next belongs to a ticket (or waits for the choice of one)."""
    about = talk.conversation.about_id
    if about is None:
        draft = talk.draft
        talk.stand(Step.IDLE, draft=draft)
        return reporting.add_words(talk, text.said, text.text) if draft else in_idle(talk, text)
    understood = understand(text.text, Context(has_open_tickets=True, question_pending=True))
    if understood.emergency:
        talk.stand(Step.IDLE)
        return reporting.add_words(talk, text.said, text.text, as_report(text.text))
    ticket = talk.session.scalars(select(Ticket).where(Ticket.id == about)).unique().one()
    return mine.add_said(talk, ticket, Said(text.said, text.text))


def to_the_desk(talk: Talk, text: TextSaid) -> Sequence[Reply]:
    """คุยกับเจ้าหน้าที่ was pressed: the words reach a person, on an open ticket or as a new one for the desk."""
    understood = understand(text.text)
    if understood.emergency:
        talk.stand(Step.IDLE)
        return reporting.add_words(talk, text.said, text.text, as_report(text.text))
    tickets = [ticket for ticket in queries.own_tickets(talk.session, talk.person) if ticket.status in OPEN]
    draft = reporting.new_draft().with_words(text.said, text.text, as_report(text.text))
    if tickets:
        talk.stand(Step.ADDING, draft=draft)
        return [which_ticket(talk, tickets, draft.token)]
    return menu.ask_the_desk(talk, draft)


def as_review(talk: Talk, text: TextSaid) -> Sequence[Reply]:
    """The comment that goes with the stars; a new problem is not swallowed."""
    understood = understand(text.text)
    ticket = talk.session.get(Ticket, talk.conversation.about_id or -1)
    talk.stand(Step.IDLE)
    if ticket is None or (understood.intent == "report" and not understood.unsure and understood.emergency):
        return in_idle(talk, text)
    return mine.review(talk, ticket, Said(text.said, text.text))
