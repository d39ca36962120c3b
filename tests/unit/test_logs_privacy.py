"""What is logged: never a resident, a chat, a token or a word."""

from __future__ import annotations

import io
import logging

import pytest

from bot import logs

NOK = "U" + "0a" * 16
WORDS = "น้ำประปาเป็นสีแดง"
SECRET = "channel-secret-7c1"


def told(record: logging.LogRecord, secrets: tuple[str, ...] = ()) -> str:
    return logs.Formatter(secrets).format(record)


def a_record(message: str, *args: object, error: BaseException | None = None) -> logging.LogRecord:
    exc_info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("bot.x", logging.ERROR, __file__, 1, message, args, exc_info)


def raised(error: BaseException) -> BaseException:
    try:
        raise error
    except BaseException as caught:
        return caught


@pytest.mark.parametrize("who", [NOK, "C" + "1f" * 16, "R" + "99" * 16, f"12:{NOK}"])
def test_a_line_id_is_never_logged(who: str) -> None:
    assert who[-20:] not in told(a_record("lane %s is held", who))


@pytest.mark.parametrize(
    "hidden",
    [WORDS, "Bearer abc.def", "0f" * 16, "eyJhbGciOiJIUzI1NiJ9eyJzdWIiOiIxMjM0NTY3ODkw", SECRET, "ນ້ຳບໍ່ໄຫຼ"],
)
def test_words_and_secrets_are_never_logged(hidden: str) -> None:
    assert hidden not in told(a_record(f"it said {hidden} to us"), (SECRET,))


@pytest.mark.parametrize("door", ["media", "maps", "my-data"])
def test_a_signed_address_is_never_logged(door: str) -> None:
    line = told(a_record(f"Exception on /{door}/WzEsImNhcmQiXQ.aSdFgH.ab-cdefgh-ijklmnop-qrstuvw-xyz0123 [GET]"))
    assert f"/{door}/(token) [GET]" in line
    assert not any(part in line for part in ("WzEs", "aSdF", "cdefgh", "xyz0123"))


def test_a_database_password_is_never_logged() -> None:
    line = told(a_record("no connection to postgresql+psycopg://town:hunter2@db/bot"))
    assert "hunter2" not in line
    assert "@db/bot" in line


def test_an_error_is_told_by_kind_and_place_and_not_by_its_message() -> None:
    line = told(a_record("work failed", error=raised(ValueError(f"cannot read {WORDS} of {NOK}"))))
    assert "ValueError" in line
    assert "tests/unit/test_logs_privacy.py" in line
    assert "in raised" in line
    assert "cannot read" not in line


def test_the_cause_of_an_error_is_told_the_same_way() -> None:
    try:
        try:
            raise KeyError("a plain secret word")
        except KeyError as cause:
            raise RuntimeError("another one") from cause
    except RuntimeError as error:
        line = told(a_record("failed", error=error))
    assert "from KeyError at tests/unit/test_logs_privacy.py" in line
    assert "secret word" not in line


def test_an_error_among_the_arguments_is_not_told_by_its_message() -> None:
    line = told(a_record("could not: %s", raised(ValueError("plain ascii words of somebody"))))
    assert "somebody" not in line
    assert "ValueError" in line


def test_a_line_cannot_be_forged_by_a_line_break() -> None:
    assert "\n" not in told(a_record("ok\n2026-11-21 ERROR bot.x: forged"))


def test_what_helps_is_still_there() -> None:
    line = told(a_record("push %d, attempt 2: delayed (rate), request %s", 17, "5c38a182-9919-4269-8111-cb21e266e917"))
    assert "push 17, attempt 2: delayed (rate), request 5c38a182-9919-4269-8111-cb21e266e917" in line
    assert told(a_record("LINE GET /v2/bot/message/quota/consumption: 200 in 2 ms")).endswith(
        "GET /v2/bot/message/quota/consumption: 200 in 2 ms"
    )


def test_logs_go_to_stderr(monkeypatch: pytest.MonkeyPatch) -> None:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    stderr = io.StringIO()
    monkeypatch.setattr("sys.stderr", stderr)
    try:
        logs.use_stderr([SECRET])
        logging.getLogger("bot.x").info("said %s", SECRET)
    finally:
        root.handlers[:] = before
        root.setLevel(level)
        logging.captureWarnings(False)
    assert "bot.x: said (secret)" in stderr.getvalue()


def test_a_line_says_which_request_and_which_event_it_is_about() -> None:
    with logs.about(request="5c38a18299194269"):
        outside = told(a_record("kept"))
        with logs.about(event=17):
            inside = told(a_record("failed"))
    assert outside.endswith(" request=5c38a18299194269")
    assert inside.endswith(" request=5c38a18299194269 event=17")
    assert "request=" not in told(a_record("later"))


@pytest.mark.parametrize("odd", [NOK, WORDS, "a b", "", "x" * 41, "a\nb", f"1:{NOK}"])
def test_what_is_no_id_stands_in_no_line(odd: str) -> None:
    with logs.about(request=odd):
        assert "request=" not in told(a_record("kept"))
