"""flask municipality and flask invite, as the city's IT person runs them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from bot import invitations, profiles, towns
from bot.cli.municipality import municipality
from bot.cli.officers import invite
from bot.database import Database
from models import Invitation, Municipality

RANGSIT = Path(profiles.__file__).parent / "rangsit"


@pytest.fixture(autouse=True)
def _settings(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)


def run(command: click.Command, *arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def test_a_town_is_imported_once_and_then_brought_up_to_date() -> None:
    first, second = run(municipality, "import", "rangsit"), run(municipality, "import", "rangsit")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert re.fullmatch(r"rangsit: created; \d+ facts still to be confirmed by the town\n", first.stdout)
    assert second.stdout.startswith("rangsit: nothing changed;")


def test_export_and_import_again_change_nothing(tmp_path: Path, database: Database) -> None:
    run(municipality, "import", "rangsit")
    done = run(municipality, "export", "rangsit", tmp_path / "copy")
    assert (done.exit_code, done.stderr) == (0, "")
    assert profiles.load(tmp_path / "copy") == profiles.load("rangsit")
    assert run(municipality, "import", tmp_path / "copy").stdout.startswith("rangsit: nothing changed;")


def test_an_edited_folder_changes_the_town(tmp_path: Path, database: Database) -> None:
    run(municipality, "import", "rangsit")
    run(municipality, "export", "rangsit", tmp_path / "copy")
    path = tmp_path / "copy" / "profile.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("minutes = 15", "minutes = 30"), encoding="utf-8")
    assert run(municipality, "import", tmp_path / "copy").stdout.startswith("rangsit: 1 changes;")
    with database.reading() as session:
        town = session.scalars(select(Municipality)).one()
        assert town.settings["unfinished_draft_minutes"] == 30


def test_a_profile_with_slips_is_refused_whole(tmp_path: Path, database: Database) -> None:
    folder = Path(shutil.copytree(RANGSIT, tmp_path / "town"))
    for name, old, new in (("owners.tsv", "1662", "call us"), ("categories.tsv", "\tcalendar\t", "\tmoon\t")):
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    refused = run(municipality, "import", folder)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "owners.tsv:3: hotline" in refused.stderr
    assert "categories.tsv:5: clock" in refused.stderr
    with database.reading() as session:
        assert session.scalars(select(Municipality)).all() == []


def test_nothing_is_exported_over_what_is_there(tmp_path: Path) -> None:
    run(municipality, "import", "rangsit")
    folder = tmp_path / "full"
    folder.mkdir()
    (folder / "letter.txt").write_text("precious")
    refused = run(municipality, "export", "rangsit", folder)
    assert refused.exit_code == 1
    assert "not empty" in refused.stderr
    assert [path.name for path in folder.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("import", "atlantis"), "known: province, rangsit, seaside"),
        (("export", "atlantis", "somewhere"), "no municipality is called atlantis"),
    ],
)
def test_an_unknown_town_is_answered_plainly(arguments: tuple[str, ...], says: str) -> None:
    refused = run(municipality, *arguments)
    assert refused.exit_code == 1
    assert says in refused.stderr
    assert not Path("somewhere").exists()


def test_an_invitation_prints_the_code_and_nothing_else(database: Database) -> None:
    run(municipality, "import", "rangsit")
    done = run(invite, "rangsit", "--department", "water", "--role", "admin")
    assert (done.exit_code, done.stderr) == (0, "")
    assert re.fullmatch(r"TEAM-[A-Z2-7]{5}-[A-Z2-7]{5}\n", done.stdout)
    with database.reading() as session:
        made = session.scalars(select(Invitation)).one()
        assert made.role == "admin"
        assert made.expires_at - made.created_at == invitations.LIVES
        town = towns.find(session, "rangsit")
        assert town is not None
        assert invitations._find(session, town.id, done.stdout.strip()) is made


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("atlantis", "--department", "water"), "import it first"),
        (("rangsit", "--department", "navy"), "it has clerk, disaster"),
        (("rangsit",), "--department"),
        (("rangsit", "--department", "water", "--role", "king"), "officer"),
    ],
)
def test_an_invitation_nobody_could_use_is_not_made(database: Database, arguments: tuple[str, ...], says: str) -> None:
    run(municipality, "import", "rangsit")
    refused = run(invite, *arguments)
    assert refused.exit_code != 0
    assert refused.stdout == ""
    assert says in refused.stderr
    with database.reading() as session:
        assert session.scalars(select(Invitation)).all() == []


def test_a_database_without_a_schema_says_what_to_do(empty_database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_database_url)
    refused = run(municipality, "import", "rangsit")
    assert refused.exit_code == 1
    assert "flask migrate" in refused.stderr


def test_a_database_that_is_away_is_said_without_a_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://somebody:hidden-word@127.0.0.1:9/nowhere")
    refused = run(municipality, "import", "rangsit")
    assert refused.exit_code == 1
    assert "does not answer" in refused.stderr
    assert "hidden-word" not in refused.stderr


def test_wrong_settings_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://nowhere")
    refused = run(municipality, "import", "rangsit")
    assert refused.exit_code == 1
    assert "DATABASE_URL" in refused.stderr
