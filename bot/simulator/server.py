"""The two addresses of the platform, over HTTP."""

import contextlib
import json
import socket
import struct
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from bot.simulator import pages
from bot.simulator.control import CONTROL_PATH, Control
from bot.simulator.platform import Outcome, Platform

_MOST_READ_BYTES = 64_000_000


class Listener(ThreadingHTTPServer):
    """One listening address, api or data."""

    daemon_threads = True
    request_queue_size = 256
    allow_reuse_address = True

    def __init__(self, address: tuple[str, int], host_kind: str, platform: Platform, control: Control) -> None:
        self.host_kind = host_kind
        self.platform = platform
        self.control = control
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        super().__init__(address, _Handler)
        self._thread = threading.Thread(
            target=self.serve_forever, args=(0.02,), name=f"simulator-{host_kind}", daemon=True
        )

    @property
    def url(self) -> str:
        """Where it listens."""
        host, port = self.server_address[:2]
        return f"http://{host!s}:{port}"

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Answer no more, and cut what is still open."""
        self.shutdown()
        self._thread.join(5)
        with self._guard:
            still_open = list(self._open)
        for connection in still_open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self.server_close()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._guard:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._guard:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news; anything else is a fault of ours and is shown."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError | ValueError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 120
    server: Listener

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_PUT(self) -> None:
        self._answer()

    def do_DELETE(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: Any) -> None:
        """The platform keeps its own logs."""

    def _answer(self) -> None:
        path = self.path.split("?")[0]
        is_api = self.server.host_kind == "api"
        is_control, is_page = is_api and path.startswith(CONTROL_PATH), is_api and pages.has(path)
        body = self._read_body()
        headers = {name.lower(): value for name, value in self.headers.items()}
        if (is_control or is_page) and pages.is_foreign(headers, str(self.server.server_address[0])):
            self._write(403, b"Not from another site's page", "text/plain", {})
        elif is_control:
            status, told = self.server.control.answer(path, body)
            self._write(status, json.dumps(told).encode(), "application/json", {})
        elif is_page:
            self._show(pages.answer(self.server.platform, self.path) if self.command == "GET" else pages.Page(405))
        else:
            self._carry_out(path, headers, body)

    def _carry_out(self, path: str, headers: dict[str, str], body: bytes) -> None:
        self._say(self.server.platform.answer(self.server.host_kind, self.command, path, headers, body))

    def _show(self, page: pages.Page) -> None:
        """A page, or news as long as the browser stays."""
        if page.stream is None:
            self._write(page.status, page.body, page.content_type, dict(page.headers))
            return
        self.close_connection = True
        self.send_response_only(page.status)
        for name, value in {"Content-Type": page.content_type, **page.headers, "Connection": "close"}.items():
            self.send_header(name, value)
        self.end_headers()
        for part in page.stream:
            self.wfile.write(part)
            self.wfile.flush()

    def _read_body(self) -> bytes:
        """The whole body, before anything is done with it."""
        length = min(int(self.headers.get("Content-Length") or 0), _MOST_READ_BYTES)
        body = self.rfile.read(length)
        if len(body) < length:
            raise ConnectionAbortedError("the caller hung up in the middle of its request")
        return body

    def _say(self, outcome: Outcome) -> None:
        what = outcome.fault.what if outcome.fault is not None else ""
        if what.startswith("stall") and outcome.fault is not None:
            self.server.platform.closing.wait(outcome.fault.seconds)
        if what.startswith(("reset", "stall")) and what != "stall_after":
            self._reset()
            return
        answer = outcome.answer
        self._write(
            answer.status,
            answer.written(),
            answer.content_type,
            {"x-line-request-id": outcome.request_id, **answer.headers},
            cut=what == "truncated",
        )

    def _write(self, status: int, body: bytes, content_type: str, headers: dict[str, str], cut: bool = False) -> None:
        self.send_response_only(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        if self.close_connection or cut:
            self.send_header("Connection", "close")
        self.send_header("Date", self.date_time_string())
        head = b"".join(self._headers_buffer) + b"\r\n"
        self._headers_buffer: list[bytes] = []
        self.wfile.write(head + (body[: len(body) // 2] if cut else body))
        if cut:
            self.close_connection = True

    def _reset(self) -> None:
        """Close so that the caller gets a reset, not an end."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.rfile.close()
        self.wfile.close()
        self.connection.close()
