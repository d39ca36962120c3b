"""What stands in the files: nothing secret, nothing unfinished, nothing about the machine it was written on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house_rules.tree import ROOT, allowed, expect_none, files, texts

# Written in two halves so that this file does not find itself.
_UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|HA" r"CK)\b")
_SOMEBODYS_FOLDER = re.compile(r"(?<![\w./:])/(?:home|root|Users|work)/\w")
_ABOUT_ITS_MAKING = re.compile(
    r"(?i)\b(?:issues?\s+#?\d+|the\s+brief\s+says|language\s+model|(?<!user[- _])ag" r"ents?"
    r"|(?:coding|developer|helper|earlier|previous)\s+sessions?)\b"
)
_SECRET = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY"
    r"|(?i:(?:secret|token|password)\w*)[\"']?\s*[=:]\s*[\"']?[0-9a-f]{32}\b"
    r"|(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/]{150,}={0,2}(?![A-Za-z0-9+/=_-])"
)
_RELATIVE = re.compile(r"(?<![\w./])(?:\.\./)+[\w.-]+")


def unfinished(text: str) -> list[str]:
    return _UNFINISHED.findall(text)


def about_its_making(text: str) -> list[str]:
    """Folders of somebody's machine, and words about who wrote the code instead of what it does."""
    return _SOMEBODYS_FOLDER.findall(text) + _ABOUT_ITS_MAKING.findall(text)


def secrets(text: str) -> list[str]:
    """Private keys, and what looks like a LINE channel secret (32 hex) or access token (172 characters)."""
    return _SECRET.findall(text)


def outside(path: Path, text: str) -> list[str]:
    """Relative paths that lead out of the repository, whether seen from this file or from the root."""
    places = (ROOT / path.parent, ROOT)
    return [
        said
        for said in _RELATIVE.findall(text)
        if not any((place / said).resolve().is_relative_to(ROOT) for place in places)
    ]


def test_nothing_is_left_unfinished() -> None:
    expect_none({str(path): unfinished(text) for path, text in texts()})


def test_no_file_holds_a_secret() -> None:
    found = {str(path): secrets(text) for path, text in texts()}
    published = allowed("secret")
    expect_none({path: said for path, said in found.items() if path not in published})
    expect_none([f"{path}: listed, but holds none" for path in published if not found.get(path)])


def test_no_file_speaks_of_its_making() -> None:
    # A .tsv holds what residents say, in their own words.
    expect_none({str(path): about_its_making(text) for path, text in texts() if path.suffix != ".tsv"})


def test_no_file_leads_out_of_the_repository() -> None:
    found = {str(path): outside(path, text) for path, text in texts()}
    expect_none(found)


def test_no_settings_and_no_database_are_committed() -> None:
    unwanted = {".db", ".db-wal", ".sqlite", ".sqlite3", ".pem", ".key", ".p12", ".pkl", ".pickle"}
    expect_none([path for path in files() if path.name == ".env" or path.suffix in unwanted])


def test_what_should_not_be_said_would_be_found() -> None:
    assert unfinished("# FIX" + "ME: later")
    assert about_its_making("see /ho" + "me/nok/notes")
    assert about_its_making("as iss" + "ue 12 wants")
    assert about_its_making("an age" + "nt wrote this")
    assert not about_its_making("User-Agent: town; https://example.org/home/nok; this issue; tried 12 times")


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN " + "PRIVATE KEY-----",
        "LINE_CHANNEL_SECRET=" + "0123456789abcdef" * 2,
        'TOKEN = "' + "0123456789abcdef" * 2 + '"',
        "x " + "Ab1+" * 43 + "=",
    ],
)
def test_a_secret_would_be_found(text: str) -> None:
    assert secrets(text)


def test_an_outward_path_would_be_found() -> None:
    assert outside(Path("docs/page.md"), "see ../" + "../elsewhere/notes.md")
    assert outside(Path("README.md"), "see ../" + "elsewhere")
    assert not outside(Path("docs/page.md"), "see ../README.md")
