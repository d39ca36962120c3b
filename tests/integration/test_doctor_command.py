"""flask doctor: says what is missing and what to do, in an order one can work through."""

from __future__ import annotations

import itertools
import json
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import select, text

from bot import clock, inbox, profiles, towns
from bot.cli.database import migrate as migrate_command
from bot.cli.doctor import doctor
from bot.cli.finding import counted
from bot.database import migrate
from bot.inbox import unpack
from models import InboxEvent, Municipality, Officer
from models.inbox import DONE
from models.outbox import UNCERTAIN
from tests.integration.engine_bed import TOKEN, Bed, an_engine, body_of, event
from tests.unit.line_fake import Asked, Says

HEALTHY: dict[str, dict[str, Any]] = {
    "/v2/bot/info": {"displayName": "Rangsit", "basicId": "@rangsit", "userId": "U1", "chatMode": "bot"},
    "/v2/bot/channel/webhook/endpoint": {"endpoint": "https://bot.test/line/rangsit/webhook", "active": True},
    "/v2/bot/message/quota": {"type": "limited", "value": 300},
    "/v2/bot/message/quota/consumption": {"totalUsage": 12},
    "/v2/bot/richmenu/alias/list": {"aliases": [{"richMenuAliasId": "resident-th", "richMenuId": "rm"}]},
}


@pytest.fixture
def line_says() -> dict[str, Any]:
    return dict(HEALTHY)


@pytest.fixture
def bed(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line_says: dict[str, Any]) -> Iterator[Bed]:
    with an_engine(sqlite_url, tmp_path, with_town=False) as made:

        def answer(asked: Asked) -> Says:
            said = line_says[asked.path]
            return said if isinstance(said, Says) else Says(200, said)

        made.line.script = answer
        with made.database.transaction() as session:
            made.town_id = towns.import_profile(session, profiles.load("rangsit"), clock.real_now()).municipality.id
        for name, value in made.parts.settings.values.items():
            monkeypatch.setenv(name, value)
        yield made


def an_administrator(bed: Bed) -> None:
    person = bed.resident()
    with bed.database.transaction() as session:
        session.add(
            Officer(
                municipality_id=bed.town_id,
                resident_id=person.id,
                name="x",
                role="admin",
                created_at=clock.real_now(),
                is_named_for_conduct=True,
            )
        )


def asked() -> tuple[int, dict[str, str]]:
    """The exit status, and what was said about each thing, with its level before it."""
    done = CliRunner().invoke(doctor, ["--json"])
    said = json.loads(done.stdout)
    assert said["well"] == (done.exit_code == 0)
    return done.exit_code, {one["about"]: f"{one['level']}: {one['say']}" for one in reversed(said["findings"])}


def test_a_town_in_order_is_well_and_hears_what_nobody_can_check(bed: Bed) -> None:
    an_administrator(bed)
    status, said = asked()
    assert status == 0, said
    assert said["rangsit LINE"] == "fine: the access token speaks as Rangsit (@rangsit)"
    assert said["rangsit webhook"].startswith("fine: LINE delivers to https://bot.test/")
    assert said["rangsit plan"] == "fine: 12 of 300 messages used this month"
    assert "still to be confirmed by the town" in said["rangsit facts"]
    assert "redelivery" in said["webhook"]


def test_a_town_hears_which_of_its_map_is_not_confirmed(bed: Bed) -> None:
    an_administrator(bed)
    _, said = asked()
    assert re.match(r"note: \d+ named places still to be confirmed by the town, \d+ of them", said["rangsit places"])
    assert "; outline;" in said["rangsit facts"]
    assert re.search(r"; ground [^;]*highway_305, [^;]*railway", said["rangsit facts"])


@pytest.mark.parametrize(
    ("path", "answer", "about", "say"),
    [
        ("/v2/bot/info", Says(401, {"message": "no"}), "rangsit LINE", "does not accept the access token"),
        ("/v2/bot/info", Says(500), "rangsit LINE", "could not be asked (server)"),
        ("/v2/bot/channel/webhook/endpoint", Says(404), "rangsit webhook", "set https://bot.test/line/rangsit/webhook"),
        (
            "/v2/bot/channel/webhook/endpoint",
            {"endpoint": "https://bot.test/line/rangsit/webhook", "active": False},
            "rangsit webhook",
            "switch it on",
        ),
        (
            "/v2/bot/channel/webhook/endpoint",
            {"endpoint": "https://old.test/hook", "active": True},
            "rangsit webhook",
            "should deliver to https://bot.test/line/rangsit/webhook",
        ),
        ("/v2/bot/message/quota/consumption", {"totalUsage": 300}, "rangsit plan", "all 300 messages"),
        ("/v2/bot/richmenu/alias/list", {"aliases": []}, "rangsit LINE", "flask menus deploy rangsit"),
    ],
)
def test_what_is_wrong_at_line_is_said_with_what_to_do(
    bed: Bed, line_says: dict[str, Any], path: str, answer: Any, about: str, say: str
) -> None:
    line_says[path] = answer
    done = CliRunner().invoke(doctor, ["--json"])
    assert done.exit_code == 1
    problems = [one for one in json.loads(done.stdout)["findings"] if one["level"] == "problem"]
    assert any(one["about"] == about and say in one["say"] for one in problems), problems


