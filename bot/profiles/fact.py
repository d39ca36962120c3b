"""What every fact of a profile has: whether the town has confirmed it, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """The same in Thai and in English."""

    th: str
    en: str


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something the town has confirmed, or still has to; `source` says where it comes from."""

    is_confirmed: bool = False
    source: str = ""
