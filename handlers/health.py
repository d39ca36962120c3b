"""GET /health/live, /health/ready, /metrics: whether the process runs, whether it can work, and what it counted."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_LATEST

from bot import metrics


def health(not_ready: Callable[[], str | None], measure: Callable[[], None]) -> Blueprint:
    """`not_ready` says why the process cannot work yet, or None; `measure` counts anew what waits in the database."""
    blueprint = Blueprint("health", __name__)

    @blueprint.get("/health/live")
    def live() -> Response:
        return Response("live\n", mimetype="text/plain")

    @blueprint.get("/health/ready")
    def ready() -> Response:
        reason = not_ready()
        return Response(f"{reason or 'ready'}\n", status=503 if reason else 200, mimetype="text/plain")

    @blueprint.get("/metrics")
    def counted() -> Response:
        measure()
        return Response(metrics.text(), content_type=CONTENT_TYPE_LATEST)

    return blueprint
