"""What an officer reads of a ticket: what was said, where, who has it, what happened. The facts of a card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from bot import answers, cards, dates, joined, promises, reach, whole_words
from bot.replies import Button, Line, Picture
from bot.wording import Wording
from models import Category, Media, Message, Municipality, Officer, Report, Resident, Ticket, TicketEvent
from models.lifecycle import Actor, TicketStatus

HISTORY, PICTURES, RECORDINGS = 8, 4, 8


@dataclass
class Quoted:
    """Lines of a card, and the LINE message ids whose words stand in them."""

    lines: list[Line] = field(default_factory=list)
    quotes: set[str] = field(default_factory=set)


def name_of(officer: Officer | None, w: Wording) -> str:
    """How an officer is called among officers: คุณสมชาย, by the name in LINE, which may come after the invitation."""
    if officer is None:
        return w("officer.somebody")
    if officer.resident.erased_at is not None:
        return w("officer.person_erased", n=officer.id)
    return w("officer.person", name=officer.resident.display_name or officer.name)


def said(message: Message, w: Wording, most: int, quotes: set[str], *, is_old: bool = False) -> str:
    """The words of a message, or that they were taken back; notes whose they are.

    `is_old`: the words of its ticket were erased because their time was over, so nobody may have taken them back.
    """
    if message.text is None and is_old:
        return w("officer.erased_by_time")
    if message.text is None:
        return w("officer.erased" if message.officer_id is None else "officer.erased_by_officer")
    if message.said:
        quotes.add(message.said)
    return f"“{whole_words.shortened(message.text, most)}”"


def reports_of(session: Session, ticket: Ticket) -> list[Report]:
    """The reports that stand on the ticket; those taken back when nothing else is left, oldest first."""
    found = session.scalars(select(Report).where(Report.ticket_id == ticket.id).order_by(Report.id)).all()
    return [report for report in found if report.withdrawn_at is None] or list(found)


def what_was_said(
    session: Session, ticket: Ticket, w: Wording, *, is_full: bool, has_their_word: bool = False
) -> Quoted:
    """The reporters' words, then (full) the latest word from each side and the place as it was given.

    `has_their_word`: the card says the resident's latest word already.
    """
    found = Quoted()
    reports, is_old = reports_of(session, ticket), ticket.erased_at is not None
    most = whole_words.share(reports) if is_full else whole_words.SHORT
    for report in reports[: whole_words.REPORTS if is_full else 1]:
        words = " ".join(said(m, w, most, found.quotes, is_old=is_old) for m in report.messages if m.kind == "report")
        found.lines.append(Line(w("officer.card.words"), words or w("officer.card.no_words")))
    if is_full:
        if left := len(reports[whole_words.REPORTS :]):
            found.lines.append(Line(w("officer.card.words"), w("officer.card.more_words", n=left)))
        for label, one in answers.to_follow_ups(session, ticket, w):
            found.lines.append(Line(label, said(one, w, whole_words.SHORT, found.quotes, is_old=is_old)))
        _latest(session, ticket, w, found, whole_words.TOWNS, "officer.card.our_word")
        if not has_their_word:
            _latest(session, ticket, w, found, whole_words.LATER, "officer.card.their_word")
    _place(ticket, reports, w, found, whole_words.FULL if is_full else whole_words.SHORT_PLACE)
    return found


def how_far(session: Session, ticket: Ticket, town: Municipality, w: Wording) -> list[Line]:
    """Whether the town's newest word has reached LINE, for all reporters together."""
    reached = reach.reached(session, ticket)
    is_one = sum(reached.counts.values()) == 1
    parts = []
    for how, n in reached.counts.items():
        when = ""
        if how == "accepted" and reached.accepted_at is not None:
            when = dates.day(reached.accepted_at, town.timezone, w.language, with_time=True)
        words = w(f"officer.card.reach_{how}", when=when).strip()
        parts.append(words if is_one else f"{words} ({w('officer.card.people', n=n)})")
    return [Line(w("officer.card.reach"), " · ".join(parts))] if parts else []


