"""flask harness replay: real reports, each from a new resident, through the whole system."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import click

from bot import profiles
from bot.cli.harness_line import fail, print_json
from bot.cli.harness_stack import running_town
from bot.simulator import CannotDo, NotSeen, Person, Said, Town

TICKET = re.compile(r"\b[A-Z]{2,}-\d{4}-\d{5,}\b")
START, SEND, OTHER_PROBLEM, SEND_PLACE = "แจ้งปัญหา", "ส่งเรื่อง", "ไม่ใช่", "ส่งตำแหน่ง"
_NEVER_PRESSED = ("ยกเลิก", "เรื่องเดียวกัน", START)
_MOST_STEPS = 12
_PATIENCE_SECONDS = 60.0

Geometry = dict[str, Any]
Ring = list[list[float]]


@dataclass
class Reported:
    """How one report went."""

    row: int
    acknowledged: bool = True
    ticket: str | None = None
    stopped: str | None = None
    labels: list[str] = field(default_factory=list)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--text-column", default="text", show_default=True, help="The column with the reports' words.")
@click.option("--inside", default="rangsit", show_default=True, help="Profile: places are drawn in its outline.")
@click.option("--seed", default=1, show_default=True, help="The same seed draws the same places.")
@click.option("--to", default="http://127.0.0.1:8000", show_default=True, help="The application.")
@click.option("--limit", type=int, help="Only the first so many reports.")
@click.option("--at-once", default=4, show_default=True, help="How many residents report at the same time.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def replay(
    file: Path,
    text_column: str,
    inside: str,
    seed: int,
    to: str,
    limit: int | None,
    at_once: int,
    as_json: bool,
) -> None:
    """Let every line of FILE (tab-separated, with a header) be reported by a resident of its own.

    Each presses แจ้งปัญหา, writes the words, sends a place inside the outline,
    takes the first choice where one is offered, joins and splits nothing, and
    presses ส่งเรื่อง unless there is a ticket already. Starts what does not answer
    (the simulator at LINE_API_URL, flask serve at --to) and stops only that.
    Exit status 0 only if every report became a ticket whose card was seen and the
    simulator refused nothing.
    """
    texts = read_texts(file, text_column)[:limit]
    try:
        profile = profiles.load(inside)
    except (profiles.UnknownProfile, profiles.ProfileRefused) as refused:
        raise click.ClickException(str(refused)) from None
    geometry = profiles.outline(inside)
    with running_town(inside, profile.code, to.rstrip("/")) as (line, town):
        refused_before = len(line.refusals())
        began = time.monotonic()
        run = f"{time.time():.0f}"
        with ThreadPoolExecutor(at_once) as pool:
            jobs = [
                pool.submit(report, town, f"ผู้แจ้ง {run}-{row}", row, text, place_in(geometry, f"{seed}:{row}"))
                for row, text in enumerate(texts, 1)
            ]
            done = [job.result() for job in jobs]
        seconds = time.monotonic() - began
        refused_calls = line.refusals()[refused_before:]
    for one in done:
        if one.stopped is not None:
            click.echo(f"report {one.row}: {one.stopped}; on offer: {', '.join(one.labels)}", err=True)
    for call in refused_calls[:20]:
        click.echo(f"refused: {call['endpoint']} {call['status']} {call['message']} {call['details']}", err=True)
    told = {
        "sent": len(done),
        "acknowledged": sum(one.acknowledged for one in done),
        "tickets": len({one.ticket for one in done if one.ticket}),
        "cards_seen": sum(one.ticket is not None for one in done),
        "refused": len(refused_calls),
        "seconds": round(seconds, 1),
    }
    if as_json:
        print_json(told)
    else:
        click.echo("\n".join(f"{name}: {value}" for name, value in told.items()))
    if not (told["sent"] == told["tickets"] == told["cards_seen"] and told["refused"] == 0):
        fail()


def read_texts(file: Path, column: str) -> list[str]:
    """The words of every line that has some. Lines are split at tabs only; quotes are words.

    :raises click.ClickException: there is no such column.
    """
    lines = file.read_text(encoding="utf-8-sig").split("\n")
    header = lines[0].rstrip("\r").split("\t")
    if column not in header:
        raise click.ClickException(f"{file} has no column {column}; it has {', '.join(header)}")
    position = header.index(column)
    cells = (line.rstrip("\r").split("\t") for line in lines[1:])
    return [cell[position] for cell in cells if len(cell) > position and cell[position].strip()]


def place_in(geometry: Geometry, seed: str) -> tuple[float, float]:
    """A point (latitude, longitude) inside a GeoJSON Polygon or MultiPolygon; the same seed, the same point."""
    dice = random.Random(seed)
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    corners = [corner for polygon in polygons for corner in polygon[0]]
    west, east = min(x for x, *_ in corners), max(x for x, *_ in corners)
    south, north = min(y for _, y, *_ in corners), max(y for _, y, *_ in corners)
    while True:
        lon, lat = dice.uniform(west, east), dice.uniform(south, north)
        if any(_is_in(polygon, lon, lat) for polygon in polygons):
            return round(lat, 6), round(lon, 6)


def report(town: Town, name: str, row: int, text: str, place: tuple[float, float]) -> Reported:
    """One resident's whole report, from adding the account to the ticket card."""
    done = Reported(row)
    resident = town.person(name)
    try:
        _begin(resident, done)
        written = _answer_to(resident, done, partial(resident.sends, text))
        _note_ticket(done, written, text)
        answer = _answer_to(resident, done, partial(resident.sends_place, *place))
        _note_ticket(done, answer, text)
        _finish(resident, done, answer, text, place)
    except (NotSeen, CannotDo) as problem:
        done.stopped = done.stopped or str(problem).splitlines()[0].replace(text, "…")
    return done


