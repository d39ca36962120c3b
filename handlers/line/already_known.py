"""มีคนแจ้งเรื่องคล้ายกันไว้แล้ว: what the draft card asks of a known ticket, and that ticket when the answer comes."""

from __future__ import annotations

from datetime import timedelta

from bot import cards, casework, incident_words, incidents, intake, known, limits, queries
from bot.conversation import KnownWords, Step, step_of
from bot.drafts import Draft, Place
from bot.known import Known
from bot.replies import Reply
from handlers.line.talk import Talk
from models import Ticket
from models.lifecycle import TicketStatus


def question(talk: Talk, draft: Draft) -> KnownWords | None:
    """The question for the draft's card: how far, since when, how it stands; never words, photo or number."""
    if not _may_compare(talk, draft):
        return None
    found = known.most_alike(talk.session, talk.town, talk.person, draft, talk.now)
    if found is None:
        return None
    w = talk.w
    where = w("known.metres", n=found.metres) if found.metres is not None else w("known.near")
    if found.is_again:
        key = "known.ask_again"
    else:
        key = "known.ask_own" if found.is_own else "known.ask"
    asked = w(key, where=where, when=_ago(talk, found), status=_status(talk, found))
    return KnownWords(found.ticket_id, asked, w("label.again" if found.is_again else "label.same"))


def _may_compare(talk: Talk, draft: Draft) -> bool:
    """Whether one more look is within what a day takes; the place that the last card had is no other place."""
    place = draft.place
    if place is None or place.latitude is None or place.is_outside:
        return False  # only a point of the town is compared
    chain = talk.draft.chain() if talk.draft is not None else ()
    before = next((one for one in chain if one.token == draft.token and step_of(one) is Step.READY), None)
    is_same = before is not None and before.place is not None and _point(before.place) == _point(place)
    return limits.may_compare(talk.person, talk.now, is_another_place=not is_same)


def _point(place: Place) -> tuple[float | None, float | None]:
    return place.latitude, place.longitude


def incident_around(talk: Talk, draft: Draft) -> str:
    """What is known of the incident that the draft's place lies in; "" where there is none."""
    place = draft.place
    if place is None or place.latitude is None or place.longitude is None or place.is_outside:
        return ""
    category = intake.category_of(talk.session, talk.town, draft.category)
    here = (place.latitude, place.longitude)
    incident = incidents.around(talk.session, talk.town, category, here, talk.now)
    return incident_words.for_residents(talk.session, incident, talk.w, talk.quotes) if incident is not None else ""


def locked(talk: Talk, ticket_id: str) -> Ticket | None:
    """The known ticket, or the one it went into, locked; None when there is none."""
    ticket = queries.by_id(talk.session, talk.town, int(ticket_id)) if ticket_id.isdecimal() else None
    return casework.lock(talk.session, queries.standing(ticket).id) if ticket is not None else None


def join(talk: Talk, draft: Draft, ticket: Ticket) -> Reply:
    """The draft becomes one more report on the known ticket, which is locked; its card, and what became of it."""
    was_finished = ticket.status in (TicketStatus.RESOLVED, TicketStatus.CLOSED)
    is_own = any(report.resident_id == talk.person.id and not report.withdrawn_at for report in ticket.reports)
    known.join(talk.session, talk.town, talk.person, draft, ticket, talk.now)
    key = "known.added_to_own" if is_own else "known.joined"
    return talk.shows(ticket, talk.w("known.opened_again" if was_finished else key))


def _ago(talk: Talk, found: Known) -> str:
    ago = max(talk.now - found.since, timedelta())
    if ago < timedelta(hours=1):
        return talk.w("known.just_now")
    if ago < timedelta(days=1):
        return talk.w("known.hours_ago", n=ago // timedelta(hours=1))
    return talk.w("known.days_ago", n=ago.days)


def _status(talk: Talk, found: Known) -> str:
    ticket = talk.session.get_one(Ticket, found.ticket_id)
    return cards.badge(ticket, talk.w)
