"""The page of phones: its files, the pictures that stand in chats, and the live news, for browsers on this machine.

Pictures are handed through: a page may load nothing from elsewhere, and the
public addresses of a bot on this machine lead nowhere.
"""

import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from ipaddress import ip_address
from urllib.parse import parse_qs, urlsplit

import requests
from PIL import Image

from bot.simulator.channel import Channel
from bot.simulator.pictures import jpeg
from bot.simulator.platform import Platform
from bot.simulator.watching import Watch

WEB_PATH = "/web/"
_KINDS = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_NEVER_SNIFFED = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
_MOST_PICTURE_BYTES = 20_000_000
_HEARTBEAT_SECONDS = 15.0
_GATHER_SECONDS = 0.03
_LOOK_AGAIN_SECONDS = 0.5


@dataclass(frozen=True)
class Page:
    """One answer: a whole body, or a stream of server-sent events."""

    status: int = 200
    body: bytes = b""
    content_type: str = "text/plain"
    headers: Mapping[str, str] = field(default_factory=lambda: _NEVER_SNIFFED)
    stream: Iterator[bytes] | None = None


_NOT_FOUND = Page(404, b"Not found")


def is_foreign(headers: Mapping[str, str], listens_at: str) -> bool:
    """Whether a browser asks in the name of another site's page, or under a name that is not this machine's."""
    host = headers.get("host", "")
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != host:
        return True
    if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return True
    named = urlsplit(f"//{host}").hostname or ""
    return _is_loopback(listens_at) and not _is_loopback(named)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def has(path: str) -> bool:
    """Whether this path is the page's."""
    return path in ("/", "/favicon.ico") or path.startswith(WEB_PATH)


def answer(platform: Platform, target: str) -> Page:
    """What a GET of this target (path and query) gives."""
    parts = urlsplit(target)
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    name = parts.path.removeprefix(WEB_PATH)
    if parts.path == "/":
        return _file("index.html")
    if parts.path == "/favicon.ico":
        return _file("icon.svg")
    if name == "live":
        return _live(platform, asked)
    if name == "picture":
        return _picture(platform, asked.get("address", ""))
    if name == "sample":
        return _image(jpeg(asked.get("subject", "photo")[:100]))
    if name in ("content", "menu"):
        return _of_channel(platform, name, asked)
    return _file(name)


def _file(name: str) -> Page:
    kind = _KINDS.get(name.rpartition(".")[2])
    if kind is None or not re.fullmatch(r"[a-z0-9_-]+\.[a-z]+", name):
        return _NOT_FOUND
    found = files("bot.simulator") / "web" / name
    if not found.is_file():
        return _NOT_FOUND
    headers = {**_NEVER_SNIFFED, "Content-Security-Policy": POLICY}
    return Page(body=found.read_bytes(), content_type=f"{kind}; charset=utf-8", headers=headers)


def _live(platform: Platform, asked: Mapping[str, str]) -> Page:
    channels = platform.channels()
    channel = platform.channel(asked.get("channel", "")) or (channels[0] if channels else None)
    if channel is None:
        return Page(404, b"There is no channel yet")
    shown = asked.get("show", "*").split(",")
    return Page(content_type="text/event-stream", stream=_events(platform, channel, shown))


def _events(platform: Platform, channel: Channel, shown: list[str]) -> Iterator[bytes]:
    """The whole state, then what changes, as server-sent events, until the platform closes."""
    watch = Watch(platform, channel, shown)
    version = platform.traffic.version
    yield _event({"is_first": True, "now": platform.clock.now(), **watch.news()})
    silent = 0.0
    while not platform.closing.is_set():
        seen = platform.traffic.wait(version, _LOOK_AGAIN_SECONDS)
        if seen != version:
            platform.closing.wait(_GATHER_SECONDS)  # what comes together is told together
        version = platform.traffic.version
        news = watch.news()
        silent = 0.0 if news else silent + _LOOK_AGAIN_SECONDS
        if news:
            yield _event({"now": platform.clock.now(), **news})
        elif silent >= _HEARTBEAT_SECONDS:
            silent = 0.0
            yield b": still here\n\n"


def _event(news: object) -> bytes:
    return f"data: {json.dumps(news)}\n\n".encode()


def _image(body: bytes, content_type: str = "image/jpeg") -> Page:
    safe = {**_NEVER_SNIFFED, "Content-Security-Policy": "default-src 'none'; sandbox"}
    return Page(body=body, content_type=content_type, headers=safe)


def _of_channel(platform: Platform, name: str, asked: Mapping[str, str]) -> Page:
    """What a person sent, or a rich menu's picture."""
    channel = platform.channel(asked.get("channel", ""))
    if channel is None:
        return _NOT_FOUND
    with channel.lock:
        content, menu = channel.contents.get(asked.get("id", "")), channel.menus.get(asked.get("id", ""))
    if name == "menu":
        return _image(menu.picture, menu.content_type) if menu is not None and menu.picture else _NOT_FOUND
    if content is None or content.is_gone:
        return _NOT_FOUND
    return _image(content.body, _safe_type(content.content_type))


def _safe_type(content_type: str) -> str:
    """Only pictures, films and voices are shown; anything else is a file."""
    is_safe = content_type.startswith(("image/jpeg", "image/png", "audio/", "video/"))
    return content_type if is_safe else "application/octet-stream"


def _picture(platform: Platform, address: str) -> Page:
    """The picture at an address that stands in a message, whole, if it is one."""
    real = next(
        (local + address[len(public) :] for public, local in platform.addresses.items() if address.startswith(public)),
        None,
    )
    if real is None and not (address.startswith("https://") and _stands_in_a_chat(platform, address)):
        return _NOT_FOUND
    try:
        with requests.Session() as session:
            session.trust_env = real is None  # no proxy stands between this machine and itself
            response = session.get(real or address, timeout=10, stream=True)
            body = response.raw.read(_MOST_PICTURE_BYTES, decode_content=True)
            if response.status_code != 200:
                return Page(502, f"status {response.status_code}".encode())
        with Image.open(io.BytesIO(body), formats=["JPEG", "PNG"]) as picture:
            kind = f"image/{(picture.format or 'jpeg').lower()}"
    except (requests.RequestException, OSError, Image.DecompressionBombError) as problem:
        return Page(502, type(problem).__name__.encode())
    return _image(body, kind)


def _stands_in_a_chat(platform: Platform, address: str) -> bool:
    """Whether a bot has shown this address (or, for an image map, its beginning) to somebody."""
    wanted = {address, address.rpartition("/")[0]}
    return any(
        any(json.dumps(one) in written for one in wanted)
        for channel in platform.channels()
        for chat in channel.chats()
        for entry in chat.since(chat.count - 200)
        if entry.is_from_bot and (written := json.dumps(entry.message))
    )
