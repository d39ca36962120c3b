"""Small checks of JSON values, and the ways to combine them.

A check looks at one value and writes what is wrong into the findings. LINE
writes paths in two ways: `messages[0].text` in plain JSON and `/body/contents/0`
inside a template or a Flex container.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.simulator.counting import graphemes, utf16_units
from bot.simulator.refusals import Json


@dataclass(frozen=True)
class Where:
    """The path of a value inside the request body."""

    path: str = ""
    slashes: bool = False

    def field(self, name: str) -> "Where":
        """The path of a property of this object."""
        if self.slashes:
            return Where(f"{self.path}/{name}", True)
        return Where(f"{self.path}.{name}" if self.path else name)

    def item(self, index: int) -> "Where":
        """The path of an element of this list."""
        return Where(f"{self.path}/{index}", True) if self.slashes else Where(f"{self.path}[{index}]")


@dataclass
class Findings:
    """What is wrong with a body, in the order it was found."""

    details: list[Json] = field(default_factory=list)

    def add(self, where: Where, message: str) -> None:
        """Note one fault."""
        self.details.append({"message": message, "property": where.path})


Check = Callable[[object, Where, Findings], None]
Also = Callable[[Json, Where, Findings], None]


def anything(_value: object, _where: Where, _found: Findings) -> None:
    """Accepts every value."""


def text(most: int, least: int = 1, count: Callable[[str], int] = utf16_units) -> Check:
    """A string of `least` to `most`, not only spaces when it must not be empty."""

    def check(value: object, where: Where, found: Findings) -> None:
        if not isinstance(value, str):
            found.add(where, "Must be a string")
        elif _has_half_character(value):
            found.add(where, "Must be valid Unicode")
        elif least and not value.strip():
            found.add(where, "May not be empty")
        elif not least <= count(value) <= most:
            found.add(where, f"Length must be between {least} and {most}")

    return check


def _has_half_character(value: str) -> bool:
    """Whether a surrogate stands alone, which no UTF-8 can carry."""
    return any("\ud800" <= one <= "\udfff" for one in value)


def label(most: int, least: int = 1) -> Check:
    """A string counted in grapheme clusters."""
    return text(most, least, graphemes)


def matching(pattern: str, message: str = "Invalid value") -> Check:
    """A string that matches the whole pattern."""
    compiled = re.compile(pattern)

    def check(value: object, where: Where, found: Findings) -> None:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            found.add(where, message)

    return check


def one_of(*values: str) -> Check:
    """One of these strings."""

    def check(value: object, where: Where, found: Findings) -> None:
        if value not in values:
            found.add(where, f"Must be one of the following values: [{', '.join(values)}]")

    return check


def whole(least: int, most: int) -> Check:
    """A whole number in these bounds."""

    def check(value: object, where: Where, found: Findings) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            found.add(where, "Must be an integer")
        elif not least <= value <= most:
            found.add(where, f"Must be between {least} and {most}")

    return check


def number(least: float, most: float) -> Check:
    """A number in these bounds."""

    def check(value: object, where: Where, found: Findings) -> None:
        if not isinstance(value, int | float) or isinstance(value, bool):
            found.add(where, "Must be a number")
        elif not least <= value <= most:
            found.add(where, f"Must be between {least:g} and {most:g}")

    return check


def flag(value: object, where: Where, found: Findings) -> None:
    """True or false."""
    if not isinstance(value, bool):
        found.add(where, "Must be a boolean")


def list_of(check_item: Check, least: int, most: int) -> Check:
    """A list of `least` to `most` such things."""

    def check(value: object, where: Where, found: Findings) -> None:
        if not isinstance(value, list):
            found.add(where, "Must be an array")
            return
        if not least <= len(value) <= most:
            found.add(where, f"Size must be between {least} and {most}")
        for index, item in enumerate(value[: most + 1]):
            check_item(item, where.item(index), found)

    return check


def shape(
    required: Mapping[str, Check], optional: Mapping[str, Check] | None = None, also: Also | None = None
) -> Check:
    """An object with these properties and no others; null counts as absent.

    LINE does not say whether it refuses unknown properties. The simulator does,
    because a misspelt property is otherwise a fault nobody sees.
    """
    known = {**required, **(optional or {})}

    def check(value: object, where: Where, found: Findings) -> None:
        if not isinstance(value, dict):
            found.add(where, "Must be an object")
            return
        for name in required:
            if value.get(name) is None:
                found.add(where.field(name), "Must be specified")
        for name, part in value.items():
            if name not in known:
                found.add(where.field(str(name)), "Unknown property")
            elif part is not None:
                known[name](part, where.field(name), found)
        if also is not None:
            also(value, where, found)

    return check


def typed(
    required: Mapping[str, Check], optional: Mapping[str, Check] | None = None, also: Also | None = None
) -> Check:
    """A shape that also carries `type`, which `by_type` has looked at."""
    return shape({"type": anything, **required}, optional, also)


def by_type(kinds: Mapping[str, Check]) -> Check:
    """An object whose `type` says which of these shapes it must have."""

    def check(value: object, where: Where, found: Findings) -> None:
        if not isinstance(value, dict):
            found.add(where, "Must be an object")
        elif not isinstance(value.get("type"), str) or value["type"] not in kinds:
            found.add(where.field("type"), f"Must be one of the following values: [{', '.join(kinds)}]")
        else:
            kinds[value["type"]](value, where, found)

    return check


def url(schemes: tuple[str, ...], most: int) -> Check:
    """A percent-encoded address with one of these schemes."""

    def check(value: object, where: Where, found: Findings) -> None:
        if not isinstance(value, str) or not value:
            found.add(where, "May not be empty")
        elif utf16_units(value) > most:
            found.add(where, f"Length must be between 1 and {most}")
        elif not _is_encoded(value):
            found.add(where, "Must be percent-encoded UTF-8")
        elif not _has_scheme(value, schemes):
            found.add(where, "Invalid URI scheme")

    return check


def _is_encoded(address: str) -> bool:
    """Only printable ASCII without spaces, and every % followed by two hexadecimal digits."""
    if re.search(r"[^\x21-\x7e]", address):
        return False
    return re.search(r"%(?![0-9A-Fa-f]{2})", address) is None


def _has_scheme(address: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    needs_host = parts.scheme in ("http", "https")
    return parts.scheme in schemes and (bool(parts.hostname) or not needs_host)


picture_url = url(("https",), 2_000)
"""Addresses of pictures, films and sounds: https only, up to 2,000 (they did not grow with action URIs)."""
