"""A resident's own tickets in the chat: where they stand, adding to them, and the last word on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from bot import aftercare, cards, casework, intake, queries
from bot.aftercare import Said
from bot.conversation import Step
from bot.drafts import Place
from bot.errors import CannotHelp
from bot.line.events import ButtonPressed
from bot.replies import Button, Carousel, Choices, Reply, Say
from handlers.line.talk import Talk
from models import Media, Ticket
from models.errors import MoveRefused
from models.lifecycle import OPEN, TicketStatus

#: Other people's numbers one person may ask for in an hour.
FOREIGN_LOOKUPS = 10


def short_name(talk: Talk, ticket: Ticket) -> str:
    """A ticket on a button: its label and running number (≤ 40 graphemes)."""
    label = talk.w.either(ticket.category.label_th, ticket.category.label_en)
    return f"{label} {ticket.number}"


def press(talk: Talk, pressed: ButtonPressed) -> Sequence[Reply]:
    """A button of a ticket card. Whose ticket it is was checked by nobody before: each act checks."""
    args, act = pressed.press.args, pressed.press.action.removeprefix("mine.")
    ticket = _locked(talk, args.get("ticket", ""))
    if ticket is None:
        raise CannotHelp("mine.unknown")
    aftercare.own_reports(talk.session, ticket, talk.person)
    match act:
        case "add" | "answer":
            talk.stand(Step.ADDING, draft=talk.draft, about=ticket.id)
            return [Say(talk.w("mine.ask_add", number=ticket.number), (_stop(talk),))]
        case "attach":
            return attach(talk, ticket, args.get("draft", ""))
        case "cancel":
            return confirm_cancel(talk, ticket)
        case "cancel_yes":
            return cancel(talk, ticket)
        case "fixed" | "content":
            return fixed(talk, ticket)
        case "not_content" | "review":
            return not_fixed(talk, ticket)
        case "stars":
            return stars(talk, ticket, int(args.get("n", "0") or 0))
        case "place_unknown":
            talk.stand(Step.IDLE)
            return [Say(talk.w("danger.place_unknown"))]
        case _:
            return [cards.ticket_card(talk.session, ticket, talk.person)]


def _stop(talk: Talk) -> Button:
    return Button(talk.w("label.cancel"), "menu.stop")


def _locked(talk: Talk, ticket_id: str) -> Ticket | None:
    """The ticket behind a button; a merged one's old cards act on the ticket it was merged into."""
    ticket = casework.lock(talk.session, int(ticket_id)) if ticket_id.isdecimal() else None
    while ticket is not None and ticket.municipality_id == talk.town.id and ticket.merged_into_id is not None:
        ticket = casework.lock(talk.session, ticket.merged_into_id)
    return ticket if ticket is not None and ticket.municipality_id == talk.town.id else None


def where_it_stands(talk: Talk, tickets: Sequence[Ticket] | None = None) -> Sequence[Reply]:
    """ติดตามเรื่อง: one's own tickets, open ones first."""
    if tickets is None:
        found = queries.own_tickets(talk.session, talk.person)
        tickets = [ticket for ticket in found if ticket.status in OPEN] or found[:3]
    if not tickets:
        return [Say(talk.w("mine.none"), (Button(talk.w("menu.report"), "menu.report"),))]
    shown = [cards.ticket_card(talk.session, ticket, talk.person) for ticket in tickets[:10]]
    _quote_places(talk, tickets[:10])
    if len(shown) == 1:
        return shown
    return [Carousel(tuple(shown), talk.w("mine.list", n=len(tickets)))]


def _quote_places(talk: Talk, tickets: Sequence[Ticket]) -> None:
    for ticket in tickets:
        report = cards.own_report(talk.session, ticket, talk.person)
        if report is not None and report.place_said:
            talk.quotes.add(report.place_said)


