"""The cards an officer sees of a ticket, with exactly the buttons that lifecycle and rights allow now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from bot import cards, clock, incident_words, joined, officer_calls, officer_words, queries, rights, whole_words
from bot.places.areas import map_url
from bot.replies import Button, ButtonKind, Card, Carousel, Line, Reply, Style
from bot.wording import Wording
from models import Media, Officer, Ticket
from models.lifecycle import Actor, TicketStatus, moves_from

#: The moves that have a button today, in the order in which they stand on a card.
_VERBS: dict[TicketStatus, str] = {
    TicketStatus.ACCEPTED: "accept",
    TicketStatus.IN_PROGRESS: "start",
    TicketStatus.PLANNED: "plan",
    TicketStatus.RESOLVED: "resolve",
    TicketStatus.WAITING: "ask",
    TicketStatus.FORWARDED: "forward",
    TicketStatus.REJECTED: "reject",
    TicketStatus.MERGED: "merge",
}
#: Of these the next message is awaited, so the keyboard opens.
_WANTS_WORDS = ("reply", "ask", "resolve", "number", "note")
#: What may be put right while work goes on, without a change of status.
_CORRECTIONS = ("recategorise", "transfer")
#: A ticket that was taken back or merged has nobody left to write to.
_NOBODY_TO_WRITE_TO = (TicketStatus.CANCELLED, TicketStatus.MERGED)
#: Cards in one list: LINE's twelve bubbles. They fit into its 50 KB because a card in a list has two buttons.
IN_A_LIST = 12


def officer_ticket_card(
    session: Session,
    ticket: Ticket,
    officer: Officer,
    *,
    now: datetime | None = None,
    note: str = "",
    first: Sequence[Line] = (),
    is_full: bool = True,
) -> tuple[Card, set[str]]:
    """A ticket as this officer sees it, and the LINE message ids whose words stand on it.

    `note` says why it is shown, `first` goes before all other facts; a card that is not full stands in a list.
    """
    now = now or clock.now()
    town, w = officer_words.town_and_wording(session, ticket, officer.resident)
    quoted = officer_words.what_was_said(session, ticket, w, is_full=is_full, has_their_word=bool(first))
    lines = [*first, *quoted.lines]
    media = officer_words.media_of(session, ticket)
    notes = [note]
    if is_full:
        lines += officer_words.how_far(session, ticket, town, w)
        lines += officer_words.attachments(media, w)
        lines += officer_words.notes(session, ticket, w, quoted.quotes)
        lines += _asked_to_end(session, ticket, w)
        lines += officer_calls.lines(session, ticket, w)
        lines += officer_calls.brought_along(session, ticket, w, quoted.quotes)
        quoted.quotes |= officer_words.typed_numbers(session, ticket)
        notes.append(officer_words.guess(session, ticket, w))
    lines += officer_words.standing(session, ticket, town, w, now, is_full=is_full)
    badge = " · ".join([*officer_words.marks(session, ticket, w, town, now), cards.badge(ticket, w)])
    title = cards.category_title(ticket.category, w)
    pressed = buttons(session, ticket, officer, w, now)
    if is_full and pressed:
        pressed = [*officer_calls.buttons(session, ticket, w), *pressed]
        if whole_words.cut_short(session, ticket, officer_words.reports_of(session, ticket)):
            pressed.append(Button(w("work_label.words"), "work.words", {"ticket": ticket.id}, style="link"))
        pressed += _more_pictures(ticket, media, w)
        pressed += officer_words.recordings(media, w)
    elif pressed:
        pressed = [*pressed[:1], Button(w("work_label.show"), "work.show", {"ticket": ticket.id})]
    card = Card(
        title=title,
        alt=w("officer.card.alt", number=ticket.number, title=title, status=badge),
        badge=badge,
        tone=cards.tone(ticket),
        number=ticket.number,
        lines=tuple(lines),
        note="\n".join(text for text in notes if text),
        history=officer_words.history(session, ticket, town, w) if is_full else (),
        pictures=officer_words.pictures(media)[: None if is_full else 1],
        buttons=tuple(pressed),
    )
    return card, quoted.quotes


def buttons(session: Session, ticket: Ticket, officer: Officer, w: Wording, now: datetime) -> list[Button]:
    """What this officer may press now: the lifecycle's moves, then what changes no status."""
    if not rights.may_work_on(session, officer, ticket):
        return []
    status = TicketStatus(ticket.status)

    def press(verb: str, style: Style = "secondary") -> Button:
        kind: ButtonKind = "keyboard" if verb in _WANTS_WORDS else "press"
        return Button(w(f"work_label.{verb}"), f"work.{verb}", {"ticket": ticket.id}, kind, style)

    allowed = moves_from(status, Actor.OFFICER)
    verbs = [verb for end, verb in _VERBS.items() if end in allowed]
    if ticket.category.is_confidential:
        verbs = [verb for verb in verbs if verb != "merge"]  # nothing confidential is merged
    found = [press(verb, "primary" if place == 0 else "secondary") for place, verb in enumerate(verbs)]
    asked = rights.asked_to_end(session, ticket)
    if asked is not None and rights.may_decide(session, officer, ticket):
        args: dict[str, int | str] = {"ticket": ticket.id, "approval": asked.id}
        found = [replace(one, style="secondary") for one in found]  # one thing is asked first
        found = [Button(w("work_label.send_back"), "work.send_back", args), *found]
        found = [Button(w("work_label.approve"), "work.approve", args, style="primary"), *found]
    if status not in _NOBODY_TO_WRITE_TO:
        found.append(press("reply"))
    if status is TicketStatus.FORWARDED:
        found.append(press("number"))
    found += [press(verb) for verb in _CORRECTIONS if status in queries.AT_WORK]
    if status in queries.AT_WORK and rights.colleagues(session, ticket, officer):
        found.append(press("hand_over"))
    if joined.may_split(session, ticket):
        found.append(press("take_off"))
    if joined.may_put_back(session, ticket, now):
        found.append(press("put_back"))
    if status is not TicketStatus.MERGED:
        found.append(press("note"))
    if incident_words.held_by(session, ticket) is not None:
        found.append(Button(w("work_label.incident_show"), "work.incident", {"ticket": ticket.id}))
    if ticket.latitude is not None and ticket.longitude is not None:
        place = map_url(ticket.latitude, ticket.longitude)
        found.append(Button(w("work_label.map"), kind="uri", url=place, style="link"))
    return found


