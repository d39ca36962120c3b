"""Task: what an officer was asked to add in the next message. A frozen value, kept as JSON in the conversation."""

from __future__ import annotations

from collections.abc import Collection
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
    return _task(conversation.task) if conversation.task else None


def keep(conversation: Conversation, task: Task | None) -> None:
    """Wait for this from now on, or for nothing."""
    conversation.task = asdict(task) if task is not None else None


def checking(conversation: Conversation) -> list[Task]:
    """Work reported as done whose photos are still being fetched: at most one task for each ticket, oldest first."""
    return [_task(value) for value in conversation.checking or ()]


def checked_for(conversation: Conversation, ticket: int) -> Task | None:
    """The work on this ticket whose photos are still being fetched."""
    return next((one for one in checking(conversation) if one.ticket == ticket), None)


def keep_checking(conversation: Conversation, ticket: int, task: Task | None) -> None:
    """Go on checking this for the ticket, in place of what was being checked for it; or nothing any more."""
    tasks = [one for one in checking(conversation) if one.ticket != ticket] + ([task] if task else [])
    # A new value, because the database's JSON does not notice a list that grows.
    conversation.checking = [asdict(one) for one in tasks] or None


def may_go_on(conversation: Conversation, task: Task) -> bool:
    """Whether what this task lacks may be asked for again: nothing else was begun meanwhile."""
    begun = read(conversation)
    return begun is None or (begun.verb == "after" and begun.ticket == task.ticket)


def erase(conversation: Conversation, said: str, media: Collection[int] = ()) -> None:
    """Forget words and photos (ids of Media rows) that their author took back."""
    task = read(conversation)
    if task is not None and (said in (task.said, task.doubt_said) or set(media) & set(task.photos)):
        keep(conversation, _without(task, said, media))
    for one in checking(conversation):
        left = _without(one, said, media)
        if left == one:
            continue
        is_whole = bool(left.words and left.photos)
        keep_checking(conversation, one.ticket, left if is_whole else None)
        if not is_whole and may_go_on(conversation, left):
            keep(conversation, left)  # it waits for what was taken back, as it did before


def _task(value: dict[str, Any]) -> Task:
    return Task(**{**value, "photos": tuple(value["photos"])})


def _without(task: Task, said: str, media: Collection[int]) -> Task:
    if task.said and task.said == said:
        task = replace(task, words="", said="")
    if task.doubt_said and task.doubt_said == said:
        task = replace(task, doubt="", doubt_said="")
    return replace(task, photos=tuple(one for one in task.photos if one not in media))
