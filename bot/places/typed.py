"""A point on the map that was typed, or stands in the address of a map: read as it is written, nothing is opened."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote_plus

import regex

from bot.places.thailand import seems_abroad

#: Three decimals are a hundred metres; with fewer it is a price as likely.
_DEGREES = r"[\d๐-๙]{1,3}\.[\d๐-๙]{3,16}"
#: No more than anybody types: of thousands of spaces every division would be tried.
_GAP = r"\s{0,3}"
_TYPED = regex.compile(
    rf"(?<![\d๐-๙.,/-])({_DEGREES}){_GAP}°?{_GAP}n?{_GAP}[\s,;/]{_GAP}"
    rf"(?:(?:lon(?:g(?:itude)?)?|lng|ลองจิจูด){_GAP}[:=]?{_GAP})?"
    rf"({_DEGREES})(?![\d๐-๙]|\.[\d๐-๙])",
    regex.IGNORECASE,
)
#: Maps that people share. The short ones say where they lead only to whoever opens them.
_LINK = regex.compile(
    r"(?:https?://)?(?:maps\.app\.goo\.gl|goo\.gl/maps|(?:www\.)?google\.[a-z.]{2,6}/maps|maps\.google\.[a-z.]{2,6}"
    r"|maps\.apple(?:\.com)?)(?:[/?]\S{0,2000})?|geo:\S{3,100}",
    regex.IGNORECASE,
)
_PAIR = r"(-?\d{1,3}\.\d{2,16})\s*,\s*(-?\d{1,3}\.\d{2,16})"
#: Where addresses of maps hold a point: the place itself before what was looked for.
_IN_LINKS = (
    regex.compile(r"!3d(-?\d{1,3}\.\d{2,16})!4d(-?\d{1,3}\.\d{2,16})"),
    regex.compile(rf"[?&](?:q|query|ll|destination|daddr)=(?:loc:)?\s*{_PAIR}"),
    regex.compile(rf"/(?:place|search)/{_PAIR}|^geo:{_PAIR}", regex.IGNORECASE),
)
#: The middle of the map says where it is only from near by: so many metres high, or so far zoomed in.
_MIDDLE = regex.compile(rf"/@{_PAIR},(?:(\d{{1,2}})(?:\.\d+)?z|(\d{{1,7}})m)")
_ZOOMED_IN, _METRES = 16, 1500
#: What stands beside a point and says nothing more: พิกัด …, อยู่ตรงนี้ค่ะ.
_BESIDE = regex.compile(
    r"พิกัด|ตำแหน่ง|โล(?:เค|เก)ชั่?น|โลเคชัน|ปักหมุด|หมุด|แผนที่|ลิง[กค]์?|ละติจูด|อยู่|ที่|ตรง|นี้|นี่|คือ|ค่ะ|คะ|ครับ|คับ|จ้า|จ้ะ|นะ"
    r"|\b(?:location|dropped pin|pin|google|maps?|link|lat(?:itude)?|here|it|is|at|this)\b",
    regex.IGNORECASE,
)
#: Letters and digits that may be left of a text that says nothing more.
_NOTHING = 2


@dataclass(frozen=True, slots=True)
class Typed:
    """A point in Thailand in somebody's words, and whether they say nothing beside it."""

    latitude: float
    longitude: float
    is_alone: bool


def point_in(text: str) -> Typed | None:
    """The first point that the words give in numbers, or a map's link in them; None: none in Thailand."""
    for link in _LINK.finditer(text[:3000]):
        point = _point_of(unquote_plus(link[0]))
        if point is not None:
            return Typed(*point, is_alone=_is_alone(_LINK.sub(" ", text)))
    for found in _TYPED.finditer(_LINK.sub(" ", text[:3000])):
        point = _in_thailand(found[1], found[2])
        if point is not None:
            return Typed(*point, is_alone=_is_alone(text.replace(found[0], " ", 1)))
    return None


def has_unread_link(text: str) -> bool:
    """Whether there is a map's link that does not say where it leads."""
    return _LINK.search(text[:3000]) is not None and point_in(text) is None


def is_link_alone(text: str) -> bool:
    """Whether the words are a map's link and say nothing beside it."""
    rest, links = _LINK.subn(" ", text[:3000])
    return links > 0 and _is_alone(rest)


def _point_of(link: str) -> tuple[float, float] | None:
    for pattern in _IN_LINKS:
        for found in pattern.finditer(link):
            first, second = [number for number in found.groups() if number is not None]
            point = _in_thailand(first, second)
            if point is not None:
                return point
    middle = _MIDDLE.search(link)
    is_near = middle is not None and (int(middle[3] or 0) >= _ZOOMED_IN or 0 < int(middle[4] or 0) <= _METRES)
    return _in_thailand(middle[1], middle[2]) if middle is not None and is_near else None


def _in_thailand(first: str, second: str) -> tuple[float, float] | None:
    """Latitude and longitude, whichever was written first: no latitude of Thailand is one of its longitudes."""
    for latitude, longitude in ((float(first), float(second)), (float(second), float(first))):
        if not seems_abroad(latitude, longitude):
            return latitude, longitude
    return None


def _is_alone(rest: str) -> bool:
    left: str = _BESIDE.sub(" ", rest)
    return sum(letter.isalnum() for letter in left) <= _NOTHING
