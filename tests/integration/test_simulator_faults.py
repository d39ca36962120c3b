"""What goes wrong on request: errors before and after acceptance, limits, stalls, resets, odd files."""

import io
import uuid

import pytest
import requests
from PIL import Image

from bot.simulator import CannotDo, RemoteLine, Simulator, Town
from tests.integration.simulator_bed import bot, line, town
from tests.integration.tiny_bot import TinyBot, text

__all__ = ["bot", "line", "town"]


@pytest.mark.parametrize(
    ("what", "status", "times_seen"),
    [("500", 500, 0), ("500_after", 500, 1), ("429_rate", 429, 0), ("429_quota", 429, 0)],
)
def test_a_push_fails_as_asked_and_the_key_tells_the_truth(
    line: Simulator, bot: TinyBot, town: Town, what: str, status: int, times_seen: int
) -> None:
    nok = town.person("นก")
    nok.adds_the_account()
    line.fails("push", what)
    key = str(uuid.uuid4())
    assert bot.pushes(nok.id, text("ข่าว"), key=key).status_code == status
    assert nok.times_seen("ข่าว") == times_seen
    assert bot.pushes(nok.id, text("ข่าว"), key=key).status_code == (409 if times_seen else 200)
    assert nok.times_seen("ข่าว") == 1
    assert [call["fault"] for call in line.calls("push")] == [what, ""]
    assert line.refusals() == []


@pytest.mark.parametrize(
    ("what", "times_seen"), [("stall", 0), ("stall_after", 1), ("reset", 0), ("reset_after", 1), ("truncated", 1)]
)
def test_an_answer_that_never_comes_leaves_the_outcome_open(
    line: Simulator, bot: TinyBot, town: Town, what: str, times_seen: int
) -> None:
    nok = town.person("นก")
    nok.adds_the_account()
    line.fails("push", what, seconds=2)
    with pytest.raises(requests.RequestException):
        bot.pushes(nok.id, text("ข่าว"), timeout=0.3)
    assert nok.times_seen("ข่าว") == times_seen
    assert bot.pushes(nok.id, text("อีกข่าว")).status_code == 200


def test_line_is_down_until_it_is_back(line: Simulator, bot: TinyBot, town: Town) -> None:
    line.is_down()
    assert [bot.asks("GET", "/info").status_code for _ in range(3)] == [500] * 3
    assert bot.asks("GET", "/message/1/content", data=True).status_code == 500
    line.is_back()
    assert bot.asks("GET", "/info").status_code == 200


def test_faults_hit_their_share_their_kind_and_their_channel(line: Simulator, bot: TinyBot, town: Town) -> None:
    line.fails("info", "500", times=None, share=0.3)
    failed = sum(bot.asks("GET", "/info").status_code == 500 for _ in range(100))
    assert 15 <= failed <= 45
    assert bot.asks("GET", "/message/quota").status_code == 200
    line.recovers("info")
    line.fails("info", "500", channel="somewhere-else")
    assert bot.asks("GET", "/info").status_code == 200


def test_only_faults_that_exist_can_be_asked_for(line: Simulator) -> None:
    with pytest.raises(CannotDo):
        line.fails("pushes")
    with pytest.raises(CannotDo):
        RemoteLine(line.api_url).fails("push", "explode")


def content(bot: TinyBot, message_id: str, part: str = "") -> requests.Response:
    return bot.asks("GET", f"/message/{message_id}/content{part}", data=True)


def test_a_photo_is_there_until_it_is_unsent(bot: TinyBot, town: Town) -> None:
    nok = town.person("นก")
    said = nok.sends_photo(b"exactly these bytes")
    got = content(bot, said.id)
    assert (got.content, got.headers["Content-Type"]) == (b"exactly these bytes", "image/jpeg")
    assert content(bot, said.id, "/preview").headers["Content-Type"] == "image/jpeg"
    nok.unsends(said)
    assert (content(bot, said.id).status_code, content(bot, said.id).json()["message"]) == (410, "The content is gone")
    assert content(bot, "1").status_code == 404


def test_a_film_is_not_ready_at_once(line: Simulator, bot: TinyBot, town: Town) -> None:
    said = town.person("นก").sends_video(waits=2)
    assert content(bot, said.id, "/transcoding").json() == {"status": "processing"}
    assert [content(bot, said.id).status_code for _ in range(3)] == [202, 202, 200]
    assert content(bot, said.id, "/transcoding").json() == {"status": "succeeded"}
    assert line.refusals() == []


def test_a_voice_message_has_no_preview_and_a_photo_no_transcoding(bot: TinyBot, town: Town) -> None:
    nok = town.person("นก")
    assert content(bot, nok.sends_voice().id, "/preview").status_code == 400
    assert content(bot, nok.sends_photo().id, "/transcoding").status_code == 400


def test_content_of_the_wrong_host_or_a_foreign_channel_is_not_found(line: Simulator, bot: TinyBot, town: Town) -> None:
    said = town.person("นก").sends_photo()
    assert bot.asks("GET", f"/message/{said.id}/content").status_code == 404
    line.channel("pathum", secret="s", token="another")
    foreign = {"Authorization": "Bearer another"}
    assert bot.asks("GET", f"/message/{said.id}/content", data=True, headers=foreign).status_code == 404


@pytest.mark.parametrize(("what", "status"), [("202", 202), ("400", 400), ("404", 404), ("410", 410)])
def test_content_answers_what_it_is_told(line: Simulator, bot: TinyBot, town: Town, what: str, status: int) -> None:
    said = town.person("นก").sends_photo()
    line.fails("content", what)
    assert [content(bot, said.id).status_code for _ in range(2)] == [status, 200]


def test_content_can_be_no_picture_a_bomb_or_huge(line: Simulator, bot: TinyBot, town: Town) -> None:
    said = town.person("นก").sends_photo()
    for what in ("not_an_image", "pixel_bomb", "12mb"):
        line.fails("content", what)
    lie, bomb, huge = (content(bot, said.id).content for _ in range(3))
    assert lie.startswith(b"<html>")
    assert len(bomb) < 1_000_000
    with pytest.raises(Image.DecompressionBombError):
        Image.open(io.BytesIO(bomb))
    assert len(huge) >= 12_000_000
    with Image.open(io.BytesIO(huge)) as opened:
        opened.load()