def test_what_is_missing_here_is_said_with_what_to_do(bed: Bed, monkeypatch: pytest.MonkeyPatch) -> None:
    bed.change(bed.reply("hello"), state=UNCERTAIN)
    monkeypatch.delenv("SECRET_KEY")
    monkeypatch.delenv("LINE_CHANNEL_SECRET")
    monkeypatch.delenv("PUBLIC_URL")
    status, said = asked()
    assert status == 1
    assert "SECRET_KEY is needed" in said["settings"]
    assert "LINE_CHANNEL_SECRET__RANGSIT" in said["rangsit LINE"]
    assert "flask invite rangsit" in said["rangsit people"]
    assert said["stuck"] == "problem: 1 thing waits for a person: see `flask stuck`"
    bed.change(bed.reply("hello again"), state=UNCERTAIN)
    assert asked()[1]["stuck"] == "problem: 2 things wait for a person: see `flask stuck`"


def test_events_that_nobody_handles_are_named_before_the_log_is_read(bed: Bed) -> None:
    def waits(number: int, since: timedelta, **columns: Any) -> None:
        at = clock.real_now() - since
        with bed.database.transaction() as session:
            sent = event(number, user=f"U{number:032x}", at=at)
            inbox.keep(session, unpack(body_of(sent), bed.town_id, at).events)
            row = session.scalars(select(InboxEvent).order_by(InboxEvent.id.desc()).limit(1)).one()
            for name, value in columns.items():
                setattr(row, name, value)

    an_administrator(bed)
    long = timedelta(minutes=3, seconds=1)
    waits(1, timedelta(seconds=50))
    waits(2, long, state=DONE)
    waits(3, long, next_at=clock.real_now() + timedelta(minutes=1))  # its chat rests
    assert "workers" not in asked()[1]
    waits(4, long)
    status, said = asked()
    assert status == 1
    assert "1 event waits for a worker, the oldest for 3 minutes: see that `flask serve` runs" in said["workers"]


def test_a_disk_that_is_nearly_full_is_named(bed: Bed, monkeypatch: pytest.MonkeyPatch) -> None:
    an_administrator(bed)
    free = [600_000_000]
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=free[0]))
    assert asked()[0] == 0
    free[0] = 400_000_000
    done = CliRunner().invoke(doctor)
    assert done.exit_code == 1
    folder = bed.parts.settings.media_folder
    assert f"✗ media: only 400 MB are free on the disk of {folder}: make room" in done.output
    assert "✗ database: only 400 MB are free on the disk of" in done.output


def test_without_a_schema_or_a_town_it_says_which_command_comes_next(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_database_url)
    assert "flask migrate" in asked()[1]["database"]
    migrate(empty_database_url)
    assert "flask municipality import" in asked()[1]["municipality"]


def test_a_database_of_a_newer_release_is_not_to_be_migrated(bed: Bed) -> None:
    with bed.database.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert "9999 of a newer release: install that again, or restore" in asked()[1]["database"]
    done = CliRunner().invoke(migrate_command)
    assert (done.exit_code, "of a newer release: install that again" in done.output) == (1, True)
    with bed.database.transaction() as session:
        assert session.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == "9999"


def test_a_year_without_holidays_is_named_before_promises_end_in_it(bed: Bed, monkeypatch: pytest.MonkeyPatch) -> None:
    an_administrator(bed)
    for now, told in (
        (datetime(2027, 11, 10, tzinfo=UTC), None),
        (datetime(2027, 11, 20, tzinfo=UTC), "the holidays of 2028 are not known"),
        (datetime(2028, 12, 1, tzinfo=UTC), "the holidays of 2028 and 2029 are not known"),
    ):
        monkeypatch.setattr(clock, "now", lambda now=now: now)
        calendar = asked()[1].get("rangsit calendar", "fine")
        assert told in calendar if told else calendar == "fine"


