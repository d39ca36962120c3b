"""The town learns: what people correct is exported, learnt, compared, activated, and then understood."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import understanding as commands
from bot.cli.understanding import understanding
from bot.understanding import versions
from bot.understanding.sentences import own_sentences
from models import Report
from tests.talking import Person, Rangsit

SAID = (
    "ตู้น้ำหยอดเหรียญหน้าตลาดน้ำขุ่น",
    "ตู้น้ำหยอดเหรียญซอย 5 น้ำมีกลิ่น โทร 0812345678",
    "น้ำจากตู้หยอดเหรียญขุ่นมาก",
    "ตู้กดน้ำหยอดเหรียญสกปรก น้ำเหลือง",
)
NEXT = "ตู้น้ำหยอดเหรียญหน้าวัดน้ำขุ่น"
FACILITY = "🏞️ สถานที่และสิ่งอำนวยความสะดวก"


@pytest.fixture(autouse=True)
def _models_of_our_own(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MODEL_URL", f"file:{tmp_path / 'models'}")
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setattr(versions, "_current", versions._Current())
    monkeypatch.setattr(versions, "_LOOK_SECONDS", 0.0)
    kept = [sentence for sentence in own_sentences() if sentence.primary][::12]
    monkeypatch.setattr(commands, "own_sentences", lambda: kept)


def run(*words: str | Path) -> str:
    done = CliRunner().invoke(understanding, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    return done.stdout


def correct(nok: Person, text: str, to: str = FACILITY) -> str:
    """Report it, and choose the category that it is in this town; the id of the words."""
    said = nok.sends(text)
    nok.sends_place()
    if "อื่น ๆ / ให้เจ้าหน้าที่เลือก" in nok.labels():
        nok.presses("อื่น ๆ / ให้เจ้าหน้าที่เลือก")
    nok.presses("เปลี่ยนประเภท")
    nok.presses(to)
    nok.presses("ส่งเรื่อง")
    nok.reads_on()
    return said


def test_a_corrected_category_is_learnt_after_train_and_activate(town: Rangsit, nok: Person, tmp_path: Path) -> None:
    for text in SAID:
        correct(nok, text)
    exported = run("export", "rangsit")
    assert exported.splitlines()[0] == "text\tprimary\talso\temergency\tclear"
    assert len(exported.splitlines()) == 5
    assert "0812345678" not in exported
    file, made = tmp_path / "corrections.tsv", tmp_path / "next"
    file.write_text(exported, encoding="utf-8")
    assert "4 corrections on top of" in run("train", "--onto", "active", "--extra", file, "--folder", made)
    compared = run("compare", "active", made, file, "--texts")
    assert next(line for line in compared.splitlines() if line.startswith("public_facility")).split()[3] == "4"
    before = town.every(Report)[-1].model_version
    version = run("activate", made).split()[1]
    nok.sends(NEXT)
    nok.sees("สถานที่และสิ่งอำนวยความสะดวก", "ส่งตำแหน่ง")
    nok.sends_place()
    nok.presses("ส่งเรื่อง")
    newest = town.every(Report)[-1]
    assert (newest.model_version, newest.guessed_category) == (version, "public_facility")
    assert version != before
    run("activate", "shipped")


def test_what_was_taken_back_and_what_is_confidential_is_not_exported(town: Rangsit, nok: Person, ton: Person) -> None:
    said = correct(nok, SAID[0])
    correct(ton, SAID[2], to="🏛️ การให้บริการของเจ้าหน้าที่")
    assert len(run("export", "rangsit").splitlines()) == 2
    nok.unsends(said)
    assert run("export", "rangsit").splitlines() == ["text\tprimary\talso\temergency\tclear"]


def test_what_a_spreadsheet_would_take_for_a_formula_is_exported_as_words(town: Rangsit, nok: Person) -> None:
    correct(nok, f"=+@ {SAID[0]}")
    assert run("export", "rangsit").splitlines()[1].startswith(f"{SAID[0]}\t")
