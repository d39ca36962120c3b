"""What is counted, for /metrics; nothing here names a person, a chat or a ticket."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

#: Our own registry: importing a library adds nothing to what a town publishes.
registry = CollectorRegistry(auto_describe=True)

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
    buckets=(0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 60, 600),
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
depth = Gauge(
    "jaengmueang_depth",
    "Rows by what they are (event, message, effect) and state.",
    ["kind", "state"],
    registry=registry,
)
oldest = Gauge(
    "jaengmueang_oldest_waiting_seconds", "Age of the oldest event that is not handled yet.", registry=registry
)


def text() -> bytes:
    """Everything, in Prometheus' text format."""
    return generate_latest(registry)
