"""ใช่ ตรงนี้: the point behind a yes, of a place that the town knows by name or of this person's own last report."""

from __future__ import annotations

from sqlalchemy import or_, select

from bot import queries
from bot.drafts import Place
from bot.place_asking import Spot
from bot.places.areas import map_url
from bot.places.words import says_same_place
from handlers.line.talk import Talk
from models import Report, Ticket

#: What the code of an own report's place begins with; no named place has such a code.
_OF_REPORT = "@"
#: Own reports that are looked through for one with a place.
_LOOKED_AT = 10


def place_behind(talk: Talk, code: str, written: Place | None) -> Place | None:
    """The place of this code, with the words that it was written in; None where we know no such place (any more)."""
    if code.startswith(_OF_REPORT):
        return _of_report(talk, code.removeprefix(_OF_REPORT))
    known = talk.gazetteer.get(code)
    if known is None or known.point is None:
        return None
    latitude, longitude = known.point
    return Place(
        latitude=latitude,
        longitude=longitude,
        words=written.words if written and written.words else talk.w.either(known.name_th, known.name_en),
        said=written.said if written else "",
        is_outside=talk.is_outside(latitude, longitude),
        named=code,
        accuracy_m=known.accuracy_m,
    )


def place_for_report(talk: Talk, report: Report, code: str) -> Place | None:
    """The place of this code for a report that was sent without a point; None where it has one by now."""
    if report.latitude is not None:
        return None
    return place_behind(talk, code, Place(words=report.place_words or "", said=report.place_said or ""))


def last_place(talk: Talk, *, but: Ticket | None = None) -> Spot | None:
    """Where this person's last report was (not the one on the ticket `but`): to be proposed, never taken unasked."""
    has_place = or_(Report.latitude.is_not(None), Report.place_words.is_not(None))
    own = select(Report).where(
        Report.resident_id == talk.person.id, Report.municipality_id == talk.town.id, has_place
    )
    for report in talk.session.scalars(own.order_by(Report.id.desc()).limit(_LOOKED_AT)):
        is_said = report.latitude is not None or not says_same_place(report.place_words or "")
        if is_said and (but is None or report.ticket_id != but.id):
            return _spot(talk, report)
    return None


def _spot(talk: Talk, report: Report) -> Spot:
    number = queries.standing(talk.session.get_one(Ticket, report.ticket_id)).number
    where = report.place_words or talk.w("place.same_pin")
    point = None if report.latitude is None or report.longitude is None else (report.latitude, report.longitude)
    return Spot(
        f"{_OF_REPORT}{report.id}",
        talk.w("place.same", place=where, number=number),
        report.place_accuracy_m,
        map_url(*point) if point is not None else "",
    )


def _of_report(talk: Talk, key: str) -> Place | None:
    report = talk.session.get(Report, int(key)) if key.isascii() and key.isdigit() else None
    if report is None or report.resident_id != talk.person.id:
        return None
    if report.latitude is None and not report.place_words:
        return None  # taken back, or its time was over
    return Place(
        latitude=report.latitude,
        longitude=report.longitude,
        words=report.place_words or "",
        said=report.place_said or "",  # taken back there, it is taken back here
        is_outside=report.is_outside,
        accuracy_m=report.place_accuracy_m,
    )
