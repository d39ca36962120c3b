"""Reads profile.toml: what the town is called, where it is, when it works and what it decides for itself."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.profiles import own_words, shape
from bot.profiles.fields import Fields, refuse_doubles
from bot.profiles.findings import Findings
from bot.profiles.tables import read_text

NAME = "profile.toml"
MUNICIPALITY_CODE = re.compile(r"[a-z][a-z0-9-]{0,39}")
TICKET_PREFIX = re.compile(r"[A-Z]{1,8}")
_HEADER = re.compile(r"\s*\[\[?\s*([\w.-]+)\s*\]\]?")
_KEY = re.compile(r"\s*([\w-]+)\s*=")
_SYNTAX_LINE = re.compile(r"at line (\d+)")
_STANDING = ("confirmed", "source")
_TOP = ("code", "ticket_prefix", "timezone", "notice_version", "over", "wording")
_SECTIONS = (
    *("name", "town_word", "office", "working_hours", "quiet_hours", "settings", "privacy", "outside"),
    "neighbours",
)
_SWITCHES = ("sends_unfinished_drafts", "unfinished_draft_minutes", "rejecting_needs_supervisor")


def standing(fields: Fields) -> dict[str, Any]:
    """Whether the town has confirmed it, and where it comes from."""
    return {
        "is_confirmed": fields.flag("confirmed"),
        "source": fields.text("source", longest=400, optional=True),
    }


def read(folder: Path, findings: Findings) -> dict[str, Any] | None:
    """The fields of `shape.Profile` that stand in profile.toml, or None when it cannot be read at all."""
    text = read_text(folder / NAME, findings)
    if text is None:
        return None
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = _SYNTAX_LINE.search(str(error))
        findings.add(NAME, int(where[1]) if where else 1, f"is not TOML: {error}")
        return None
    return _read(_Document(document, _lines(text), findings))


@dataclass(frozen=True)
class _Document:
    """profile.toml, with the line of everything in it."""

    values: dict[str, Any]
    lines: dict[tuple[str, str], int]
    findings: Findings

    def section(self, name: str, *known: str, standing: bool = True) -> Fields:
        """The values under [name]; "" is the top of the file. Whatever is not known there is noted."""
        values = self.values.get(name) if name else self.values
        return self.fields(values, name, (*known, *_STANDING) if standing else known)

    def fields(self, values: Any, section: str, known: Iterable[str]) -> Fields:
        """The values of a section that may stand in a list."""
        usable = values if isinstance(values, dict) else {}
        found = Fields(NAME, usable, self._finder(section), self.findings)
        if usable is not values:
            found.problem("", f"the section [{section}] is missing; add it")
        found.refuse_unknown(known)
        return found

    def _finder(self, section: str) -> Callable[[str], int]:
        return lambda key: self.lines.get((section, key), self.lines.get((section, ""), 1))


def _read(document: _Document) -> dict[str, Any]:
    top = document.section("", *_TOP, *_SECTIONS, standing=False)
    return {
        "code": top.matching("code", MUNICIPALITY_CODE, "rangsit"),
        "ticket_prefix": top.matching("ticket_prefix", TICKET_PREFIX, "RS"),
        "timezone": _timezone(top),
        "notice_version": top.text("notice_version", longest=40),
        "name": _words(document.section("name", "th", "en", standing=False)),
        "town_word": _words(document.section("town_word", "th", "en", standing=False), longest=40),
        "office": _office(document.section("office", "address_th", "address_en", "phone", "lat", "lon")),
        "working_hours": _hours(document.section("working_hours", "opens", "closes", "weekdays")),
        "quiet_hours": _quiet(document.section("quiet_hours", "starts", "ends")),
        "switches": _switches(document.section("settings", *_SWITCHES)),
        "privacy": _privacy(document),
        "outside": _words(document.section("outside", "th", "en", standing=False)),
        "neighbours": _neighbours(document, top),
        "over": _over(document, top),
        "wording": own_words.read(document.values.get("wording", {}), top),
    }


def _over(document: _Document, top: Fields) -> tuple[str, ...]:
    codes = document.values.get("over", [])
    if not isinstance(codes, list) or not all(MUNICIPALITY_CODE.fullmatch(str(code)) for code in codes):
        top.problem("over", 'must be a list of codes of towns, such as ["rangsit"]')
        return ()
    return tuple(str(code) for code in codes)


def _timezone(top: Fields) -> str:
    name = top.text("timezone", longest=60)
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError):  # no such zone, a folder of zones, or no name of a file
        if name:
            top.problem("timezone", f"{name!r} is not known; write it like Asia/Bangkok")
        return "UTC"
    return name


def _words(section: Fields, *, longest: int = 200) -> shape.Words:
    return shape.Words(section.text("th", longest=longest), section.text("en", longest=longest))


def _office(section: Fields) -> shape.Office:
    return shape.Office(
        address_th=section.text("address_th", longest=400),
        address_en=section.text("address_en", longest=400),
        phone=section.phone("phone"),
        lat=section.degrees("lat", most=90),
        lon=section.degrees("lon", most=180),
        **standing(section),
    )


def _hours(section: Fields) -> shape.WorkingHours:
    opens, closes = section.hour("opens"), section.hour("closes")
    if not opens < closes:
        section.problem("closes", "must be later than opens")
    days = section.words("weekdays")
    if not days or any(day not in shape.WEEKDAYS for day in days) or len(set(days)) != len(days):
        section.problem("weekdays", 'must be a list of days, each once, such as ["mon", "tue"]')
    numbers = tuple(sorted({shape.WEEKDAYS.index(day) for day in days if day in shape.WEEKDAYS}))
    return shape.WorkingHours(opens, closes, numbers, **standing(section))


def _quiet(section: Fields) -> shape.QuietHours:
    return shape.QuietHours(section.hour("starts"), section.hour("ends"), **standing(section))


def _switches(section: Fields) -> shape.Switches:
    return shape.Switches(
        sends_unfinished_drafts=section.flag("sends_unfinished_drafts"),
        unfinished_draft_minutes=section.whole("unfinished_draft_minutes", least=1, most=1440),
        rejecting_needs_supervisor=section.flag("rejecting_needs_supervisor"),
        **standing(section),
    )


def _privacy(document: _Document) -> shape.Privacy:
    """What a town says of it; a profile of an older release says nothing."""
    if "privacy" not in document.values:
        return shape.Privacy()
    section = document.section("privacy", "raw_days", "words_years", "contact_th", "contact_en")
    return shape.Privacy(
        raw_days=section.whole("raw_days", least=7, most=400),
        words_years=section.whole("words_years", least=1, most=20),
        contact_th=section.text("contact_th", longest=400),
        contact_en=section.text("contact_en", longest=400),
        **standing(section),
    )


def _neighbours(document: _Document, top: Fields) -> tuple[shape.Neighbour, ...]:
    said = document.values.get("neighbours", [])
    if not isinstance(said, list):
        top.problem("neighbours", "must be written as [[neighbours]], once for each side")
        return ()
    read = [
        document.fields(row, f"neighbours[{number}]", ("side", "th", "en", *_STANDING))
        for number, row in enumerate(said)
    ]
    found = tuple(
        shape.Neighbour(row.one_of("side", shape.SIDES), row.text("th"), row.text("en"), **standing(row))
        for row in read
    )
    refuse_doubles(read, "side", [neighbour.side for neighbour in found])
    return found


def _lines(text: str) -> dict[tuple[str, str], int]:
    """Where each section (key "") and each key stands. Sections of a list are numbered: neighbours[0]."""
    section, found, counts = "", {("", ""): 1}, dict[str, int]()
    for number, line in enumerate(text.split("\n"), 1):
        if header := _HEADER.match(line):
            section = header[1]
            found.setdefault(("", header[1]), number)
            if line.lstrip().startswith("[["):
                counts[section] = counts.get(section, -1) + 1
                section = f"{section}[{counts[section]}]"
            found.setdefault((section, ""), number)
        elif key := _KEY.match(line):
            found.setdefault((section, key[1]), number)
    return found
