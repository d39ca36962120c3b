"""A resident's own tickets in the chat: where they stand, what is added to them, what their buttons do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from sqlalchemy import select

from bot import aftercare, cards, casework, joined, officer_casework, queries, relocating
from bot.aftercare import Said
from bot.conversation import Step
from bot.drafts import Draft, Place
from bot.errors import CannotHelp
from bot.line.events import ButtonPressed
from bot.replies import Carousel, Reply, Say
from handlers.line import choosing, ending, reporting, said_yes, unsent
from handlers.line.hotlines import is_of_distress
from handlers.line.talk import Talk
from models import Media, Report, Ticket
from models.lifecycle import OPEN, TicketStatus

#: Other people's numbers one person may ask for in an hour.
FOREIGN_LOOKUPS = 10
#: Cards side by side.
ON_ONE_SCREEN = 10
#: A report that was sent for its reporter is added to for so long, and corrected.
STILL_REPORTING = timedelta(days=1)


def press(talk: Talk, pressed: ButtonPressed) -> Sequence[Reply]:
    """A button of a ticket card. Whose ticket it is was checked by nobody before."""
    args, act = pressed.press.args, pressed.press.action.removeprefix("mine.")
    ticket = locked(talk, args.get("ticket", ""))
    ticket = followed(talk, ticket) if ticket is not None else None
    if ticket is None:
        raise CannotHelp("mine.unknown")
    if not stands_on(talk, ticket):
        return _taken_back(talk, ticket)
    handler = _PRESSED.get(act)
    return handler(talk, ticket, args) if handler is not None else [talk.shows(ticket)]


def stands_on(talk: Talk, ticket: Ticket) -> bool:
    """Whether a report of this person stands on the ticket."""
    standing = select(Report.id).where(
        Report.ticket_id == ticket.id, Report.resident_id == talk.person.id, Report.withdrawn_at.is_(None)
    )
    return talk.session.scalars(standing.limit(1)).first() is not None


def _taken_back(talk: Talk, ticket: Ticket) -> Sequence[Reply]:
    """An old card of a report that was taken back, or somebody else's ticket."""
    if cards.own_report(talk.session, ticket, talk.person) is None:
        raise CannotHelp("mine.unknown")
    return ending.has_ended(talk, ticket) if ticket.status not in OPEN else [ending.withdrawn(talk, ticket)]


def locked(talk: Talk, ticket_id: str) -> Ticket | None:
    """The ticket behind a button; a merged one's old cards act on the ticket it was merged into."""
    is_key = ticket_id.isascii() and ticket_id.isdigit()
    ticket = casework.lock(talk.session, int(ticket_id)) if is_key else None
    if ticket is not None and ticket.merged_into_id is not None:
        ticket = casework.lock(talk.session, queries.standing(ticket).id)
    return ticket if ticket is not None and ticket.municipality_id == talk.town.id else None


def followed(talk: Talk, ticket: Ticket) -> Ticket:
    """The ticket, or the one that this person's report became when it was taken off it."""
    if stands_on(talk, ticket):
        return ticket
    other = officer_casework.split_off(talk.session, ticket, talk.person)
    return (casework.lock(talk.session, other.id) if other is not None else None) or ticket


def _relocked(talk: Talk, ticket: Ticket) -> Ticket:
    """A ticket that was found, to be changed now.

    :raises CannotHelp: it is not this person's (any more).
    """
    found = followed(talk, locked(talk, str(ticket.id)) or ticket)
    if not stands_on(talk, found):
        raise CannotHelp("mine.unknown")
    return found


def where_it_stands(talk: Talk, tickets: Sequence[Ticket] | None = None) -> Sequence[Reply]:
    """ติดตามเรื่อง: one's own tickets, open ones first."""
    if tickets is None:
        found = queries.own_tickets(talk.session, talk.person)
        tickets = [ticket for ticket in found if ticket.status in OPEN] or found[:3]
    if not tickets:
        return [Say(talk.w("mine.none"), (reporting.menu_button(talk),))]
    if len(tickets) == 1:
        return [talk.shows(tickets[0])]
    shown = []
    for ticket in tickets[:ON_ONE_SCREEN]:
        told_at = talk.now if talk.tells(ticket) else None
        shown.append(cards.ticket_card(talk.session, ticket, talk.person, talk.quotes, told_at=told_at))
    return [Carousel(tuple(shown), talk.w("mine.list", n=len(tickets)))]