def _more_pictures(ticket: Ticket, media: Sequence[Media], w: Wording) -> list[Button]:
    """A button for the pictures that the card has no room for."""
    images = [one.id for one in media if one.kind == "image"]
    left = images[officer_words.PICTURES :]
    about: dict[str, int | str] = {"ticket": ticket.id, "after": images[officer_words.PICTURES - 1] if left else 0}
    return [Button(w("work_label.pictures", n=len(left)), "work.pictures", about, style="link")] if left else []


def _asked_to_end(session: Session, ticket: Ticket, w: Wording) -> list[Line]:
    """Who asks a supervisor to agree to the end, and why; words of the officer's own stand among the notes."""
    asked = rights.asked_to_end(session, ticket)
    if asked is None:
        return []
    name = officer_words.name_of(session.get(Officer, asked.asked_by_id), w)
    text = w("officer.card.approval_by", name=name, reason=w(f"work_label.reason_{asked.reason}"))
    return [Line(w("officer.card.approval"), text)]


def several(
    session: Session, tickets: Sequence[Ticket], officer: Officer, alt: str, *, now: datetime | None = None
) -> tuple[Reply, set[str]]:
    """One full card, or as many short ones side by side as fit (the caller says what is left)."""
    if len(tickets) == 1:
        return officer_ticket_card(session, tickets[0], officer, now=now, note=alt)
    made = [
        officer_ticket_card(session, ticket, officer, now=now, is_full=False) for ticket in tickets[:IN_A_LIST]
    ]
    quotes = set().union(*(quoted for _, quoted in made))
    return Carousel(tuple(card for card, _ in made), alt), quotes
