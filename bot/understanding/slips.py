"""Sentences as a thumb types them: tone marks left out, letters dropped, swapped or taken for their likes."""

import random
import re

_TONES = re.compile("[\u0e48-\u0e4b]")
_MARKS = re.compile("[\u0e47-\u0e4c]")
_THAI = re.compile("[\u0e01-\u0e4e]")
_LETTER = re.compile("[\u0e01-\u0e4ea-z]")

# Letters that sound or look alike, each pair both ways.
_LIKES = ("ใไ", "ณน", "ศส", "ซส", "รล", "คข", "ฟฝ", "ทธ", "บป", "ะั", "ิี", "ุู", "ดต", "่้")
_TAKEN_FOR = {one: other for pair in _LIKES for one, other in zip(pair, pair[::-1], strict=True)}

_LETTERS_PER_SLIP = 18
_MARK_LEFT_OUT = 0.35


def without_marks(text: str) -> str:
    """The text of somebody who types no tone marks, and no other mark that only a careful hand sets."""
    return _MARKS.sub("", text)


def in_a_hurry(text: str) -> str:
    """The text with some tone marks left out and a slip every few words; the same text gives the same slips."""
    chance = random.Random(text)
    typed = list(_TONES.sub(lambda mark: "" if chance.random() < _MARK_LEFT_OUT else mark[0], text))
    for _ in range(1 + len(typed) // _LETTERS_PER_SLIP):
        places = [place for place, letter in enumerate(typed[:-1]) if _LETTER.match(letter)]
        if places:
            _slip(typed, chance.choice(places), chance)
    return "".join(typed)


def _slip(typed: list[str], place: int, chance: random.Random) -> None:
    kind = chance.randrange(3)
    if kind == 0:
        del typed[place]
    elif kind == 1 and _THAI.match(typed[place]) and _THAI.match(typed[place + 1]):
        typed[place], typed[place + 1] = typed[place + 1], typed[place]
    else:
        typed[place] = _TAKEN_FOR.get(typed[place], typed[place])
