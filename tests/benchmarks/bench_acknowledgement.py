"""How many events are kept durably a second, and how fast LINE hears 200: ours against the bare minimum."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.bench import Knocks, floor_environ, knock, serving, table
from tests.chaos.plant import Plant

SECONDS = 2.0
HEADER = ("connections", "who", "acks/s", "p50 ms", "p99 ms", "not 200", "rate / bare", "p50 / bare")


def _rows(connections: int, floor: Knocks, others: dict[str, Knocks]) -> list[tuple[object, ...]]:
    ratios = ((name, one, one.per_second / floor.per_second, one.p50 / floor.p50) for name, one in others.items())
    return [
        (connections, name, one.per_second, one.p50, one.p99, one.refused, rate, p50)
        for name, one, rate, p50 in (("bare", floor, 1.0, 1.0), *ratios)
    ]


def _measure(plant: Plant, urls: dict[str, str], gunicorns: int) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    with (
        serving("bare", floor_environ(plant, urls["bare"]), gunicorns=gunicorns) as bare,
        serving("door", floor_environ(plant, urls["door"]), gunicorns=gunicorns) as door,
    ):
        for port in (bare, door):  # the first connections, the first statements
            knock(port, plant.secret, 8, 1.0)
        for connections in (1, 16, 64):
            floor = knock(bare, plant.secret, connections, SECONDS)
            rows += _rows(connections, floor, {"the door": knock(door, plant.secret, connections, SECONDS)})
    return rows


class _Still(Plant):
    """A town whose application is not started: only what it would run on."""

    def start_app(self) -> None:
        """Nothing."""


def test_acknowledgement_on_sqlite(tmp_path: Path) -> None:
    with _Still(tmp_path / "plant") as plant:
        plant.set_up()
        urls = {"bare": f"sqlite:///{tmp_path / 'bare.db'}", "door": plant.settings()["DATABASE_URL"]}
        table("acknowledgement, SQLite, waitress with 16 threads", HEADER, _measure(plant, urls, 0))


def test_acknowledgement_on_postgresql(tmp_path: Path, postgresql_url: str) -> None:
    with _Still(tmp_path / "plant", environ={"DATABASE_URL": postgresql_url}) as plant:
        plant.set_up()
        urls = {"bare": postgresql_url, "door": postgresql_url}
        table("acknowledgement, PostgreSQL, 2 gunicorns with 8 threads", HEADER, _measure(plant, urls, 2))


def test_acknowledgement_beside_the_plain_bot_at_100_ms(tmp_path: Path) -> None:
    with Plant(tmp_path / "plant", hold_seconds=0) as plant:
        plant.set_up()
        plant.line.fails("*", "stall_after", times=None, seconds=0.1)
        channel = plant.line.platform.channel(plant.municipality)
        assert channel is not None
        chat = channel.account("นก").chat
        with serving("plain", floor_environ(plant, f"sqlite:///{tmp_path / 'plain.db'}")) as plain:
            ours, theirs = (
                knock(port, plant.secret, 16, SECONDS, lambda: channel.new_token(chat, channel.clock.now()))
                for port in (plant.port, plain)
            )
        rows = [
            (name, one.per_second, one.p50, one.p99, one.refused, one.per_second / theirs.per_second)
            for name, one in (("flask serve, workers at work", ours), ("the plain bot", theirs))
        ]
        table("16 connections, LINE takes 100 ms", ("who", "acks/s", "p50 ms", "p99 ms", "not 200", "times"), rows)

