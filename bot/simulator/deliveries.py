"""Webhooks on their way to the bot: signed, timed, repeated."""

import base64
import hashlib
import heapq
import hmac
import http.client
import itertools
import json
import random
import threading
import time
from collections import deque
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from bot.simulator.channel import Channel
from bot.simulator.refusals import Json
from bot.simulator.traffic import WEBHOOK, Exchange, Traffic

LIMIT_SECONDS = 2.0
"""LINE waits this long for an answer to a webhook."""
OK = "ok"
STATUS_FAILED = "error_status_code"
TIMED_OUT = "request_timeout"
CONNECT_FAILED = "could_not_connect"
UNCLASSIFIED = "unclassified"
NOT_SENT = "webhook_is_off"
MOST_REDELIVERIES = 10


@dataclass(frozen=True)
class Delivery:
    """One webhook request: what it carried, what came back (status 0: nothing), how long it took."""

    at: float
    channel: str
    event_ids: list[str]
    status: int
    reason: str
    seconds: float
    is_redelivery: bool = False

    @property
    def was_accepted(self) -> bool:
        """Whether the bot said 2xx in time."""
        return self.reason == OK

    def as_json(self) -> Json:
        """The same as a JSON object."""
        return asdict(self)


def signature(secret: str, body: bytes) -> str:
    """What stands in x-line-signature: base64 of HMAC-SHA256 over the raw bytes."""
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def written(payload: Json) -> bytes:
    """A webhook body as LINE writes it."""
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def post_signed(channel: Channel, payload: Json, address: str | None = None) -> tuple[int, str, float]:
    """Send a body as LINE does. Gives status, reason and seconds."""
    return _post_written(channel, written(payload), address or channel.webhook)


def _post_written(channel: Channel, body: bytes, address: str) -> tuple[int, str, float]:
    return post_raw(address, body, signature(channel.secret, body))


def post_raw(address: str, body: bytes, signed: str | None) -> tuple[int, str, float]:
    """Send these bytes with this signature header (None: without one). Gives status, reason and seconds."""
    parts = urlsplit(address)
    secure = parts.scheme == "https"
    connect = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "LineBotWebhook/2.0"}
    if signed is not None:
        headers["x-line-signature"] = signed
    began = time.monotonic()
    status, reason = 0, OK
    connection = connect(parts.hostname or "", parts.port, timeout=LIMIT_SECONDS)
    try:
        connection.request("POST", parts.path or "/", body, headers)
        response = connection.getresponse()
        response.read()
        status = response.status
        reason = OK if 200 <= status < 300 else STATUS_FAILED
    except TimeoutError:
        reason = TIMED_OUT
    except OSError:
        reason = CONNECT_FAILED
    except http.client.HTTPException:
        reason = UNCLASSIFIED
    finally:
        connection.close()
    seconds = time.monotonic() - began
    if seconds > LIMIT_SECONDS and reason == OK:
        reason = TIMED_OUT
    return status, reason, seconds


