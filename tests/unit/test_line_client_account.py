"""The client to LINE: people, what they sent, the account, and the two hosts."""

from __future__ import annotations

import pytest

from bot.errors import ContentGone, ContentNotReady, ContentTooLarge, DeliveryDelayed
from bot.line.answers import BotInfo, Content, Profile, WebhookEndpoint, WebhookTest
from bot.line.client import LineClient
from tests.unit.line_fake import FakeLine, Says, client, fake_line, line

__all__ = ["client", "line"]

NOK = "U" + "0a" * 16


def test_a_profile_that_line_does_not_show_is_none(line: FakeLine, client: LineClient) -> None:
    line.says(
        Says(body={"displayName": "Nok", "userId": NOK, "language": "th", "pictureUrl": "https://p.test"}),
        Says(404, {"message": "Not found"}),
    )
    assert client.profile(NOK) == Profile("Nok", "th")
    assert client.profile(NOK) is None


def test_content_comes_with_its_format(line: FakeLine, client: LineClient) -> None:
    line.says(Says(200, b"\xff\xd8photo", {"content-type": "image/jpeg"}))
    assert client.content("354718705033693859", 100) == Content(b"\xff\xd8photo", "image/jpeg")
    assert line.asked[0].path == "/v2/bot/message/354718705033693859/content"


@pytest.mark.parametrize(
    ("says", "problem"),
    [
        (Says(202), ContentNotReady),
        (Says(404, {"message": "not found"}), ContentGone),
        (Says(410, {"message": "The content is gone"}), ContentGone),
        (Says(400, {"message": "odd"}), DeliveryDelayed),
        (Says(500, b"oops"), DeliveryDelayed),
        (Says(200, b"x" * 101), ContentTooLarge),
        (Says(200, b"x" * 100, cut_after=50), DeliveryDelayed),
    ],
)
def test_content_ends_in_a_typed_outcome(
    line: FakeLine, client: LineClient, says: Says, problem: type[Exception]
) -> None:
    line.says(says)
    with pytest.raises(problem):
        client.content("1", 100)


def test_content_without_a_length_is_stopped_at_the_limit(line: FakeLine, client: LineClient) -> None:
    chunked = b"".join(b"%x\r\n%s\r\n" % (1000, b"x" * 1000) for _ in range(500)) + b"0\r\n\r\n"

    class Chunked(dict[str, str]):
        """Headers that leave out the length."""

        def __ror__(self, other: dict[str, str]) -> dict[str, str]:
            return {k: v for k, v in other.items() if k != "content-length"} | dict(self)

    line.says(Says(200, chunked, Chunked({"transfer-encoding": "chunked"})))
    with pytest.raises(ContentTooLarge):
        client.content("1", 70_000)


def test_courtesies_never_fail_a_turn(line: FakeLine, client: LineClient) -> None:
    assert client.start_loading(NOK, 22) is True
    assert line.asked[0].json == {"chatId": NOK, "loadingSeconds": 20}
    assert client.mark_as_read("mark-1") is True
    assert line.asked[1].json == {"markAsReadToken": "mark-1"}
    line.says(Says(400, {"message": "no"}), Says(500), Says(drop=True))
    assert client.start_loading(NOK) is False
    assert client.mark_as_read("mark-1") is False
    assert client.mark_as_read("mark-1") is False


def test_the_account_tells_plan_use_name_and_webhook(line: FakeLine, client: LineClient) -> None:
    answers = {
        "/v2/bot/message/quota": {"type": "limited", "value": 300},
        "/v2/bot/message/quota/consumption": {"totalUsage": 12},
        "/v2/bot/info": {
            "userId": NOK,
            "basicId": "@town",
            "displayName": "Town",
            "chatMode": "bot",
            "markAsReadMode": "manual",
        },
        "/v2/bot/channel/webhook/endpoint": {"endpoint": "https://bot.test/hook", "active": True},
        "/v2/bot/channel/webhook/test": {
            "success": False,
            "timestamp": "2026-11-21T00:00:00Z",
            "statusCode": 0,
            "reason": "COULD_NOT_CONNECT",
            "detail": "no route",
        },
    }
    line.script = lambda asked: Says(body=answers[asked.path])

    assert (client.quota(), client.consumption()) == (300, 12)
    assert client.bot_info() == BotInfo(NOK, "@town", "Town", "bot", "manual")
    assert client.webhook_endpoint() == WebhookEndpoint("https://bot.test/hook", True)
    assert client.test_webhook() == WebhookTest(False, 0, "COULD_NOT_CONNECT", "no route")
    client.set_webhook_endpoint("https://bot.test/other")
    assert (line.asked[-1].method, line.asked[-1].json) == ("PUT", {"endpoint": "https://bot.test/other"})
    line.says(Says(body={"type": "none"}), Says(404, {"message": "Not found"}))
    assert client.quota() is None
    assert client.webhook_endpoint() is None


def test_pictures_and_content_use_the_host_for_data(line: FakeLine) -> None:
    with fake_line() as data:
        client = LineClient(line.url + "/", data.url, "token-1")
        client.upload_rich_menu_picture("richmenu-1", b"\x89PNG", "image/png")
        client.content("1", 10)
        client.create_rich_menu({"name": "x"})
        client.close()
        assert [asked.path for asked in data.asked] == [
            "/v2/bot/richmenu/richmenu-1/content",
            "/v2/bot/message/1/content",
        ]
        assert data.asked[0].raw == b"\x89PNG"
        assert data.asked[0].headers["content-type"] == "image/png"
        assert [asked.path for asked in line.asked] == ["/v2/bot/richmenu"]


def test_an_id_with_odd_letters_cannot_leave_its_place_in_the_path(line: FakeLine, client: LineClient) -> None:
    client.link_menu("../info?x=1", "richmenu-1")
    assert line.asked[0].path == "/v2/bot/user/..%2Finfo%3Fx%3D1/richmenu/richmenu-1"