def _begin(resident: Person, done: Reported) -> None:
    """Add the account, wait for the welcome, and press แจ้งปัญหา, or type it where no menu is linked yet."""
    _answer_to(resident, done, resident.adds_the_account)
    if resident.can_press(START):
        _answer_to(resident, done, partial(resident.presses, START, within=0))
    else:
        _answer_to(resident, done, partial(resident.sends, START))


def _finish(resident: Person, done: Reported, answer: list[Said], text: str, place: tuple[float, float]) -> None:
    """Take the first choice until the card is there; press ส่งเรื่อง when it is offered."""
    for _ in range(_MOST_STEPS):
        if done.ticket is not None:
            return
        done.labels = [label for said in answer for label in said.labels]
        label = next_press(done.labels)
        if label is None:
            answer = _more(resident, answer)
        elif label == SEND_PLACE:
            answer = _answer_to(resident, done, partial(resident.sends_place, *place))
        else:
            answer = _answer_to(resident, done, partial(resident.presses, label, within=0))
        _note_ticket(done, answer, text)
    if done.ticket is None:
        done.stopped = f"no ticket after {_MOST_STEPS} steps"


def next_press(labels: Iterable[str]) -> str | None:
    """Which of these a resident presses who wants to be done: send, not the same, the place, else the first choice."""
    offered = list(labels)
    for wanted in (SEND, OTHER_PROBLEM, SEND_PLACE):
        if wanted in offered:
            return wanted
    return next((label for label in offered if label and label not in _NEVER_PRESSED), None)


def _answer_to(resident: Person, done: Reported, act: Callable[[], Any]) -> list[Said]:
    """Do it, and wait for what the bot answers."""
    mark = resident.mark()
    outcome = act()
    delivery = outcome.get("delivery", outcome)
    if delivery.get("reason") != "ok":
        done.acknowledged = False
    return _heard(resident, mark)


def _more(resident: Person, answer: list[Said]) -> list[Said]:
    """What comes after an answer that offers nothing."""
    return _heard(resident, answer[-1].n + 1)


def _heard(resident: Person, mark: int) -> list[Said]:
    resident.sees("", since=mark, within=_PATIENCE_SECONDS)
    return [said for said in resident.since(mark) if said["by"] == "bot"]


def _note_ticket(done: Reported, answer: list[Said], text: str) -> None:
    """Keep the number on a ticket card; one that stands in the resident's own words does not count."""
    numbers = (number for said in answer for number in TICKET.findall(said.text) if number not in text)
    done.ticket = done.ticket or next(numbers, None)


def _is_in(polygon: list[Ring], x: float, y: float) -> bool:
    """Inside the outer ring and in none of the holes."""
    outer, *holes = polygon
    return _is_in_ring(outer, x, y) and not any(_is_in_ring(hole, x, y) for hole in holes)


def _is_in_ring(ring: Ring, x: float, y: float) -> bool:
    """Whether a ray from the point crosses the ring an odd number of times."""
    inside = False
    for (x1, y1, *_), (x2, y2, *_) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside
