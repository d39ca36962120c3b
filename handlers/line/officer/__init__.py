"""What an officer can do in the chat: press buttons of tickets and tabs, type what they say, add what was asked for."""

from handlers.line.officer.buttons import press
from handlers.line.officer.lists import typed
from handlers.line.officer.waiting import quoted, take_input

__all__ = ["press", "quoted", "take_input", "typed"]
