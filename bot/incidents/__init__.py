"""Outbreaks: is this more than usual here and now? An incident then holds the tickets, and tells who must know."""

from bot.incident_words import held_by as of_ticket
from bot.incidents.noticing import around, end, notice_report, tickets_of
from bot.incidents.telling import concerned, say_what_is_known, send_notice

__all__ = ["around", "concerned", "end", "notice_report", "of_ticket", "say_what_is_known", "send_notice", "tickets_of"]
