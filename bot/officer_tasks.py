"""Task: what an officer was asked to add in the next message. A frozen value, kept as JSON in the conversation."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from models import Conversation

#: What is waited for, and what it is for. "after": the work was reported as done, photos of it may still follow.
#: "more": photos were sent to the reporters, others of the same set (`way`) may still follow.
Verb = Literal[
    "reply", "ask", "resolve", "reject", "forward", "number", "note", "plan", "transfer", "merge", "find", "return",
    "contact", "their_words", "after", "more", "incident", "canned",
]  # fmt: skip
#: A task that nobody finished is over; what is said later is no longer taken for it.
LASTS = timedelta(minutes=30)
PHOTOS_FOLLOW = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Task:
    """An unfinished act on one ticket (0: on none, a search).

    `step` is where the dialogue stood: another step means that something else began.
    """

    verb: Verb
    ticket: int
    since: str  # ISO 8601
    step: str
    words: str = ""
    said: str = ""  # the LINE message of `words`
    photos: tuple[int, ...] = ()  # ids of Media rows
    owner: str = ""
    way: str = ""
    department: str = ""
    doubt: str = ""  # words that look like a button's label: sent only after a yes
    doubt_said: str = ""

    def is_over(self, now: datetime, step: str) -> bool:
        """Whether it was left for too long, or for something else."""
        lasts = PHOTOS_FOLLOW if self.verb in ("after", "more") else LASTS
        return self.step != step or now - datetime.fromisoformat(self.since) >= lasts

    def with_words(self, text: str, said: str) -> Task:
        """The words are there; earlier ones are replaced."""
        return replace(self, words=text, said=said, doubt="", doubt_said="")

    def with_photo(self, media_id: int) -> Task:
        """One more photo."""
        return replace(self, photos=(*self.photos, media_id))


def read(conversation: Conversation) -> Task | None:
    """The task that this conversation waits for."""
    value: dict[str, Any] | None = conversation.task
    return Task(**{**value, "photos": tuple(value["photos"])}) if value else None


def keep(conversation: Conversation, task: Task | None) -> None:
    """Wait for this from now on, or for nothing."""
    conversation.task = asdict(task) if task is not None else None


def erase(conversation: Conversation, said: str) -> None:
    """Forget words that their author took back."""
    task = read(conversation)
    if task is not None and said in (task.said, task.doubt_said):
        if task.said == said:
            task = replace(task, words="", said="")
        if task.doubt_said == said:
            task = replace(task, doubt="", doubt_said="")
        keep(conversation, task)
