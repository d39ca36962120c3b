"""Puts a profile together out of its files, and checks what one file says of another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import shapely

from bot.profiles import boundary, ground as ground_of, places as places_of, sections, shape, speaking
from bot.profiles.fields import Fields, refuse_doubles
from bot.profiles.findings import Findings
from bot.profiles.sections import standing
from bot.profiles.tables import rows

#: Limits of LINE: a Flex button shows 40 graphemes, a quick reply 20.
_BUTTON, _QUICK_REPLY = 40, 20
#: Lengths in the database (models/municipality.py, models/category.py).
_WORD, _SHORT, _ICON, _CONTACT, _COVERS = 40, 40, 16, 400, 1000
_CLOCKS = ("calendar", "working")
_KINDS = ("public", "substitution", "special")
#: A town hall may stand a little outside its town; farther off (about 20 km), lat or lon is wrong.
_OFFICE_MAY_BE_OFF = 0.2

Row = TypeVar("Row", bound=shape.Fact)


def read(folder: Path) -> shape.Profile:
    """The profile in this folder.

    :raises ProfileRefused: with everything that is wrong with it.
    """
    findings = Findings()
    said = sections.read(folder, findings)
    outline = boundary.read(folder, findings)
    tables = _Tables(folder, findings)
    departments = tables.read("departments.tsv", _department, {"code": "code", "name_th": "name_th"})
    owners = tables.read("owners.tsv", _owner, {"code": "code", "name_th": "name_th"}, may_be_empty=True)
    categories = tables.read(
        "categories.tsv",
        _category_maker(_codes(departments), _codes(owners)),
        {"code": "code", "name_th": "name_th", "label_th": "label_th", "label_en": "label_en"},
    )
    numbers = tables.read("numbers.tsv", _number_maker(_codes(owners)), {"phone": "phone"})
    holidays = tables.read("holidays.tsv", _holiday, {"date": "day"})
    answers = tables.read_if_there("answers.tsv", speaking.answer_maker(_codes(departments)), {"code": "code"})
    follow_ups = tables.read_if_there("follow_ups.tsv", speaking.follow_up_maker(_codes(categories)), {"code": "code"})
    places = tables.read_if_there(places_of.NAME, places_of.make, {"code": "code"})
    owned = ground_of.read(folder, findings, _codes(owners), _codes(categories))
    maker = _canned_maker(_codes(departments), _codes(categories))
    canned = tables.read_if_there("canned.tsv", maker, {"code": "code"})
    _check_desk(departments, findings)
    if said is not None and outline is not None:
        _check_office(said["office"], outline, findings)
        places_of.check(places, outline, findings)
    findings.refuse_if_any()
    assert said is not None and outline is not None, "what cannot be read has been noted"
    return shape.Profile(
        **said,
        departments=departments or (),
        owners=owners or (),
        categories=categories or (),
        numbers=numbers or (),
        holidays=tuple(sorted(holidays or (), key=lambda holiday: holiday.day)),
        outline=outline,
        answers=answers,
        canned=canned,
        follow_ups=follow_ups,
        places=places,
        ground=owned,
    )


@dataclass(frozen=True)
class _Tables:
    folder: Path
    findings: Findings

    def read(
        self, name: str, make: Callable[[Fields], Row], unique: dict[str, str], *, may_be_empty: bool = False
    ) -> tuple[Row, ...] | None:
        """Every row made with `make`, or None; in the columns of `unique` (column: field) nothing comes twice."""
        found = rows(self.folder, name, self.findings)
        if found is None:
            return None
        if not found and not may_be_empty:
            self.findings.add(name, 1, "has no rows; add at least one")
        made = tuple(make(row) for row in found)
        for column, field in unique.items():
            refuse_doubles(found, column, [getattr(row, field) for row in made])
        return made

    def read_if_there(self, name: str, make: Callable[[Fields], Row], unique: dict[str, str]) -> tuple[Row, ...]:
        """The rows of a file that a town may do without."""
        if not (self.folder / name).exists():
            return ()
        return self.read(name, make, unique, may_be_empty=True) or ()


def _codes(table: Iterable[shape.Department | shape.Owner | shape.Category] | None) -> set[str] | None:
    return None if table is None else {row.code for row in table}


def _department(row: Fields) -> shape.Department:
    return shape.Department(
        code=row.code(),
        name_th=row.label("name_th", most=_BUTTON),
        name_en=row.label("name_en", most=_BUTTON),
        is_desk=row.flag("desk"),
        note=row.text("note", longest=1000, optional=True),
        **standing(row),
    )


def _canned_maker(departments: set[str] | None, categories: set[str] | None) -> Callable[[Fields], shape.Canned]:
    def make(row: Fields) -> shape.Canned:
        return shape.Canned(
            code=row.code(),
            department=row.reference("department", departments, "departments.tsv", optional=True),
            category=row.reference("category", categories, "categories.tsv", optional=True),
            title=row.label("title", most=_BUTTON),
            text=row.text("text", longest=1000),
            **standing(row),
        )

    return make


def _owner(row: Fields) -> shape.Owner:
    return shape.Owner(
        code=row.code(),
        name_th=row.label("name_th", most=_BUTTON),
        name_en=row.label("name_en", most=_BUTTON),
        short_th=row.text("short_th", longest=_SHORT),
        short_en=row.text("short_en", longest=_SHORT),
        hotline=row.phone("hotline", optional=True),
        contact=row.text("contact", longest=_CONTACT, optional=True),
        follow_up_days=row.whole("follow_up_days", least=0, most=365),
        note=row.text("note", longest=1000, optional=True),
        **standing(row),
    )


def _category_maker(departments: set[str] | None, owners: set[str] | None) -> Callable[[Fields], shape.Category]:
    def make(row: Fields) -> shape.Category:
        return shape.Category(
            code=row.code(),
            topic=row.code("topic"),
            name_th=row.label("name_th", most=_BUTTON),
            name_en=row.label("name_en", most=_BUTTON),
            label_th=row.label("label_th", most=_QUICK_REPLY),
            label_en=row.label("label_en", most=_QUICK_REPLY),
            icon=row.text("icon", longest=_ICON),
            covers=row.text("covers", longest=_COVERS),
            smart_city_domain=row.text("smart_city_domain", longest=_WORD),
            department=row.reference("department", departments, "departments.tsv"),
            owner=row.reference("owner", owners, "owners.tsv", optional=True),
            promise=row.whole("promise", least=1, most=9999),
            clock=row.one_of("clock", _CLOCKS),
            radius_m=row.whole("radius_m", least=0, most=100_000),
            needs_after_photo=row.flag("after_photo"),
            is_public=row.flag("public"),
            **standing(row),
        )

    return make


def _number_maker(owners: set[str] | None) -> Callable[[Fields], shape.ImportantNumber]:
    def make(row: Fields) -> shape.ImportantNumber:
        return shape.ImportantNumber(
            name_th=row.label("name_th", most=_BUTTON),
            name_en=row.label("name_en", most=_BUTTON),
            phone=row.phone("phone"),
            is_for_danger=row.flag("danger"),
            owner=row.reference("owner", owners, "owners.tsv", optional=True),
            **standing(row),
        )

    return make


def _holiday(row: Fields) -> shape.Holiday:
    return shape.Holiday(
        day=row.day("date"),
        kind=row.one_of("kind", _KINDS),
        name_th=row.text("name_th"),
        name_en=row.text("name_en"),
        **standing(row),
    )


def _check_desk(departments: tuple[shape.Department, ...] | None, findings: Findings) -> None:
    if departments and (desks := sum(department.is_desk for department in departments)) != 1:
        findings.add("departments.tsv", 1, f"names {desks} complaint desks; say desk yes in exactly one row")


def _check_office(office: shape.Office, outline: shape.Outline, findings: Findings) -> None:
    area = shapely.geometry.shape(outline.geometry)
    if area.distance(shapely.Point(office.lon, office.lat)) > _OFFICE_MAY_BE_OFF:
        what = "the office lies far outside the outline; check its lat and lon, and boundary.geojson"
        findings.add(sections.NAME, 1, what)
