"""One official account as its users speak of it."""

import base64
import contextlib
from collections.abc import Iterator
from typing import Any

from bot.simulator.people import Call, Group, Person, delivery_of
from bot.simulator.refusals import Json


class Town:
    """One official account: its people, its webhook, its quota."""

    def __init__(self, call: Call, name: str) -> None:
        self._call = call
        self.name = name

    def person(self, name: str, language: str | None = "th", on_pc: bool = False) -> Person:
        """The person of this name; the same name is the same LINE account."""
        return Person(self._call, self.name, name, language, on_pc)

    def group(self, name: str) -> Group:
        """The group of this name. Words that begin with "@" and the town's name mention the account."""
        return Group(self._call, self.name, name)

    @property
    def state(self) -> Json:
        """bot_id, webhook, quota, used, people, groups, menus, aliases, default_menu."""
        return dict(self._call("channel/state", channel=self.name))

    def set(self, **settings: Any) -> Json:
        """Change webhook, webhook_is_active, quota (None: no limit), redelivers_failures, doubled_share or secret."""
        return dict(self._call("channel/settings", channel=self.name, **settings))

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """Everything people do inside goes out in one webhook body."""
        self._call("channel/gathers", channel=self.name)
        try:
            yield
        finally:
            self._call("channel/delivers", channel=self.name)

    def posts(self, body: bytes, signature: str | None = "right", *, signing: bytes | None = None) -> Json:
        """Send these bytes to the webhook. Gives status, reason, seconds.

        "right" signs them, or other bytes given as `signing`, as if a proxy had
        changed the body; None sends no signature.
        """
        arguments = {"body": base64.b64encode(body).decode(), "signature": signature}
        if signing is not None:
            arguments["signing"] = base64.b64encode(signing).decode()
        return dict(self._call("channel/posts", channel=self.name, **arguments))

    def sends_event(self, event: Json, person: Person | None = None) -> Json | None:
        """Send one event of any kind; what every event has is filled in, a null leaves it out."""
        name = person.name if person is not None else None
        return delivery_of(self._call("channel/event", channel=self.name, event=event, person=name))

    def redelivers(
        self, event_id: str | None = None, *, times: int = 1, shuffled: bool = False, seed: int = 0
    ) -> list[Json]:
        """Deliver one past event again, or every one. Gives the deliveries."""
        arguments = {"event_id": event_id, "times": times, "shuffled": shuffled, "seed": seed}
        return list(self._call("channel/redelivers", channel=self.name, **arguments))
