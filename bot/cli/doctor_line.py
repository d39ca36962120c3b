"""What `flask doctor` asks LINE: the token, the webhook's address, the month's messages, the menus."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from bot.channels import Channels, Town
from bot.cli.finding import Finding, counted
from bot.config import Settings, is_loopback
from bot.errors import DeliveryDelayed, DeliveryProblem
from bot.line.client import LineClient


def channel(town: Town, channels: Channels, settings: Settings) -> Iterator[Finding]:
    """Whether this municipality's channel works, and whether events come to us."""
    about = f"{town.code} LINE"
    suffix = "__" + town.code.upper().replace("-", "_")
    if not channels.secret(town.code):
        yield Finding("problem", about, f"no channel secret: set LINE_CHANNEL_SECRET or LINE_CHANNEL_SECRET{suffix}")
    if not settings.channel(town.code).access_token:
        names = f"LINE_CHANNEL_ACCESS_TOKEN or LINE_CHANNEL_ACCESS_TOKEN{suffix}"
        yield Finding("problem", about, f"no channel access token: set {names}")
        return
    client = channels.client(town.id)
    try:
        who = client.bot_info()
        yield Finding("fine", about, f"the access token speaks as {who.display_name} ({who.basic_id})")
        yield _webhook(client, town, settings)
        yield _plan(client, town)
        if not client.rich_menu_aliases():
            yield Finding("problem", about, f"there are no rich menus: run `flask menus deploy {town.code}`")
    except DeliveryDelayed as delay:
        if delay.kind == "access":
            how = "issue one in the LINE Developers Console; if its tab Security lists addresses, add this machine's"
            yield Finding("problem", about, f"LINE does not accept the access token: {how}")
        else:
            how = f"try again; this machine must reach {settings.line_api_url}"
            yield Finding("problem", about, f"LINE could not be asked ({delay.kind}): {how}")
    except DeliveryProblem as problem:
        say = f"LINE could not be asked: {problem}; see that LINE_API_URL is right, and try again"
        yield Finding("problem", about, say)


def _webhook(client: LineClient, town: Town, settings: Settings) -> Finding:
    about = f"{town.code} webhook"
    path, how = f"/line/{town.code}/webhook", "set it in the LINE Developers Console"
    wanted = f"{settings.public_url or 'https://…'}{path}"
    endpoint = client.webhook_endpoint()
    if endpoint is None or not endpoint.url:
        return Finding("problem", about, f"LINE knows no webhook address: set {wanted}")
    if not endpoint.is_active:
        return Finding("problem", about, "“Use webhook” is off: switch it on in the LINE Developers Console")
    is_tried = settings.talks_to_loopback and is_loopback(endpoint.url)  # a simulator delivers without https
    if settings.public_url is not None and endpoint.url != wanted and not is_tried:
        return Finding("problem", about, f"LINE delivers to {endpoint.url}, but should deliver to {wanted}: {how}")
    if not endpoint.url.endswith(path):
        return Finding("problem", about, f"LINE delivers to {endpoint.url}, which does not end in {path}: {how}")
    return Finding("fine", about, f"LINE delivers to {endpoint.url}")


def _plan(client: LineClient, town: Town) -> Finding:
    allowed, spent = client.quota(), client.consumption()
    about = f"{town.code} plan"
    if allowed is None:
        return Finding("fine", about, f"no limit; {counted(spent, 'message')} this month")
    if spent >= allowed:
        how = "news waits for people's next messages; the account manager sells larger plans"
        return Finding("problem", about, f"all {allowed} messages of this month are used: {how}")
    level: Literal["fine", "note"] = "note" if spent >= allowed * 0.8 else "fine"
    return Finding(level, about, f"{spent} of {allowed} messages used this month")
