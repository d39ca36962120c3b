"""The whole simulated platform: channels, clock, faults, logs."""

import json
import threading
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from bot.simulator import ids, routing
from bot.simulator.asking import Answer, Asked
from bot.simulator.channel import Channel
from bot.simulator.clock import Clock
from bot.simulator.deliveries import Deliveries
from bot.simulator.endpoints.content import faulty_content
from bot.simulator.faults import AFTER, CONTENT, Fault, Faults
from bot.simulator.refusals import Absent, AlreadyAccepted, Json, Refusal, RefusalLog, RefusedCall
from bot.simulator.traffic import CALL, Traffic

MOST_BODY_BYTES = 2_000_000
SERVER_ERROR = Answer(500, body=b"<html>Internal Server Error</html>", content_type="text/html")
_KEPT_CALLS = 50_000
_TO_ONE_CHAT = ("reply", "push", "loading")


@dataclass(frozen=True)
class Call:
    """One call of a bot: when, which endpoint, what it was answered, and how it was spoilt, if it was."""

    at: float
    channel: str
    kind: str
    method: str
    path: str
    status: int
    request_id: str
    fault: str = ""

    def as_json(self) -> Json:
        """The same as a JSON object."""
        return asdict(self)


@dataclass(frozen=True)
class Outcome:
    """What the server must do: give this answer, or spoil it with this fault."""

    answer: Answer
    request_id: str
    fault: Fault | None = None


class Platform:
    """LINE on this machine. Safe to use from many threads."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.faults = Faults()
        self.refusals = RefusalLog()
        self.traffic = Traffic()
        self.deliveries = Deliveries(self.traffic)
        self.notices: dict[str, Json] = {}
        self.calls: deque[Call] = deque(maxlen=_KEPT_CALLS)
        self.addresses: dict[str, str] = {}
        self.closing = threading.Event()
        self._channels: dict[str, Channel] = {}
        self._lock = threading.Lock()

    def add_channel(self, channel: Channel) -> Channel:
        """Make a channel known, in place of an older one of the same name."""
        with self._lock:
            self._channels[channel.name] = channel
        return channel

    def channel(self, name: str) -> Channel | None:
        """The channel of this name."""
        return self._channels.get(name)

    def channels(self) -> list[Channel]:
        """All channels."""
        with self._lock:
            return list(self._channels.values())

    def close(self) -> None:
        """Let everybody who waits go."""
        self.closing.set()
        for channel in self.channels():
            for chat in channel.chats():
                chat.close()
        self.deliveries.close()

    def answer(self, host: str, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        """Carry out one call of a bot and log it."""
        request_id = ids.request_id()
        found = routing.find(host, method, path)
        kind = found[0].kind if isinstance(found, tuple) else "unknown"
        name, fault, refused = "", None, None
        began = time.monotonic()
        try:
            channel = self._whose(headers)
            name = channel.name
            if not isinstance(found, tuple):
                raise Refusal(found, "Not found" if found == 404 else "Method not allowed")
            if len(body) > MOST_BODY_BYTES:
                raise Refusal(413, "Payload too large")
            fault = self.faults.take(kind, name)
            answer = self._carry_out(found[0], found[1], channel, headers, body, request_id, fault)
        except AlreadyAccepted as known:
            answer = Answer(known.status, json=known.body(), headers={"x-line-accepted-request-id": known.request_id})
        except Refusal as refusal:
            refused = refusal
            answer = Answer(refusal.status, json=refusal.body())
            if not isinstance(refusal, Absent):
                self._log_refusal(refusal, name, kind, method, path, request_id)
        spoilt = fault.what if fault is not None else ""
        call = Call(self.clock.now(), name, kind, method, path, answer.status, request_id, spoilt)
        self.calls.append(call)
        self._note(call, body, answer, refused, time.monotonic() - began)
        return Outcome(answer, request_id, fault)

    def _carry_out(
        self,
        route: routing.Route,
        named: Mapping[str, str],
        channel: Channel,
        headers: Mapping[str, str],
        body: bytes,
        request_id: str,
        fault: Fault | None,
    ) -> Answer:
        if fault is not None and fault.what in CONTENT:
            return faulty_content(fault)
        if fault is not None and fault.what not in AFTER:
            return _answer_instead(fault)
        with channel.lock:
            channel.pace.take(route.kind)
        answer = route.answer(Asked(self, channel, route.kind, named, headers, body, request_id))
        return SERVER_ERROR if fault is not None and fault.what == "500_after" else answer

    def _note(self, call: Call, body: bytes, answer: Answer, refused: Refusal | None, seconds: float) -> None:
        self.traffic.add(
            CALL,
            call.at,
            call.channel,
            call.kind,
            call.path,
            body,
            method=call.method,
            chat=self._chat_of(call.channel, call.kind, body),
            status=call.status,
            seconds=seconds,
            answer=answer.written(),
            fault=call.fault,
            cost=answer.cost,
            reason=refused.message if refused is not None else "",
            details=refused.details if refused is not None else [],
            is_refused=refused is not None and not isinstance(refused, Absent),
        )

    def _chat_of(self, name: str, kind: str, body: bytes) -> str:
        """The id of the chat a message or sign is for, where the body tells one."""
        channel = self.channel(name)
        if channel is None or kind not in _TO_ONE_CHAT:
            return ""
        try:
            asked = json.loads(body)
            token = channel.tokens.get(asked.get("replyToken", ""))
            return token.chat.id if token is not None else str(asked.get("to") or asked.get("chatId") or "")
        except (ValueError, TypeError, AttributeError, RecursionError):
            return ""

    def _whose(self, headers: Mapping[str, str]) -> Channel:
        written = headers.get("authorization", "")
        for channel in self.channels():
            if written == f"Bearer {channel.access_token}":
                return channel
        raise Refusal(401, "Authentication failed. Confirm that the access token in the authorization header is valid.")

    def _log_refusal(self, refusal: Refusal, channel: str, kind: str, method: str, path: str, request_id: str) -> None:
        self.refusals.add(
            RefusedCall(
                time.time(),
                channel,
                kind,
                method,
                path,
                refusal.status,
                refusal.message,
                refusal.details,
                request_id,
            )
        )


def _answer_instead(fault: Fault) -> Answer:
    """What is said when a call is not carried out."""
    if fault.what == "429_rate":
        return Answer(429, json={"message": "The API rate limit has been exceeded. Try again later."})
    if fault.what == "429_quota":
        return Answer(429, json={"message": "You have reached your monthly limit."})
    return SERVER_ERROR
