"""What people read of an incident: residents in it what is known, officers the whole card."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import dates
from bot.places.areas import map_url
from bot.replies import Button, Card, Line
from bot.wording import Wording
from models import Incident, IncidentTicket, IncidentWords, Municipality, Officer, Report, Ticket
from models.incident import OPEN, UNUSUAL
from models.officer import Role

#: Numbers of tickets that are listed on the card; the others are counted.
_NUMBERS = 8


def for_residents(session: Session, incident: Incident, w: Wording, quotes: set[str]) -> str:
    """That many report it here and the town knows, and what it knows; nothing for one that is over."""
    if incident.state != OPEN:
        return ""
    known = _newest(incident)
    if known is None or known.text is None:
        return w("incident.many")
    quotes |= {known.said} if known.said else set()
    return f"{w('incident.many')}\n{w('incident.known', text=known.text)}"


def of_ticket(session: Session, ticket: Ticket, w: Wording, quotes: set[str]) -> str:
    """The same for the incident that holds this ticket, if any."""
    incident = held_by(session, ticket)
    return for_residents(session, incident, w, quotes) if incident is not None else ""


def held_by(session: Session, ticket: Ticket) -> Incident | None:
    """The incident that holds this ticket."""
    held = select(Incident).join(IncidentTicket, IncidentTicket.incident_id == Incident.id)
    return session.scalars(held.where(IncidentTicket.ticket_id == ticket.id)).unique().one_or_none()


def notice(session: Session, words_id: int, title: str, w: Wording, quotes: set[str]) -> str:
    """A supervisor's notice to everybody concerned; "" after its author took it back."""
    words = session.get(IncidentWords, words_id)
    if words is None or words.text is None:
        return ""
    quotes |= {words.said} if words.said else set()
    return w("incident.notice", category=title, text=words.text)


def officer_card(
    session: Session, incident: Incident, ticket: Ticket, officer: Officer, w: Wording, quotes: set[str]
) -> Card:
    """The whole incident: how many, since when, why it was noticed, its tickets, and whom to call at once.

    `ticket` is one of its tickets: the card's buttons are pressed in its name, and rights are asked as for a ticket.
    """
    town = session.get_one(Municipality, incident.municipality_id)
    category, owner = incident.category, ticket.owner or incident.category.owner
    title = f"{category.icon} {w.either(category.name_th, category.name_en)}".strip()
    when = dates.day(incident.began_at, town.timezone, w.language, with_time=True)
    people, numbers = _people(session, incident), _numbers(session, incident)
    lines = [Line(w("incident.card.reporters"), w("incident.card.people", n=people, when=when))]
    if incident.rule == UNUSUAL:
        lines.append(Line(w("incident.card.why"), w("incident.card.unusual")))
    else:
        lines.append(Line(w("incident.card.why"), w("incident.card.sure")))
    if owner is not None:
        contact = " · ".join(part for part in (owner.hotline, owner.contact) if part)
        name = w.either(owner.name_th, owner.name_en)
        lines.append(Line(w("incident.card.owner"), f"{name} {contact}".strip()))
    shown = "\n".join(numbers[:_NUMBERS])  # beside one another they would be broken at their hyphens
    more = w("incident.card.more", n=len(numbers) - _NUMBERS) if len(numbers) > _NUMBERS else ""
    lines.append(Line(w("incident.card.tickets"), f"{shown} {more}".strip()))
    known = _newest(incident)
    if known is not None and known.text is not None:
        quotes |= {known.said} if known.said else set()
        lines.append(Line(w("incident.card.known"), known.text))
    is_open = incident.state == OPEN
    return Card(
        title=title,
        alt=w("incident.card.alt", category=title, n=people),
        badge=w("incident.card.open" if is_open else "incident.card.over"),
        tone="urgent" if is_open else "ended",
        lines=tuple(lines),
        note=w("incident.card.note") if is_open else "",
        buttons=tuple(_buttons(incident, ticket, owner.hotline if owner is not None else None, w)),
    )


def may_send(officer: Officer) -> bool:
    """A notice to everybody is a supervisor's to send: it costs the town's plan."""
    return officer.role in (Role.SUPERVISOR, Role.ADMIN)


def _buttons(incident: Incident, ticket: Ticket, hotline: str | None, w: Wording) -> list[Button]:
    about: dict[str, int | str] = {"ticket": ticket.id}
    found = []
    if incident.state == OPEN:
        found.append(Button(w("work_label.incident_say"), "work.incident_say", about, "keyboard", "primary"))
    if hotline:
        dial = "".join(letter for letter in hotline.split(",")[0].split("/")[0] if letter.isdigit())
        found.append(Button(w("incident.card.call", phone=hotline), kind="uri", url=f"tel:{dial}"))
    found.append(Button(w("work_label.incident_tickets"), "work.incident_tickets", about))
    if incident.state == OPEN:
        found.append(Button(w("work_label.incident_over"), "work.incident_over", about))
    place = map_url(incident.latitude, incident.longitude)
    found.append(Button(w("work_label.map"), kind="uri", url=place, style="link"))
    return found


def _newest(incident: Incident) -> IncidentWords | None:
    """The town's last word on it that was not taken back."""
    return next((words for words in reversed(incident.words) if words.text is not None), None)


def _people(session: Session, incident: Incident) -> int:
    held = select(IncidentTicket.ticket_id).where(IncidentTicket.incident_id == incident.id)
    who = session.execute(
        select(Report.id, Report.resident_id, Report.contact).where(
            Report.ticket_id.in_(held), Report.withdrawn_at.is_(None)
        )
    )
    return len({(row.resident_id, row.contact, row.resident_id or row.contact or row.id) for row in who})


def _numbers(session: Session, incident: Incident) -> list[str]:
    wanted = select(Ticket.number).join(IncidentTicket, IncidentTicket.ticket_id == Ticket.id)
    return list(session.scalars(wanted.where(IncidentTicket.incident_id == incident.id).order_by(Ticket.id)))
