"""Reply, push, multicast, broadcast, and their validation without sending."""

import uuid
from typing import Any

from bot.simulator import ids
from bot.simulator.asking import Answer, Asked
from bot.simulator.channel import RETRY_KEY_SECONDS, Accepted, Account, Channel, Group
from bot.simulator.chats import Chat
from bot.simulator.refusals import AlreadyAccepted, Json, Refusal
from bot.simulator.rules.checks import Check, flag, list_of, matching, text
from bot.simulator.rules.messages import check_body

_UNITS = list_of(matching(r"[A-Za-z0-9_]{1,30}"), 0, 1)
_SENDING: dict[str, Check] = {"notificationDisabled": flag, "customAggregationUnits": _UNITS}
_QUOTABLE = ("text", "textV2", "sticker", "image", "video", "template", "flex")


def reply(asked: Asked) -> Answer:
    """Answer a person, once per token."""
    if asked.headers.get("x-line-retry-key") is not None:
        raise Refusal(400, "The X-Line-Retry-Key header is not supported on this endpoint")
    body = check_body(asked.json(), {"replyToken": text(200)}, {"notificationDisabled": flag})
    channel = asked.channel
    with channel.lock:
        token = channel.tokens.get(body["replyToken"])
        if token is None or not token.is_good(channel.clock.now()):
            raise Refusal(400, "Invalid reply token")
        _check_chat(channel, body["messages"], token.chat)
        token.is_used = True
        receiver = channel.accounts.get(token.chat.id)
        arrives = receiver is None or receiver.receives
        sent = _deliver(asked, token.chat, body["messages"], "reply", arrives)
    return Answer(json={"sentMessages": sent})


def push(asked: Asked) -> Answer:
    """Send to one person or group; paid per person who can receive it."""
    body = check_body(asked.json(), {"to": text(100)}, _SENDING)
    channel = asked.channel
    with channel.lock:
        _refuse_repeated(asked)
        to = body["to"]
        if not _is_id(to):
            raise Refusal(400, "The property, 'to', in the request body is invalid (line: -, column: -)")
        account, group = channel.accounts.get(to), channel.groups.get(to)
        if (account is None or not account.is_known) and (group is None or not group.has_bot):
            raise Refusal(400, "Failed to send messages")
        receiver = account or group
        assert receiver is not None
        _check_chat(channel, body["messages"], receiver.chat)
        arrives, price = _arrives(receiver), _price(receiver)
        channel.spend(price)
        sent = _deliver(asked, receiver.chat, body["messages"], "push", arrives)
        _remember_key(asked, sent)
    return Answer(json={"sentMessages": sent}, cost=price)


def multicast(asked: Asked) -> Answer:
    """Send to up to 500 people; those who cannot receive it are not counted."""
    to = list_of(matching(r"U[0-9a-f]{32}", "Invalid user id"), 1, 500)
    body = check_body(asked.json(), {"to": to}, _SENDING)
    return _send_to_many(asked, body, [asked.channel.accounts.get(one) for one in dict.fromkeys(body["to"])])


def broadcast(asked: Asked) -> Answer:
    """Send to every friend."""
    body = check_body(asked.json(), {}, {"notificationDisabled": flag})
    return _send_to_many(asked, body, [one for one in list(asked.channel.accounts.values()) if one.is_friend])


def validate(asked: Asked) -> Answer:
    """Look at messages without sending them."""
    check_body(asked.json(), {})
    return Answer(json={})


def _send_to_many(asked: Asked, body: Json, accounts: list[Account | None]) -> Answer:
    with asked.channel.lock:
        _refuse_repeated(asked)
        receivers = [account for account in accounts if account is not None and account.receives]
        asked.channel.spend(len(receivers))
        for account in receivers:
            _deliver(asked, account.chat, body["messages"], asked.kind, arrives=True)
        _remember_key(asked, [])
    return Answer(json={}, cost=len(receivers))


def _arrives(receiver: Account | Group) -> bool:
    return receiver.receives if isinstance(receiver, Account) else True


def _price(receiver: Account | Group) -> int:
    """What a push costs: one per person reached; a group costs every member."""
    if isinstance(receiver, Account):
        return 1 if receiver.receives else 0
    return len(receiver.members)


def _is_id(written: str) -> bool:
    return len(written) == 33 and written[0] in "UCR" and all(one in "0123456789abcdef" for one in written[1:])


def _retry_key(asked: Asked) -> str | None:
    key = asked.headers.get("x-line-retry-key")
    if key is None:
        return None
    try:
        return str(uuid.UUID(key))
    except ValueError as problem:
        raise Refusal(400, "The X-Line-Retry-Key header is not a valid UUID") from problem


def _refuse_repeated(asked: Asked) -> None:
    """Say 409 when this retry key was accepted within the last 24 hours."""
    key = _retry_key(asked)
    keys = asked.channel.retry_keys
    now = asked.channel.clock.now()
    while keys and now - next(iter(keys.values())).at > RETRY_KEY_SECONDS:
        keys.popitem(last=False)
    if key is not None and key in keys:
        accepted = keys[key]
        more: dict[str, Any] = {"sentMessages": accepted.sent} if accepted.sent else {}
        raise AlreadyAccepted(accepted.request_id, **more)


def _remember_key(asked: Asked, sent: list[Json]) -> None:
    key = _retry_key(asked)
    if key is not None:
        asked.channel.retry_keys[key] = Accepted(asked.channel.clock.now(), asked.request_id, sent)


def _check_chat(channel: Channel, messages: list[Json], chat: Chat) -> None:
    """What depends on the chat: quote tokens of its own only, mentions in groups only, tracking not in groups."""
    is_group = chat.id in channel.groups
    for index, message in enumerate(messages):
        token = message.get("quoteToken")
        if token is not None and channel.quote_tokens.get(token) != chat.id:
            raise _refused_property(index, "quoteToken", "Invalid quote token")
        inserted = (message.get("substitution") or {}).values()
        if not is_group and any(one["type"] == "mention" for one in inserted):
            raise _refused_property(index, "substitution", "Mentions are for groups only")
        if is_group and message.get("trackingId") is not None:
            raise _refused_property(index, "trackingId", "Not allowed in groups")


def _refused_property(index: int, name: str, why: str) -> Refusal:
    details = [{"message": why, "property": f"messages[{index}].{name}"}]
    return Refusal(400, "The request body has 1 error(s)", details)


def _deliver(asked: Asked, chat: Chat, messages: list[Json], how: str, arrives: bool) -> list[Json]:
    """Put the messages into the chat and say what LINE says about them."""
    sent: list[Json] = []
    account = asked.channel.accounts.get(chat.id)
    if account is not None:
        account.is_loading = False
    with chat.changed:  # whoever waits sees all messages of a request or none
        for index, message in enumerate(messages):
            receipt = {"id": ids.message_id()}
            if message["type"] in _QUOTABLE:
                receipt["quoteToken"] = asked.channel.new_quote_token(chat)
            sent.append(receipt)
            if arrives:
                chat.add(
                    "bot",
                    how,
                    asked.channel.clock.millis(),
                    {**message, "id": receipt["id"]},
                    request_id=asked.request_id,
                    last_of_request=index == len(messages) - 1,
                )
    return sent
