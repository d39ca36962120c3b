"""POST /line/<municipality>/webhook: prove that LINE sent it, keep it, say 200. What it means is decided elsewhere."""

from __future__ import annotations

import logging
import secrets
from time import monotonic

from flask import Blueprint, Response, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import RequestEntityTooLarge

from bot import clock, logs, metrics
from bot.channels import Channels
from bot.inbox import Door, DoorBusy, unpack
from bot.line.signature import is_genuine
from bot.wakeups import Wakeups

log = logging.getLogger(__name__)

#: LINE's bodies are a few kilobytes; anything larger is not read, let alone signed for.
MOST_BYTES = 1024 * 1024


def webhook(door: Door, channels: Channels, wakeups: Wakeups) -> Blueprint:
    """The address LINE delivers to. 200 means: every event in it is committed."""
    blueprint = Blueprint("line_webhook", __name__)

    @blueprint.post("/line/<municipality>/webhook")
    def receive(municipality: str) -> Response:
        request.max_content_length = MOST_BYTES + 1  # a body without a length is cut there, and then known as too long
        with logs.about(request=request.headers.get("x-request-id") or secrets.token_hex(8)):
            status = _receive(municipality)
        metrics.webhooks.labels(status).inc()
        answer = Response(status=status, mimetype="text/plain")
        if status == 503:
            answer.headers["Retry-After"] = "2"
        return answer

    def _receive(municipality: str) -> int:
        started = monotonic()
        try:
            town = channels.town(municipality)
        except (SQLAlchemyError, TimeoutError):
            return 503
        if town is None:
            return 404
        received_at = clock.real_now()  # not before: with its towns a process asks for the database's time
        try:
            body = request.get_data(cache=False)
        except RequestEntityTooLarge:
            return 413
        if len(body) > MOST_BYTES:
            return 413
        if not is_genuine(channels.secret(town.code), body, request.headers.get("x-line-signature")):
            metrics.signature_failures.inc()
            log.warning("a webhook request to %s had no genuine signature", town.code)
            return 401
        try:
            post = unpack(body, town.id, received_at)
        except ValueError:
            log.warning("a genuine webhook request to %s held no events that could be read", town.code)
            return 400
        try:
            new = door.keep(post.events)
        except DoorBusy:
            log.warning("%d events of %s were not kept", len(post.events), town.code)
            return 503
        log.info("kept %d of %d events: %s", new, len(post.events), " ".join(one.event_id for one in post.events[:5]))
        metrics.webhook_seconds.observe(monotonic() - started)
        for result, count in (
            ("kept", new),
            ("repeated", len(post.events) - new),
            ("ignored", post.ignored),
            ("too_old", post.too_old),
        ):
            if count:
                metrics.events.labels(result).inc(count)
        if new:
            for lane_key in {event.lane_key for event in post.events}:
                wakeups.wake(lane_key)
        return 200

    return blueprint
