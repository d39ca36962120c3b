"""What a call to the simulated platform carries, and what it answers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.simulator.channel import Channel
from bot.simulator.refusals import Json, Refusal

if TYPE_CHECKING:
    from bot.simulator.platform import Platform


@dataclass(frozen=True)
class Asked:
    """One call of a bot: whose it is, what it brings, what the path named."""

    platform: "Platform"
    channel: Channel
    kind: str
    path: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    request_id: str

    def json(self) -> Any:
        """The JSON body.

        Raises:
            Refusal: 415 without a JSON content type, 400 when it is not JSON.
        """
        if self.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
            raise Refusal(415, "Unsupported media type")
        try:
            return json.loads(self.body.decode("utf-8"))
        except (ValueError, RecursionError) as problem:
            raise Refusal(400, "The request body could not be parsed as JSON") from problem


@dataclass(frozen=True)
class Answer:
    """What LINE says: JSON, or bytes with their content type; and how many paid messages it took."""

    status: int = 200
    json: Json | None = None
    body: bytes | None = None
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    cost: int = 0

    def written(self) -> bytes:
        """The bytes on the wire."""
        if self.body is not None:
            return self.body
        return json.dumps(self.json if self.json is not None else {}).encode()
