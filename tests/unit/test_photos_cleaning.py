"""A photo is made anew: the right way up, in two sizes, without anything that was hidden in it."""

from __future__ import annotations

import io
import struct
import time
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as some
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

from bot.photos import Addresses, Folder, PhotoRefused, Shown, clean
from bot.photos.cleaning import CARD_BYTES, likeness
from bot.photos.folder import new_name

GPS_IFD, ORIENTATION, MAKER = 0x8825, 0x0112, 0x010F


def picture(width: int = 320, height: int = 200, mode: str = "RGB") -> Image.Image:
    made = Image.new(mode, (width, height), "white" if mode == "RGB" else 0)
    ImageDraw.Draw(made).rectangle((0, 0, width // 2, height // 2), fill="red" if mode == "RGB" else 1)
    return made


def as_bytes(image: Image.Image, format: str = "JPEG", **options: object) -> bytes:
    made = io.BytesIO()
    image.save(made, format, **options)
    return made.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def photo_with_a_place() -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # the telephone was held upright
    exif[MAKER] = "TELEPHONE-OF-NOK"
    exif.get_ifd(GPS_IFD)[2] = (13.0, 59.0, 10.0)
    return as_bytes(picture(), exif=exif, comment=b"nok was here")


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF"])
def test_every_format_of_a_telephone_becomes_two_jpegs(format: str) -> None:
    cleaned = clean(as_bytes(picture(), format))
    for rendition in (cleaned.full, cleaned.card):
        assert opened(rendition).format == "JPEG"
    assert (cleaned.width, cleaned.height) == (320, 200)
    assert len(cleaned.sha256) == 64
    assert len(cleaned.likeness) == 16


def test_where_and_with_what_it_was_taken_is_gone() -> None:
    original = photo_with_a_place()
    assert b"TELEPHONE-OF-NOK" in original
    cleaned = clean(original)
    for rendition in (cleaned.full, cleaned.card):
        made = opened(rendition)
        assert not made.getexif()
        assert not {"exif", "comment", "icc_profile", "xmp", "photoshop"} & made.info.keys()
        assert b"TELEPHONE-OF-NOK" not in rendition
        assert b"nok was here" not in rendition


def test_words_hidden_in_a_png_are_gone() -> None:
    hidden = PngImagePlugin.PngInfo()
    hidden.add_text("Comment", "house 46/3")
    cleaned = clean(as_bytes(picture(), "PNG", pnginfo=hidden))
    assert b"46/3" not in cleaned.full + cleaned.card


def test_it_stands_upright() -> None:
    cleaned = clean(photo_with_a_place())
    assert (cleaned.width, cleaned.height) == (200, 320)
    red, green, blue = opened(cleaned.full).convert("RGB").getpixel((190, 10))
    assert red > 200 and green < 60 and blue < 60  # the corner that was at the left is at the right now


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_broken_metadata_does_not_refuse_a_good_picture() -> None:
    assert clean(as_bytes(picture(), exif=b"Exif\x00\x00MM\x00*\xff\xff\xff\xff")).width == 320


def test_a_large_photo_is_made_smaller() -> None:
    cleaned = clean(as_bytes(picture(4000, 3000)))
    assert (cleaned.width, cleaned.height) == (2048, 1536)
    assert opened(cleaned.card).size == (1024, 768)


def test_a_card_stays_below_the_megabyte_that_line_takes() -> None:
    noise = Image.effect_noise((3000, 3000), 120).convert("RGB")
    cleaned = clean(as_bytes(noise, quality=95))
    assert len(cleaned.card) < CARD_BYTES
    assert max(opened(cleaned.card).size) <= 1024


def test_what_is_see_through_becomes_white() -> None:
    cleaned = clean(as_bytes(Image.new("RGBA", (40, 40), (0, 0, 0, 0)), "PNG"))
    assert opened(cleaned.full).getpixel((20, 20)) == (255, 255, 255)


def test_of_an_animation_the_first_picture_is_kept() -> None:
    frames = [Image.new("RGB", (30, 30), "red"), Image.new("RGB", (30, 30), "blue")]
    moving = as_bytes(frames[0], "GIF", save_all=True, append_images=frames[1:])
    red, _, blue = opened(clean(moving).full).getpixel((15, 15))
    assert red > 200 and blue < 60


def test_colours_stay_when_their_profile_goes() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for embedded in (profile, b"no profile at all"):
        cleaned = clean(as_bytes(Image.new("RGB", (30, 30), (200, 30, 30)), icc_profile=embedded))
        red, green, _ = opened(cleaned.full).getpixel((15, 15))
        assert abs(red - 200) < 12 and abs(green - 30) < 12


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"MZ" + bytes(200)]
)
def test_what_is_no_photo_is_refused(data: bytes) -> None:
    with pytest.raises(PhotoRefused) as refused:
        clean(data)
    assert refused.value.reason == PhotoRefused.NOT_A_PHOTO


