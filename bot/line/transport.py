"""One HTTP call to LINE through line-bot-sdk, ending in an answer or a typed problem.

The SDK's own request method is used below its generated calls, because its
message models drop misspelt properties silently and count Thai in code
points, and because only here can a body be sent and read exactly as it is.
"""

from __future__ import annotations

import functools
import json
import logging
import os
import re
import threading
import time
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote

from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    LocationValueError,
    NewConnectionError,
)

from bot import clock
from bot.errors import AlreadyAccepted, DelayKind, DeliveryDelayed, DeliveryRefused, ReplyTokenInvalid

log = logging.getLogger(__name__)

#: Seconds to connect, seconds to wait for each piece of an answer. The SDK has no limit of its own.
TIMEOUT = (3.05, 5.0)
QUOTA_SPENT = "monthly limit"  # LINE: "You have reached your monthly limit."
TOKEN_INVALID = "invalid reply token"  # noqa: S105 - LINE's sentence, no secret
NOT_SENT = (NewConnectionError, ConnectTimeoutError, LocationValueError)
LINE_ID = re.compile(r"[UCR][0-9a-f]{32}")


@functools.cache
def load() -> Any:
    """Import the SDK's messaging half once; it takes over a second, so never at start.

    Its loggers would write bodies and addresses with user ids, so they are
    held at WARNING whatever the application logs.
    """
    import linebot.v3.messaging as sdk

    for name in ("linebot", "urllib3"):
        logging.getLogger(name).setLevel(logging.WARNING)
    return sdk


@dataclass(frozen=True, slots=True)
class Answer:
    """What LINE answered: the status, its JSON (an empty dict if there is none) and its request id."""

    status: int
    body: dict[str, Any]
    request_id: str | None
    wait_seconds: float = 0  # for how long it asks to be left alone


class Transport:
    """One host of LINE's with one channel's token; safe to share between threads and over a fork."""

    def __init__(self, base_url: str, access_token: str) -> None:
        self.base_url = base_url.rstrip("/")
        self._access_token = access_token
        self._lock = threading.Lock()
        self._client: Any = None
        self._pid = 0

    def call(
        self,
        method: str,
        path: str,
        *,
        ids: dict[str, str] | None = None,
        body: object = None,
        headers: dict[str, str] | None = None,
        also: tuple[int, ...] = (),
        timeout: tuple[float, float] = TIMEOUT,
    ) -> Answer:
        """Send one request and give back its 2xx answer, or one whose status is in `also`.

        `path` may hold {names} that `ids` fills, so that the log shows the path
        without them. Raises the delivery problems of bot.errors.
        """
        response = self._send(method, path, ids or {}, body, headers or {}, timeout=timeout, stream=False)
        request_id, wait = response.headers.get("x-line-request-id") or None, _wait(response.headers.get("retry-after"))
        answer = Answer(response.status, _json(response.data), request_id, wait)
        if 200 <= answer.status <= 299 or answer.status in also:
            return answer
        accepted_id = response.headers.get("x-line-accepted-request-id")
        raise problem(answer, accepted_request_id=accepted_id)

    def open(self, path: str, *, ids: dict[str, str], timeout: tuple[float, float]) -> Any:
        """Start a GET and give back urllib3's unread response, whatever its status; the caller closes it."""
        return self._send("GET", path, ids, None, {}, timeout=timeout, stream=True)

    def close(self) -> None:
        """Close idle connections; the next call opens new ones."""
        with self._lock:
            client, self._client = self._client, None
        if client is not None:
            client.rest_client.pool_manager.clear()

    def _send(
        self,
        method: str,
        path: str,
        ids: dict[str, str],
        body: object,
        headers: dict[str, str],
        *,
        timeout: tuple[float, float],
        stream: bool,
    ) -> Any:
        sdk = load()
        client = self._sdk_client()
        url = self.base_url + path.format(**{name: quote(value, safe="") for name, value in ids.items()})
        if isinstance(body, (dict, list)):
            headers = {"Content-Type": "application/json", **headers}
        started = time.monotonic()
        try:
            answer = client.request(
                method,
                url,
                headers={**client.default_headers, **headers},
                body=body,
                _preload_content=not stream,
                _request_timeout=timeout,
            )
            response = answer if stream else answer.urllib3_response
        except sdk.ApiException as error:
            if not error.status:  # the SDK turns TLS faults into status 0
                known = "CERTIFICATE_VERIFY_FAILED" in str(error.reason)
                _note(method, path, "tls", started)
                raise DeliveryDelayed("network", outcome_known=known, detail="TLS") from None
            response = _Refused(error.status, error.headers, error.body or b"")
        except HTTPError as error:
            kind = type(error).__name__
            _note(method, path, kind, started)
            known = isinstance(error, NOT_SENT)
            # "from None": the error's own text holds the address, and that a LINE id
            raise DeliveryDelayed("network", outcome_known=known, detail=kind) from None
        _note(method, path, response.status, started, response.headers.get("x-line-request-id"))
        return response

    def _sdk_client(self) -> Any:
        """The shared SDK client of this process; a forked child must not share its parent's sockets."""
        with self._lock:
            if self._client is None or self._pid != os.getpid():
                sdk = load()
                configuration = sdk.Configuration(host=self.base_url, access_token=self._access_token)
                # the retry table of ours decides; urllib3 would repeat GET, PUT and DELETE by itself
                configuration.retries = False
                self._client, self._pid = sdk.ApiClient(configuration), os.getpid()
            return self._client


