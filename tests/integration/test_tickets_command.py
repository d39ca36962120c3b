"""`flask tickets`: what other systems may know of a town's tickets, exactly as the contract has it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli.tickets import tickets
from bot.database import Database
from bot.drafts import Place
from models.lifecycle import Actor, TicketStatus
from tests import builders
from tests.builders import NOON

KEYS = [
    "number", "category", "status", "urgent", "department", "owner", "point", "reports", "channel", "created", "due",
    "mark", "merged_into",
]  # fmt: skip
WORDS = "บ้านเลขที่ 99/9 โทร 0812345678"


@pytest.fixture(autouse=True)
def _settings(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(tickets, list(arguments))


def listed(*arguments: str) -> list[dict[str, Any]]:
    done = run(*arguments, "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_a_town_without_tickets_is_an_empty_array(database: Database) -> None:
    with database.transaction() as session:
        builders.town(session)
    assert run("rangsit", "--json").stdout == "[]\n"


def test_a_new_ticket_stands_as_the_contract_says(database: Database) -> None:
    with database.transaction() as session:
        builders.town(session).ticket()
    (row,) = listed("rangsit")
    assert list(row) == KEYS
    assert row == {
        "number": "RS-6911-00001",
        "category": "tap_water_quality",
        "status": "new",
        "urgent": False,
        "department": "water",
        "owner": "pwa",
        "point": {"lat": 13.9871, "lon": 100.6095},
        "reports": 1,
        "channel": "line",
        "created": "2026-11-24T11:00:00+07:00",
        "due": "2026-11-25T11:00:00+07:00",
        "mark": None,
        "merged_into": None,
    }


def test_nobodys_words_and_places_in_words_are_in_it(database: Database) -> None:
    with database.transaction() as session:
        town = builders.town(session)
        town.ticket("service", words=WORDS, place=Place(words=WORDS, said="place-2"))
    for output in (run("rangsit", "--json").stdout, run("rangsit").stdout):
        assert "RS-6911-00001" in output
        assert not any(piece in output for piece in WORDS.split())


def test_tickets_come_oldest_first_and_each_town_has_its_own(database: Database) -> None:
    with database.transaction() as session:
        town, other = builders.town(session), builders.town(session, code="elsewhere", prefix="EL")
        town.ticket(by="สอง", at=NOON + timedelta(hours=2))
        town.ticket(by="หนึ่ง", at=NOON)
        other.ticket()
    assert [row["number"] for row in listed("rangsit")] == ["RS-6911-00002", "RS-6911-00001"]
    assert [row["number"] for row in listed("elsewhere")] == ["EL-6911-00001"]


def test_what_became_of_tickets_is_told(database: Database) -> None:
    with database.transaction() as session:
        town = builders.town(session)
        officer = town.officer("สมชาย", "clerk")
        kept, joined, merged = (town.ticket("garbage", by=name) for name in ("ก", "ข", "ค"))
        town.join(joined, "ง", "ที่ซอยเดียวกัน")
        # Merging has no use-case yet; the row is what other systems will see.
        merged.merged_into_id, merged.status, merged.status_before = kept.id, TicketStatus.MERGED, "new"
        merged.due_at = None
        town.move(kept, TicketStatus.REJECTED, officer)
        town.ticket("canal", by="จ", is_urgent=True, is_unsent=True, place=Place(is_unknown=True))
    rows = {row["number"]: row for row in listed("rangsit")}
    assert rows["RS-6911-00003"]["merged_into"] == "RS-6911-00001"
    assert (rows["RS-6911-00001"]["status"], rows["RS-6911-00001"]["due"]) == ("rejected", None)
    assert rows["RS-6911-00002"]["reports"] == 2
    urgent = next(row for row in rows.values() if row["urgent"])
    assert (urgent["mark"], urgent["point"], urgent["owner"]) == ("unsent_draft", None, "rid")


def test_a_report_that_was_taken_back_does_not_count(database: Database) -> None:
    with database.transaction() as session:
        ticket = builders.town(session).ticket()
        ticket.reports[0].withdrawn_at = NOON
        ticket.move_to(TicketStatus.CANCELLED, Actor.RESIDENT, NOON)
    assert [(row["reports"], row["channel"]) for row in listed("rangsit")] == [(0, "line")]


def test_a_due_date_reads_back_as_the_moment_it_is(database: Database) -> None:
    with database.transaction() as session:
        due = builders.town(session).ticket("garbage").due_at
    assert datetime.fromisoformat(listed("rangsit")[0]["due"]) == due


def test_an_unknown_municipality_is_said_so(database: Database) -> None:
    done = run("nowhere", "--json")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "nowhere" in done.stderr


def test_people_get_a_line_a_ticket(database: Database) -> None:
    with database.transaction() as session:
        town = builders.town(session)
        town.ticket(is_urgent=True)
        town.ticket("garbage")
    assert run("rangsit").stdout.splitlines() == [
        "RS-6911-00001 new urgent tap_water_quality water due 2026-11-25T11:00:00+07:00",
        "RS-6911-00002 new garbage environment due 2026-11-26T16:30:00+07:00",
    ]
