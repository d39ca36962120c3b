"""Reads and writes the tables of a profile: tab-separated, UTF-8, a line of names first, # for remarks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from bot.profiles.fields import Fields
from bot.profiles.findings import Findings

#: The columns of each table, in the order in which they are written. Those in OPTIONAL may be absent.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "departments.tsv": ("code", "name_th", "name_en", "desk", "confirmed", "source", "note"),
    "owners.tsv": (
        *("code", "name_th", "name_en", "short_th", "short_en", "hotline", "contact", "follow_up_days"),
        *("confirmed", "source", "note"),
    ),
    "categories.tsv": (
        *("code", "topic", "name_th", "name_en", "label_th", "label_en", "icon", "covers"),
        *("smart_city_domain", "department", "owner", "promise", "clock", "radius_m", "after_photo"),
        *("public", "confirmed", "source"),
    ),
    "numbers.tsv": ("name_th", "name_en", "phone", "danger", "owner", "confirmed", "source"),
    "answers.tsv": ("code", "forms", "answer_th", "answer_en", "department", "valid_until", "confirmed", "source"),
    "follow_ups.tsv": (
        *("category", "code", "label_th", "label_en", "ask_th", "ask_en", "choices_th", "choices_en"),
        *("confirmed", "source"),
    ),
    "canned.tsv": ("code", "department", "category", "title", "text", "confirmed", "source"),
    "holidays.tsv": ("date", "kind", "name_th", "name_en", "confirmed", "source"),
    "places.tsv": (
        *("code", "name_th", "name_en", "kind", "also", "road", "number", "lat", "lon", "accuracy_m"),
        *("confirmed", "source"),
    ),
}
OPTIONAL = frozenset({"source", "note", "contact"})


def read_text(path: Path, findings: Findings) -> str | None:
    """The file's text, or None with a problem noted."""
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        findings.add(path.name, 1, "is missing; every profile has this file")
    except OSError as error:
        findings.add(path.name, 1, f"cannot be read: {error.strerror}")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        findings.add(path.name, line, "is not UTF-8 here; save the file as UTF-8")
    return None


def rows(folder: Path, name: str, findings: Findings) -> list[Fields] | None:
    """The rows of one table, or None with problems noted when its line of names is of no use."""
    text = read_text(folder / name, findings)
    return None if text is None else rows_of(text, name, findings)


def rows_of(text: str, name: str, findings: Findings) -> list[Fields] | None:
    """The rows of a table's text, or None with problems noted when its line of names is of no use."""
    lines = [
        (number, line.split("\t"))
        for number, line in enumerate(text.split("\n"), 1)
        if line.strip() and not line.startswith("#")
    ]
    if not lines:
        findings.add(name, 1, f"is empty; begin with a line of names: {', '.join(COLUMNS[name])}")
        return None
    (head_line, head), *body = lines
    columns = [column.strip() for column in head]
    if not _heads_a_table(name, columns, head_line, findings):
        return None
    found = []
    for number, cells in body:
        if len(cells) > len(columns):
            findings.add(name, number, f"has {len(cells)} cells for {len(columns)} columns; is a tab too many?")
        # Editors drop tabs at the end of a line, so that empty last cells are simply not there.
        padded = cells + [""] * (len(columns) - len(cells))
        found.append(Fields(name, dict(zip(columns, padded, strict=False)), _always(number), findings))
    return found


def _heads_a_table(name: str, columns: list[str], line: int, findings: Findings) -> bool:
    header = Fields(name, dict.fromkeys(columns, ""), _always(line), findings)
    header.refuse_unknown(COLUMNS[name])
    doubled = [column for column in COLUMNS[name] if columns.count(column) > 1]
    missing = [column for column in COLUMNS[name] if column not in columns and column not in OPTIONAL]
    for column in doubled:
        header.problem(column, "stands twice in the line of names; keep one")
    for column in missing:
        header.problem(column, "this column is missing; add it")
    return not doubled and not missing


def _always(line: int) -> Callable[[str], int]:
    return lambda _key: line


def render(name: str, table: Iterable[Mapping[str, str]]) -> str:
    """The text of a table whose rows are given as column to cell."""
    columns = COLUMNS[name]
    lines = [columns, *(tuple(row[column] for column in columns) for row in table)]
    return "".join("\t".join(line) + "\n" for line in lines)
