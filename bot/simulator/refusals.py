"""What LINE refuses, and the log of it."""

from collections import deque
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

Json = dict[str, Any]


class Refusal(Exception):
    """LINE says no: the bot did something it must not do. Kept in the refusals log."""

    def __init__(self, status: int, message: str, details: Iterable[Json] = (), **more: Any) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.details = list(details)
        self.more = more

    def body(self) -> Json:
        """LINE's error body: message, and details where there are any."""
        body: Json = {"message": self.message, **self.more}
        if self.details:
            body["details"] = self.details
        return body


class Absent(Refusal):
    """The thing is not there (404, 410). An answer to an honest question, so it is not logged as a refusal."""


class AlreadyAccepted(Refusal):
    """The retry key was accepted before (409). For the bot this is good news, so it is not logged either."""

    def __init__(self, request_id: str, **more: Any) -> None:
        super().__init__(409, "The retry key is already accepted", **more)
        self.request_id = request_id


@dataclass(frozen=True)
class RefusedCall:
    """One line of the refusals log."""

    at: float
    channel: str
    endpoint: str
    method: str
    path: str
    status: int
    message: str
    details: list[Json] = field(default_factory=list)
    request_id: str = ""

    def as_json(self) -> Json:
        """The same as a JSON object."""
        return asdict(self)


class RefusalLog:
    """The last 5,000 refusals and the count of all of them."""

    def __init__(self) -> None:
        self._calls: deque[RefusedCall] = deque(maxlen=5_000)
        self.count = 0

    def add(self, call: RefusedCall) -> None:
        """Remember one."""
        self._calls.append(call)
        self.count += 1

    def all(self) -> list[Json]:
        """Oldest first."""
        return [call.as_json() for call in list(self._calls)]

    def clear(self) -> None:
        """Begin anew."""
        self._calls.clear()
        self.count = 0
