"""Already known? What is near and alike, the one question about it, and what its answer does."""

from bot.known.answering import join, remember_different
from bot.known.finding import Known, may_still_join, most_alike

__all__ = ["Known", "join", "may_still_join", "most_alike", "remember_different"]
