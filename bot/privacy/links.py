"""Signed addresses of the copy of one's own data: for a day, naming nobody, and dead once the data was erased."""

from __future__ import annotations

import hashlib

from itsdangerous import BadData, URLSafeTimedSerializer

LIVES_SECONDS = 24 * 3600
_SALT = "my-data"


class Links:
    """Makes and reads the addresses of one installation."""

    def __init__(self, secret_key: str, public_url: str | None) -> None:
        self._signer = URLSafeTimedSerializer(secret_key, salt=_SALT, signer_kwargs={"digest_method": hashlib.sha256})
        self._public_url = public_url

    def link(self, resident_id: int) -> str | None:
        """The https address of a person's copy, or None where we have no public address."""
        return f"{self._public_url}/my-data/{self._signer.dumps(resident_id)}" if self._public_url else None

    def read(self, token: str) -> int | None:
        """Whose copy it is; None when it was not signed by us, or its day is over."""
        try:
            resident_id = self._signer.loads(token, max_age=LIVES_SECONDS)
        except (BadData, ValueError, TypeError):
            return None
        return resident_id if isinstance(resident_id, int) else None
