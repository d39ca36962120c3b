"""Words after the stars: a comment, or something else that must not be lost among comments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot import aftercare, cards, intake, joined, queries
from bot.aftercare import Said
from bot.drafts import UNKNOWN_CATEGORY, Draft, Place
from bot.errors import CannotHelp
from bot.line.events import ButtonPressed, TextSaid
from bot.line.postbacks import Press
from bot.places.words import place_in
from bot.replies import Reply, Say
from bot.understanding import Understanding
from handlers.line import agreeing, another_matter, choosing, ending, is_it_fixed, mine, on_offer, reporting
from handlers.line.asked_since import asked_since
from handlers.line.plain import plain
from handlers.line.talk import Talk
from models import Ticket
from models.lifecycle import OPEN, TicketStatus

#: What these want is no comment.
_SOMETHING_ELSE = ("status_question", "human", "question", "cancel")


def commented(talk: Talk, text: TextSaid, understood: Understanding) -> Sequence[Reply] | None:
    """The comment is kept; the same kind of problem again is asked about; None: the words are about something else."""
    ticket = talk.session.get(Ticket, talk.conversation.about_id or -1)
    if ticket is None or any(one.status == TicketStatus.WAITING for one in asked_since(talk)):
        return None
    if understood.intent == "cancel" and not understood.unsure and not _names_a_ticket(talk, text):
        return ending.stop(talk)  # no comment after all
    if not understood.unsure and understood.intent in _SOMETHING_ELSE:
        return None
    if understood.unsure or understood.intent != "report":
        return ending.review(talk, ticket, Said(text.said, text.text))
    if ticket.category.code not in {guess.code for guess in understood.categories}:
        return None
    return None if is_it_fixed.is_elsewhere(text.text, ticket) else _is_it_back(talk, text, ticket)


def before_the_stars(talk: Talk, text: TextSaid, understood: Understanding) -> Sequence[Reply] | None:
    """ช่างพูดจาดีมาก, said where stars were asked for: kept as the comment; the stars stay on offer."""
    offers = [one for one in talk.conversation.offers or () if one["action"] == "mine.stars"]
    if not offers or not on_offer.is_asked_now(talk, offers[0]):
        return None
    is_praise = understood.intent == "thanks" and another_matter.says_something(text.text)
    if not is_praise and understood.intent != "chitchat" and not (understood.intent == "report" and understood.unsure):
        return None
    ticket = mine.locked(talk, str(offers[0]["args"].get("ticket", "")))
    if ticket is None or not mine.stands_on(talk, ticket) or _is_of_another(text.text, understood, ticket):
        return None
    aftercare.review(talk.session, ticket, talk.person, Said(text.said, text.text), talk.now)
    return [Say(talk.w("mine.reviewed"), cards.star_buttons(ticket, talk.w))]


def _is_of_another(text: str, understood: Understanding, ticket: Ticket) -> bool:
    """Whether words that we are not sure of tell another kind of problem, or another place: nobody reads comments."""
    if understood.intent != "report":
        return False
    return not another_matter.likeliest_fits(understood, ticket) or is_it_fixed.is_elsewhere(text, ticket)


def _names_a_ticket(talk: Talk, text: TextSaid) -> bool:
    """Whether a number is given, or a kind of problem: ยกเลิกเรื่องไฟถนน."""
    kinds = {guess.code for guess in talk.hear(text.text).as_report().categories}
    return bool(queries.number_in(text.text) or kinds - {UNKNOWN_CATEGORY})


def _is_it_back(talk: Talk, text: TextSaid, ticket: Ticket) -> Sequence[Reply]:
    draft = reporting.draft_of(talk, text)
    place = place_in(text.text)
    draft = draft if not place else draft.with_place(Place(words=place, said=text.said))
    return choosing.ask_whether_back(talk, draft, ticket)


def typed(talk: Talk, text: TextSaid, ticket: Ticket, draft: Draft) -> Sequence[Reply] | None:
    """ยัง, ยังเลย to that question; None: no such word, or one that answers nothing."""
    words = plain(text.text)
    if agreeing.is_yes_or_no(words) or not is_it_fixed.is_no(words):
        return None
    return press(talk, ButtonPressed(Press("rated.back", {"ticket": str(ticket.id), "draft": draft.token}, True), {}))


def press(talk: Talk, pressed: ButtonPressed) -> Sequence[Reply]:
    """ยังไม่เรียบร้อย to that question: the work is opened again, and gets the words that waited."""
    args = pressed.press.args
    ticket = mine.locked(talk, args.get("ticket", ""))
    if ticket is None or not mine.stands_on(talk, ticket):
        raise CannotHelp("mine.unknown")
    sent = reporting.ticket_of_draft(talk, args["draft"]) if args.get("draft") else None
    if sent is not None and sent.id != ticket.id and sent.status in OPEN:
        return _sent_meanwhile(talk, ticket, sent)
    opened = ending.not_fixed(talk, ticket)
    waits = talk.draft is not None and talk.draft.with_first(args.get("draft", "")) is not None
    return [*opened[:1], *mine.attach(talk, ticket, args)] if waits and ticket.status in OPEN else opened


def _sent_meanwhile(talk: Talk, ticket: Ticket, sent: Ticket) -> Sequence[Reply]:
    """The words that waited went to the desk as a report of their own. Where nobody has begun with it, they go back.

    What somebody works on goes on, and the ended ticket stays as it is.
    """
    found = mine.locked(talk, str(sent.id))
    report = cards.own_report(talk.session, found, talk.person) if found is not None else None
    if found is None or report is None or not cards.is_unsent(found, report):
        return [talk.shows(found or sent)]
    draft = replace(intake.draft_again(talk.session, found, report), earlier=talk.waiting)
    own = cards.own_report(talk.session, ticket, talk.person)
    if own is not None and joined.place_of(own) == joined.place_of(report):
        draft = replace(draft, place=None)
    opened = ending.not_fixed(talk, ticket)
    if ticket.status not in OPEN:  # too late for that: the report of its own stands
        return [*opened, talk.shows(found)]
    aftercare.withdraw(talk.session, found, talk.person, talk.now)
    return [*opened[:1], mine.take(talk, ticket, draft), *reporting.and_back(talk)]
