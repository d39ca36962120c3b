"""Signed addresses of media: each names one rendition for one audience, for thirty days, and nothing of LINE's."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from itsdangerous import BadData, URLSafeTimedSerializer

#: LINE keeps a message for longer; who opens an old one sees a card without its picture.
LIVES_SECONDS = 30 * 24 * 3600
AUDIENCES = ("reporter", "officer")
_SALT = "media-address"


@dataclass(frozen=True, slots=True)
class Shown:
    """What an address shows, and to whom."""

    media_id: int
    rendition: str
    audience: str


class Addresses:
    """Makes and reads the addresses of one installation."""

    def __init__(self, secret_key: str, public_url: str | None) -> None:
        self._signer = URLSafeTimedSerializer(secret_key, salt=_SALT, signer_kwargs={"digest_method": hashlib.sha256})
        self._public_url = public_url

    def media_address(self, media_id: int, rendition: str, audience: str) -> str | None:
        """The https address of a rendition, or None where we have no public address."""
        if self._public_url is None:
            return None
        return f"{self._public_url}/media/{self.token(media_id, rendition, audience)}"

    def token(self, media_id: int, rendition: str, audience: str) -> str:
        """The signed part of the address."""
        return str(self._signer.dumps([media_id, rendition, audience]))

    def read(self, token: str) -> Shown | None:
        """What a token shows; None when it was not signed by us, or its time is over."""
        try:
            media_id, rendition, audience = self._signer.loads(token, max_age=LIVES_SECONDS)
        except (BadData, ValueError, TypeError):
            return None
        if audience not in AUDIENCES:
            return None
        return Shown(media_id, rendition, audience)
