"""A resident's last word on a ticket: ยกเลิก, เรียบร้อยแล้ว, หายแล้ว, ยังไม่เรียบร้อย, ขอให้ทบทวน, stars."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from bot import aftercare, cards, queries, town_words
from bot.aftercare import Said
from bot.conversation import PENDING_STEPS, Step
from bot.replies import Button, Choices, Reply, Say
from handlers.line import choosing, on_offer, reporting
from handlers.line.talk import Talk
from models import Report, Ticket
from models.lifecycle import OPEN, REOPEN_DAYS, TicketStatus

#: อย่าเพิ่งยกเลิกนะ, don't cancel: however near it is to a cancel.
_KEEPS = re.compile(
    r"(?:อย่า|(?<!ทำไม)(?<!ไหม)ไม่|ยัง)(?:เพิ่ง|พึ่ง|ต้อง|ได้|อยาก|คิด|ต้องการ|จะ|เอา|ขอ|ให้|ไม่| )*(?:ยกเลิก|ลบเรื่อง|ถอนเรื่อง)"
    r"|\b(?:do not|don['’]?t|not|never)(?: want)?(?: to)? (?:cancel|withdraw)|\bkeep (?:it|this|my report)\b",
    re.IGNORECASE,
)


def keeps(text: str) -> bool:
    """Whether words say that nothing is to be cancelled."""
    return _KEEPS.search(text) is not None


def keep(talk: Talk) -> Sequence[Reply]:
    """ไม่ยกเลิก, where nothing asks it now: what is being made goes on, and what was sent stands."""
    draft = talk.draft
    if draft is not None and (talk.step is Step.CHOOSING or talk.reporting is not None):
        return reporting.ask_which(talk, draft) if talk.step is Step.CHOOSING else reporting.go_on(talk, draft)
    if talk.open_tickets:
        return [talk.shows(talk.open_tickets[0])]
    taken_back = select(Ticket).join(Report, Report.ticket_id == Ticket.id).where(
        Report.resident_id == talk.person.id, Ticket.status == TicketStatus.CANCELLED
    )
    cancelled = talk.session.scalars(taken_back.order_by(Ticket.id.desc()).limit(1)).first()
    if cancelled is None or talk.now - (cancelled.ended_at or talk.now) > timedelta(days=1):
        return [Say(talk.w("idle.stopped"), (reporting.menu_button(talk),))]
    text = talk.w("mine.too_late", number=cancelled.number, status=cards.badge(cancelled, talk.w))
    return [Say(text, (reporting.menu_button(talk),))]


def choose_to_cancel(talk: Talk) -> Sequence[Reply]:
    """ยกเลิก, in words: the unfinished report, what was begun, or one of the own tickets."""
    draft = talk.draft
    if draft is not None and (talk.step in PENDING_STEPS or talk.reporting is not None):
        of_a_ticket = talk.step is Step.CHOOSING
        reporting.drop(talk, draft)
        said = talk.w("draft.dropped_words" if of_a_ticket else "draft.cancelled")
        return [Say(said, (reporting.menu_button(talk),)), *reporting.and_back(talk)]
    if talk.pause > on_offer.STANDS:
        talk.go_back()  # what was begun is forgotten: it is not what they would cancel
    if talk.step is not Step.IDLE:
        return stop(talk)
    tickets = choosing.open_tickets(talk)
    if not tickets:
        return [Say(talk.w("mine.nothing_to_cancel"))]
    if len(tickets) == 1:
        return confirm_cancel(talk, tickets[0])
    return choosing.which_of(talk, tickets, "mine.cancel", question="mine.which_cancel")


def read_all(talk: Talk, ticket: Ticket) -> Sequence[Reply]:
    """อ่านทั้งหมด: the town's words whole; what was said meanwhile is shown on the card of now."""
    message = town_words.whole(talk.session, ticket)
    if message is None:
        return [talk.shows(ticket)]
    talk.quotes |= {message.said} if message.said else set()
    return [Say(talk.w("mine.read_all", number=ticket.number, text=message.text or ""))]


def stop(talk: Talk) -> Sequence[Reply]:
    """Nothing more is to be said about what was begun."""
    back = reporting.and_back(talk)
    return back or [Say(talk.w("idle.stopped"), (reporting.menu_button(talk),))]


def stop_button(talk: Talk) -> Button:
    """Nothing is to be added after all."""
    return Button(talk.w("label.cancel"), "menu.stop")


def confirm_cancel(talk: Talk, ticket: Ticket) -> Sequence[Reply]:
    """Withdrawing cannot be taken back: ask once. A resolved ticket wants its yes or no instead."""
    if ticket.status == TicketStatus.RESOLVED:
        return [talk.shows(ticket)]
    if ticket.status not in OPEN:
        return has_ended(talk, ticket)
    yes = Button(talk.w("label.cancel_yes"), "mine.cancel_yes", {"ticket": ticket.id}, style="primary")
    no = Button(talk.w("label.keep"), "mine.show", {"ticket": ticket.id})
    return [Choices(talk.w("mine.confirm_cancel", number=ticket.number), (yes, no))]


