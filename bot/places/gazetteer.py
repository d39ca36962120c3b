"""Finds the places that a town knows by name in what somebody wrote, with slips of the pen.

Read `Gazetteer.find`: sois by road and number, then names, then names with slips; then which of them is meant.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import regex

from bot.places.areas import distance_metres
from bot.places.spelling import skeleton
from bot.places.universities import Universities

#: More places than these in one text, and nobody can say which is meant: the map is asked instead.
MOST = 3
#: Characters of a text that are read; who writes more has named the place by then.
_READ = 600
#: Shorter names are words of everyday: they are never found with a slip, and below the second not at all.
_SLIPS_FROM, _LEAST = 6, 4
#: Seconds that one comparison with slips may take.
_PATIENCE = 0.02
#: An ending that so many names have tells none of them from the others: slips are allowed in what stands before it.
_ENDING_OF, _LONGEST_ENDING = 12, 8
#: A number before these counts days, people, baht: it is no soi and no canal.
_COUNTED = (
    "(?!/?\\d)(?!(?:วัน|ชม|ชัวโมง|เดือน|คน|ครัง|นาที|ตน(?!ไม)|หลุม|คัน|เมตร|บาท|หลัง|ตัว|อาทิต|สัปดา|ดวง|ลูก|ถัง|รอบ"
    "|day|hour|week|month|time))"
)
#: Kinds that tell where something is only roughly, from rough to rougher.
_ROUGH = ("bridge", "canal", "road", "area")
#: Within so many metres two names are two words for one place.
_SAME_M = 400


@dataclass(frozen=True, slots=True)
class Named:
    """A place with a name. Without a point (both None) the name is known and its place is not."""

    code: str
    name_th: str
    name_en: str
    kind: str
    also: tuple[str, ...] = ()
    road: str = ""
    number: str = ""
    latitude: float | None = None
    longitude: float | None = None
    accuracy_m: int = 0

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude, where they are known."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude


@dataclass(frozen=True, slots=True)
class Found:
    """What a text names: `here` are the places with a point to choose from, the likeliest first, at most MOST.

    `is_exact`: the name stands there as we know it, not only something like it. `names` are all that were
    recognised, also those without a point.
    """

    here: tuple[Named, ...] = ()
    names: tuple[Named, ...] = ()
    is_exact: bool = False


class _Match(NamedTuple):
    start: int
    end: int
    places: tuple[int, ...]


class Gazetteer:
    """The named places of one town, ready to be looked for; never changed after it is made."""

    def __init__(self, places: Iterable[Named]) -> None:
        self.places = tuple(places)
        self._by_code = {place.code: place for place in self.places}
        self._sois: dict[tuple[str, str], int] = {}
        self._numbers: dict[str, list[int]] = defaultdict(list)
        names: dict[str, list[int]] = defaultdict(list)
        for index, place in enumerate(self.places):
            if place.number:
                self._sois[skeleton(place.road), place.number] = index
                self._numbers[place.number].append(index)
                continue
            for name in (place.name_th, place.name_en.lower(), *place.also):
                shape = skeleton(name)
                if len(shape) >= _LEAST and index not in names[shape]:
                    names[shape].append(index)
        self._roads = self._spellings_of_roads(names)
        self._names = {shape: tuple(places) for shape, places in names.items()}
        self._starts: dict[str, list[str]] = defaultdict(list)
        self._pieces: dict[str, list[str]] = defaultdict(list)
        self._endings = _endings(self._names)
        for shape in self._names:
            self._starts[shape[:3]].append(shape)
            if self._own_length(shape) >= _SLIPS_FROM:
                for piece in _pieces(shape):
                    self._pieces[piece].append(shape)
        for shapes in self._starts.values():
            shapes.sort(key=len, reverse=True)
        self._with_slips: dict[str, regex.Pattern[str]] = {}
        self._universities = Universities(
            [name for place in self.places for name in (place.name_th, *place.also)], self._names
        )
        self._soi = self._compile_sois("")
        self._soi_with_slips = self._compile_sois("{e<=2}")

    def get(self, code: str) -> Named | None:
        """The place of this code."""
        return self._by_code.get(code)

    def find(self, text: str) -> Found:
        """The places that a text names: as we know them, or else what is most like a name we know."""
        shape = skeleton(self._universities.write_out(text[:_READ]))
        if not shape or not self.places:
            return Found()
        sois = [*self._find_sois(shape, self._soi)]
        if not sois and "ซอย" in shape:
            sois = [*self._find_sois(shape, self._soi_with_slips)]
        names = [*self._find_names(shape)]
        if any(self.places[i].point and self.places[i].kind not in _ROUGH for match in names for i in match.places):
            sois = [match for match in sois if len(match.places) == 1]  # "ทิพย์พิมาน ซอย 3" is within the village
        exact = [*sois, *names]
        here = self._meant(exact)
        if here or any(self.places[i].point for match in exact for i in match.places):
            return Found(here, self._named(exact), is_exact=True)
        like = self._find_like(shape)
        return Found(self._meant(like), self._named([*exact, *like]), is_exact=False)

    # ---- sois: a road and a number

    def _spellings_of_roads(self, names: dict[str, list[int]]) -> dict[str, str]:
        """Each spelling of a road that has sois, with the one in which the sois are kept."""
        spellings = {road: road for road, _ in self._sois}
        for road in {road for road, _ in self._sois}:
            for shape, indexes in names.items():
                if any(self.places[i].kind == "road" and self._is_called(i, road) for i in indexes):
                    short = shape.removeprefix("ถนน").removesuffix("_road")
                    spellings |= {one: road for one in (short, short.replace("_", "")) if not one.isdigit()}
        return spellings

    def _is_called(self, index: int, road: str) -> bool:
        place = self.places[index]
        return road in {skeleton(name).removeprefix("ถนน") for name in (place.name_th, *place.also)}

    def _compile_sois(self, slips: str) -> regex.Pattern[str] | None:
        if not self._roads:
            return None
        roads = "|".join(sorted(map(regex.escape, self._roads), key=len, reverse=True))
        road = f"(?:ถนน)?(?P<road>(?:{roads}){slips})"
        number, inner = rf"(?P<number>\d+(?:/\d+)?){_COUNTED}", rf"(?:(?:ซอย|แยก)(?P<inner>\d+){_COUNTED})?"
        before = rf"ซอย(?:ที)?(?P<inner>\d+){_COUNTED}{road}(?:ซอย)?{number}"
        after = rf"{road}(?:ซอย)?(?:ที)?{number}{inner}"
        turned = rf"ซอย(?:ที)?{number}{inner}{road}"
        alone = rf"ซอย(?:ที)?{number}{inner}"
        forms = (before, after, turned) if slips else (before, after, turned, alone)
        return regex.compile("|".join(forms))

    def _find_sois(self, shape: str, pattern: regex.Pattern[str] | None) -> Iterator[_Match]:
        if pattern is None or not any(letter.isdigit() for letter in shape):
            return
        try:
            found = list(pattern.finditer(shape, timeout=_PATIENCE))
        except TimeoutError:
            return
        for match in found:
            number = match["number"].lstrip("0") or "0"
            inner = f"{number}/{match['inner']}" if match["inner"] else ""
            road = self._road(match["road"]) or self._road_elsewhere(shape)
            if road:
                index = self._sois.get((road, inner), self._sois.get((road, number)))
                places = [] if index is None else [index]
            else:
                places = self._numbers.get(inner) or self._numbers.get(number) or []
            if places:
                yield _Match(match.start(), match.end(), tuple(places))

    def _road(self, written: str | None) -> str | None:
        if not written:
            return None
        known = self._roads.get(written)
        if known is not None:
            return known
        return max(self._roads.items(), key=lambda item: _likeness(item[0], written))[1]

    def _road_elsewhere(self, shape: str) -> str | None:
        """The one road that the text names somewhere else."""
        said = {road for spelling, road in self._roads.items() if spelling in shape}
        return said.pop() if len(said) == 1 else None

    # ---- names

    def _find_names(self, shape: str) -> Iterator[_Match]:
        at = 0
        while at < len(shape):
            for name in self._starts.get(shape[at : at + 3], ()):
                if shape.startswith(name, at) and _stands_alone(shape, at, at + len(name)):
                    yield _Match(at, at + len(name), self._names[name])
                    at += len(name) - 1
                    break
            at += 1

    def _find_like(self, shape: str) -> list[_Match]:
        """The name that is most like something in the text, with at most one slip in five letters."""
        shared: Counter[str] = Counter()
        for piece in set(_pieces(shape)):
            shared.update(self._pieces.get(piece, ()))
        likely = [name for name, count in shared.items() if count >= 0.4 * (len(name) - 1)]
        likely.sort(key=lambda name: shared[name] / (len(name) - 1) - 1 / len(name), reverse=True)
        best: tuple[float, _Match] | None = None
        for name in likely[:6]:
            try:
                match = self._like(name).search(shape, timeout=_PATIENCE)
            except TimeoutError:
                continue
            if match is None or _numbers(match[0]) != _numbers(name):
                continue
            slips = sum(match.fuzzy_counts) / len(name)
            if best is None or slips < best[0]:
                best = slips, _Match(match.start(), match.end(), self._names[name])
        return [best[1]] if best else []

    def _like(self, name: str) -> regex.Pattern[str]:
        if name not in self._with_slips:
            slips = max(1, self._own_length(name) // 5)
            self._with_slips[name] = regex.compile(f"(?b)(?:{regex.escape(name)}){{e<={slips}}}")
        return self._with_slips[name]

    def _own_length(self, name: str) -> int:
        """Letters of a name without an ending that many others have."""
        return len(name) - max((n for n in range(_LEAST, _LONGEST_ENDING + 1) if name[-n:] in self._endings), default=0)

    # ---- which of them

    def _named(self, matches: list[_Match]) -> tuple[Named, ...]:
        return tuple(dict.fromkeys(self.places[i] for match in matches for i in match.places))

    def _meant(self, matches: list[_Match]) -> tuple[Named, ...]:
        """The places to choose from; none when the text names more than anybody could choose from."""
        matches = [m for m in matches if not any(m != o and o.start <= m.start and m.end <= o.end for o in matches)]
        found = [place for place in self._named(matches) if place.point is not None]
        sharp = [place for place in found if place.kind not in _ROUGH] or found
        if sharp and sharp is not found:
            # "ซอย 46 ใกล้คลองสอง" is about the soi: the canal only tells which.
            found = sharp
        found.sort(key=lambda place: place.accuracy_m)
        chosen: list[Named] = []
        for place in found:
            if not any(_apart(place, other) < max(_SAME_M, 2 * place.accuracy_m) for other in chosen):
                chosen.append(place)
        return tuple(chosen) if len(chosen) <= MOST else ()


def _pieces(shape: str) -> Iterator[str]:
    return (shape[at : at + 2] for at in range(len(shape) - 1))


def _endings(shapes: Iterable[str]) -> frozenset[str]:
    counts = Counter(shape[-n:] for shape in shapes for n in range(_LEAST, min(len(shape), _LONGEST_ENDING + 1)))
    return frozenset(ending for ending, count in counts.items() if count >= _ENDING_OF)


def _likeness(one: str, other: str) -> float:
    first, second = set(_pieces(one)), set(_pieces(other))
    return len(first & second) / max(1, len(first | second))


def _stands_alone(shape: str, start: int, end: int) -> bool:
    """Whether a name is no part of a longer number or Latin word, and its number counts nothing."""
    before, first, last = shape[start - 1 : start], shape[start], shape[end - 1]
    if first.isdigit() and before.isdigit():
        return False
    if first.isascii() and before.isascii() and before.isalpha():
        return False
    if last.isdigit():
        return bool(_NOT_COUNTED.match(shape, end))
    return not (last.isascii() and shape[end : end + 1].isascii() and shape[end : end + 1].isalpha())


_NOT_COUNTED = regex.compile(_COUNTED)
_numbers = regex.compile(r"\d+").findall


def _apart(one: Named, other: Named) -> float:
    assert one.point is not None and other.point is not None
    return distance_metres(one.point, other.point)
