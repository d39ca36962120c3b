"""flask answers: a town's answers go out as a table and come back edited."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from bot import profiles, towns
from bot.cli.answers import answers
from bot.clock import real_now
from bot.database import Database
from models import Answer


@pytest.fixture
def rangsit(database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setenv("DATABASE_URL", database_url)
    with database.transaction() as session:
        towns.import_profile(session, profiles.load("rangsit"), real_now())
    return database


def run(*args: str) -> tuple[int, str]:
    done = CliRunner().invoke(answers, args)
    return done.exit_code, done.output


def test_what_is_exported_and_imported_again_changes_nothing(rangsit: Database, tmp_path: Path) -> None:
    status, text = run("export", "rangsit")
    assert status == 0
    file = tmp_path / "answers.tsv"
    file.write_text(text, encoding="utf-8")
    status, said = run("import", "rangsit", str(file))
    assert (status, "38 answers, nothing changed; 38 still to be confirmed" in said) == (0, True)


def test_an_edited_table_replaces_the_answers(rangsit: Database, tmp_path: Path) -> None:
    file = tmp_path / "answers.tsv"
    file.write_text(
        "code\tforms\tanswer_th\tanswer_en\tdepartment\tvalid_until\tconfirmed\tsource\n"
        "garbage_days\tขยะเก็บวันไหน|รถขยะมาวันไหน\tทุกวันจันทร์\\nและวันพฤหัส\tMondays\\nand Thursdays\t"
        "environment\t2027-12-31\tyes\tบันทึก\n",
        encoding="utf-8",
    )
    status, said = run("import", "rangsit", str(file))
    assert status == 0, said
    assert "1 answers" in said
    with rangsit.reading() as session:
        (only,) = session.scalars(select(Answer)).all()
        assert (only.answer_th, only.is_confirmed) == ("ทุกวันจันทร์\nและวันพฤหัส", True)
        town = towns.find(session, "rangsit")
        assert town is not None
        assert not [name for name in towns.unconfirmed(session, town) if name.startswith("answers.")]
    assert run("export", "rangsit")[1].endswith(file.read_text(encoding="utf-8").splitlines()[1] + "\n")


def test_a_wrong_row_refuses_the_whole_file_and_says_what_to_do(rangsit: Database, tmp_path: Path) -> None:
    file = tmp_path / "answers.tsv"
    file.write_text(
        "code\tforms\tanswer_th\tanswer_en\tdepartment\tvalid_until\tconfirmed\tsource\n"
        "one\t\tก\ta\tenviroment\t31/12/2570\tno\t\none\tข\tก\ta\t\t\tno\t\n",
        encoding="utf-8",
    )
    status, said = run("import", "rangsit", str(file))
    assert status == 1
    for problem in ("forms: is missing", "did you mean environment?", "write it like 2027-04-13", "a second time"):
        assert problem in said
    assert run("import", "atlantis", str(file))[0] == 1
    with rangsit.reading() as session:
        assert len(session.scalars(select(Answer)).all()) == 38