def test_a_database_that_is_away_is_said_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://town:hunter2@127.0.0.1:9/bot")
    done = CliRunner().invoke(doctor, [])
    assert done.exit_code == 1
    assert "✗ database: it does not answer" in done.stdout
    assert "see that it runs, and that DATABASE_URL is right" in done.stdout
    assert "hunter2" not in done.output


def test_no_secret_is_ever_printed(bed: Bed) -> None:
    done = CliRunner().invoke(doctor, [])
    for name in ("SECRET_KEY", "LINE_CHANNEL_SECRET"):
        assert bed.parts.settings.values[name] not in done.output
    assert TOKEN not in done.output


def test_secrets_that_others_can_read_are_named(bed: Bed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    env = tmp_path / ".env"
    env.touch(mode=0o600)
    assert "chmod 600" not in CliRunner().invoke(doctor).output
    env.chmod(0o640)
    told = CliRunner().invoke(doctor)
    assert "✗ settings: .env holds secrets that others on this machine can read: chmod 600 .env" in told.output
    assert told.exit_code == 1


def test_a_database_that_everybody_can_read_is_named(run_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with TemporaryDirectory(dir=run_folder.parent) as open_to_all:
        folder = Path(open_to_all)
        if not all(parent.stat().st_mode & 0o001 for parent in folder.parents):
            pytest.skip("temporary files of this machine are closed to others anyway")
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{folder}/bot.db")
        migrate(f"sqlite:///{folder}/bot.db")
        (folder / "bot.db").chmod(0o644)
        assert "everybody" not in CliRunner().invoke(doctor).output
        folder.chmod(0o755)
        assert f"everybody on this machine can read it: chmod 700 {folder}\n" in CliRunner().invoke(doctor).output


def test_a_folder_that_the_database_makes_is_closed_to_others(tmp_path: Path) -> None:
    migrate(f"sqlite:///{tmp_path}/var/bot.db")
    assert (tmp_path / "var").stat().st_mode & 0o777 == 0o700


def test_people_read_every_fact_in_lines_that_fit_the_screen(bed: Bed, monkeypatch: pytest.MonkeyPatch) -> None:
    an_administrator(bed)
    monkeypatch.setenv("COLUMNS", "80")
    told = CliRunner().invoke(doctor).stdout.splitlines()
    [facts] = [number for number, line in enumerate(told) if line.startswith("· rangsit facts: ")]
    assert told[facts].endswith(" still to be confirmed by the town")
    listed = list(itertools.takewhile(lambda line: line.startswith("    "), told[facts + 1 :]))
    assert listed[0].strip() == "office, working_hours, quiet_hours, settings, privacy, outline"
    assert any(line.startswith("    departments: clerk") for line in listed)
    assert max(map(len, told)) <= 140
    assert max(map(len, listed)) <= 80
    with bed.database.reading() as session:
        names = towns.unconfirmed(session, session.get_one(Municipality, bed.town_id))
    assert {name.partition(".")[2] or name for name in names} <= set(re.split(r"[,:]? +", " ".join(listed)))


def test_one_is_no_several() -> None:
    assert [counted(number, "ticket") for number in (0, 1, 2)] == ["0 tickets", "1 ticket", "2 tickets"]


def test_people_read_last_how_many_things_are_to_be_mended(bed: Bed) -> None:
    assert re.fullmatch(r"1 to mend \(✗\), \d to know \(·\)\.", CliRunner().invoke(doctor).stdout.splitlines()[-1])
    an_administrator(bed)
    assert re.fullmatch(r"Nothing to mend, \d to know \(·\)\.", CliRunner().invoke(doctor).stdout.splitlines()[-1])


@pytest.mark.parametrize("public", ["http://127.0.0.1:8000", "http://localhost:8000/", "https://bot.test"])
def test_a_town_that_is_tried_on_this_machine_is_well(
    bed: Bed, line_says: dict[str, Any], monkeypatch: pytest.MonkeyPatch, public: str
) -> None:
    an_administrator(bed)
    monkeypatch.setenv("PUBLIC_URL", public)
    hook = {"endpoint": "http://127.0.0.1:8000/line/rangsit/webhook", "active": True}
    line_says["/v2/bot/channel/webhook/endpoint"] = hook
    done = CliRunner().invoke(doctor)
    assert done.exit_code == 0, done.output
    assert ("· settings: PUBLIC_URL is this machine" in done.output) == public.startswith("http:")
