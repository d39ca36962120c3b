"""What people do on the page of phones, as the browser tests say it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from tests.integration.tiny_bot import text

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

Json = dict[str, Any]
YES = {"type": "postback", "label": "ใช่เลย", "data": "yes", "displayText": "ใช่เลย"}


def phone(page: Page, name: str = "นก") -> Locator:
    shown = page.locator(f'section.phone[data-person="{name}"]')
    shown.wait_for()
    return shown


def says(page: Page, words: str, name: str = "นก") -> None:
    box = phone(page, name).locator("textarea")
    box.fill(words)
    box.press("Enter")


def sees(page: Page, words: str, name: str = "นก") -> Locator:
    found = phone(page, name).locator(".chat").get_by_text(words).last
    found.wait_for()
    return found


def offers(words: str, *actions: Json) -> Json:
    return text(words, quickReply={"items": [{"type": "action", "action": one} for one in actions]})


def done(page: Page) -> AbstractContextManager[object]:
    """What is done inside has reached the bot at the end."""
    return page.expect_response(lambda response: "/_simulator/person/" in response.url)
