"""A scripted HTTP server in this process: answers what the test laid out, keeps what it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from bot.line.client import LineClient


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    raw: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.raw)


@dataclass(frozen=True)
class Says:
    """One scripted answer; `drop` closes the connection instead, after the request was read."""

    status: int = 200
    body: Any = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    drop: bool = False
    cut_after: int | None = None  # bytes of the body that still go out


Script = Callable[[Asked], Says]


class FakeLine:
    """Where the server is and what reached it."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.connections = 0
        self.script: Script = lambda asked: Says()
        self.url = ""

    def says(self, *answers: Says) -> None:
        """Answer in this order, the last one for ever."""
        left = list(answers)
        self.script = lambda asked: left.pop(0) if len(left) > 1 else left[0]


@contextmanager
def fake_line() -> Iterator[FakeLine]:
    fake = FakeLine()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            fake.connections += 1
            super().setup()

        def answer(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.command, self.path, headers, self.rfile.read(length))
            fake.asked.append(asked)
            says = fake.script(asked)
            if says.drop:
                self.close_connection = True
                return
            body = says.body if isinstance(says.body, bytes) else json.dumps(says.body).encode()
            self.send_response(says.status)
            sent = {"x-line-request-id": "r-1", "content-length": str(len(body))} | says.headers
            for name, value in sent.items():
                self.send_header(name, value)
            self.end_headers()
            if says.cut_after is not None:
                body, self.close_connection = body[: says.cut_after], True
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815 - http.server's names

        def log_message(self, format: str, *args: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    fake.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def line() -> Iterator[FakeLine]:
    with fake_line() as fake:
        yield fake


@pytest.fixture
def client(line: FakeLine) -> Iterator[LineClient]:
    made = LineClient(line.url, line.url, "token-1")
    yield made
    made.close()
