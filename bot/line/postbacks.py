"""Button data: an action with its arguments, signed, so that nobody can make a button of his own.

A genuine button still gives no right: whoever presses it is asked for his own rights each time.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

#: Data of rich menus, the same for everybody and without rights of its own.
MENU_PREFIXES = ("menu:", "tab:")
LIMIT = 300  # LINE's limit for postback data, in UTF-16 units


@dataclass(frozen=True, slots=True)
class Press:
    """What a button says. `is_genuine` is False when we did not sign it."""

    action: str
    args: dict[str, str]
    is_genuine: bool


def _seal(text: str, key: bytes, municipality: str) -> str:
    digest = hmac.new(key, f"button|{municipality}|{text}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:15]).decode()


def sign(action: str, args: dict[str, int | str], key: bytes, municipality: str) -> str:
    """Postback data for a button of this municipality.

    :raises ValueError: when it would exceed LINE's 300.
    """
    text = action + "?" + urlencode(sorted((name, str(value)) for name, value in args.items()))
    data = f"{_seal(text, key, municipality)}.{text}"
    if len(data) > LIMIT:
        raise ValueError(f"button data of {action} is longer than {LIMIT}")
    return data


def read(data: str, key: bytes, municipality: str) -> Press:
    """The action behind postback data; not genuine when the seal is wrong."""
    if data.startswith(MENU_PREFIXES):
        kind, _, name = data.partition(":")
        return Press(f"{kind}.{name}", {}, True)
    seal, _, text = data.partition(".")
    action, _, query = text.partition("?")
    is_genuine = hmac.compare_digest(seal.encode(), _seal(text, key, municipality).encode())
    return Press(action, dict(parse_qsl(query)) if is_genuine else {}, is_genuine)
