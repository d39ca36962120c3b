"""Signed addresses of media: each names one rendition for one audience, for thirty days, and nothing of LINE's."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from itsdangerous import BadData, URLSafeTimedSerializer

#: LINE keeps a message for longer; who opens an old one sees a card without its picture.
LIVES_SECONDS = 30 * 24 * 3600
AUDIENCES = ("reporter", "officer")
_SALT = "media-address"
#: A map holds the square its reader stood in, so its address lives for a day only.
MAP_LIVES_SECONDS = 24 * 3600
_MAP_SALT = "map-address"
#: Tickets on one map.
_MOST_ON_A_MAP = 12


@dataclass(frozen=True, slots=True)
class Shown:
    """What an address shows, and to whom."""

    media_id: int
    rendition: str
    audience: str


@dataclass(frozen=True, slots=True)
class ShownMap:
    """What a map's address shows: the town by its code, the square in the middle, the tickets in their order."""

    municipality: str
    middle: tuple[int, int]
    ticket_ids: tuple[int, ...]


class Addresses:
    """Makes and reads the addresses of one installation."""

    def __init__(self, secret_key: str, public_url: str | None) -> None:
        self._signer = URLSafeTimedSerializer(secret_key, salt=_SALT, signer_kwargs={"digest_method": hashlib.sha256})
        self._map_signer = URLSafeTimedSerializer(
            secret_key, salt=_MAP_SALT, signer_kwargs={"digest_method": hashlib.sha256}
        )
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

    def map_address(self, municipality: str, shown: str) -> str | None:
        """The https address of a map ("13985:100625:4,7"), or None where we have no public address."""
        if self._public_url is None:
            return None
        return f"{self._public_url}/maps/{self._map_signer.dumps([municipality, shown])}"

    def read_map(self, token: str) -> ShownMap | None:
        """What a map's token shows; None when it was not signed by us, or its time is over."""
        try:
            municipality, shown = self._map_signer.loads(token, max_age=MAP_LIVES_SECONDS)
            south, west, listed = str(shown).split(":")
            tickets = tuple(int(one) for one in listed.split(",") if one)[:_MOST_ON_A_MAP]
            return ShownMap(str(municipality), (int(south), int(west)), tickets)
        except (BadData, ValueError, TypeError):
            return None
