"""The cards a resident sees of a ticket: where it stands, what was promised, and what may be pressed now."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import dates, incident_words, promises, town_words
from bot.drafts import UNKNOWN_CATEGORY
from bot.replies import BeforeAfter, Button, Card, Line, Picture, Tone
from bot.wording import Wording
from models import Category, Media, Municipality, Owner, Report, Resident, Ticket
from models.lifecycle import OPEN, PROMISED, TicketStatus

_TONES: dict[TicketStatus, Tone] = {
    TicketStatus.RESOLVED: "good",
    TicketStatus.CLOSED: "good",
    TicketStatus.WAITING: "attention",
    TicketStatus.REOPENED: "attention",
    TicketStatus.REJECTED: "ended",
    TicketStatus.CANCELLED: "ended",
    TicketStatus.MERGED: "ended",
}


def wording_for(person: Resident, town: Municipality) -> Wording:
    """The sentences in this person's language; {town} is what the town calls itself."""
    return wording_in(person.language, town)


def wording_in(language: str, town: Municipality) -> Wording:
    """The sentences of one language, with the town's own word and name in them."""
    is_thai = language == "th"
    return Wording(
        language,
        town.settings.get("wording", {}).get(language),
        town=town.town_word_th if is_thai else town.town_word_en,
        town_name=town.name_th if is_thai else town.name_en,
    )


def category_title(category: Category, w: Wording) -> str:
    """The category with its sign: 🚰 น้ำประปาแดง ขุ่น มีกลิ่น."""
    return f"{category.icon} {w.either(category.name_th, category.name_en)}".strip()


def owner_name(owner: Owner, w: Wording) -> str:
    """An owner as a sentence names it."""
    return w.either(owner.name_th, owner.name_en)


def badge(ticket: Ticket, w: Wording) -> str:
    """The status in words: ส่งต่อให้การประปาส่วนภูมิภาคแล้ว."""
    owner = ticket.owner
    return w(f"status.{ticket.status}", owner=w.either(owner.short_th, owner.short_en) if owner else "")


def tone(ticket: Ticket) -> Tone:
    """The colour of the status."""
    if ticket.is_urgent and ticket.status in OPEN - {TicketStatus.RESOLVED}:
        return "urgent"
    return _TONES.get(TicketStatus(ticket.status), "calm")


def place_line(report: Report, w: Wording) -> str:
    """The place of one's own report, as it was given."""
    if report.place_words:
        return report.place_words
    return w("place.pinned") if report.latitude is not None else w("place.unknown")


def promise_sentence(
    ticket: Ticket, town: Municipality, w: Wording, told_at: datetime | None = None, key: str = "ticket.promise"
) -> str:
    """What is promised: the date of the next word; never that it will be fixed by then.

    With `told_at` the card is itself a word: then the date is the one that its acceptance sets.
    """
    due = ticket.due_at if told_at is None else promises.next_word_at(town, ticket, told_at)
    if ticket.status == TicketStatus.WAITING or due is None:
        return ""  # a paused promise has no date; the question stands on the card instead
    with_time = ticket.category.clock == "calendar"
    when = dates.day(due, town.timezone, w.language, with_time=with_time)
    return w(key, when=when)


def owner_sentence(ticket: Ticket, w: Wording, quotes: set[str]) -> str:
    """Whose matter it is, where it is not the town's and still open: before it was forwarded, and after.

    `quotes` gets the message that the owner's number came with.
    """
    owner = ticket.owner
    if owner is None or ticket.status not in PROMISED:
        return ""
    name = owner_name(owner, w)
    if ticket.forwarded_at is not None:
        if ticket.forward_number:
            quotes |= {ticket.forward_said} if ticket.forward_said else set()
            return w("ticket.forwarded_number", owner=name, number=ticket.forward_number)
        return w("ticket.forwarded", owner=name)
    if owner.hotline:
        return w("ticket.owners_matter", owner=name, hotline=owner.hotline)
    return w("ticket.owners_matter_no_hotline", owner=name)


def own_report(session: Session, ticket: Ticket, person: Resident) -> Report | None:
    """This person's report on the ticket (the newest, if there are several)."""
    statement = (
        select(Report)
        .where(Report.ticket_id == ticket.id, Report.resident_id == person.id)
        .order_by(Report.withdrawn_at.is_not(None), Report.id.desc())
    )
    return session.scalars(statement).first()


def standing_card(
    session: Session,
    ticket: Ticket,
    person: Resident,
    quotes: set[str],
    *,
    note: str = "",
    told_at: datetime | None = None,
    is_overdue: bool = False,
) -> Card | BeforeAfter:
    """Where one ticket stands, as its reporter sees it: before and after while finished work waits for a word."""
    if ticket.status == TicketStatus.RESOLVED:
        return fixed_card(session, ticket, person, quotes)
    return ticket_card(session, ticket, person, quotes, note=note, told_at=told_at, is_overdue=is_overdue)