def look_up(talk: Talk, number: str) -> Sequence[Reply]:
    """A number: the own ticket; of anybody else's only category and status, ten an hour."""
    ticket = queries.by_number(talk.session, talk.town, number)
    own = queries.own_tickets(talk.session, talk.person)
    if ticket is not None and any(ticket.id == mine.id for mine in own):
        return where_it_stands(talk, [ticket])
    person = talk.person
    since = person.foreign_lookups_since
    if since is None or talk.now - since >= timedelta(hours=1) or since > talk.now:
        person.foreign_lookups, person.foreign_lookups_since = 0, talk.now
    person.foreign_lookups += 1
    if person.foreign_lookups > FOREIGN_LOOKUPS:
        return [Say(talk.w("mine.too_many"))]
    if ticket is None or not ticket.category.is_public:
        return [Say(talk.w("mine.no_such", number=number))]
    title = cards.category_title(ticket.category, talk.w)
    return [Say(talk.w("mine.foreign", number=number, category=title, status=cards.badge(ticket, talk.w)))]


def add_said(talk: Talk, ticket: Ticket, said: Said) -> Sequence[Reply]:
    """Words or media for an own ticket; the officer hears."""
    locked = _locked(talk, str(ticket.id))
    if locked is None:
        raise CannotHelp("mine.unknown")
    how = aftercare.add(talk.session, locked, talk.person, said, talk.now)
    talk.stand(Step.IDLE, draft=talk.draft if talk.step is not Step.ADDING else None)
    return [Say(talk.w(f"mine.added_{how}", number=locked.number))]


def attach(talk: Talk, ticket: Ticket, token: str) -> Sequence[Reply]:
    """The chosen ticket takes what was said before the choice."""
    draft = talk.draft
    if draft is None or draft.token != token:
        raise CannotHelp("draft.gone")
    media = list(talk.session.scalars(select(Media).where(Media.id.in_(draft.media)))) if draft.media else []
    how = "comment"
    pieces = [Said(words.said, words.text) for words in draft.words] or [Said()]
    for n, piece in enumerate(pieces):
        how = aftercare.add(
            talk.session, ticket, talk.person, Said(piece.said, piece.text, media if n == 0 else ()), talk.now
        )
    talk.stand(Step.IDLE)
    return [Say(talk.w(f"mine.added_{how}", number=ticket.number))]


def place(talk: Talk, ticket: Ticket, where: Place) -> Sequence[Reply]:
    """The place of a ticket that was made before it was known."""
    locked = _locked(talk, str(ticket.id))
    if locked is None:
        raise CannotHelp("mine.unknown")
    aftercare.own_reports(talk.session, locked, talk.person)
    intake.place_ticket(talk.session, locked, talk.person, where, talk.now)
    talk.stand(Step.IDLE)
    outside = talk.outside_words(where)
    return [Say("\n".join(line for line in (talk.w("danger.placed", number=locked.number), outside) if line))]


def choose_to_cancel(talk: Talk) -> Sequence[Reply]:
    """ยกเลิก, in words: the unfinished report, or one of the own tickets."""
    draft = talk.draft
    if draft is not None and not draft.is_empty:
        talk.stand(Step.IDLE)
        return [Say(talk.w("draft.cancelled"))]
    tickets = [ticket for ticket in queries.own_tickets(talk.session, talk.person) if ticket.status in OPEN]
    if not tickets:
        talk.stand(Step.IDLE)
        return [Say(talk.w("mine.nothing_to_cancel"))]
    if len(tickets) == 1:
        return confirm_cancel(talk, tickets[0])
    buttons = tuple(Button(short_name(talk, t), "mine.cancel", {"ticket": t.id}) for t in tickets[:8])
    return [Choices(talk.w("mine.which_cancel"), buttons)]


def confirm_cancel(talk: Talk, ticket: Ticket) -> Sequence[Reply]:
    """Withdrawing cannot be taken back: ask once. A resolved ticket wants its yes or no instead."""
    if ticket.status == TicketStatus.RESOLVED:
        return [cards.fixed_card(talk.session, ticket, talk.person, "")]
    if ticket.status not in OPEN:
        return [Say(talk.w("mine.has_ended", number=ticket.number, status=cards.badge(ticket, talk.w)))]
    yes = Button(talk.w("label.cancel_yes"), "mine.cancel_yes", {"ticket": ticket.id}, style="primary")
    no = Button(talk.w("label.keep"), "mine.show", {"ticket": ticket.id})
    return [Choices(talk.w("mine.confirm_cancel", number=ticket.number), (yes, no))]


