"""Words: a report, an addition, an answer, a question about one's ticket, or something kind to answer kindly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot import queries
from bot.aftercare import Said
from bot.conversation import REPORT_STEPS, Step
from bot.drafts import Draft
from bot.line.events import TextSaid
from bot.places.words import is_place_alone, says_same_place
from bot.replies import Button, Choices, Reply, Say
from bot.understanding import Context, Understanding
from handlers.line import (
    agreeing,
    another_matter,
    aside,
    asking,
    choosing,
    danger,
    ending,
    follow_up_answers,
    in_one_breath,
    is_it_fixed,
    listening,
    menu,
    mine,
    numbered,
    people,
    placing,
    rated,
    reporting,
    unread,
)
from handlers.line.asked_since import asked_since
from handlers.line.plain import plain
from handlers.line.talk import Talk
from models import Ticket
from models.lifecycle import TicketStatus

#: After so long nobody remembers that the next words were to belong to a ticket, or to the desk.
FORGOTTEN = timedelta(minutes=30)
#: After so long words may well be about something else than the unfinished report.
LONG_AGO = timedelta(hours=1)


def said(talk: Talk, text: TextSaid) -> Sequence[Reply]:
    """What a resident's words mean, by where the dialogue stands and what they say."""
    is_forgotten = talk.pause > FORGOTTEN and talk.step not in REPORT_STEPS | {Step.CHOOSING}
    kept = unread.on_offer(talk)
    if is_forgotten or talk.step in (Step.OFFERED, Step.NEARBY, Step.UNREAD):
        talk.go_back()  # no words are waited for: they are read anew
    understood = talk.hear(text.text).understood(_context(talk))
    people.answer_in_their_language(talk, text.text, understood)
    more = unread.more(talk, text, understood, kept) if kept is not None else None
    if more is not None:
        return more
    urgent = listening.first(talk, text, understood)
    if urgent is not None:
        return urgent
    draft = talk.reporting
    if talk.step in REPORT_STEPS and talk.pause > FORGOTTEN:
        answered = _asked_meanwhile(talk, text, understood)
        if answered is not None:
            return answered
    if draft is not None and not draft.is_empty and talk.pause > LONG_AGO:
        return _after_a_while(talk, text, understood, draft)
    return WORDS[talk.step](talk, text, understood)


def _context(talk: Talk) -> Context:
    is_asked = talk.step is Step.ADDING or bool(talk.asked_tickets)
    return Context(has_open_tickets=bool(talk.open_tickets), question_pending=is_asked)


def in_idle(talk: Talk, text: TextSaid, understood: Understanding) -> Sequence[Reply]:
    """Nothing was waited for: find out what the words want."""
    number = queries.number_in(text.text)
    if number:
        return numbered.answered(talk, text, number, _context(talk))
    more = follow_up_answers.answered(talk, text, understood)
    if more is not None:
        return more
    tickets = talk.open_tickets
    answered = is_it_fixed.answered(talk, text, understood, tickets)
    if answered is not None:
        return answered
    answer = asking.answered(talk, text, understood)
    if answer is not None:
        return answer
    asked = talk.asked_tickets
    if asked and another_matter.is_put_off(text.text):
        return [Say(talk.w("mine.answer_later"))]
    if asked and (ending.keeps(text.text) or not another_matter.is_another_matter(text.text, understood, asked)):
        return _belongs_to(talk, text, asked, understood)
    if unread.is_unread(understood):
        return unread.offer(talk, text)
    more = danger.more_of_it(talk, text, understood)
    if more is not None:
        return more
    sent = mine.sent_for_them(talk) if understood.intent in ("report", "follow_up") else None
    if sent is not None and not another_matter.is_another_matter(text.text, understood, [sent]):
        return mine.add_said(talk, sent, Said(text.said, text.text))
    rejected = ending.why_rejected(talk) if not tickets and another_matter.may_be_an_objection(understood) else None
    return rejected or in_one_breath.answered(talk, text, understood) or _by_intent(talk, text, understood, tickets)


