"""Running what is measured, knocking at its door, and writing tables."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from bot.cli.stage import ROOT, free_port
from bot.simulator.deliveries import signature
from tests.chaos.plant import Plant


@dataclass(frozen=True)
class Knocks:
    """What answered so many requests in so many seconds; the times in milliseconds."""

    per_second: float
    p50: float
    p99: float
    refused: int


def _no_token() -> str:
    return uuid4().hex


def knock(
    port: int, secret: str, connections: int, seconds: float, new_token: Callable[[], str] = _no_token
) -> Knocks:
    """Deliver events over so many connections at once, each on one kept-alive connection, one after the other."""
    over = threading.Event()
    taken: list[float] = []
    refused = [0]

    def one(number: int) -> None:
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as line:
            while not over.is_set():
                body = event_body(f"U{number:032x}", new_token())
                headers = {"x-line-signature": signature(secret, body), "Content-Type": "application/json"}
                began = time.perf_counter()
                line.request("POST", "/line/rangsit/webhook", body, headers)
                answer = line.getresponse()
                answer.read()
                if answer.status == 200:
                    taken.append((time.perf_counter() - began) * 1000)
                else:
                    refused[0] += 1

    timer = threading.Timer(seconds, over.set)
    timer.start()
    began = time.monotonic()
    with ThreadPoolExecutor(connections) as pool:
        for job in [pool.submit(one, number) for number in range(connections)]:
            job.result()
    lasted = time.monotonic() - began
    return Knocks(len(taken) / lasted, percentile(taken, 50), percentile(taken, 99), refused[0])


def event_body(user_id: str, reply_token: str, message: dict[str, object] | None = None) -> bytes:
    """A message (a text, if nothing else is given) of the shape and size that LINE sends, with ids of its own."""
    said = message or {"type": "text", "quoteToken": uuid4().hex, "text": "ไฟถนนดับทั้งซอย" * 3}
    event = {
        "type": "message",
        "message": {"id": str(uuid4().int)[:18], **said},
        "webhookEventId": uuid4().hex[:26].upper(),
        "deliveryContext": {"isRedelivery": False},
        "timestamp": int(time.time() * 1000),
        "source": {"type": "user", "userId": user_id},
        "replyToken": reply_token,
        "mode": "active",
    }
    return json.dumps({"destination": "U" + "0" * 32, "events": [event]}).encode()


@contextlib.contextmanager
def serving(kind: str, environ: dict[str, str], *, gunicorns: int = 0) -> Iterator[int]:
    """One of the floors in a process (or so many gunicorn workers) of its own; gives its port."""
    port = free_port()
    command = [sys.executable, "-m", "tests.benchmarks.floors", kind, str(port)]
    if gunicorns:
        command = [sys.executable, "-m", "gunicorn", "-w", str(gunicorns), "--threads", "8"]
        command += ["-b", f"127.0.0.1:{port}", f"tests.benchmarks.floors:{kind}()"]
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environ}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            answers(port)
            if kind == "door":
                answers(port, "/health/ready", status=200)
            yield port
        finally:
            process.terminate()


def answers(port: int, path: str = "/", within: float = 60.0, status: int | None = None) -> float:
    """Wait until something (or this status) is answered; gives the seconds it took."""
    began = time.monotonic()
    too_soon = threading.Event()
    while time.monotonic() - began < within:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(line):
            line.request("GET", path)
            answer = line.getresponse()
            answer.read()
            if status in (None, answer.status):
                return time.monotonic() - began
        too_soon.wait(0.02)
    raise TimeoutError(f"nothing answers at port {port}")


@contextlib.contextmanager
def answers_yes(port: int) -> Iterator[str]:
    """A LINE in a process of its own that accepts whatever it is sent, at once; gives its address."""
    command = [sys.executable, "-m", "tests.benchmarks.floors", "line", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            answers(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def floor_environ(plant: Plant, database_url: str) -> dict[str, str]:
    """What a floor needs to know; ours reads its own names."""
    own = {"BENCH_DATABASE_URL": database_url, "BENCH_SECRET": plant.secret, "BENCH_TOKEN": plant.token}
    return {**plant.settings(), **own, "BENCH_LINE_URL": plant.line.api_url, "CLOCK_FILE": ""}


def percentile(taken: Sequence[float], which: int) -> float:
    """The value that so many per cent do not exceed."""
    return statistics.quantiles(taken, n=100)[which - 1] if len(taken) > 1 else float("nan")


def resident_memory_mb(pid: int) -> float:
    """RSS of a process."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


def table(title: str, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Write a table to the terminal."""
    written = [[f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in row] for row in (header, *rows)]
    widths = [max(len(row[number]) for row in written) for number in range(len(header))]
    lines = ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in written]
    load = ", ".join(f"{number:.1f}" for number in os.getloadavg())
    sys.stdout.write(f"\n{title} ({os.cpu_count()} cores, load {load})\n" + "\n".join(lines) + "\n")
