"""Files people sent: content, preview, transcoding."""

import io
import struct
import zlib

from bot.simulator.asking import Answer, Asked
from bot.simulator.channel import Content
from bot.simulator.faults import Fault
from bot.simulator.pictures import jpeg
from bot.simulator.refusals import Absent, Refusal


def content(asked: Asked) -> Answer:
    """The file itself; 202 while it is prepared, 404 unknown, 410 unsent."""
    kept = _kept(asked)
    with asked.channel.lock:
        if kept.waits > 0:
            kept.waits -= 1
            return Answer(202)
    return Answer(body=kept.body, content_type=kept.content_type)


def preview(asked: Asked) -> Answer:
    """A small picture of an image or a video."""
    kept = _kept(asked)
    if kept.kind not in ("image", "video"):
        raise Refusal(400, "The content has no preview")
    return Answer(body=jpeg("preview", size=(240, 180)), content_type="image/jpeg")


def transcoding(asked: Asked) -> Answer:
    """Whether a video or voice message is ready."""
    kept = _kept(asked)
    if kept.kind not in ("video", "audio"):
        raise Refusal(400, "The content is not a video or audio")
    return Answer(json={"status": "processing" if kept.waits > 0 else "succeeded"})


def faulty_content(fault: Fault) -> Answer:
    """What the content endpoint answers when it was told to fail."""
    if fault.what == "202":
        return Answer(202)
    if fault.what == "400":
        return Answer(400, json={"message": "The request is invalid"})
    if fault.what == "404":
        return Answer(404, json={"message": "Not found"})
    if fault.what == "410":
        return Answer(410, json={"message": "The content is gone"})
    if fault.what == "pixel_bomb":
        return Answer(body=pixel_bomb(), content_type="image/png")
    if fault.what == "12mb":
        return Answer(body=large_jpeg(12_000_000), content_type="image/jpeg")
    return Answer(body=b"<html>this is not an image</html>", content_type="image/jpeg")


def pixel_bomb(side: int = 30_000) -> bytes:
    """A PNG of about 100 KB that unpacks to `side` x `side` pixels."""
    packer = zlib.compressobj(9)
    rows = bytes(1 + side // 8)
    packed = b"".join(packer.compress(rows) for _ in range(side)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    out = io.BytesIO()
    out.write(b"\x89PNG\r\n\x1a\n")
    for name, data in ((b"IHDR", header), (b"IDAT", packed), (b"IEND", b"")):
        out.write(struct.pack(">I", len(data)) + name + data)
        out.write(struct.pack(">I", zlib.crc32(name + data)))
    return out.getvalue()


def large_jpeg(size: int) -> bytes:
    """A valid JPEG of at least `size` bytes, padded with comments."""
    picture = jpeg("large")
    comment = b"\xff\xfe" + struct.pack(">H", 65_535) + bytes(65_533)
    return picture[:2] + comment * (size // len(comment) + 1) + picture[2:]


def _kept(asked: Asked) -> Content:
    with asked.channel.lock:
        kept = asked.channel.contents.get(asked.path["message"])
    if kept is None:
        raise Absent(404, "Not found")
    if kept.is_gone:
        raise Absent(410, "The content is gone")
    return kept
