"""The service files and the nginx example of docs/deploy: each line is explained, and means what it says."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from configparser import RawConfigParser
from pathlib import Path

import pytest
from flask import Flask
from gunicorn.config import Config

from bot.cli import serve as serving
from tests.house_rules.test_routes import GUARDED, PUBLIC, app as app
from tests.house_rules.tree import ROOT, expect_none

FOLDER = ROOT / "docs" / "deploy"
UNITS = sorted(FOLDER.glob("*.service"))
NGINX = FOLDER / "nginx.conf"
INSTALLED = "/opt/jaengmueang/"
#: A web server's own patience with requests that are under way, waitress' and gunicorn's.
_REQUESTS_SECONDS = 5


def unexplained(text: str) -> list[str]:
    """Lines that say something and stand in no block that begins with a remark."""
    found, is_explained = [], False
    for number, line in enumerate(text.splitlines(), 1):
        said = line.strip()
        if said.startswith("#"):
            is_explained = True
        elif not said or said.endswith(("]", "{")):
            is_explained = is_explained and said.endswith("{")
        elif said != "}" and not is_explained:
            found.append(f"line {number}: {said}")
    return found


def settings_of(unit: Path) -> dict[str, str]:
    parser = RawConfigParser(strict=False)
    parser.optionxform = str  # names keep their capitals, as systemd wants them
    parser.read(unit)
    return dict(parser["Service"])


def test_a_line_without_a_reason_is_found() -> None:
    assert unexplained("[Service]\n# why\nUser=a\nGroup=b\n\nUMask=0077\n") == ["line 6: UMask=0077"]
    assert unexplained("server {\n    listen 443;\n}\n") == ["line 2: listen 443;"]


@pytest.mark.parametrize("path", [*UNITS, NGINX], ids=lambda path: path.name)
def test_every_line_is_explained(path: Path) -> None:
    expect_none(unexplained(path.read_text()))


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_takes_every_line(unit: Path, tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd is not installed here")
    copy = tmp_path / unit.name
    program = settings_of(unit)["ExecStart"].split()[0]
    copy.write_text(unit.read_text().replace(program, "/bin/true"))  # ours is not installed in /opt here
    told = subprocess.run([analyze, "verify", copy], capture_output=True, text=True, check=False)
    expect_none([line for line in (told.stdout + told.stderr).splitlines() if unit.name in line])


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_what_a_service_starts_is_a_command_of_ours(unit: Path) -> None:
    program, *arguments = settings_of(unit)["ExecStart"].split()
    name = Path(program).name
    assert program == f"{INSTALLED}.venv/bin/{name}"
    if name == "flask":
        command = {"serve": serving.serve, "worker": serving.worker}[arguments[0]]
        command.make_context(arguments[0], arguments[1:]).close()  # raises where it does not know an option
    else:
        taken = Config().parser().parse_args(arguments)
        assert (taken.args, taken.bind) == (["wsgi:app"], ["127.0.0.1:8000"])
        assert taken.workers > 1


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_service_is_given_the_time_it_needs_to_stop(unit: Path) -> None:
    needed = serving.WORK_PATIENCE_SECONDS + _REQUESTS_SECONDS
    assert needed <= 10
    assert int(settings_of(unit)["TimeoutStopSec"]) > needed


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_service_may_write_only_where_it_must(unit: Path) -> None:
    said = settings_of(unit)
    assert said["ProtectSystem"] == "strict"
    assert said["ReadWritePaths"].split() == [f"{INSTALLED}var", "/var/lib/jaengmueang"]
    counts_into = said.get("Environment", "").partition("=")[2]
    assert not counts_into or counts_into.startswith(f"/run/{said['RuntimeDirectory']}/")


def test_nginx_passes_on_what_the_world_may_ask_and_nothing_else(app: Flask) -> None:
    places = dict(re.findall(r"location (\S+) \{([^}]*)\}", NGINX.read_text()))
    passed = [place for place, body in places.items() if "proxy_pass http://127.0.0.1:8000;" in body]
    rules = {rule.rule for rule in app.url_map.iter_rules()}
    reached = {rule for rule in rules if rule.startswith(tuple(passed))}
    assert reached == (PUBLIC.keys() | GUARDED.keys()) - {"/metrics"}
    assert "return 404" in places["/"]
    assert "access_log off" in places["/media/"]
    assert "access_log off" in places["/maps/"]
    for costly in ("/media/", "/maps/", "/my-data/"):
        assert "limit_req zone=" in places[costly]
        assert "limit_conn " in places[costly]


def test_nginx_reads_the_example(tmp_path: Path) -> None:
    nginx, openssl = shutil.which("nginx"), shutil.which("openssl")
    if nginx is None or openssl is None:
        pytest.skip("nginx is not installed here")
    key, certificate = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    names = ["-subj", "/CN=jaengmueang.example.go.th", "-keyout", key, "-out", certificate]
    subprocess.run([openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", *names], check=True, capture_output=True)
    own = re.sub(r"/etc/letsencrypt/live/[^/]+", str(tmp_path), NGINX.read_text())
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{own}\n}}\n")
    told = subprocess.run([nginx, "-t", "-c", whole], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr


def _pages() -> Iterator[str]:
    yield from (path.read_text() for path in sorted((ROOT / "docs").glob("*.md")))


def test_every_file_is_named_in_the_pages() -> None:
    pages = "\n".join(_pages())
    expect_none([path.name for path in FOLDER.iterdir() if f"deploy/{path.name}" not in pages])