def _latest(session: Session, ticket: Ticket, w: Wording, found: Quoted, kinds: tuple[str, ...], label: str) -> None:
    statement = select(Message).where(
        Message.ticket_id == ticket.id, Message.kind.in_(kinds), has_words(), Message.follow_up.is_(None)
    )
    newest = session.scalars(statement.order_by(Message.id.desc()).limit(1)).first()
    if newest is not None:
        words = said(newest, w, whole_words.FULL // 2, found.quotes, is_old=ticket.erased_at is not None)
        found.lines.append(Line(w(label), words))


def notes(session: Session, ticket: Ticket, w: Wording, quotes: set[str]) -> list[Line]:
    """The newest internal notes, oldest of them first, each with its author. For officers only."""
    statement = select(Message).where(Message.ticket_id == ticket.id, Message.kind == "note", has_words())
    newest = session.scalars(statement.order_by(Message.id.desc()).limit(whole_words.NOTES)).all()
    authors = {note.id: name_of(session.get(Officer, note.officer_id or -1), w) for note in newest}
    most, is_old = whole_words.FULL // 4, ticket.erased_at is not None
    words = [f"{authors[note.id]}: {said(note, w, most, quotes, is_old=is_old)}" for note in reversed(newest)]
    return [Line(w("officer.card.note"), "\n".join(words))] if words else []


def has_words() -> ColumnElement[bool]:
    """Words were said, even if they were taken back since; a photo alone has none."""
    return Message.text.is_not(None) | Message.erased_at.is_not(None)


def _place(ticket: Ticket, reports: Sequence[Report], w: Wording, found: Quoted, most: int) -> None:
    """Each place in words once, as written; a pin without words says that the map has it."""
    places = list(dict.fromkeys(report.place_words for report in reports if report.place_words))
    if ticket.place_words and ticket.place_words not in places:
        places.insert(0, ticket.place_words)
    found.quotes |= {report.place_said for report in reports if report.place_said}
    pinned = w("officer.card.pinned") if ticket.latitude is not None else w("officer.card.no_place")
    found.lines.append(Line(w("officer.card.place"), whole_words.shortened("\n".join(places), most) or pinned))
    rough = [report.place_accuracy_m for report in reports if report.place_accuracy_m]
    if rough and ticket.latitude is not None:
        found.lines.append(Line(w("officer.card.on_the_map"), w("officer.card.roughly", metres=max(rough))))


def pictures(media: Sequence[Media]) -> tuple[Picture, ...]:
    """Of `media_of` a ticket the photos of the report and of the work, oldest first, as officers may see them.

    One that is still being fetched is shown if it is there when the card is sent.
    """
    found = [item for item in media if item.kind == "image"]
    return tuple(Picture(item.id, "officer") for item in found[:PICTURES])


def recordings(media: Sequence[Media], w: Wording) -> list[Button]:
    """A button for each of the newest recordings, videos and files, oldest first: it opens once it is stored."""
    found = [item for item in media if item.kind != "image"][-RECORDINGS:]
    counts: Counter[str] = Counter()
    buttons = []
    for item in found:
        counts[item.kind] += 1
        label = w(f"work_label.open_{item.kind}", n=counts[item.kind])
        buttons.append(Button(label, kind="media", args={"media": item.id}, style="link"))
    return buttons


def media_of(session: Session, ticket: Ticket) -> list[Media]:
    """Everything to see or hear that belongs to the ticket, or to one merged into it, and is there, or on its way."""
    reports = select(func.coalesce(Report.shares_media_of_id, Report.id)).where(Report.ticket_id == ticket.id)
    tickets = [one.id for one in joined.tree(session, ticket)]
    statement = select(Media).where(Media.ticket_id.in_(tickets) | Media.report_id.in_(reports))
    return list(session.scalars(statement.where(Media.state.in_(("wanted", "stored"))).order_by(Media.id)))


def attachments(media: Sequence[Media], w: Wording) -> list[Line]:
    """How many photos, recordings, videos and files there are; photos that are shown need no count."""
    kinds = [item.kind for item in media if item.kind != "image"]
    unseen = [item for item in media if item.kind == "image" and item.state == "wanted"]
    counts = [w(f"officer.card.{kind}", n=kinds.count(kind)) for kind in ("audio", "video", "file") if kind in kinds]
    if unseen:
        counts.insert(0, w("officer.card.photos_coming", n=len(unseen)))
    return [Line(w("officer.card.media"), " · ".join(counts))] if counts else []


def standing(
    session: Session, ticket: Ticket, town: Municipality, w: Wording, now: datetime, *, is_full: bool = True
) -> list[Line]:
    """When the next word is due; on a full card also whose matter it is, who has it, how many reported it."""
    lines = [Line(w("officer.card.due"), _due(ticket, town, w, now))]
    if not is_full:
        return lines
    if ticket.status == TicketStatus.PLANNED and ticket.planned_until is not None:
        lines.append(Line(w("officer.card.planned"), dates.day(ticket.planned_until, town.timezone, w.language)))
    if ticket.owner is not None:
        lines.append(Line(w("officer.card.owner"), owner_words(ticket, town, w, now)))
    holder = session.get(Officer, ticket.assignee_id) if ticket.assignee_id else None
    if holder is not None:
        left = "" if holder.is_active else w("officer.card.left")
        lines.append(Line(w("officer.card.holder"), f"{name_of(holder, w)} {left}".strip()))
    reporters = len([report for report in reports_of(session, ticket) if report.withdrawn_at is None])
    if reporters > 1:
        lines.append(Line(w("officer.card.reporters"), w("officer.card.people", n=reporters)))
    if ticket.reopened_count:
        lines.append(Line(w("officer.card.reopened"), w("officer.card.times", n=ticket.reopened_count)))
    return lines


def _due(ticket: Ticket, town: Municipality, w: Wording, now: datetime) -> str:
    if ticket.status == TicketStatus.WAITING:
        return w("officer.card.paused")
    if ticket.due_at is None:
        return w("officer.card.no_promise")
    when = dates.day(ticket.due_at, town.timezone, w.language, with_time=True)
    return w("officer.card.overdue", when=when) if ticket.due_at < now else when


def days_with_owner(ticket: Ticket, town: Municipality, now: datetime) -> int:
    """How many days the owner has had it, counted as people count: midnights in the town's zone."""
    if ticket.forwarded_at is None:
        return 0
    zone = ZoneInfo(town.timezone)
    return max((now.astimezone(zone).date() - ticket.forwarded_at.astimezone(zone).date()).days, 0)


def owner_words(ticket: Ticket, town: Municipality, w: Wording, now: datetime) -> str:
    """อยู่กับ กปภ. มาแล้ว 4 วัน, with way and number; or whose matter it is while it was not forwarded."""
    assert ticket.owner is not None
    owner = w.either(ticket.owner.short_th, ticket.owner.short_en)
    if ticket.forwarded_at is None:
        return w("officer.card.owners_matter", owner=owner)
    days = days_with_owner(ticket, town, now)
    parts = [w("officer.card.with_owner", owner=owner, n=days) if days else w("officer.card.since_today", owner=owner)]
    if ticket.forward_way:
        parts.append(w(f"work_label.way_{ticket.forward_way}"))
    parts.append(ticket.forward_number or w("officer.card.no_number"))
    return " · ".join(parts)


def typed_numbers(session: Session, ticket: Ticket) -> set[str]:
    """The officers' messages of which a full card holds a number or a name: an owner's, and who is to be called."""
    contacts = select(Report.contact_said).where(Report.ticket_id == ticket.id, Report.withdrawn_at.is_(None))
    return {said for said in (ticket.forward_said, *session.scalars(contacts)) if said}


def guess(session: Session, ticket: Ticket, w: Wording) -> str:
    """What the model took the report for and how sure it was; nothing when it did not guess."""
    report = next((one for one in reports_of(session, ticket) if one.guessed_category), None)
    if report is None or report.guess_confidence is None:
        return ""
    category = session.scalars(
        select(Category).where(
            Category.municipality_id == ticket.municipality_id, Category.code == report.guessed_category
        )
    ).one_or_none()
    if category is None:
        return ""
    name = w.either(category.label_th, category.label_en)
    return w("officer.card.guess", category=name, percent=min(round(report.guess_confidence * 100), 99))


def history(session: Session, ticket: Ticket, town: Municipality, w: Wording) -> tuple[str, ...]:
    """The newest things that happened, oldest of them first, each a short dated line."""
    events = [event for event in ticket.history if event.kind not in ("media",)]
    return tuple(_happened(session, event, town, w) for event in events[-HISTORY:])


def _happened(session: Session, event: TicketEvent, town: Municipality, w: Wording) -> str:
    when = dates.day(event.at, town.timezone, w.language, with_time=True)
    what = w(f"officer.history.to_{event.to_status}" if event.kind == "move" else f"officer.history.{event.kind}")
    if event.kind == "erased" and event.actor != Actor.RESIDENT:
        what = w(f"officer.history.erased_by_{event.actor}")
    if event.kind == "created" and "may_be" in (event.detail or {}):
        what = w("officer.history.created_again", number=(event.detail or {})["may_be"])
    if event.kind == "split":
        way = "from" if "from" in (event.detail or {}) else "into"
        what = w(f"officer.history.split_{way}", number=(event.detail or {}).get(way, ""))
    if event.officer_id is not None:
        what = f"{what} · {name_of(session.get(Officer, event.officer_id), w)}"
        if event.actor == Actor.RESIDENT:
            what = f"{what} {w('officer.history.in_their_name')}"
    elif event.resident_id is not None and event.kind == "move":
        what = f"{what} · {w('officer.history.by_resident')}"
    return f"{when} {what}"


def marks(session: Session, ticket: Ticket, w: Wording, town: Municipality, now: datetime) -> list[str]:
    """What an officer must know before anything else."""
    found = []
    silent = promises.days_silent(town, ticket, now)
    if ticket.is_urgent:
        found.append(w("officer.card.urgent"))
    if silent:
        found.append(w("officer.card.silent", n=silent))
    if ticket.mark == "unsent_draft":
        found.append(w("officer.card.unsent_draft"))
    if ticket.mark == "unanswered":
        found.append(w("officer.card.unanswered"))
    if any(report.is_outside for report in reports_of(session, ticket)):
        found.append(w("officer.card.outside"))
    return found


def town_and_wording(session: Session, ticket: Ticket, reader: Resident) -> tuple[Municipality, Wording]:
    """The ticket's town, and the sentences in its reader's language."""
    town = session.get_one(Municipality, ticket.municipality_id)
    return town, cards.wording_for(reader, town)
