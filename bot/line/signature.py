"""LINE's signature: HMAC-SHA256 of the raw body with the channel secret, base64 (LINE, "Verify webhook signature")."""

from __future__ import annotations

import base64
import hashlib
import hmac


def is_genuine(secret: str, body: bytes, signature: str | None) -> bool:
    """Whether LINE signed exactly these bytes; constant time, and False for anything malformed."""
    if not secret or not signature or not signature.isascii():
        return False
    expected = base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest())
    return hmac.compare_digest(expected, signature.encode())
