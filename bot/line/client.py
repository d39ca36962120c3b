"""THE place that talks to LINE: one shared client per channel, no hidden retries, a timeout always."""

from __future__ import annotations

import functools
import time
import uuid
from collections.abc import Sequence
from typing import Any

from urllib3.exceptions import HTTPError

from bot.errors import (
    ContentGone,
    ContentNotReady,
    ContentTooLarge,
    DeliveryDelayed,
    DeliveryProblem,
)
from bot.line.answers import Accepted, BotInfo, Content, Profile, WebhookEndpoint, WebhookTest
from bot.line.transport import Answer, Transport, message_ids, objects, problem, text

Message = dict[str, Any]
RichMenu = dict[str, Any]

RECIPIENTS_A_REQUEST = 500
CONTENT_TIMEOUT = (3.05, 20.0)
CONTENT_SECONDS = 120.0  # the whole download, however slowly it drips
PICTURE_TIMEOUT = (3.05, 30.0)
CHUNK_BYTES = 64 * 1024


class LineClient:
    """One channel of LINE. Every call may raise a DeliveryProblem of bot.errors; all are thread-safe."""

    def __init__(self, api_url: str, data_url: str, access_token: str) -> None:
        self._api = Transport(api_url, access_token)
        self._data = Transport(data_url, access_token)

    def close(self) -> None:
        """Close idle connections."""
        self._api.close()
        self._data.close()

    # -- messages ---------------------------------------------------------------------------

    def reply(self, token: str, messages: Sequence[Message]) -> Accepted:
        """Answer an event, free of charge; LINE knows no retry key here.

        Raises ReplyTokenInvalid when the token is used, expired or unknown.
        """
        body = {"replyToken": token, "messages": list(messages)}
        return _accepted(self._api.call("POST", "/v2/bot/message/reply", body=body))

    def push(self, to: str, messages: Sequence[Message], retry_key: uuid.UUID | str) -> Accepted:
        """Send to one person or group, paid per recipient.

        Repeat only with the same key and body: AlreadyAccepted then means that
        an earlier attempt had worked. LINE forgets a key after 24 hours.
        """
        body = {"to": to, "messages": list(messages)}
        headers = {"X-Line-Retry-Key": str(retry_key)}
        return _accepted(self._api.call("POST", "/v2/bot/message/push", body=body, headers=headers))

    def multicast(self, to: Sequence[str], messages: Sequence[Message], retry_key: uuid.UUID | str) -> Accepted:
        """Send the same to at most 500 people, paid per recipient; unknown ids are passed over by LINE."""
        body = {"to": list(to), "messages": list(messages)}
        headers = {"X-Line-Retry-Key": str(retry_key)}
        return _accepted(self._api.call("POST", "/v2/bot/message/multicast", body=body, headers=headers))

    def start_loading(self, user_id: str, seconds: int = 20) -> bool:
        """Show the loading animation (5 to 60 s in steps of 5); best effort, True if LINE took it."""
        stepped = min(60, max(5, 5 * round(seconds / 5)))
        return self._best_effort("/v2/bot/chat/loading/start", {"chatId": user_id, "loadingSeconds": stepped})

    def mark_as_read(self, mark_as_read_token: str) -> bool:
        """Mark this message and all before it as read; best effort, True if LINE took it."""
        return self._best_effort("/v2/bot/chat/markAsRead", {"markAsReadToken": mark_as_read_token})

    def _best_effort(self, path: str, body: dict[str, Any]) -> bool:
        try:
            self._api.call("POST", path, body=body)
        except DeliveryProblem:
            return False
        return True

    # -- people and what they sent -----------------------------------------------------------

    def profile(self, user_id: str) -> Profile | None:
        """Name and language of a person; None if LINE does not show them to us (blocked, unknown)."""
        ids = {"user": user_id}
        answer = self._api.call("GET", "/v2/bot/profile/{user}", ids=ids, also=(404,))
        if answer.status == 404:
            return None
        return Profile(text(answer.body, "displayName"), text(answer.body, "language") or None)

    def content(self, message_id: str, limit_bytes: int, *, preview: bool = False) -> Content:
        """Download what somebody sent (or of a video one picture), never holding more than `limit_bytes` of it.

        Raises ContentNotReady (202), ContentGone (410, 404), ContentTooLarge.
        Any other refusal is a delay: LINE has answered 400 here in an outage.
        """
        path, ids = "/v2/bot/message/{message}/content", {"message": message_id}
        path += "/preview" if preview else ""
        response = self._data.open(path, ids=ids, timeout=CONTENT_TIMEOUT)
        try:
            if response.status == 202:
                raise ContentNotReady
            if response.status in (404, 410):
                raise ContentGone
            if response.status == 400:
                raise DeliveryDelayed("server", outcome_known=True, detail="400")
            if response.status != 200:
                raise problem(Answer(response.status, {}, None))
            data = _read(response, limit_bytes)
            return Content(data, str(response.headers.get("content-type") or "application/octet-stream"))
        finally:
            response.close()

    # -- the account ------------------------------------------------------------------------

    def bot_info(self) -> BotInfo:
        """Who we are; the cheapest proof that the token works."""
        body = self._api.call("GET", "/v2/bot/info").body
        names = ("userId", "basicId", "displayName", "chatMode", "markAsReadMode")
        return BotInfo(*(text(body, name) for name in names))

    def quota(self) -> int | None:
        """How many pushes a month the plan allows; None means no limit."""
        body = self._api.call("GET", "/v2/bot/message/quota").body
        return int(body.get("value", 0)) if body.get("type") == "limited" else None

    def consumption(self) -> int:
        """How many pushes this month were counted, approximately, those of the manager included."""
        return int(self._api.call("GET", "/v2/bot/message/quota/consumption").body.get("totalUsage", 0))

    def webhook_endpoint(self) -> WebhookEndpoint | None:
        """Where LINE sends this channel's events; None if no address is set."""
        answer = self._api.call("GET", "/v2/bot/channel/webhook/endpoint", also=(404,))
        if answer.status == 404:
            return None
        return WebhookEndpoint(text(answer.body, "endpoint"), answer.body.get("active") is True)

    def set_webhook_endpoint(self, url: str) -> None:
        """Set where LINE sends events (https, at most 500 characters); takes up to a minute to hold."""
        self._api.call("PUT", "/v2/bot/channel/webhook/endpoint", body={"endpoint": url})

    def test_webhook(self, url: str | None = None) -> WebhookTest:
        """Let LINE call the webhook with no events and say how it went; 60 an hour."""
        body = {"endpoint": url} if url else {}
        said = self._api.call("POST", "/v2/bot/channel/webhook/test", body=body, timeout=PICTURE_TIMEOUT).body
        status = said.get("statusCode")
        return WebhookTest(
            said.get("success") is True,
            status if isinstance(status, int) else 0,
            text(said, "reason"),
            text(said, "detail"),
        )

    # -- rich menus -------------------------------------------------------------------------

    def rich_menus(self) -> list[RichMenu]:
        """Every menu made through the API, as LINE keeps it, `richMenuId` included."""
        return objects(self._api.call("GET", "/v2/bot/richmenu/list").body, "richmenus")

    def create_rich_menu(self, menu: RichMenu) -> str:
        """Make a menu without a picture and give its id; 100 an hour."""
        return text(self._api.call("POST", "/v2/bot/richmenu", body=menu).body, "richMenuId")

    def upload_rich_menu_picture(self, menu_id: str, picture: bytes, content_type: str) -> None:
        """Give a new menu its picture, at most 1 MB; LINE allows it once."""
        self._data.call(
            "POST",
            "/v2/bot/richmenu/{menu}/content",
            ids={"menu": menu_id},
            body=picture,
            headers={"Content-Type": content_type},
            timeout=PICTURE_TIMEOUT,
        )

    def has_rich_menu_picture(self, menu_id: str) -> bool:
        """Whether the menu's picture arrived; without one it cannot be linked."""
        path, ids = "/v2/bot/richmenu/{menu}/content", {"menu": menu_id}
        response = self._data.open(path, ids=ids, timeout=PICTURE_TIMEOUT)
        try:
            if response.status not in (200, 404):
                raise problem(Answer(response.status, {}, None))
            return bool(response.status == 200)
        finally:
            response.close()

    def delete_rich_menu(self, menu_id: str) -> None:
        """Delete a menu; one that is gone already is no error. 100 an hour."""
        self._api.call("DELETE", "/v2/bot/richmenu/{menu}", ids={"menu": menu_id}, also=(404,))

    def default_rich_menu(self) -> str | None:
        """The menu of everybody without one of their own; None if none is set or the manager set it."""
        answer = self._api.call("GET", "/v2/bot/user/all/richmenu", also=(403, 404))
        return text(answer.body, "richMenuId") if answer.status == 200 else None

    def set_default_rich_menu(self, menu_id: str) -> None:
        """Show this menu to everybody without one of their own."""
        self._api.call("POST", "/v2/bot/user/all/richmenu/{menu}", ids={"menu": menu_id})

    def rich_menu_aliases(self) -> dict[str, str]:
        """Alias -> menu id, all of them."""
        listed = objects(self._api.call("GET", "/v2/bot/richmenu/alias/list").body, "aliases")
        return {text(one, "richMenuAliasId"): text(one, "richMenuId") for one in listed}

    def create_rich_menu_alias(self, alias: str, menu_id: str) -> None:
        """Name a menu that has its picture."""
        body = {"richMenuAliasId": alias, "richMenuId": menu_id}
        self._api.call("POST", "/v2/bot/richmenu/alias", body=body)

    def point_rich_menu_alias(self, alias: str, menu_id: str) -> None:
        """Let an existing alias name another menu."""
        self._api.call("POST", "/v2/bot/richmenu/alias/{alias}", ids={"alias": alias}, body={"richMenuId": menu_id})

    def delete_rich_menu_alias(self, alias: str) -> None:
        """Forget a name; one that is gone already is no error. 100 an hour."""
        ids = {"alias": alias}
        self._api.call("DELETE", "/v2/bot/richmenu/alias/{alias}", ids=ids, also=(404,))

    def link_menu(self, user_id: str, menu_id: str) -> None:
        """Show a menu to one person at once; LINE ignores it for who blocked us."""
        ids = {"user": user_id, "menu": menu_id}
        self._api.call("POST", "/v2/bot/user/{user}/richmenu/{menu}", ids=ids)

    def unlink_menu(self, user_id: str) -> None:
        """Give one person the default menu back."""
        self._api.call("DELETE", "/v2/bot/user/{user}/richmenu", ids={"user": user_id}, also=(404,))

    def link_menus(self, user_ids: Sequence[str], menu_id: str) -> None:
        """Show a menu to at most 500 people; LINE does it within minutes, not at once."""
        body = {"richMenuId": menu_id, "userIds": list(user_ids)}
        self._api.call("POST", "/v2/bot/richmenu/bulk/link", body=body)


@functools.lru_cache(maxsize=64)
def shared_client(api_url: str, data_url: str, access_token: str) -> LineClient:
    """The one client of this channel in this process, with its open connections."""
    return LineClient(api_url, data_url, access_token)


def _read(response: Any, limit_bytes: int) -> bytes:
    """The rest of a response, or ContentTooLarge as soon as that is clear."""
    declared = str(response.headers.get("content-length") or "")
    if declared.isdecimal() and int(declared) > limit_bytes:
        raise ContentTooLarge(limit_bytes)
    ends_at = time.monotonic() + CONTENT_SECONDS
    pieces = bytearray()
    try:
        while piece := response.read(CHUNK_BYTES):
            pieces += piece
            if len(pieces) > limit_bytes:
                raise ContentTooLarge(limit_bytes)
            if time.monotonic() > ends_at:
                raise DeliveryDelayed("network", outcome_known=True, detail="too slow")
    except HTTPError as error:
        detail = type(error).__name__
        raise DeliveryDelayed("network", outcome_known=True, detail=detail) from None
    return bytes(pieces)


def _accepted(answer: Answer) -> Accepted:
    return Accepted(answer.request_id, message_ids(answer.body))