@dataclass(frozen=True, slots=True)
class _Refused:
    """A non-2xx answer, in the shape of urllib3's."""

    status: int
    headers: Any
    data: bytes

    def close(self) -> None:
        """Nothing is open."""


_QUOTED = re.compile(r"[^\x00-\x7f]+|\d{6,}")


def problem(answer: Answer, *, accepted_request_id: str | None = None) -> Exception:
    """Name the family of a non-2xx answer; the two 429s differ only in LINE's sentence."""
    status, said = answer.status, _sentence(answer.body)
    lowered = said.lower()
    if status == 409:
        return AlreadyAccepted(accepted_request_id, message_ids(answer.body))
    if status == 429:
        kind: DelayKind = "quota" if QUOTA_SPENT in lowered else "rate"
        return DeliveryDelayed(kind, outcome_known=True, detail=said, wait_seconds=answer.wait_seconds)
    if status == 400 and TOKEN_INVALID in lowered:
        return ReplyTokenInvalid(said)
    if status in (401, 403):
        return DeliveryDelayed("access", outcome_known=True, detail=f"{status} {said}")
    if 400 <= status <= 499 and status != 408:
        return DeliveryRefused(f"{status} {said}", status=status)
    # 5xx may come after LINE accepted; a redirect or an odd 1xx/3xx never is an acceptance
    return DeliveryDelayed("server", outcome_known=status < 400, detail=f"{status}")


def message_ids(body: dict[str, Any]) -> tuple[str, ...]:
    """LINE's ids of the message objects it took, in their order; an empty one where it gave none."""
    return tuple(text(one, "id") for one in objects(body, "sentMessages"))


def objects(body: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """The list of this name in an answer; what is no object is passed over."""
    value = body.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def text(body: dict[str, Any], name: str) -> str:
    """The text of this name in an answer, "" where it has none."""
    value = body.get(name)
    return value if isinstance(value, str) else ""


def _wait(said: str | None) -> float:
    """The seconds of a Retry-After, which may also be a date (RFC 9110); 0 where nothing usable is said."""
    if not said:
        return 0
    if said.strip().isascii() and said.strip().isdigit():
        return float(said)
    try:
        at = parsedate_to_datetime(said)
    except ValueError:
        return 0
    at = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    return max((at - clock.real_now()).total_seconds(), 0)


def _sentence(body: dict[str, Any]) -> str:
    """LINE's own sentence and the names of the properties it minds, never their values."""
    said = body.get("message")
    parts = [said if isinstance(said, str) else ""]
    details = body.get("details")
    for detail in details if isinstance(details, list) else []:
        if isinstance(detail, dict) and isinstance(detail.get("property"), str):
            parts.append(detail["property"])
    # LINE writes English and small numbers; whatever else stands in its sentence came from us, and from a person.
    return " · ".join(_QUOTED.sub("(…)", LINE_ID.sub("(id)", part)) for part in parts if part)[:300]


def _json(data: bytes) -> dict[str, Any]:
    """A JSON object, or an empty dict: a proxy between may answer HTML in any encoding."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _note(method: str, path: str, ended: object, started: float, request_id: str | None = None) -> None:
    milliseconds = round((time.monotonic() - started) * 1000)
    log.info("LINE %s %s: %s in %d ms, request %s", method, path, ended, milliseconds, request_id or "-")