def look_up(talk: Talk, number: str) -> Sequence[Reply]:
    """A number: the own ticket; of anybody else's only category and status, ten an hour."""
    ticket = queries.by_number(talk.session, talk.town, number)
    standing = queries.standing(ticket) if ticket is not None else None
    if standing is not None and not _is_own(talk, standing):
        standing = officer_casework.split_off(talk.session, standing, talk.person)
    if standing is not None and _is_own(talk, standing):
        return where_it_stands(talk, [standing])
    person = talk.person
    since = person.foreign_lookups_since
    if since is None or talk.now - since >= timedelta(hours=1) or since > talk.now:
        person.foreign_lookups, person.foreign_lookups_since = 0, talk.now
    person.foreign_lookups += 1
    if person.foreign_lookups > FOREIGN_LOOKUPS:
        return [Say(talk.w("mine.too_many"))]
    if ticket is None or not ticket.category.is_public:
        return [Say(talk.w("officer.list.no_such" if talk.officer else "mine.no_such", number=number))]
    title = cards.category_title(ticket.category, talk.w)
    return [Say(talk.w("mine.foreign", number=number, category=title, status=cards.badge(ticket, talk.w)))]


def _is_own(talk: Talk, ticket: Ticket) -> bool:
    """Also what was taken back, as long as nobody else's report stands on it."""
    report = cards.own_report(talk.session, ticket, talk.person)
    return report is not None and (report.withdrawn_at is None or ticket.status == TicketStatus.CANCELLED)


def add_said(talk: Talk, ticket: Ticket, said: Said, *, is_danger: bool = False) -> Sequence[Reply]:
    """Words or media for an own ticket; the officer hears."""
    found = _relocked(talk, ticket)
    how = aftercare.add(talk.session, found, talk.person, said, talk.now, is_danger=is_danger)
    back: list[Reply] = []
    if talk.step is not Step.PLACING:
        back = reporting.and_back(talk)
    if talk.step is Step.IDLE:
        talk.stand(Step.IDLE, about=found.id)  # pictures that follow at once belong to it too
    how_told = "danger" if is_danger and how == "comment" and found.is_urgent else how
    added = Say(talk.w(f"mine.added_{how_told}", number=found.number))
    if how == "comment" and is_of_distress(talk, found):
        added = Say(talk.w("danger.distress_more"))  # no number: somebody listens
    if found.status == TicketStatus.RESOLVED:
        return [added, talk.shows(found)]  # whether it is fixed is still to be said, with one press
    return [added, *back]


def add(talk: Talk, ticket: Ticket, args: dict[str, str]) -> Sequence[Reply]:
    """เพิ่มข้อมูล, ตอบเจ้าหน้าที่: what is said next belongs to this ticket.

    Where somebody was asked which ticket is meant, the button of its card is the answer.
    """
    draft = talk.draft if talk.step is Step.CHOOSING else None
    added = [take(talk, ticket, draft)] if draft is not None else []
    talk.turn_to(Step.ADDING, ticket.id)
    return [*added, Say(talk.w("mine.ask_add", number=ticket.number), (ending.stop_button(talk),))]


def attach(talk: Talk, ticket: Ticket, args: dict[str, str]) -> Sequence[Reply]:
    """The chosen ticket takes what was said before the choice."""
    draft = talk.draft.with_first(args.get("draft", "")) if talk.draft is not None else None
    if draft is None:
        raise CannotHelp("draft.gone")
    added = take(talk, ticket, draft)
    back = reporting.and_back(talk)
    if talk.step is Step.IDLE:
        talk.stand(Step.IDLE, about=ticket.id)  # what follows at once belongs to it too
    return [added, *back]


def take(talk: Talk, ticket: Ticket, draft: Draft) -> Say:
    """The ticket takes the draft's words, pictures and place; what waits behind the draft is next."""
    media = list(talk.session.scalars(select(Media).where(Media.id.in_(draft.media)))) if draft.media else []
    how = "comment"
    pieces = [Said(words.said, words.text) for words in draft.words] or [Said()]
    for place, piece in enumerate(pieces):
        said = Said(piece.said, piece.text, media if place == 0 else ())
        how_now = aftercare.add(talk.session, ticket, talk.person, said, talk.now)
        how = how_now if place == 0 else how
    if draft.place is not None:
        _take_place(talk, ticket, draft, draft.place)
    talk.take_up(draft.earlier)
    return Say(talk.w(f"mine.added_{how}", number=ticket.number))


def _take_place(talk: Talk, ticket: Ticket, draft: Draft, where: Place) -> None:
    """A point is a better place; words are one only where none was known, and a comment elsewhere."""
    report = aftercare.own_reports(talk.session, ticket, talk.person)[-1]
    is_new = where.words and joined.place_of(report) == (None, None, None)
    if where.latitude is not None or is_new:
        relocating.relocate(talk.session, ticket, talk.person, where, talk.now)
    elif where.words and where.words not in draft.text:
        aftercare.add(talk.session, ticket, talk.person, Said(where.said, where.words), talk.now)


