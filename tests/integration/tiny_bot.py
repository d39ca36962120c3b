"""A bot of a few lines, to try the simulator without the application."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import requests

from bot.simulator import Simulator, Town
from bot.simulator.deliveries import signature

Json = dict[str, Any]
SECRET = "the channel's secret"
TOKEN = "the channel's access token"


@dataclass
class TinyBot:
    """Remembers every webhook, checks its signature, and does with each event what it is told."""

    line: Simulator
    on_event: Callable[["TinyBot", Json], None] = lambda bot, event: None
    status: int = 200
    ready_status: int = 200
    bodies: list[Json] = field(default_factory=list)
    waits: threading.Event | None = None

    @property
    def events(self) -> list[Json]:
        return [event for body in list(self.bodies) for event in body["events"]]

    def asks(
        self, method: str, path: str, *, data: bool = False, raw: bytes | None = None, **more: Any
    ) -> requests.Response:
        """Call the platform as this bot, on its data host when `data`, with `raw` bytes or `json` as body."""
        headers = {"Authorization": f"Bearer {TOKEN}", **more.pop("headers", {})}
        host = self.line.data_url if data else self.line.api_url
        more.setdefault("timeout", 10)
        return requests.request(method, f"{host}/v2/bot{path}", headers=headers, data=raw, **more)

    def replies(self, event: Json, *messages: Json) -> requests.Response:
        sent = {"replyToken": event["replyToken"], "messages": list(messages)}
        return self.asks("POST", "/message/reply", json=sent)

    def pushes(self, to: str, *messages: Json, key: str | None = None, timeout: float = 10) -> requests.Response:
        headers = {"X-Line-Retry-Key": key} if key else {}
        body = {"to": to, "messages": list(messages)}
        return self.asks("POST", "/message/push", json=body, headers=headers, timeout=timeout)


def text(words: str, **more: Any) -> Json:
    return {"type": "text", "text": words, **more}


def echo(bot: TinyBot, event: Json) -> None:
    """Answer a text with the same text."""
    if event["type"] == "message" and event["message"]["type"] == "text":
        bot.replies(event, text(f"ได้รับ: {event['message']['text']}"))


@contextmanager
def running(bot: TinyBot) -> Iterator[str]:
    """Listen for webhooks; gives the address."""

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            is_right = self.headers["x-line-signature"] == signature(SECRET, raw)
            if bot.waits is not None:
                bot.waits.wait(10)
            if is_right and bot.status == 200:
                body = json.loads(raw)
                bot.bodies.append(body)
                for event in body["events"]:
                    bot.on_event(bot, event)
            self.send_response(bot.status if is_right else 401)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_GET(self) -> None:
            """/health/live and /health/ready."""
            self.send_response(bot.ready_status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        request_queue_size = 64

    server = Server(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/line/rangsit/webhook"
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()


def open_town(line: Simulator, webhook: str, **settings: Any) -> Town:
    return line.channel("rangsit", secret=SECRET, token=TOKEN, webhook=webhook, **settings)
