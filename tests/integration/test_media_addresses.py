"""A signed address shows one rendition to its audience; everything else is not found."""

from __future__ import annotations

import io
import logging

import pytest
from flask.testing import FlaskClient

from bot import clock, logs
from bot.app import create_app
from handlers import media as door
from models import Media
from tests.integration.engine_bed import Bed

NAME = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def database_kind() -> str:
    """One kind: what is asked of it is asked of both elsewhere."""
    return "sqlite"


@pytest.fixture
def bed(quick_bed: Bed) -> Bed:
    return quick_bed


@pytest.fixture
def web(bed: Bed) -> FlaskClient:
    return create_app(bed.parts).test_client()


def stored(bed: Bed, kind: str = "image", mime: str = "image/jpeg", state: str = "stored") -> int:
    person = bed.resident()
    with bed.database.transaction() as session:
        media = Media(
            municipality_id=bed.town_id,
            resident_id=person.id,
            kind=kind,
            said="77",
            state=state,
            stored_as=NAME,
            mime=mime,
            received_at=clock.real_now(),
        )
        session.add(media)
    for rendition in ("full", "card") if kind == "image" else ("file",):
        bed.parts.folder.write(NAME, rendition, f"the {rendition}".encode())
    return media.id


def path_of(bed: Bed, media_id: int, rendition: str, audience: str = "officer") -> str:
    address = bed.parts.addresses.media_address(media_id, rendition, audience)
    assert address is not None
    return address.removeprefix("https://bot.test")


@pytest.mark.parametrize("rendition", ["card", "full"])
@pytest.mark.parametrize("audience", ["reporter", "officer"])
def test_a_photo_is_shown_privately(bed: Bed, web: FlaskClient, rendition: str, audience: str) -> None:
    answer = web.get(path_of(bed, stored(bed), rendition, audience))
    assert answer.status_code == 200
    assert answer.data == f"the {rendition}".encode()
    assert answer.content_type == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, max-age=86400"
    assert answer.headers["Content-Disposition"] == "inline; filename=photo.jpg", "and not under its stored name"
    answer.close()


@pytest.mark.parametrize(
    ("kind", "mime", "name"),
    [
        ("audio", "audio/mp4", "recording.m4a"),
        ("video", "video/mp4", "recording.mp4"),
        ("file", "text/html", "recording"),
    ],
)
def test_a_recording_is_handed_to_officers_as_a_file_and_never_opened(
    bed: Bed, web: FlaskClient, kind: str, mime: str, name: str
) -> None:
    answer = web.get(path_of(bed, stored(bed, kind, mime), "file"))
    assert answer.status_code == 200
    assert answer.content_type == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    answer.close()


def test_a_recording_is_never_handed_to_a_resident(bed: Bed, web: FlaskClient) -> None:
    assert web.get(path_of(bed, stored(bed, "audio", "audio/mp4"), "file", "reporter")).status_code == 404


@pytest.mark.parametrize("state", ["wanted", "gone", "refused", "erased"])
def test_what_is_not_stored_any_more_is_not_found(bed: Bed, web: FlaskClient, state: str) -> None:
    assert web.get(path_of(bed, stored(bed, state=state), "card")).status_code == 404


def test_whatever_is_wrong_is_not_found(bed: Bed, web: FlaskClient) -> None:
    number = stored(bed)
    right = path_of(bed, number, "card")
    for wrong in (
        right[:-1],
        right + "x",
        path_of(bed, number + 1, "card"),
        path_of(bed, number, "file"),
        path_of(bed, number, "original"),
        path_of(bed, number, "../card"),
        path_of(bed, number, "card", "everybody"),
        "/media/",
        "/media/..%2F..%2Fetc%2Fpasswd",
    ):
        assert web.get(wrong).status_code == 404, wrong


def test_a_file_that_is_missing_is_not_found(bed: Bed, web: FlaskClient) -> None:
    number = stored(bed)
    bed.parts.folder.erase(NAME)
    assert web.get(path_of(bed, number, "card")).status_code == 404


def test_the_address_names_neither_person_nor_message(bed: Bed) -> None:
    from itsdangerous import base64_decode

    token = path_of(bed, stored(bed), "card").rpartition("/")[2]
    said = base64_decode(token.partition(".")[0])
    assert said == b'[1,"card","officer"]'


def test_of_three_maps_drawn_at_once_the_third_is_told_to_come_again(
    bed: Bed, web: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = (bed.parts.addresses.map_address("rangsit", "13985:100625:1") or "").removeprefix("https://bot.test")
    came_again: list[int] = []

    def drawn_while_others_ask(*_given: object) -> bytes:
        other = web.application.test_client().get(path)
        came_again.append(other.status_code)
        assert other.headers.get("Retry-After") == ("5" if other.status_code == 503 else None)
        return b"png"

    monkeypatch.setattr("handlers.maps.nearby.picture", drawn_while_others_ask)
    assert web.get(path).status_code == 200
    assert came_again == [503, 200]
    assert web.get(path).status_code == 200


def test_what_is_logged_of_a_request_that_fails_leads_to_no_picture(
    bed: Bed, web: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, said = path_of(bed, stored(bed), "card"), io.StringIO()
    handler = logging.StreamHandler(said)
    handler.setFormatter(logs.Formatter())
    logging.getLogger().addHandler(handler)
    monkeypatch.setattr(door, "_stored", lambda *_: 1 / 0)
    try:
        assert web.get(path).status_code == 500
    finally:
        logging.getLogger().removeHandler(handler)
    assert "ZeroDivisionError" in said.getvalue()
    assert "/media/(token)" in said.getvalue()
    assert path.rpartition("/")[2] not in said.getvalue()