def place(talk: Talk, ticket: Ticket, where: Place) -> Sequence[Reply]:
    """Where it is, said after the ticket was made: what was missing, a better place, or the answer to a question."""
    found = _relocked(talk, ticket)
    is_anothers_now = relocating.relocate(talk.session, found, talk.person, where, talk.now)
    talk.go_back()
    outside = _whose_ground(talk, found, where)
    text = talk.w("danger.placed" if found.is_urgent else "mine.placed", number=found.number)
    told: list[Reply] = [Say("\n".join(line for line in (text, outside) if line))]
    told += [talk.shows(found)] if is_anothers_now else []
    return [*told, *reporting.and_back(talk)]


def _whose_ground(talk: Talk, ticket: Ticket, where: Place) -> str:
    """What is said of a place outside; that one of a province's towns has it now, only where that is true."""
    if where.latitude is None or where.longitude is None:
        return ""
    if not ticket.handed_as and talk.is_in_a_town(where.latitude, where.longitude):
        return ""
    return talk.outside_words(where, "place.outside_sent")


def here(talk: Talk, ticket: Ticket, args: dict[str, str]) -> Sequence[Reply]:
    """ใช่ ตรงนี้: the proposed place becomes the place of the ticket; a pin that came meanwhile is better."""
    report = cards.own_report(talk.session, ticket, talk.person)
    where = said_yes.place_for_report(talk, report, args.get("place", "")) if report is not None else None
    return place(talk, ticket, where) if where is not None else [talk.shows(ticket)]


def _place_unknown(talk: Talk, ticket: Ticket, args: dict[str, str]) -> Sequence[Reply]:
    talk.go_back()
    return [Say(talk.w("danger.place_unknown")), *reporting.and_back(talk)]


def sent_for_them(talk: Talk) -> Ticket | None:
    """The newest own ticket, if it was a forgotten draft that nobody works on yet: it may be added to and corrected."""
    tickets = talk.own_tickets
    if not tickets:
        return None
    report = cards.own_report(talk.session, tickets[0], talk.person)
    is_young = talk.now - tickets[0].created_at <= STILL_REPORTING
    return tickets[0] if report is not None and is_young and cards.is_unsent(tickets[0], report) else None


Act = Callable[[Talk, Ticket, dict[str, str]], Sequence[Reply]]
_PRESSED: dict[str, Act] = {
    "add": add,
    "answer": add,
    "attach": attach,
    "category": unsent.correct_category,
    "here": here,
    "place_unknown": _place_unknown,
    "cancel": lambda talk, ticket, args: ending.confirm_cancel(talk, ticket),
    "cancel_yes": lambda talk, ticket, args: ending.cancel(talk, ticket),
    "fixed": lambda talk, ticket, args: ending.fixed(talk, ticket),
    "content": lambda talk, ticket, args: ending.fixed(talk, ticket),
    "not_content": lambda talk, ticket, args: ending.not_fixed(talk, ticket),
    "review": lambda talk, ticket, args: ending.not_fixed(talk, ticket),
    "read_all": lambda talk, ticket, args: ending.read_all(talk, ticket),
    "stars": lambda talk, ticket, args: ending.stars(talk, ticket, args.get("n", "")),
}


def act(talk: Talk, ticket: Ticket, name: str, **args: str) -> Sequence[Reply]:
    """What a button of a ticket's card does, for a ticket that was named otherwise (quoted)."""
    return _PRESSED[name](talk, _relocked(talk, ticket), args)


#: Standing labels of ticket cards that may be typed at any time, and the statuses in which they make sense.
TYPED = {
    "content": ("content", frozenset({TicketStatus.RESOLVED})),
    "not_content": ("not_content", frozenset({TicketStatus.RESOLVED, TicketStatus.CLOSED})),
    "fixed": ("fixed", OPEN),
    "review": ("review", frozenset({TicketStatus.REJECTED})),
    "answer": ("answer", frozenset({TicketStatus.WAITING})),
    "add": ("add", OPEN),
}


def typed(talk: Talk, label: str) -> Sequence[Reply] | None:
    """A standing label, typed: it acts on the one ticket it fits, or asks which; None when it fits none."""
    act, statuses = TYPED[label]
    fitting = [ticket for ticket in queries.own_tickets(talk.session, talk.person) if ticket.status in statuses]
    if not fitting and act == "review":  # asked for once more while it is looked at again: no answer, no comment
        reviewed = [ticket for ticket in talk.own_tickets if ticket.was_reviewed and ticket.status in OPEN]
        return [talk.shows(reviewed[0], talk.w("mine.still_open"))] if reviewed else None
    if not fitting and act in ("fixed", "content") and talk.reporting is None:  # said once more: stars may be missing
        closed = [ticket for ticket in talk.own_tickets if ticket.status == TicketStatus.CLOSED]
        return ending.has_ended(talk, closed[0]) if closed else None
    if not fitting:
        return None
    if len(fitting) > 1:
        return choosing.which_of(talk, fitting, f"mine.{act}")
    return _PRESSED[act](talk, _relocked(talk, fitting[0]), {})
