"""`flask classify`: a line out per line in, in order and at once, and nothing else."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from bot.cli.classify import answer_to

_COMMAND = [sys.executable, "-c", "from bot.cli.classify import classify; classify()"]


def _ask(*lines: bytes) -> tuple[list[Any], int]:
    """Run the command without any setting of ours in its environment."""
    bare = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "PYTHONPATH")}
    done = subprocess.run(_COMMAND, input=b"\n".join(lines), capture_output=True, env=bare, timeout=60, check=False)
    return [json.loads(line) for line in done.stdout.splitlines()], done.returncode


def test_every_line_is_answered_in_order_without_database_or_line() -> None:
    answers, status = _ask(
        json.dumps({"id": "a", "text": "น้ำประปาแดงมากค่ะ"}).encode(), '{"id": 2, "text": "ขอบคุณค่ะ"}'.encode()
    )
    assert status == 0
    assert [answer["id"] for answer in answers] == ["a", 2]
    assert answers[0]["intent"] == "report"
    assert answers[0]["categories"][0]["code"] == "tap_water_quality"
    assert answers[1]["intent"] == "thanks"
    assert answers[1]["categories"] == []
    for answer in answers:
        assert set(answer) == {"id", "intent", "categories", "alternatives", "emergency", "language", "unsure"}
        assert len(answer["alternatives"]) == 3
        assert all(set(guess) == {"code", "confidence"} for guess in answer["alternatives"])


def test_a_bad_line_is_named_the_others_are_answered_and_the_end_says_so() -> None:
    answers, status = _ask(b"{nonsense", b'{"id": 7, "text": "hello"}', b'{"id": 8}')
    assert status == 1
    assert "error" in answers[0]
    assert answers[1]["id"] == 7
    assert answers[2] == {"id": 8, "error": answers[2]["error"]}


def test_an_answer_comes_before_the_next_question() -> None:
    with subprocess.Popen(_COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        for number in range(3):
            running.stdin.write(json.dumps({"id": number, "text": "ไฟถนนดับ"}).encode() + b"\n")
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["id"] == number
        running.stdin.close()
        assert running.wait(timeout=30) == 0


@pytest.mark.parametrize("line", [b"", b"[]", b"null", b"\xff\xfe", b'{"id":1,"text":5}', b"[" * 100_000])
def test_what_is_no_question_gets_an_error_and_not_a_crash(line: bytes) -> None:
    assert "error" in answer_to(line)


def test_a_lone_surrogate_is_a_text_like_any_other() -> None:
    assert answer_to(b'{"id": "\\ud800", "text": "\\ud83d \\udc00"}')["intent"]
