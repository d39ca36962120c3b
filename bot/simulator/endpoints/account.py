"""Profile, loading animation, read marks, bot info, quota, webhook address."""

import time
from urllib.parse import urlsplit

from bot.simulator.asking import Answer, Asked
from bot.simulator.deliveries import CONNECT_FAILED, post_signed
from bot.simulator.refusals import Absent, Refusal
from bot.simulator.rules.checks import Findings, Where, shape, text
from bot.simulator.rules.menus import check_object

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def profile(asked: Asked) -> Answer:
    """Name and language of a friend or of somebody who wrote; 404 otherwise and when blocked."""
    account = asked.channel.accounts.get(asked.path["user"])
    if account is None or not account.receives:
        raise Absent(404, "Not found")
    told = {"userId": account.id, "displayName": account.name}
    if account.language is not None:
        told["language"] = account.language
    return Answer(json=told)


def group_member(asked: Asked) -> Answer:
    """Name of somebody in a group the account is in."""
    group = asked.channel.groups.get(asked.path["group"])
    member = group.members.get(asked.path["user"]) if group is not None and group.has_bot else None
    if member is None:
        raise Absent(404, "Not found")
    return Answer(json={"userId": member.id, "displayName": member.name})


def group_summary(asked: Asked) -> Answer:
    """Name of a group the account is in."""
    group = asked.channel.groups.get(asked.path["group"])
    if group is None or not group.has_bot:
        raise Absent(404, "Not found")
    return Answer(json={"groupId": group.id, "groupName": group.name})


def leave_group(asked: Asked) -> Answer:
    """The account goes."""
    group = asked.channel.groups.get(asked.path["group"])
    if group is None or not group.has_bot:
        raise Absent(404, "Not found")
    group.has_bot = False
    return Answer(json={})


def loading(asked: Asked) -> Answer:
    """Show that an answer is coming, in a one-on-one chat."""
    body = check_object(asked.json(), shape({"chatId": text(100)}, {"loadingSeconds": _loading_seconds}))
    account = asked.channel.accounts.get(body["chatId"])
    if account is None or not account.is_known:
        raise Refusal(400, "The property, 'chatId', in the request body is invalid (line: -, column: -)")
    account.is_loading = account.receives
    return Answer(202, json={})


def mark_as_read(asked: Asked) -> Answer:
    """Mark this message and all before it as read."""
    body = check_object(asked.json(), shape({"markAsReadToken": text(500)}))
    found = asked.channel.read_tokens.get(body["markAsReadToken"])
    if found is None:
        raise Refusal(400, "Invalid markAsReadToken")
    account = asked.channel.accounts.get(found[0])
    if account is not None:
        account.read_up_to = max(account.read_up_to, found[1])
    return Answer(json={})


def mark_as_read_for_partners(_asked: Asked) -> Answer:
    """The older call is an option for partners only."""
    raise Refusal(403, "Access to this API is not available for your account")


def bot_info(asked: Asked) -> Answer:
    """Who the account is: a good check of the token."""
    channel = asked.channel
    return Answer(
        json={
            "userId": channel.bot_id,
            "basicId": f"@{channel.name}",
            "displayName": channel.title,
            "chatMode": "bot",
            "markAsReadMode": "manual",
        }
    )


def quota(asked: Asked) -> Answer:
    """How many paid messages a month has."""
    if asked.channel.quota is None:
        return Answer(json={"type": "none"})
    return Answer(json={"type": "limited", "value": asked.channel.quota})


def consumption(asked: Asked) -> Answer:
    """How many of them are used."""
    return Answer(json={"totalUsage": asked.channel.used()})


def get_webhook(asked: Asked) -> Answer:
    """Where events go."""
    if not asked.channel.webhook:
        raise Absent(404, "Not found")
    return Answer(json={"endpoint": asked.channel.webhook, "active": asked.channel.webhook_is_active})


def set_webhook(asked: Asked) -> Answer:
    """Send events elsewhere from now on."""
    body = check_object(asked.json(), shape({"endpoint": text(500)}))
    _check_address(body["endpoint"])
    asked.channel.webhook = body["endpoint"]
    return Answer(json={})


def try_webhook(asked: Asked) -> Answer:
    """Send an empty list of events, as the console's Verify does, and tell what came back."""
    body = check_object(asked.json() if asked.body else {}, shape({}, {"endpoint": text(500)}))
    address = body.get("endpoint") or asked.channel.webhook
    _check_address(address)
    status, reason, _ = post_signed(asked.channel, {"destination": asked.channel.bot_id, "events": []}, address)
    return Answer(
        json={
            "success": 200 <= status < 300,
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(asked.channel.clock.now())),
            "statusCode": status,
            "reason": "OK" if 200 <= status < 300 else reason,
            "detail": str(status) if status else CONNECT_FAILED,
        }
    )


def _loading_seconds(value: object, where: Where, found: Findings) -> None:
    if value not in range(5, 61, 5) or isinstance(value, bool):
        found.add(where, "Must be a multiple of 5 between 5 and 60")


def _check_address(address: str) -> None:
    """Only https, as at LINE; on this machine http too, where nobody has a certificate."""
    parts = urlsplit(address)
    is_local = parts.scheme == "http" and parts.hostname in _LOOPBACK
    if not (parts.scheme == "https" and parts.hostname) and not is_local:
        details = [{"message": "Invalid webhook endpoint URL", "property": "endpoint"}]
        raise Refusal(400, "Invalid webhook endpoint URL", details)