@pytest.mark.parametrize("format", ["BMP", "TIFF", "ICO", "PPM"])
def test_formats_that_no_telephone_sends_are_refused(format: str) -> None:
    with pytest.raises(PhotoRefused):
        clean(as_bytes(picture(64, 64), format))


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_half_a_photo_is_refused(format: str) -> None:
    whole = as_bytes(picture(600, 400), format)
    with pytest.raises(PhotoRefused):
        clean(whole[: len(whole) // 2])


def png_of(width: int, height: int) -> bytes:
    """A valid, tiny PNG file that unpacks to width x height black pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    row = zlib.compressobj(9)
    packed = b"".join(row.compress(bytes(1 + width // 8)) for _ in range(height)) + row.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("width", "height"), [(8000, 6000), (16000, 6000), (40000, 40000)])
def test_a_pixel_bomb_is_refused_before_it_goes_off(width: int, height: int) -> None:
    bomb = png_of(width, height if height < 10000 else 1)
    if height >= 10000:  # only the header claims it
        bomb = bomb.replace(struct.pack(">II", width, 1), struct.pack(">II", width, height))
        bomb = bomb[:29] + struct.pack(">I", zlib.crc32(bomb[12:29])) + bomb[33:]
    with pytest.raises(PhotoRefused) as refused:
        clean(bomb)
    assert refused.value.reason == PhotoRefused.TOO_MANY_PIXELS


def test_near_copies_are_alike_and_others_are_not() -> None:
    one = picture(800, 600)
    smaller = clean(as_bytes(one.resize((400, 300)), quality=60)).likeness
    other = clean(as_bytes(Image.effect_noise((800, 600), 90).convert("RGB"))).likeness
    distance = [bin(int(likeness(one), 16) ^ int(like, 16)).count("1") for like in (smaller, other)]
    assert distance[0] <= 4 < distance[1]


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow says what else it finds odd
@settings(max_examples=60)
@given(some.data())
def test_damaged_bytes_are_refused_or_cleaned_but_never_anything_else(data: some.DataObject) -> None:
    format = data.draw(some.sampled_from(["JPEG", "PNG", "WEBP", "GIF"]))
    whole = bytearray(as_bytes(picture(60, 40), format))
    for _ in range(data.draw(some.integers(1, 8))):
        whole[data.draw(some.integers(0, len(whole) - 1))] = data.draw(some.integers(0, 255))
    try:
        cleaned = clean(bytes(whole))
    except PhotoRefused:
        return
    assert opened(cleaned.full).format == "JPEG"


def test_a_stored_file_is_whole_private_and_without_leftovers(tmp_path: Path) -> None:
    folder, name = Folder(tmp_path / "media"), new_name()
    folder.write(name, "full", b"one")
    folder.write(name, "full", b"two")
    path = folder.path(name, "full")
    assert path.read_bytes() == b"two"
    assert path.stat().st_mode & 0o077 == 0
    assert list(path.parent.iterdir()) == [path]


def test_erasing_removes_every_rendition_and_half_written_files(tmp_path: Path) -> None:
    folder, name, other = Folder(tmp_path), new_name(), new_name()
    folder.write(name, "full", b"x")
    folder.write(name, "card", b"x")
    folder.write(other, "full", b"x")
    folder.path(name, "card").with_name(f".{name}.card.1a2b").write_bytes(b"half")
    folder.erase(name)
    folder.erase(name)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [f"{other}.full"]


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "0" * 31, "Z" * 32, "0" * 32 + "/x"])
def test_a_name_that_is_not_ours_leads_nowhere(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no such name"):
        Folder(tmp_path).path(name, "full")


def test_an_address_shows_one_rendition_to_one_audience_and_names_nobody() -> None:
    addresses = Addresses("k" * 32, "https://bot.test")
    address = addresses.media_address(17, "card", "officer")
    assert address is not None
    assert address.startswith("https://bot.test/media/")
    assert addresses.read(address.rpartition("/")[2]) == Shown(17, "card", "officer")


def test_without_a_public_address_there_is_none() -> None:
    assert Addresses("k" * 32, None).media_address(17, "card", "officer") is None


def test_an_address_that_is_not_ours_or_too_old_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = Addresses("k" * 32, None)
    token = addresses.token(17, "full", "reporter")
    forged = Addresses("l" * 32, None).token(17, "full", "reporter")
    for wrong in (forged, token[:-1], token + "a", "", "a.b.c", "ก" * 40, token.replace(".", "-")):
        assert addresses.read(wrong) is None
    assert addresses.read(addresses.token(17, "full", "everybody")) is None
    now, day = time.time(), 24 * 3600
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: now + 29.9 * day)
    assert addresses.read(token) is not None
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: now + 30.1 * day)
    assert addresses.read(token) is None
