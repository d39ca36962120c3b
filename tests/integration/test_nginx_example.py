"""The nginx example of docs/deploy at work, in front of a server that says what reached it."""

from __future__ import annotations

import re
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from pathlib import Path

import pytest

from tests.databases import _free_port
from tests.house_rules.tree import ROOT
from tests.integration.test_serve_process import until
from tests.unit.line_fake import FakeLine, fake_line

NAME = "jaengmueang.example.go.th"


@dataclass
class Front:
    """nginx with its two ports, what stands behind it, and what it wrote down."""

    plain: int
    secure: int
    behind: FakeLine
    log: Path

    def ask(self, path: str, *, body: bytes | None = None, is_secure: bool = True) -> HTTPResponse:
        told = ssl.create_default_context()
        told.check_hostname, told.verify_mode = False, ssl.CERT_NONE  # its certificate is made for this test
        kinds = (HTTPSConnection("127.0.0.1", self.secure, context=told), HTTPConnection("127.0.0.1", self.plain))
        connection = kinds[0] if is_secure else kinds[1]
        connection.request("GET" if body is None else "POST", path, body, {"Host": NAME, "Connection": "close"})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer

    def is_up(self) -> bool:
        try:
            return self.ask("/", is_secure=False).status == 301
        except OSError:
            return False


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    program, openssl = shutil.which("nginx"), shutil.which("openssl")
    if program is None or openssl is None:
        pytest.skip("nginx is not installed here")
    folder = tmp_path_factory.mktemp("nginx")
    names = ["-subj", f"/CN={NAME}", "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"]
    subprocess.run([openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", *names], check=True, capture_output=True)
    with fake_line() as behind:
        made = Front(_free_port(), _free_port(), behind, folder / "access.log")
        own = (ROOT / "docs" / "deploy" / "nginx.conf").read_text()
        for said, here in (
            (f"/etc/letsencrypt/live/{NAME}", str(folder)),
            ("listen 80;", f"listen 127.0.0.1:{made.plain};"),
            ("listen 443 ssl;", f"listen 127.0.0.1:{made.secure} ssl;"),
            ("http://127.0.0.1:8000", behind.url),
        ):
            assert said in own
            own = own.replace(said, here)
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        places = "\n".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
        before = f"daemon off;\npid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{}}\n"
        (folder / "nginx.conf").write_text(f"{before}http {{\naccess_log {made.log};\n{places}\n{own}\n}}\n")
        with subprocess.Popen([program, "-e", folder / "error.log", "-c", folder / "nginx.conf"]) as process:
            try:
                until(made.is_up)
                yield made
            finally:
                process.terminate()


def test_who_comes_without_https_is_sent_to_it(front: Front) -> None:
    answer = front.ask("/media/secret-token?x=1", is_secure=False)
    assert answer.status == 301
    assert answer.getheader("Location") == f"https://{NAME}/media/secret-token?x=1"
    assert front.ask("/.well-known/acme-challenge/none", is_secure=False).status == 404  # answered here, not sent on


def test_a_webhook_arrives_byte_for_byte_with_an_id_to_follow_it_by(front: Front) -> None:
    body = '{"events" : [],\n"destination":"ก"}'.encode()
    assert front.ask("/line/rangsit/webhook", body=body).status == 200
    asked = front.behind.asked[-1]
    assert (asked.method, asked.path, asked.raw) == ("POST", "/line/rangsit/webhook", body)
    assert re.fullmatch(r"[0-9a-f]{32}", asked.headers["x-request-id"])


@pytest.mark.parametrize("path", ["/metrics", "/", "/.env", "/line/../metrics", "/console"])
def test_what_is_of_the_house_stays_in_the_house(front: Front, path: str) -> None:
    reached = len(front.behind.asked)
    assert front.ask(path).status == 404
    assert len(front.behind.asked) == reached


def test_one_copy_of_somebodys_data_is_asked_for_only_so_often(front: Front) -> None:
    answers = {front.ask("/my-data/the-same-token").status for _ in range(12)}
    assert answers == {200, 429}
    assert "the-same-token" not in front.log.with_name("error.log").read_text()


def test_signed_addresses_stand_in_no_log(front: Front) -> None:
    for path in ("/media/secret-token", "/maps/secret-token", "/my-data/secret-token"):
        front.ask(path)
        front.ask(path, is_secure=False)
    front.ask("/health/live")
    until(lambda: "/health/live" in front.log.read_text())
    assert "secret-token" not in front.log.read_text()
