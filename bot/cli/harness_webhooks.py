"""Events as LINE sends them, single and in masses, and signatures as LINE would never send them."""

from __future__ import annotations

import json
import random
import statistics
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import click

from bot.cli.harness_line import fail, line_option, print_json, running_line, through, to_option, told_kindly, town_of
from bot.simulator import Town
from bot.simulator.deliveries import signature

Json = dict[str, Any]
_WORDS = ("ไฟถนนดับหน้าบ้าน", "ขยะไม่มาเก็บสามวันแล้ว", "น้ำประปาเป็นสีแดง", "สวัสดี", "รถติดมากตรงแยก", "ท่อตันน้ำท่วมซอย")


@click.command()
@click.option("--type", "kind", default="message", show_default=True, help="Any event type, also unknown ones.")
@click.option("--text", help="Words of a text message.")
@click.option("--data", help="Data of a postback.")
@click.option("--person", default="นก", show_default=True, help="From whom.")
@click.option("--event", "written", metavar="JSON", help="The event; what it lacks is filled in, null leaves it out.")
@to_option
@line_option
def event(
    kind: str,
    text: str | None,
    data: str | None,
    person: str,
    written: str | None,
    to: str | None,
    api_url: str | None,
    code: str | None,
    as_json: bool,
) -> None:
    """Send one signed event and say what came back."""
    with told_kindly(), through(api_url, code, to) as (_, town):
        who = town.person(person)
        if written is not None:
            delivery = town.sends_event(_parsed(written), who)
        elif data is not None:
            delivery = who.presses_data(data)
        elif text is not None:
            delivery = who.sends(text)["delivery"]
        elif kind == "message":
            raise click.UsageError("a message needs --text")
        elif kind == "follow":
            delivery = who.adds_the_account()
        elif kind == "unfollow":
            delivery = who.blocks_the_bot()
        else:
            delivery = town.sends_event({"type": kind}, who)
    assert delivery is not None
    if as_json:
        print_json(delivery)
    else:
        click.echo(f"{delivery['reason']}, status {delivery['status']}, {delivery['seconds'] * 1000:.0f} ms")
    if delivery["reason"] != "ok":
        fail()


@click.command()
@click.option("--events", default=500, show_default=True, help="How many messages.")
@click.option("--residents", default=50, show_default=True, help="From how many people.")
@click.option("--doubled", default=0.0, show_default=True, help="Share of events that arrive twice, 0 to 1.")
@click.option("--at-once", default=8, show_default=True, help="How many people write at the same moment.")
@click.option("--seed", default=1, show_default=True)
@to_option
@line_option
def burst(
    events: int,
    residents: int,
    doubled: float,
    at_once: int,
    seed: int,
    to: str | None,
    api_url: str | None,
    code: str | None,
    as_json: bool,
) -> None:
    """Let many residents write at once; says how many webhooks were acknowledged, and how fast."""
    dice = random.Random(seed)
    with told_kindly(), through(api_url, code, to) as (line, town):
        run = f"{time.time():.0f}"
        people = [town.person(f"ผู้แจ้ง {run}-{number}") for number in range(residents)]
        town.set(doubled_share=doubled)
        before = len(line.deliveries())
        jobs = [(dice.choice(people), dice.choice(_WORDS)) for _ in range(events)]
        began = time.monotonic()
        with ThreadPoolExecutor(at_once) as pool:
            done = list(pool.map(lambda job: job[0].sends(job[1])["delivery"], jobs))
        seconds = time.monotonic() - began
        town.set(doubled_share=0.0)
        delivered = len(line.deliveries()) - before
    told = _summed_up(done, seconds) | {"deliveries": max(delivered, len(done))}
    if as_json:
        print_json(told)
    else:
        for name, value in told.items():
            click.echo(f"{name}: {value}")
    if told["acknowledged"] != told["sent"]:
        fail()


@click.command()
@click.option("--event-id", help="Only this event.")
@click.option("--times", default=1, show_default=True)
@click.option("--shuffled", is_flag=True, help="In any order.")
@line_option
def redeliver(
    event_id: str | None, times: int, shuffled: bool, api_url: str | None, code: str | None, as_json: bool
) -> None:
    """Deliver every past event of a running simulator again."""
    with told_kindly():
        town = town_of(running_line(api_url), code)
        began = time.monotonic()
        done = town.redelivers(event_id, times=times, shuffled=shuffled)
    told = _summed_up(done, time.monotonic() - began)
    if as_json:
        print_json(told)
    else:
        click.echo(f"{told['sent']} redelivered, {told['acknowledged']} acknowledged, statuses {told['statuses']}")
    if told["acknowledged"] != told["sent"]:
        fail()


@click.command("wrong-signatures")
@to_option
@line_option
def wrong_signatures(to: str | None, api_url: str | None, code: str | None, as_json: bool) -> None:
    """Send bodies with signatures that are missing, short, foreign, changed; each must be answered 401."""
    with told_kindly(), through(api_url, code, to) as (_, town):
        body = _body(town)
        told = [_tried(name, town.posts(body, signature=signed), 401) for name, signed in _attempts(body)]
        told.append(_tried("of another body", town.posts(body + b" ", signing=body), 401))
        told.append(_tried("right", town.posts(body), 200))
    if as_json:
        print_json(told)
    else:
        for one in told:
            click.echo(f"{'ok ' if one['is_right'] else 'BAD'} {one['status']} {one['signature']}")
    if not all(one["is_right"] for one in told):
        fail()


commands = (event, burst, redeliver, wrong_signatures)


def _attempts(body: bytes) -> list[tuple[str, str | None]]:
    """What is tried: a name, and the signature header."""
    return [
        ("missing", None),
        ("empty", ""),
        ("short", "c2hvcnQ="),
        ("of another secret", signature("another secret", body)),
        ("no base64", "!" * 44),
        ("non-ASCII", "é" * 44),
        ("very long", "A" * 8_000),
    ]


def _body(town: Town) -> bytes:
    return json.dumps({"destination": town.state["bot_id"], "events": []}).encode()


def _tried(name: str, answer: Json, wanted: int) -> Json:
    return {"signature": name, "status": answer["status"], "is_right": answer["status"] == wanted}


def _summed_up(deliveries: list[Json], seconds: float) -> Json:
    """Counts and times of deliveries: milliseconds until the bot had answered."""
    times = sorted(one["seconds"] * 1000 for one in deliveries)
    cuts = statistics.quantiles(times, n=100, method="inclusive") if len(times) > 1 else times * 99
    return {
        "sent": len(deliveries),
        "acknowledged": sum(one["reason"] == "ok" for one in deliveries),
        "statuses": dict(Counter(str(one["status"]) for one in deliveries)),
        "reasons": dict(Counter(one["reason"] for one in deliveries)),
        "p50_ms": round(cuts[49], 1) if cuts else None,
        "p99_ms": round(cuts[98], 1) if cuts else None,
        "seconds": round(seconds, 2),
        "per_second": round(len(deliveries) / seconds, 1) if seconds else None,
    }


def _parsed(written: str) -> Json:
    try:
        given = json.loads(written)
    except ValueError as problem:
        raise click.BadParameter(f"--event is no JSON: {problem}") from None
    if not isinstance(given, dict):
        raise click.BadParameter("--event must be a JSON object")
    return given