def _by_intent(talk: Talk, text: TextSaid, understood: Understanding, tickets: list[Ticket]) -> Sequence[Reply]:
    if agreeing.wish_in(plain(text.text)) == "yes":
        return [Say(talk.w("idle.stopped"))]  # to nothing that was asked
    if not tickets and says_same_place(text.text):
        return _unclear(talk)  # as what?
    match understood.intent:
        case "report":
            same = [one for one in tickets if is_it_fixed.is_it_still(text.text, understood, one)]
            if same:  # asked, not guessed: the own ticket, or a report of its own
                return _ask_which(talk, text, same, reporting.new_draft(talk.waiting))
            return reporting.add_words(talk, text.said, text.text, understood)
        case "follow_up" if tickets:
            return _belongs_to(talk, text, tickets, understood)
        case "follow_up":
            return reporting.add_words(talk, text.said, text.text)
        case "status_question":
            return mine.where_it_stands(talk, aside.about(tickets, understood) or None)
        case "human":
            return menu.to_a_person(talk, text, tickets)
        case "cancel" if not ending.keeps(text.text):
            return ending.choose_to_cancel(talk)
        case "question" if tickets and another_matter.asks_when_it_is_done(text.text):
            return mine.where_it_stands(talk, aside.about(tickets, understood))
        case "question" if tickets and another_matter.goes_on(text.text):
            return menu.about_which(talk, text, tickets)  # no second ticket for a word on the first
        case "question" if understood.unsure:
            return _offer_a_person(talk, text)
        case "question":
            return asking.hand_on(talk, text)
        case "thanks":
            about = aside.about(tickets, understood)
            done = is_it_fixed.sounds_done(talk, text, about[0]) if len(about) == 1 else None
            return done or [Say(talk.w("idle.thanks"))]
        case "abuse":
            return [Say(talk.w("idle.abuse"), (_report(talk), _talk(talk)))]
        case "greeting":
            return [Say(talk.w("idle.greeting"), (_report(talk), Button(talk.w("menu.track"), "menu.track")))]
        case _ if is_place_alone(text.text):
            return reporting.add_words(talk, text.said, text.text)  # what happened there is asked next
        case _:
            return _unclear(talk)


def _unclear(talk: Talk) -> Sequence[Reply]:
    return [Say(talk.w("idle.unclear"), (_report(talk), _talk(talk)))]


def _offer_a_person(talk: Talk, text: TextSaid) -> Sequence[Reply]:
    """What we cannot answer goes to a person with one press; it need not be written again."""
    draft = reporting.draft_of(talk, text)
    talk.stand(Step.OFFERED, draft=draft)
    send = Button(talk.w("label.to_officer"), "draft.desk", {"draft": draft.token}, style="primary")
    return [Choices(talk.w("idle.question"), (send, _report(talk)))]


def _report(talk: Talk) -> Button:
    return reporting.menu_button(talk)


def _talk(talk: Talk) -> Button:
    return Button(talk.w("menu.talk"), "menu.talk")


def _belongs_to(talk: Talk, text: TextSaid, tickets: list[Ticket], understood: Understanding) -> Sequence[Reply]:
    """Words about an own ticket: added to the one they fit; with several, one question decides."""
    fitting = aside.about(tickets, understood) if len(tickets) > 1 else tickets
    if len(fitting) == 1:
        done = is_it_fixed.sounds_done(talk, text, fitting[0])
        return done or mine.add_said(talk, fitting[0], Said(text.said, text.text))
    return _ask_which(talk, text, fitting, reporting.new_draft(talk.waiting))


def _ask_which(talk: Talk, text: TextSaid, tickets: Sequence[Ticket], draft: Draft) -> Sequence[Reply]:
    draft = draft.with_words(text.said, text.text, talk.hear(text.text).as_report())
    return choosing.ask(talk, draft, tickets)


def in_report(talk: Talk, text: TextSaid, understood: Understanding) -> Sequence[Reply]:
    """More of the report (or its beginning, after แจ้งปัญหา, when any text that is not a cancel is a report)."""
    answered = aside.done(talk, text, understood)
    if answered is not None:
        return answered
    draft = talk.draft if talk.step is Step.READY else None
    if draft is not None and says_same_place(text.text) and reporting.lacks_a_place(talk, draft):
        return reporting.ask_same_place(talk, draft)
    replies = [*asking.who_sees(talk, text), *reporting.add_words(talk, text.said, text.text)]
    if talk.step is Step.READY and understood.intent == "status_question" and not understood.unsure:
        return [Say(talk.w("draft.not_sent_yet")), *replies]  # แล้วจะมาวันไหน, asked before it was sent
    return replies


