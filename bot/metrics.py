"""What is counted, for /metrics; nothing here names a person, a chat or a ticket.

Counters belong to a process. With several, PROMETHEUS_MULTIPROC_DIR is a folder into which all of them count, and each
answers for all. It is no setting of ours: prometheus-client reads it when it is imported.
"""

from __future__ import annotations

import os
from pathlib import Path

_SHARED = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
if _SHARED:
    Path(_SHARED).mkdir(mode=0o700, parents=True, exist_ok=True)  # the library wants it there at once

# Only now: at its import the library looks for the folder.
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, multiprocess  # noqa: E402

#: Our own registry: importing a library adds nothing to what a town publishes.
registry = CollectorRegistry(auto_describe=True)
#: Seconds that people may wait.
_LAGS = (0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 60, 600)

events = Counter(
    "jaengmueang_events",
    "Webhook events by result: kept, repeated, ignored, too_old, handled, failed, parked.",
    ["result"],
    registry=registry,
)
webhooks = Counter(
    "jaengmueang_webhook_requests", "Webhook requests by the status answered.", ["status"], registry=registry
)
signature_failures = Counter(
    "jaengmueang_signature_failures", "Webhook requests whose signature was missing or wrong.", registry=registry
)
webhook_seconds = Histogram(
    "jaengmueang_webhook_seconds",
    "Time from a genuine webhook request to its commit.",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5),
    registry=registry,
)
lag = Histogram(
    "jaengmueang_event_lag_seconds",
    "Time from receiving an event to having handled it.",
    buckets=_LAGS,
    registry=registry,
)
answer_lag = Histogram(
    "jaengmueang_answer_lag_seconds",
    "Time from receiving an event to LINE's having taken the answer.",
    buckets=_LAGS,
    registry=registry,
)
deliveries = Counter(
    "jaengmueang_delivery_attempts",
    "Attempts to deliver by way (reply, push) and outcome (accepted, refused, token_invalid, quota, unsent, unknown).",
    ["way", "outcome"],
    registry=registry,
)
effects = Counter(
    "jaengmueang_effects", "Effects by kind and the state they came to.", ["kind", "state"], registry=registry
)
drafts_erased = Counter(
    "jaengmueang_drafts_erased", "Unfinished reports that were erased after seven days.", registry=registry
)
depth = Gauge(
    "jaengmueang_depth",
    "Rows by what they are (event, message, effect) and state.",
    ["kind", "state"],
    registry=registry,
    multiprocess_mode="mostrecent",
)
oldest = Gauge(
    "jaengmueang_oldest_waiting_seconds",
    "Age of the oldest event that is not handled yet.",
    registry=registry,
    multiprocess_mode="mostrecent",
)
quota_left = Gauge(
    "jaengmueang_quota_left",
    "Pushes that a municipality's plan still allows this month; NaN where it has no limit, or LINE has not told it.",
    ["municipality"],
    registry=registry,
    multiprocess_mode="mostrecent",
)


def text() -> bytes:
    """Everything, in Prometheus' text format; of every process that counts into the same folder."""
    if not _SHARED:
        return generate_latest(registry)
    together = CollectorRegistry()
    multiprocess.MultiProcessCollector(together)  # type: ignore[no-untyped-call]  # the library has no type here
    return generate_latest(together)
