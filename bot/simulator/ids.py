"""Identifiers of the shapes LINE uses."""

import hashlib
import itertools
import secrets
import uuid

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_message_numbers = itertools.count(500_000_000_000_000_000 + secrets.randbelow(10**15))


def event_id(millis: int) -> str:
    """A ULID: 48 bits of time, 80 random bits, 26 characters."""
    number = (millis << 80) | secrets.randbits(80)
    return "".join(_CROCKFORD[(number >> shift) & 31] for shift in range(125, -1, -5))


def user_id(*names: str) -> str:
    """The same names give the same id, so a person keeps it when the simulator restarts."""
    return _hashed("U", *names)


def group_id(*names: str) -> str:
    """The same names give the same id."""
    return _hashed("C", *names)


def message_id() -> str:
    """A running number as text, unique in this process."""
    return str(next(_message_numbers))


def token() -> str:
    """32 hexadecimal characters nobody can guess."""
    return secrets.token_hex(16)


def request_id() -> str:
    """What LINE puts into x-line-request-id."""
    return str(uuid.uuid4())


def _hashed(letter: str, *names: str) -> str:
    return letter + hashlib.sha256("\0".join(names).encode()).hexdigest()[:32]