def cancel(talk: Talk, ticket: Ticket) -> Sequence[Reply]:
    """Withdraw the own report."""
    try:
        ended = aftercare.withdraw(talk.session, ticket, talk.person, talk.now)
    except MoveRefused:
        return confirm_cancel(talk, ticket)
    return [Say(talk.w("mine.cancelled" if ended else "mine.withdrawn", number=ticket.number))]


def fixed(talk: Talk, ticket: Ticket) -> Sequence[Reply]:
    """เรียบร้อยแล้ว, หายแล้ว: thank, close, and ask for stars."""
    if ticket.status not in OPEN:
        return [Say(talk.w("mine.has_ended", number=ticket.number, status=cards.badge(ticket, talk.w)))]
    if not aftercare.say_fixed(talk.session, ticket, talk.person, talk.now):
        return [Say(talk.w("mine.fixed_noted", number=ticket.number))]
    talk.stand(Step.IDLE, draft=talk.draft)
    return [Say(talk.w("mine.closed", number=ticket.number), cards.star_buttons(ticket, talk.w))]


def not_fixed(talk: Talk, ticket: Ticket) -> Sequence[Reply]:
    """ยังไม่เรียบร้อย or ขอให้ทบทวน: the work goes on; what is wrong may be said next."""
    if ticket.status in OPEN - {TicketStatus.RESOLVED}:
        return [cards.ticket_card(talk.session, ticket, talk.person, note=talk.w("mine.still_open"))]
    aftercare.reopen(talk.session, ticket, talk.person, talk.now)
    talk.stand(Step.ADDING, draft=talk.draft, about=ticket.id)
    note = talk.w("mine.reopened", n=ticket.reopened_count)
    return [cards.ticket_card(talk.session, ticket, talk.person, note=note), Say(talk.w("mine.ask_what_is_wrong"))]


def stars(talk: Talk, ticket: Ticket, count: int) -> Sequence[Reply]:
    """One to five stars, then a comment if they like."""
    aftercare.rate(talk.session, ticket, talk.person, count, talk.now)
    talk.stand(Step.RATING, draft=talk.draft, about=ticket.id)
    return [Say(talk.w("mine.rated", stars="⭐" * count), (Button(talk.w("label.skip"), "menu.stop"),))]


def review(talk: Talk, ticket: Ticket, said: Said) -> Sequence[Reply]:
    """The comment that goes with the stars."""
    aftercare.review(talk.session, ticket, talk.person, said, talk.now)
    return [Say(talk.w("mine.reviewed"))]


#: Standing labels that may be typed at any time, and the statuses in which they make sense.
TYPED = {
    "content": ("mine.content", {TicketStatus.RESOLVED}),
    "not_content": ("mine.not_content", {TicketStatus.RESOLVED, TicketStatus.CLOSED}),
    "fixed": ("mine.fixed", OPEN),
    "review": ("mine.review", {TicketStatus.REJECTED}),
}


def typed(talk: Talk, label: str) -> Sequence[Reply] | None:
    """A standing label, typed: it acts on the one ticket it fits, or asks which; None when it fits none."""
    action, statuses = TYPED[label]
    fitting = [ticket for ticket in queries.own_tickets(talk.session, talk.person) if ticket.status in statuses]
    if not fitting:
        return None
    if len(fitting) > 1:
        buttons = tuple(Button(short_name(talk, t), action, {"ticket": t.id}) for t in fitting[:8])
        return [Choices(talk.w("mine.which"), buttons)]
    ticket = _locked(talk, str(fitting[0].id))
    assert ticket is not None
    return fixed(talk, ticket) if label in ("content", "fixed") else not_fixed(talk, ticket)