def cancel(talk: Talk, ticket: Ticket) -> Sequence[Reply]:
    """Withdraw the own report."""
    if ticket.status not in OPEN - {TicketStatus.RESOLVED}:
        return confirm_cancel(talk, ticket)
    ended = aftercare.withdraw(talk.session, ticket, talk.person, talk.now)
    if talk.conversation.about_id == ticket.id:
        talk.go_back()
    return [Say(talk.w("mine.cancelled", number=ticket.number))] if ended else [withdrawn(talk, ticket)]


def withdrawn(talk: Talk, ticket: Ticket) -> Say:
    """The ticket goes on without this person."""
    return Say(talk.w("mine.withdrawn", number=ticket.number))


def has_ended(talk: Talk, ticket: Ticket) -> Sequence[Reply]:
    """The ticket is over; who was content may still give stars."""
    may_rate = ticket.status == TicketStatus.CLOSED and ticket.stars is None
    text = talk.w("mine.has_ended", number=ticket.number, status=cards.badge(ticket, talk.w))
    return [Say(text, cards.star_buttons(ticket, talk.w) if may_rate else ())]


def fixed(talk: Talk, ticket: Ticket) -> Sequence[Reply]:
    """เรียบร้อยแล้ว, หายแล้ว: thank, close, and ask for stars."""
    if ticket.status not in OPEN:
        return has_ended(talk, ticket)
    if not aftercare.say_fixed(talk.session, ticket, talk.person, talk.now):
        return [Say(talk.w("mine.fixed_noted", number=ticket.number))]
    if talk.conversation.about_id == ticket.id:
        talk.go_back()
    return [Say(talk.w("mine.closed", number=ticket.number), cards.star_buttons(ticket, talk.w))]


def not_fixed(talk: Talk, ticket: Ticket) -> Sequence[Reply]:
    """ยังไม่เรียบร้อย or ขอให้ทบทวน: the work goes on; what is wrong may be said next."""
    if ticket.status in OPEN - {TicketStatus.RESOLVED}:
        return [talk.shows(ticket, talk.w("mine.still_open"))]
    if _is_over_for_good(talk, ticket):
        text = talk.w("mine.too_late", number=ticket.number, status=cards.badge(ticket, talk.w))
        return [Say(text, (reporting.menu_button(talk),))]
    aftercare.reopen(talk.session, ticket, talk.person, talk.now)
    talk.turn_to(Step.ADDING, ticket.id)
    note = talk.w("mine.reopened", n=ticket.reopened_count)
    skip = Button(talk.w("label.skip"), "menu.stop")
    return [talk.shows(ticket, note), Say(talk.w("mine.ask_what_is_wrong"), (skip,))]


def _is_over_for_good(talk: Talk, ticket: Ticket) -> bool:
    """Whether nothing opens it again: withdrawn or merged, reviewed once, or ended too long ago."""
    if ticket.status == TicketStatus.RESOLVED:
        return False
    if ticket.status not in (TicketStatus.CLOSED, TicketStatus.REJECTED):
        return True
    if ticket.status == TicketStatus.REJECTED and ticket.was_reviewed:
        return True
    return ticket.ended_at is not None and talk.now - ticket.ended_at > timedelta(days=REOPEN_DAYS)


def why_rejected(talk: Talk) -> Sequence[Reply] | None:
    """The ticket that was ended within a day, with its reason and ขอให้ทบทวน; None: there is none, or several."""
    recent = [
        ticket
        for ticket in talk.own_tickets
        if ticket.status == TicketStatus.REJECTED
        and not ticket.was_reviewed
        and ticket.ended_at is not None
        and talk.now - ticket.ended_at <= timedelta(days=1)
    ]
    if len(recent) != 1:
        return None
    return [Say(talk.w("mine.why_rejected")), talk.shows(recent[0])]


def stars(talk: Talk, ticket: Ticket, count: str) -> Sequence[Reply]:
    """One to five stars, then a comment if they like."""
    if ticket.status not in (TicketStatus.CLOSED, TicketStatus.REJECTED):
        return [talk.shows(ticket)]
    number = int(count) if count.isascii() and count.isdigit() else 0
    aftercare.rate(talk.session, ticket, talk.person, number, talk.now)
    talk.turn_to(Step.RATING, ticket.id)
    return [Say(talk.w("mine.rated", stars="⭐" * number), (Button(talk.w("label.skip"), "menu.stop"),))]


def review(talk: Talk, ticket: Ticket, said: Said) -> Sequence[Reply]:
    """The comment that goes with the stars."""
    aftercare.review(talk.session, ticket, talk.person, said, talk.now)
    talk.go_back()
    return [Say(talk.w("mine.reviewed")), *reporting.and_back(talk)]


def typed_stars(talk: Talk, count: str) -> Sequence[Reply] | None:
    """ "5 ดาว", typed when it is not on offer any more: for the newest closed ticket without stars, if there is one."""
    for ticket in queries.own_tickets(talk.session, talk.person):
        if ticket.status == TicketStatus.CLOSED and ticket.stars is None:
            return stars(talk, ticket, count)
    resolved = [ticket for ticket in talk.own_tickets if ticket.status == TicketStatus.RESOLVED]
    if len(resolved) == 1:
        return [Say(talk.w("mine.say_fixed_first")), talk.shows(resolved[0])]
    return None