class Deliveries:
    """Sends events, keeps the last 50,000 outcomes, and repeats what failed where that is switched on."""

    def __init__(self, traffic: Traffic, first_delay_seconds: float = 1.0) -> None:
        self._traffic = traffic
        self.log: deque[Delivery] = deque(maxlen=50_000)
        self.first_delay_seconds = first_delay_seconds
        self._random = random.Random(0)
        self._due: list[tuple[float, int, Channel, list[Json], int]] = []
        self._numbers = itertools.count()
        self._repeating = 0  # redeliveries under way
        self._wakes = threading.Condition()
        self._closed = False
        self._pool = ThreadPoolExecutor(8, thread_name_prefix="redelivery")
        self._thread = threading.Thread(target=self._redeliver_due, name="redeliveries", daemon=True)
        self._thread.start()

    def send(self, channel: Channel, events: list[Json]) -> Delivery:
        """Deliver these events in one body, in order, now."""
        delivery = self._post(channel, events)
        if channel.doubled_share and self._random.random() < channel.doubled_share:
            self._post(channel, events)
        if not delivery.was_accepted and channel.redelivers_failures:
            self._plan(channel, events, attempt=1)
        return delivery

    def repeat(self, channel: Channel, events: Iterable[Json], at_once: int = 8) -> list[Delivery]:
        """Redeliver each of these events on its own, several at a time."""
        with ThreadPoolExecutor(at_once) as pool:
            return list(pool.map(lambda event: self._post(channel, [_again(event)], True), list(events)))

    def coming_within(self, seconds: float) -> int:
        """How many redeliveries are under way or begin within so long: the bot is to hear something yet."""
        with self._wakes:
            until = time.monotonic() + seconds
            return self._repeating + sum(due <= until for due, *_ in self._due)

    def close(self) -> None:
        """Stop redelivering."""
        with self._wakes:
            self._closed = True
            self._wakes.notify_all()
        self._thread.join(5)
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _post(self, channel: Channel, events: list[Json], is_redelivery: bool = False) -> Delivery:
        for event in events:
            _renew_token(channel, event)
        at = channel.clock.now()
        body = written({"destination": channel.bot_id, "events": events})
        noted = self._note(channel, at, body, events, is_redelivery)
        if channel.webhook and channel.webhook_is_active:
            status, reason, seconds = _post_written(channel, body, channel.webhook)
        else:
            status, reason, seconds = 0, NOT_SENT, 0.0
        self._traffic.ended(noted, status=status, reason=reason, seconds=seconds)
        named = [str(event.get("webhookEventId", "")) for event in events]
        delivery = Delivery(at, channel.name, named, status, reason, seconds, is_redelivery)
        self.log.append(delivery)
        return delivery

    def _note(self, channel: Channel, at: float, body: bytes, events: list[Json], is_redelivery: bool) -> Exchange:
        kinds = [str(event.get("message", event).get("type", "")) for event in events]
        source = events[0].get("source") or {} if events else {}
        chat = str(source.get("groupId") or source.get("userId") or "")
        path = urlsplit(channel.webhook).path
        kind = " + ".join(dict.fromkeys(kinds))
        return self._traffic.add(
            WEBHOOK, at, channel.name, kind, path, body, chat=chat, is_redelivery=is_redelivery
        )

    def _plan(self, channel: Channel, events: list[Json], attempt: int) -> None:
        delay = min(self.first_delay_seconds * 2 ** (attempt - 1), 30.0)
        with self._wakes:
            heapq.heappush(self._due, (time.monotonic() + delay, next(self._numbers), channel, events, attempt))
            self._wakes.notify_all()

    def _redeliver_due(self) -> None:
        while True:
            with self._wakes:
                while not self._closed and (not self._due or self._due[0][0] > time.monotonic()):
                    self._wakes.wait(self._due[0][0] - time.monotonic() if self._due else None)
                if self._closed:
                    return
                _, _, channel, events, attempt = heapq.heappop(self._due)
                self._repeating += 1
            self._pool.submit(self._redeliver, channel, events, attempt)

    def _redeliver(self, channel: Channel, events: list[Json], attempt: int) -> None:
        try:
            delivery = self._post(channel, [_again(event) for event in events], True)
            still_on = channel.redelivers_failures and not self._closed
            if not delivery.was_accepted and attempt < MOST_REDELIVERIES and still_on:
                self._plan(channel, events, attempt + 1)
        finally:
            with self._wakes:
                self._repeating -= 1


def _again(event: Json) -> Json:
    """The same event, id and token, marked as redelivered."""
    return {**event, "deliveryContext": {**event.get("deliveryContext", {}), "isRedelivery": True}}


def _renew_token(channel: Channel, event: Json) -> None:
    """A token's minute begins anew with each delivery of its event."""
    with channel.lock:
        token = channel.tokens.get(event.get("replyToken", ""))
        if token is not None:
            token.given_at = channel.clock.now()
