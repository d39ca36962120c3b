"""Webhook events of the shapes LINE sends."""

import hashlib
from typing import Any

from bot.simulator import ids
from bot.simulator.channel import Account, Channel, Group
from bot.simulator.chats import Chat
from bot.simulator.refusals import Json


def event(
    channel: Channel,
    kind: str,
    account: Account | None,
    *,
    group: Group | None = None,
    anonymous: bool = False,
    token: bool = True,
    **parts: Any,
) -> Json:
    """An event of this kind, from this person, in her own chat or in a group.

    In a group `anonymous` leaves out the user id, as LINE does for people who
    did not consent. `parts` are the properties of the kind.
    """
    at = channel.clock.now()
    chat = group.chat if group is not None else account.chat if account is not None else Chat("nobody")
    made: Json = {
        "type": kind,
        **parts,
        "webhookEventId": ids.event_id(int(at * 1000)),
        "deliveryContext": {"isRedelivery": False},
        "timestamp": int(at * 1000),
        "source": _source(account, group, anonymous),
        "mode": "active",
    }
    if token:
        made["replyToken"] = channel.new_token(chat, at)
    return made


def message(channel: Channel, account: Account, kind: str, chat: Chat, **parts: Any) -> Json:
    """A message object of an event, with the tokens its kind carries."""
    made: Json = {"type": kind, "id": ids.message_id(), **parts}
    if kind in ("text", "image", "video", "sticker"):
        made["quoteToken"] = channel.new_quote_token(chat)
    read_token = ids.token()
    made["markAsReadToken"] = read_token
    with channel.lock:
        channel.read_tokens[read_token] = (account.id, chat.count)
        while len(channel.read_tokens) > 50_000:
            channel.read_tokens.popitem(last=False)
    return made


def photo_parts(position: int | None = None, total: int | None = None, set_id: str = "") -> Json:
    """The properties of an image message; with a position it is one of several sent at once."""
    parts: Json = {"contentProvider": {"type": "line"}}
    if position is not None:
        named = hashlib.sha256(set_id.encode()).hexdigest()[:32].upper()
        parts["imageSet"] = {"id": named, "index": position, "total": total}
    return parts


def mention_of(channel: Channel, words: str) -> Json | None:
    """The mention property when the words begin by calling the account, such as "@rangsit ไฟดับ"."""
    called = f"@{channel.name}"
    index = words.find(called)
    if index < 0:
        return None
    start = len(words[:index].encode("utf-16-le", "surrogatepass")) // 2
    mentionee = {
        "index": start,
        "length": len(called.encode("utf-16-le")) // 2,
        "type": "user",
        "userId": channel.bot_id,
        "isSelf": True,
    }
    return {"mentionees": [mentionee]}


def _source(account: Account | None, group: Group | None, anonymous: bool) -> Json:
    source: Json = {"type": "group", "groupId": group.id} if group is not None else {"type": "user"}
    if account is not None and not anonymous:
        source["userId"] = account.id
    return source
