"""Writes a profile to a folder, so that reading it again gives the same town."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from bot.profiles import boundary, ground, sections
from bot.profiles.shape import WEEKDAYS, Answer, Fact, Privacy, Profile, Words, clock_time
from bot.profiles.speaking import BAR, NEW_LINE
from bot.profiles.tables import render

#: Tables that one town may take from another.
SHARED = ("owners.tsv", "answers.tsv", "follow_ups.tsv", "canned.tsv")


def write(profile: Profile, folder: Path) -> None:
    """Write every file of the profile into `folder`, which is made if it is not there.

    :raises FileExistsError: the folder holds something; a town's own files are never written over.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty; name a new folder")
    files = {sections.NAME: _sections(profile), boundary.NAME: _boundary(profile), **dict(_tables(profile))}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def share(profile: Profile, folder: Path) -> list[str]:
    """Write what another town can use into a new folder: the tables of SHARED; gives the files' names.

    Nothing is confirmed there, and where letters go is each town's own.

    :raises FileExistsError: the folder holds something.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty; name a new folder")
    given = replace(
        profile,
        owners=tuple(replace(row, is_confirmed=False, contact="") for row in profile.owners),
        answers=tuple(replace(row, is_confirmed=False) for row in profile.answers),
        follow_ups=tuple(replace(row, is_confirmed=False) for row in profile.follow_ups),
        canned=tuple(replace(row, is_confirmed=False) for row in profile.canned),
    )
    written = [(name, text) for name, text in _tables(given) if name in SHARED]
    for name, text in written:
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return [name for name, _ in written]


def _tables(profile: Profile) -> Iterator[tuple[str, str]]:
    yield (
        "departments.tsv",
        render("departments.tsv", ({**_cells(row), "desk": _yes(row.is_desk)} for row in profile.departments)),
    )
    yield "owners.tsv", render("owners.tsv", (_cells(row) for row in profile.owners))
    yield (
        "categories.tsv",
        render(
            "categories.tsv",
            (
                {**_cells(row), "after_photo": _yes(row.needs_after_photo), "public": _yes(row.is_public)}
                for row in profile.categories
            ),
        ),
    )
    yield (
        "numbers.tsv",
        render("numbers.tsv", ({**_cells(row), "danger": _yes(row.is_for_danger)} for row in profile.numbers)),
    )
    yield "answers.tsv", answers_table(profile.answers)
    yield (
        "follow_ups.tsv",
        render(
            "follow_ups.tsv",
            (
                {**_cells(row), "choices_th": BAR.join(row.choices_th), "choices_en": BAR.join(row.choices_en)}
                for row in profile.follow_ups
            ),
        ),
    )
    yield (
        "holidays.tsv",
        render("holidays.tsv", ({**_cells(row), "date": row.day.isoformat()} for row in profile.holidays)),
    )
    if profile.ground:
        yield ground.NAME, ground.render(profile.ground)
    if profile.canned:
        yield "canned.tsv", render("canned.tsv", (_cells(row) for row in profile.canned))
    if profile.places:
        yield "places.tsv", render("places.tsv", (_cells(row) for row in profile.places))


def answers_table(answers: Iterable[Answer]) -> str:
    """The text of answers.tsv."""
    return render(
        "answers.tsv",
        (
            {
                **_cells(row),
                "forms": BAR.join(row.forms),
                "answer_th": row.answer_th.replace("\n", NEW_LINE),
                "answer_en": row.answer_en.replace("\n", NEW_LINE),
                "valid_until": row.valid_until.isoformat() if row.valid_until else "",
            }
            for row in answers
        ),
    )


def _cells(fact: Fact) -> dict[str, str]:
    cells = {key: "" if value is None else str(value) for key, value in vars(fact).items()}
    return {**cells, "confirmed": _yes(fact.is_confirmed)}


def _yes(flag: bool) -> str:
    return "yes" if flag else "no"


def _sections(profile: Profile) -> str:
    hours, quiet, switches, office = (
        profile.working_hours,
        profile.quiet_hours,
        profile.switches,
        profile.office,
    )
    parts = [
        *((_pairs(over=list(profile.over)),) if profile.over else ()),
        _pairs(
            code=profile.code,
            ticket_prefix=profile.ticket_prefix,
            timezone=profile.timezone,
            notice_version=profile.notice_version,
        ),
        "[name]\n" + _words(profile.name),
        "[town_word]\n" + _words(profile.town_word),
        "[office]\n"
        + _pairs(address_th=office.address_th, address_en=office.address_en, phone=office.phone)
        + _pairs(lat=office.lat, lon=office.lon)
        + _standing(office),
        "[working_hours]\n"
        + _pairs(opens=clock_time(hours.opens), closes=clock_time(hours.closes))
        + _pairs(weekdays=[WEEKDAYS[day] for day in hours.weekdays])
        + _standing(hours),
        "[quiet_hours]\n" + _pairs(starts=clock_time(quiet.starts), ends=clock_time(quiet.ends)) + _standing(quiet),
        "[settings]\n"
        + _pairs(
            sends_unfinished_drafts=switches.sends_unfinished_drafts,
            unfinished_draft_minutes=switches.unfinished_draft_minutes,
            rejecting_needs_supervisor=switches.rejecting_needs_supervisor,
        )
        + _standing(switches),
        "[privacy]\n" + _privacy(profile.privacy),
        "[outside]\n" + _words(profile.outside),
        *(
            "[[neighbours]]\n" + _pairs(side=row.side, th=row.th, en=row.en) + _standing(row)
            for row in profile.neighbours
        ),
    ]
    parts += [f"[wording.{language}]\n" + _own_words(lines) for language, lines in profile.wording.items()]
    return "\n".join(parts)


def _own_words(lines: dict[str, str]) -> str:
    return "".join(f"{json.dumps(key)} = {json.dumps(text, ensure_ascii=False)}\n" for key, text in lines.items())


def _privacy(privacy: Privacy) -> str:
    return (
        _pairs(raw_days=privacy.raw_days, words_years=privacy.words_years)
        + _pairs(contact_th=privacy.contact_th, contact_en=privacy.contact_en)
        + _standing(privacy)
    )


def _words(words: Words) -> str:
    return _pairs(th=words.th, en=words.en)


def _standing(fact: Fact) -> str:
    return _pairs(confirmed=fact.is_confirmed, source=fact.source)


def _pairs(**values: str | float | bool | list[str]) -> str:
    """Lines of TOML. JSON writes text, numbers, flags and lists of text just as TOML does."""
    return "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items())


def _boundary(profile: Profile) -> str:
    outline = profile.outline
    feature = {
        "type": "Feature",
        "properties": {
            "name": f"{profile.name.en}, outline",
            "confirmed": outline.is_confirmed,
            "source": outline.source,
        },
        "geometry": outline.geometry,
    }
    return json.dumps(feature, ensure_ascii=False, indent=1) + "\n"