def _asked_meanwhile(talk: Talk, text: TextSaid, understood: Understanding) -> Sequence[Reply] | None:
    """The answer to what the town asked while this report was left lying; the report waits, and comes again.

    None: nothing was asked since, or the words are about something else.
    """
    asked = asked_since(talk)
    if not asked:
        return None
    stood = talk.conversation.step, talk.draft
    talk.turn_to(Step.IDLE)
    replies = is_it_fixed.answered(talk, text, understood, asked)
    questions = [ticket for ticket in asked if ticket.status == TicketStatus.WAITING]
    if replies is None and questions and not another_matter.is_another_matter(text.text, understood, questions):
        replies = _belongs_to(talk, text, questions, understood)
    if replies is None:
        talk.stand(Step(stood[0]), draft=stood[1])
    elif talk.step is Step.IDLE:
        talk.go_back()
    return replies


def _after_a_while(talk: Talk, text: TextSaid, understood: Understanding, draft: Draft) -> Sequence[Reply]:
    """An unfinished report is offered again on the next contact; a clear report of another kind comes before it."""
    if understood.intent == "report" and not understood.unsure and understood.categories[0].code != draft.category:
        return reporting.add_words(talk, text.said, text.text, understood, to=reporting.new_draft(draft))
    if understood.intent == "greeting":
        return reporting.go_on(talk, draft, lead=talk.w("report.unfinished"))
    return WORDS[talk.step](talk, text, understood)


def as_addition(talk: Talk, text: TextSaid, understood: Understanding) -> Sequence[Reply]:
    """What is said next belongs to a ticket."""
    ticket = talk.session.get(Ticket, talk.conversation.about_id or -1)
    if ticket is None:
        talk.go_back()
        return WORDS[talk.step](talk, text, understood)
    return mine.add_said(talk, ticket, Said(text.said, text.text))


def as_choice(talk: Talk, text: TextSaid, understood: Understanding) -> Sequence[Reply]:
    """Which ticket was asked; a number or clear words choose, something said aside is done, the rest is added."""
    draft, tickets = talk.draft, talk.open_tickets
    ended = choosing.ended_ticket(talk, draft) if draft is not None else None
    if draft is None or not (tickets or ended):  # what was said before is a report by now
        talk.take_up(replace(draft, is_pending=False) if draft is not None else None)
        return WORDS[talk.step](talk, text, understood)
    number = queries.number_in(text.text)
    chosen = [ticket for ticket in tickets if ticket.number == number] if number else []
    if not chosen and not ended and understood.intent == "report" and not understood.unsure:
        chosen = [ticket for ticket in tickets if ticket.category.code == understood.categories[0].code]
    if not chosen:
        answered = rated.typed(talk, text, ended, draft) if ended else None
        answered = answered or _instead_of_choosing(talk, text, understood, draft)
        if answered is not None:
            return answered
    if len(chosen) != 1:
        return _ask_which(talk, text, tickets, draft)
    if len(" ".join(text.text.split())) > len(chosen[0].number):
        draft = draft.with_words(text.said, text.text, talk.hear(text.text).as_report())
        talk.stand(Step.CHOOSING, draft=draft)
    locked = mine.locked(talk, str(chosen[0].id))
    assert locked is not None
    return mine.attach(talk, locked, {"draft": draft.token})


def _instead_of_choosing(talk: Talk, text: TextSaid, understood: Understanding, draft: Draft) -> Sequence[Reply] | None:
    """Words that choose no ticket: an answer to what an officer asked meanwhile, something said aside, a bare yes."""
    asked = [ticket for ticket in asked_since(talk) if ticket.status == TicketStatus.WAITING]
    if asked and not another_matter.is_another_matter(text.text, understood, asked):
        return _belongs_to(talk, text, asked, understood)
    if agreeing.is_yes_or_no(plain(text.text)):
        return reporting.ask_which(talk, draft)
    return aside.done(talk, text, understood)


def as_review(talk: Talk, text: TextSaid, understood: Understanding) -> Sequence[Reply]:
    """The comment that goes with the stars, unless it is something else."""
    answered = rated.commented(talk, text, understood)
    if answered is not None:
        return answered
    talk.go_back()
    return WORDS[talk.step](talk, text, understood)


#: What words mean, by where the dialogue stands.
WORDS = {
    Step.IDLE: in_idle,
    Step.REPORTING: in_report,
    Step.ASKING_CATEGORY: in_report,
    Step.ASKING_PLACE: placing.of_draft,
    Step.READY: in_report,
    Step.PLACING: placing.of_urgent_ticket,
    Step.ADDING: as_addition,
    Step.CHOOSING: as_choice,
    Step.TALKING: menu.to_the_desk,
    Step.RATING: as_review,
}