def ticket_card(
    session: Session,
    ticket: Ticket,
    person: Resident,
    quotes: set[str],
    *,
    note: str = "",
    told_at: datetime | None = None,
    is_overdue: bool = False,
) -> Card:
    """A ticket as its reporter sees it.

    `quotes` gets the LINE message ids whose words stand on it. `told_at` is set where the card is news, which sets the
    date of the next word; `is_overdue` where it can only say that there is nothing new.
    """
    town = session.get_one(Municipality, ticket.municipality_id)
    w = wording_for(person, town)
    report = own_report(session, ticket, person)
    lines = []
    if report is not None and (place_line(report, w) != w("place.unknown") or ticket.category.code != UNKNOWN_CATEGORY):
        lines.append(Line(w("card.place"), place_line(report, w)))
        quotes |= {report.place_said} if report.place_said else set()
    lines.append(Line(w("card.department"), w.either(ticket.department.name_th, ticket.department.name_en)))
    sentences = [
        w("ticket.sent_from_draft") if report is not None and is_unsent(ticket, report) else "",
        note,
        town_words.said(session, ticket, w, quotes),
        incident_words.of_ticket(session, ticket, w, quotes) if ticket.status in PROMISED else "",
        handed_words(session, ticket, w),
        owner_sentence(ticket, w, quotes),
        promise_sentence(ticket, town, w, told_at, "ticket.overdue" if is_overdue else "ticket.promise"),
    ]
    title = category_title(ticket.category, w)
    return Card(
        title=title,
        alt=w("card.alt", number=ticket.number, title=title, status=badge(ticket, w)),
        badge=badge(ticket, w),
        tone=tone(ticket),
        number=ticket.number,
        lines=tuple(lines),
        note="\n".join(sentence for sentence in sentences if sentence),
        buttons=(*resident_buttons(ticket, w), *town_words.buttons(session, ticket, w)),
    )


def handed_words(session: Session, ticket: Ticket, w: Wording) -> str:
    """To which town of this installation it was handed, with its number there."""
    if not ticket.handed_as:
        return ""
    there = session.scalars(
        select(Municipality)
        .join(Ticket, Ticket.municipality_id == Municipality.id)
        .where(Ticket.number == ticket.handed_as)
    ).first()
    if there is None:
        return ""
    return w("ticket.handed", town_there=w.either(there.name_th, there.name_en), number_there=ticket.handed_as)


def is_unsent(ticket: Ticket, report: Report) -> bool:
    """Whether its reporter never pressed ส่งเรื่อง, and nobody has begun to work on it."""
    return report.is_unsent_draft and ticket.mark == "unsent_draft" and ticket.status == TicketStatus.NEW


def resident_buttons(ticket: Ticket, w: Wording) -> list[Button]:
    """What a reporter may press now."""

    def press(name: str, action: str, style: str = "secondary") -> Button:
        return Button(w(f"label.{name}"), f"mine.{action}", {"ticket": ticket.id}, style=style)  # type: ignore[arg-type]

    status = TicketStatus(ticket.status)
    if status is TicketStatus.RESOLVED:
        return [press("content", "content", "primary"), press("not_content", "not_content")]
    if status is TicketStatus.WAITING:
        return [press("answer", "answer", "primary"), press("fixed", "fixed"), press("cancel", "cancel", "link")]
    if status in OPEN:
        return [press("add", "add"), press("fixed", "fixed"), press("cancel", "cancel", "link")]
    if status is TicketStatus.CLOSED:
        return [press("not_content", "not_content")]
    if status is TicketStatus.REJECTED and not ticket.was_reviewed:
        return [press("review", "review")]
    return []


def star_buttons(ticket: Ticket, w: Wording) -> tuple[Button, ...]:
    """One to five stars, best first."""
    return tuple(
        Button(w("label.star" if n == 1 else "label.stars", n=n), "mine.stars", {"ticket": ticket.id, "n": n})
        for n in (5, 4, 3, 2, 1)
    )


def fixed_card(session: Session, ticket: Ticket, person: Resident, quotes: set[str]) -> BeforeAfter:
    """Before and after, and the question whether it is fixed. "Before" shows only the reader's own photo."""
    town = session.get_one(Municipality, ticket.municipality_id)
    w = wording_for(person, town)
    report = own_report(session, ticket, person)
    title = category_title(ticket.category, w)
    words = town_words.said(session, ticket, w, quotes)
    return BeforeAfter(
        title=title,
        alt=w("fixed.alt", number=ticket.number, title=title),
        number=ticket.number,
        before=_picture(session, "before", w("fixed.before"), report_id=_with_pictures(report)),
        after=_picture(session, "after", w("fixed.after"), ticket_id=ticket.id),
        before_label=w("fixed.before"),
        after_label=w("fixed.after"),
        note=w("fixed.ask"),
        lines=(Line(w("fixed.done"), words),) if words else (),
        buttons=(*resident_buttons(ticket, w), *town_words.buttons(session, ticket, w)),
    )


def _with_pictures(report: Report | None) -> int:
    """The report that holds the pictures: its own, or the one beside it that the same words made."""
    return (report.shares_media_of_id or report.id) if report is not None else -1


def _picture(session: Session, purpose: str, alt: str, **where: int) -> Picture | None:
    statement = select(Media).where(Media.purpose == purpose, Media.kind == "image", Media.state == "stored")
    for name, value in where.items():
        statement = statement.where(getattr(Media, name) == value)
    newest_first = Media.id.desc() if purpose == "after" else Media.id.asc()
    found = session.scalars(statement.order_by(newest_first)).first()
    return Picture(found.id, "reporter", alt) if found else None
