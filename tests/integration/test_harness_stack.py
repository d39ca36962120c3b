"""flask harness replay starts what does not answer, and stops only that."""

import json
import socket
import sqlite3
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner

from bot.cli.harness import harness

ROOT = Path(__file__).parents[2]
REPORTS = ["น้ำประปาที่บ้านเป็นสีแดงขุ่นมาสามวันแล้ว", "ขยะหน้าปากซอยล้นถัง ไม่มีรถมาเก็บ", "ไฟไหม้หญ้าข้างบ้าน ลามมาแล้ว ช่วยด้วย"]


@pytest.fixture
def free_url() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'bot.db'}")
    monkeypatch.setenv("MEDIA_URL", f"file:{tmp_path / 'media'}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "reports.tsv"
    file.write_text("\n".join(["text", *REPORTS]), encoding="utf-8")
    return file


def test_an_empty_machine_becomes_a_town_and_is_empty_again(reports: Path, free_url: str) -> None:
    result = CliRunner().invoke(harness, ["replay", str(reports), "--to", free_url, "--json"])
    assert result.exit_code == 0, result.stderr
    told = json.loads(result.stdout)
    told.pop("seconds")
    assert told == {"sent": 3, "acknowledged": 3, "tickets": 3, "cards_seen": 3, "refused": 0}
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{free_url}/health/live", timeout=5)
    database = sqlite3.connect(reports.parent / "bot.db")
    try:
        assert database.execute("SELECT count(*) FROM tickets").fetchone() == (3,)
    finally:
        database.close()


def test_what_cannot_start_is_told_with_its_own_words(
    reports: Path, free_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEDIA_URL", "s3:somewhere")
    result = CliRunner().invoke(harness, ["replay", str(reports), "--to", free_url, "--json"])
    assert result.exit_code == 1
    assert "MEDIA_URL must begin with file:" in result.stderr
