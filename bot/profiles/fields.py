"""Reads single values out of a row or a section, and notes what is wrong with them.

Every method answers with a value of its type even when it found a problem, so that reading goes on to the
next problem; `Findings` then refuses the whole profile.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, time
from typing import Any

import regex

from bot.profiles.findings import Findings

#: What a code is made of: it stands in databases, URLs and JSON.
CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
PHONE = re.compile(r"\+?[0-9][0-9 -]{1,38}")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\ud800-\udfff]")


def graphemes(text: str) -> int:
    """How many characters a reader sees: Thai vowels and tone marks count with their letter, as LINE counts."""
    return len(regex.findall(r"\X", text))


class Fields:
    """The named values of one row of a table, or one section of profile.toml."""

    def __init__(self, file: str, values: Mapping[str, Any], line_of: Callable[[str], int], findings: Findings) -> None:
        self._file = file
        self._values = values
        self._line_of = line_of
        self._findings = findings

    def problem(self, key: str, what: str) -> None:
        """Note a problem at the line of `key`."""
        self._findings.add(self._file, self._line_of(key), f"{key}: {what}" if key else what)

    def refuse_unknown(self, known: Iterable[str]) -> None:
        """Note every value that nobody reads: most often a slip of the pen."""
        known = sorted(known)
        for key in self._values.keys() - set(known):
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known here: {', '.join(known)}"
            self.problem(key, f"nobody reads this; {hint}")

    def text(self, key: str, *, longest: int = 200, optional: bool = False) -> str:
        """Printable text without blanks around it, at most `longest` characters of the database."""
        value = self._values.get(key, "")
        if not isinstance(value, str):
            self.problem(key, "must be text in quotes")
            return ""
        text: str = value.strip()
        if not text and not optional:
            self.problem(key, "is missing; fill it in")
        elif _UNPRINTABLE.search(text):
            self.problem(key, "holds a control character; type it anew")
        elif len(text) > longest:
            self.problem(key, f"is {len(text)} characters long; shorten it to {longest}")
        return text

    def label(self, key: str, *, most: int) -> str:
        """Text for a button: at most `most` graphemes, a limit that LINE sets."""
        value = self.text(key)
        if (length := graphemes(value)) > most:
            self.problem(key, f"is {length} characters long on a button; find words of at most {most}")
        return value

    def matching(self, key: str, pattern: re.Pattern[str], example: str) -> str:
        """Text of a given form."""
        value = self.text(key)
        if value and not pattern.fullmatch(value):
            self.problem(key, f"{value!r} has the wrong form; write it like {example}")
        return value

    def code(self, key: str = "code") -> str:
        """A code: small letters, digits and underscores."""
        return self.matching(key, CODE, "public_works")

    def words(self, key: str) -> list[str]:
        """A list of texts; what is no text in it is left out, so that the caller finds it too short."""
        value = self._values.get(key)
        return [word for word in value if isinstance(word, str)] if isinstance(value, list) else []

    def phone(self, key: str, *, optional: bool = False) -> str:
        """A telephone number as people read it: digits, blanks and hyphens."""
        if optional and not self.text(key, optional=True):
            return ""
        return self.matching(key, PHONE, "02-567-6000")

    def one_of(self, key: str, choices: Collection[str]) -> str:
        """One of a few words."""
        value = self.text(key)
        if value and value not in choices:
            self.problem(key, f"{value!r} is not known; choose one of {', '.join(choices)}")
        return value

    def reference(self, key: str, known: Collection[str] | None, table: str, *, optional: bool = False) -> str:
        """A code that must stand in another table; not looked up when that table could not be read (None)."""
        value = self.text(key, optional=optional)
        if value and known is not None and value not in known:
            near = difflib.get_close_matches(value, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"add it to {table}"
            self.problem(key, f"{value!r} is not in {table}; {hint}")
        return value

    def flag(self, key: str) -> bool:
        """yes or no in a table, true or false in profile.toml."""
        value = self._values.get(key, "")
        if value is True or value == "yes":
            return True
        if value is not False and value != "no":
            self.problem(key, "must be yes or no (in profile.toml: true or false, without quotes)")
        return False

    def whole(self, key: str, *, least: int, most: int) -> int:
        """A whole number between `least` and `most`."""
        value = self._values.get(key, "")
        try:
            number = int(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else None
        except ValueError:
            number = None
        if number is None or not least <= number <= most:
            self.problem(key, f"must be a whole number from {least} to {most}")
            return least
        return number

    def decimal(self, key: str, *, most: float) -> float | None:
        """A latitude (most 90) or longitude (most 180) in a table; None where the cell is empty."""
        value = self.text(key, optional=True)
        if not value:
            return None
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not abs(number) <= most:
            self.problem(key, f"must be a number of degrees up to {most:g}; are lat and lon swapped?")
            return None
        return number

    def degrees(self, key: str, *, most: float) -> float:
        """A latitude (most 90) or longitude (most 180)."""
        value = self._values.get(key)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            self.problem(key, "must be a number of degrees, such as 13.987")
            return 0.0
        if abs(value) > most:
            self.problem(key, f"must lie between -{most:g} and {most:g}; are lat and lon swapped?")
        return float(value)

    def hour(self, key: str) -> time:
        """A time of day, as "08:30"."""
        value = self.text(key)
        if not re.fullmatch(r"(?:[01]\d|2[0-3]):[0-5]\d", value):
            self.problem(key, 'must be a time of day in quotes, such as "08:30"')
            return time(0)
        return time.fromisoformat(value)

    def day(self, key: str) -> date:
        """A date of the Gregorian calendar, as 2027-04-13."""
        value = self.text(key)
        try:
            day = date.fromisoformat(value)
        except ValueError:
            self.problem(key, f"{value!r} is no date; write it like 2027-04-13")
            return date.min
        if not 2000 <= day.year < 2200:
            self.problem(key, f"{value!r} must be a year of the Gregorian calendar: BE 2570 is 2027")
        return day


def refuse_doubles(rows: Iterable[Fields], key: str, values: Iterable[object]) -> None:
    """Note every row whose value of `key` an earlier row has already."""
    seen: set[object] = set()
    for row, value in zip(rows, values, strict=True):
        if value in ("", date.min):  # nothing readable there, which has been noted already
            continue
        if value in seen:
            row.problem(key, f"{value!s} stands here a second time; give each row its own")
        seen.add(value)
