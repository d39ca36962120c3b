"""How long a town keeps personal data, and who answers for it: the profile's [privacy], or what stands there else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.wording import Wording
from models import Municipality

#: A year of a retention period; leap days are nobody's loss.
_YEAR = timedelta(days=365)
#: Where the profile says nothing: what LINE brought and what was sent, and words after the end of their ticket.
RAW_KEPT, WORDS_KEPT = timedelta(days=30), 2 * _YEAR


@dataclass(frozen=True, slots=True)
class Terms:
    """What a town has decided. `raw_days` counts from receiving or sending, `words_years` from the ticket's end."""

    raw_days: int = RAW_KEPT.days
    words_years: int = WORDS_KEPT // _YEAR
    contact_th: str = ""
    contact_en: str = ""

    def raw_before(self, now: datetime) -> datetime:
        """Events and messages older than this go."""
        return now - timedelta(days=self.raw_days)

    def words_before(self, now: datetime) -> datetime:
        """The words of tickets that ended before this go."""
        return now - self.words_years * _YEAR


def terms_of(town: Municipality) -> Terms:
    """This town's terms."""
    said: dict[str, Any] = town.settings.get("privacy") or {}
    return Terms(**{name: said[name] for name in Terms.__slots__ if name in said})


def notice(w: Wording, town: Municipality) -> str:
    """The privacy notice in full: what is kept, why, who sees it, how long, and whom to ask."""
    terms = terms_of(town)
    contact = w.either(terms.contact_th, terms.contact_en) or w("notice.no_contact")
    return w("notice.text", years=terms.words_years, days=terms.raw_days, contact=contact)
