"""How LINE counts: most texts in UTF-16 units, labels in grapheme clusters."""

import regex

_CLUSTER = regex.compile(r"\X")


def utf16_units(text: str) -> int:
    """The length as LINE counts texts; an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def graphemes(text: str) -> int:
    """The length as LINE counts labels; Thai vowel and tone marks do not count ("กี่" is 1)."""
    return sum(1 for _ in _CLUSTER.finditer(text))
