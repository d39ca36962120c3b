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
from bot.cli.backup import backup
from tests.house_rules.test_routes import GUARDED, PUBLIC, app as app
from tests.house_rules.tree import ROOT, expect_none

FOLDER = ROOT / "docs" / "deploy"
UNITS = sorted(FOLDER.glob("*.service"))
TIMERS = sorted(FOLDER.glob("*.timer"))
#: What runs until it is stopped; the others do one thing and end.
STAYING = [unit for unit in UNITS if "Type=oneshot" not in unit.read_text()]
COPIES = "/var/backups/jaengmueang"
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


def settings_of(unit: Path, section: str = "Service") -> dict[str, str]:
    parser = RawConfigParser(strict=False)
    parser.optionxform = str  # names keep their capitals, as systemd wants them
    parser.read(unit)
    return dict(parser[section])


def servers() -> dict[str, dict[str, str]]:
    """What nginx does at each place, by the port it listens at."""
    found = {}
    for said in re.split(r"^server \{$", NGINX.read_text(), flags=re.MULTILINE)[1:]:
        [port] = re.findall(r"^    listen (\d+)", said, re.MULTILINE)
        found[port] = dict(re.findall(r"location (\S+) \{([^}]*)\}", said))
    return found


def test_a_line_without_a_reason_is_found() -> None:
    assert unexplained("[Service]\n# why\nUser=a\nGroup=b\n\nUMask=0077\n") == ["line 6: UMask=0077"]
    assert unexplained("server {\n    listen 443;\n}\n") == ["line 2: listen 443;"]


@pytest.mark.parametrize("path", [*UNITS, *TIMERS, NGINX], ids=lambda path: path.name)
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


@pytest.mark.parametrize("timer", TIMERS, ids=lambda path: path.name)
def test_systemd_takes_every_timer_and_knows_what_it_starts_and_when(timer: Path, tmp_path: Path) -> None:
    started = timer.with_suffix(".service")
    assert "Type=oneshot" in started.read_text()
    assert settings_of(timer, "Install")["WantedBy"] == "timers.target"
    moment = settings_of(timer, "Timer")["OnCalendar"]
    assert moment.endswith(" Asia/Bangkok"), "the machine may go by another time zone"
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd is not installed here")
    (tmp_path / started.name).write_text("[Service]\nType=oneshot\nExecStart=/bin/true\n")
    copy = tmp_path / timer.name
    copy.write_text(timer.read_text())
    told = subprocess.run([analyze, "verify", copy], capture_output=True, text=True, check=False)
    expect_none([line for line in (told.stdout + told.stderr).splitlines() if timer.name in line])
    moments = [analyze, "calendar", moment]
    assert subprocess.run(moments, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_what_a_service_starts_is_a_command_of_ours(unit: Path) -> None:
    program, *arguments = settings_of(unit)["ExecStart"].split()
    name = Path(program).name
    assert program == f"{INSTALLED}.venv/bin/{name}"
    if name == "flask":
        command = {"serve": serving.serve, "worker": serving.worker, "backup": backup}[arguments[0]]
        command.make_context(arguments[0], arguments[1:]).close()  # raises where it does not know an option
    else:
        taken = Config().parser().parse_args(arguments)
        assert (taken.args, taken.bind) == (["wsgi:app"], ["127.0.0.1:8000"])
        assert taken.workers > 1


@pytest.mark.parametrize("unit", STAYING, ids=lambda path: path.name)
def test_a_service_is_given_the_time_it_needs_to_stop(unit: Path) -> None:
    needed = serving.WORK_PATIENCE_SECONDS + _REQUESTS_SECONDS
    assert needed <= 10
    assert int(settings_of(unit)["TimeoutStopSec"]) > needed


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_service_may_write_only_where_it_must(unit: Path) -> None:
    said = settings_of(unit)
    assert said["ProtectSystem"] == "strict"
    copies = [] if unit in STAYING else [COPIES]
    assert said["ReadWritePaths"].split() == [f"{INSTALLED}var", "/var/lib/jaengmueang", *copies]
    assert said["User"] == "jaengmueang"
    assert said["UMask"] == "0077"
    counts_into = said.get("Environment", "").partition("=")[2]
    assert not counts_into or counts_into.startswith(f"/run/{said['RuntimeDirectory']}/")


def test_nginx_passes_on_what_the_world_may_ask_and_nothing_else(app: Flask) -> None:
    places = servers()["443"]
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


def test_without_https_nginx_passes_nothing_on_and_keeps_no_address() -> None:
    text = NGINX.read_text()
    plain = text[text.index("listen 80;") : text.index("listen 443 ssl;")]
    assert "proxy_pass" not in plain
    assert "    access_log off;\n    error_log /dev/null emerg;\n" in plain
    names = set(re.findall(r"^ +server_name (\S+);$", text, re.MULTILINE))
    assert len(names) == 1
    assert f"return 301 https://{names.pop()}$request_uri;" in servers()["80"]["/"]


def test_copies_are_made_where_the_pages_make_a_folder_for_them() -> None:
    [unit] = [unit for unit in UNITS if unit not in STAYING]
    assert settings_of(unit)["ExecStart"].split()[-1] == COPIES
    folder = f"install -d -o jaengmueang -m 700 {COPIES}"
    assert folder in unit.read_text()
    assert folder in "\n".join(_pages())


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
