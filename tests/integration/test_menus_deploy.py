"""`flask menus deploy` against the strict simulator: what people then see below their chat."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner, Result

from bot import clock, profiles, towns
from bot.cli import menus as command
from bot.database import Database
from bot.line.client import shared_client
from bot.line.menu_definitions import MENUS
from bot.simulator import Simulator, Town
from models import Resident

TOKEN = "token-of-the-menus"


@pytest.fixture
def line() -> Iterator[Simulator]:
    with Simulator.start() as started:
        yield started


@pytest.fixture
def town(line: Simulator, database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """Rangsit with its account at LINE, and the settings that lead there."""
    with database.transaction() as session:
        towns.import_profile(session, profiles.load("rangsit"), datetime(2026, 11, 21, tzinfo=UTC))
    for name, value in {
        "DATABASE_URL": database.url,
        "LINE_API_URL": line.api_url,
        "LINE_DATA_URL": line.data_url,
        "LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
    }.items():
        monkeypatch.setenv(name, value)
    yield line.channel("rangsit", secret="s", token=TOKEN)
    shared_client(line.api_url, line.data_url, TOKEN).close()
    clock.use_file(None)


def joins(town: Town, database: Database, name: str, menu: str | None) -> None:
    """A friend of the account, whose own menu we wish to be this one."""
    person = town.person(name)
    person.adds_the_account()
    with database.transaction() as session:
        municipality = towns.find(session, "rangsit")
        assert municipality is not None
        session.add(
            Resident(
                municipality_id=municipality.id,
                line_user_id=person.state["id"],
                menu=menu,
                first_seen_at=clock.real_now(),
            )
        )


def deploy(*options: str) -> Result:
    return CliRunner().invoke(command.menus, ["deploy", "rangsit", *options])


def labels(town: Town, name: str) -> list[str]:
    menu = town.person(name).menu
    return list(menu["labels"]) if menu else []


def test_everybody_sees_the_menu_that_is_theirs(line: Simulator, town: Town, database: Database) -> None:
    joins(town, database, "nok", None)
    joins(town, database, "jim", "resident-en")
    joins(town, database, "somchai", "officer-new")

    first = deploy()
    assert first.exit_code == 0, first.output
    assert labels(town, "nok")[0] == "แจ้งปัญหา"
    assert labels(town, "jim")[0] == "Report a problem"
    assert labels(town, "somchai") == [
        "งานใหม่", "งานของฉัน", "ใกล้ครบกำหนด", "ค้นหา", "วันนี้", "โหมดประชาชน",
    ]  # fmt: skip
    assert set(town.state["aliases"]) == {
        "resident-th",
        "resident-en",
        "officer-new",
        "officer-mine",
        "officer-due",
        "officer-find",
        "officer-today",
        "officer-resident",
    }
    assert line.refusals() == []

    line.forgets()
    second = deploy()
    assert "made: none · unchanged: 8" in second.output
    assert sorted(call["kind"] for call in line.calls()) == ["alias.list", "menu.list"]


def test_an_officer_walks_through_the_tabs_and_back(town: Town, database: Database) -> None:
    joins(town, database, "somchai", "officer-new")
    deploy()
    somchai = town.person("somchai")
    somchai.presses("งานของฉัน", where="menu")
    assert somchai.menu is not None
    assert somchai.menu["name"].startswith("jaeng officer-mine ")
    somchai.presses("โหมดประชาชน", where="menu")
    assert labels(town, "somchai")[1] == "แจ้งปัญหา"
    somchai.presses(labels(town, "somchai")[0], where="menu")
    assert somchai.menu["name"].startswith("jaeng officer-new ")


def test_a_menu_deleted_at_line_comes_back(town: Town, database: Database, line: Simulator) -> None:
    joins(town, database, "nok", None)
    deploy()
    shared_client(line.api_url, line.data_url, TOKEN).delete_rich_menu(town.state["aliases"]["resident-th"])
    assert labels(town, "nok") == []
    assert deploy().exit_code == 0
    assert labels(town, "nok")[0] == "แจ้งปัญหา"


def test_lines_hundred_an_hour_stops_with_a_status_that_says_so_and_the_next_run_goes_on(
    town: Town, line: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = shared_client(line.api_url, line.data_url, TOKEN)
    menu = {
        "size": {"width": 800, "height": 250},
        "selected": False,
        "name": "by hand",
        "chatBarText": "x",
        "areas": [{"bounds": {"x": 0, "y": 0, "width": 1, "height": 1}, "action": {"type": "message", "text": "x"}}],
    }
    for _ in range(98):
        client.create_rich_menu(menu)

    stopped = deploy()
    assert stopped.exit_code == 75
    assert "100" in stopped.stderr

    waited: list[float] = []

    def passes(seconds: float) -> None:
        waited.append(seconds)
        line.clock(advance_seconds=seconds)

    monkeypatch.setattr(command.time, "sleep", passes)
    assert deploy("--wait").exit_code == 0
    assert set(waited) == {60}
    assert len(town.state["aliases"]) == len(MENUS)
    assert len(town.state["menus"]) == 98 + len(MENUS)


def test_what_is_missing_is_said_before_line_is_asked(
    town: Town, line: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "no municipality is called atlantis" in CliRunner().invoke(command.menus, ["deploy", "atlantis"]).output
    monkeypatch.delenv("LINE_CHANNEL_ACCESS_TOKEN")
    assert "LINE_CHANNEL_ACCESS_TOKEN is not set for rangsit" in deploy().output
    assert line.calls() == []
    monkeypatch.setenv("LINE_CHANNEL_ACCESS_TOKEN", "wrong")
    refused = deploy("--wait")
    assert refused.exit_code == 1
    assert "access token" in refused.output
    shared_client(line.api_url, line.data_url, "wrong").close()
