"""The gazetteer of a town: its named places, put right by what residents' pins taught. Made once, kept in memory.

A name and a pin of one resident prove nothing; what `TEACHERS` different residents teach alike is believed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from statistics import median
from typing import Any

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from bot.places.areas import Point, distance_metres
from bot.places.gazetteer import Gazetteer, Named
from bot.places.spelling import skeleton, without_house_number
from bot.places.words import place_in
from models import Municipality, NamedPlace, PlaceLesson

#: Different residents who must teach the same.
TEACHERS = 3
#: Metres around the middle of their pins within which they agree.
AGREE_M = 200
#: A pin farther than this many times the accuracy from a known place is about something else.
_FAR = 3
#: Metres; a point is never believed to be better than this.
_BEST_M = 50
#: Characters of a phrase that may become a name.
_SHORTEST, _LONGEST = 6, 40
#: Lessons that are read, the newest; a town teaches a few a day.
_READ = 5000


def gazetteer_of(session: Session, town: Municipality) -> Gazetteer:
    """The places of this town by name, as the last import and the newest lessons left them."""
    count, newest = session.execute(
        select(func.count(PlaceLesson.id), func.max(PlaceLesson.id)).where(PlaceLesson.municipality_id == town.id)
    ).one()
    key = (town.id, town.code, town.imported_at, count, newest)
    found = _KEPT.get(town.id)
    if found is None or found[0] != key:
        found = key, _made(session, town)
        _KEPT[town.id] = found
    return found[1]


#: One gazetteer for each town of this process, with what it was made of.
_KEPT: dict[int, tuple[tuple[Any, ...], Gazetteer]] = {}


def forget_all() -> None:
    """Make every gazetteer anew when it is asked for next."""
    _KEPT.clear()


def _made(session: Session, town: Municipality) -> Gazetteer:
    rows = session.scalars(
        select(NamedPlace).where(NamedPlace.municipality_id == town.id).order_by(NamedPlace.position)
    )
    places = tuple(
        Named(
            row.code, row.name_th, row.name_en, row.kind, tuple((row.also or "").split("|")) if row.also else (),
            row.road or "", row.number or "", row.latitude, row.longitude, row.accuracy_m or 0,
        )
        for row in rows
    )  # fmt: skip
    lessons = session.scalars(
        select(PlaceLesson)
        .where(PlaceLesson.municipality_id == town.id)
        .order_by(PlaceLesson.id.desc())
        .limit(_READ)
    )
    taught: dict[tuple[str, str], dict[int, Point]] = defaultdict(dict)
    written: dict[str, str] = {}
    for lesson in lessons:
        shape = skeleton(lesson.phrase) if lesson.phrase else ""
        written[shape] = lesson.phrase or ""  # as it was written first
        taught[lesson.place_code or "", shape].setdefault(lesson.resident_id, (lesson.latitude, lesson.longitude))
    lessons_learnt = ((code, written[shape], tuple(pins.values())) for (code, shape), pins in sorted(taught.items()))
    # What few have taught changes nothing yet: then the same gazetteer stands, which costs a tenth of a second to make.
    return _gazetteer(places, tuple(one for one in lessons_learnt if agreed(one[2]) is not None))


@lru_cache(maxsize=64)
def _gazetteer(places: tuple[Named, ...], taught: tuple[tuple[str, str, tuple[Point, ...]], ...]) -> Gazetteer:
    by_code = {code: pins for code, _, pins in taught if code}
    phrases = [(phrase, pins) for code, phrase, pins in taught if not code]
    return Gazetteer([*(_put_right(place, by_code.get(place.code, ())) for place in places), *_new_names(phrases)])


def _put_right(place: Named, pins: tuple[Point, ...]) -> Named:
    """The place where those who wrote its name and sent a pin agree that it is."""
    middle = agreed(pins)
    if middle is None:
        return place
    latitude, longitude = middle
    spread = median(distance_metres(middle, pin) for pin in pins)
    return replace(place, latitude=latitude, longitude=longitude, accuracy_m=max(_BEST_M, round(2 * spread)))


def _new_names(phrases: Iterable[tuple[str, tuple[Point, ...]]]) -> Iterator[Named]:
    for number, (phrase, pins) in enumerate(phrases):
        middle = agreed(pins)
        if middle is not None:
            accuracy = max(_BEST_M, round(2 * median(distance_metres(middle, pin) for pin in pins)))
            yield Named(f"taught_{number}", phrase, phrase, "shop", (), "", "", *middle, accuracy)


def agreed(pins: tuple[Point, ...]) -> Point | None:
    """The middle of the pins, one for each resident, where enough of them, and most of them, lie around it."""
    if len(pins) < TEACHERS:
        return None
    middle = median(lat for lat, _ in pins), median(lon for _, lon in pins)
    near = sum(distance_metres(middle, pin) <= AGREE_M for pin in pins)
    return middle if near >= TEACHERS and near * 2 > len(pins) else None


def learn(
    session: Session,
    town: Municipality,
    resident_id: int,
    texts: Iterable[tuple[str, str]],
    pin: Point,
    said_pin: str,
    now: datetime,
) -> None:
    """Keep what a report with a pin teaches: the one place, or the one new name, that its words name.

    `texts` are (LINE message id, words). A house's number is taken out first, so that nobody's home becomes a name.
    """
    known = gazetteer_of(session, town)
    for said, text in texts:
        bare = without_house_number(text)
        found = known.find(bare)
        code = phrase = None
        if len(found.here) == 1 and not found.here[0].code.startswith("taught_"):
            (place,) = found.here
            assert place.point is not None
            if distance_metres(place.point, pin) <= max(_FAR * place.accuracy_m, AGREE_M):
                code = place.code
        elif len(found.names) == 1 and found.names[0].point is None:
            code = found.names[0].code
        elif not found.here:
            phrase = _phrase(bare)
        if code or phrase:
            session.add(
                PlaceLesson(
                    municipality_id=town.id,
                    resident_id=resident_id,
                    place_code=code,
                    phrase=phrase,
                    latitude=pin[0],
                    longitude=pin[1],
                    said_words=said,
                    said_pin=said_pin or None,
                    learnt_at=now,
                )
            )
            return


def _phrase(text: str) -> str | None:
    phrase = place_in(text)
    return phrase if _SHORTEST <= len(phrase) <= _LONGEST else None


def forget(session: Session, resident_id: int, said: str) -> None:
    """Take back what a message taught, because its author took the message back."""
    session.execute(
        delete(PlaceLesson).where(
            PlaceLesson.resident_id == resident_id,
            or_(PlaceLesson.said_words == said, PlaceLesson.said_pin == said),
        )
    )
