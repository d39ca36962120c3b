"""ม.รังสิต is a university where the town knows a มหาวิทยาลัยรังสิต; everywhere else ม. is a village."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import regex

from bot.places.spelling import skeleton

_WORDS = ("มหาวิทยาลัย", "มหาลัย")
_SHORT = r"(?<![ก-ฮ])(?:ม\s?\.|มอ)\s?"


class Universities:
    """Writes ม. out where a university's name follows and ends there, unless a village has that name."""

    def __init__(self, names: Iterable[str], shapes: Collection[str]) -> None:
        known = {name.removeprefix(word).strip(): word for name in names for word in _WORDS if name.startswith(word)}
        rests = {rest: word for rest, word in known.items() if skeleton(rest) not in shapes}
        self._long = {skeleton(rest): word for rest, word in rests.items()}
        own = sorted(rests, key=len, reverse=True)
        either = "|".join(r"\s?".join(map(regex.escape, rest.split())) for rest in own)
        self._pattern = regex.compile(rf"{_SHORT}(?P<rest>{either})(?![ก-๎-])") if own else None

    def write_out(self, text: str) -> str:
        """The text with the long word."""
        if self._pattern is None:
            return text
        return str(self._pattern.sub(lambda match: self._long[skeleton(match["rest"])] + match["rest"], text))
