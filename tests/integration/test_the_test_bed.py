"""What every other test leans on."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from pytest_socket import SocketConnectBlockedError
from sqlalchemy import Engine, inspect, text

from bot.database import make_engine, schema_problem
from tests import databases


def test_a_test_gets_the_newest_schema(engine: Engine, database_kind: str) -> None:
    assert engine.dialect.name == database_kind
    assert schema_problem(engine) is None


@pytest.mark.parametrize("time", [1, 2])
def test_nothing_is_left_from_the_test_before(engine: Engine, time: int) -> None:
    with engine.begin() as connection:
        connection.execute(text("create table left_behind (id integer)"))


def test_an_empty_database_has_no_table(empty_database_url: str) -> None:
    engine = make_engine(empty_database_url)
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_a_crashed_postgresql_keeps_what_was_committed(postgresql: str) -> None:
    programs = databases.server_programs()
    assert programs is not None
    server = databases.PostgresServer(programs, fsync="on")
    try:
        server.start()
        with databases.connect(server.url()) as connection:
            connection.execute("create table kept (id integer)")
        server.stop(like_a_crash=True)
        server.start()
        with databases.connect(server.url()) as connection:
            assert connection.execute("select count(*) from kept").fetchone() == (0,)
    finally:
        server.remove()


def test_no_test_reaches_beyond_this_machine() -> None:
    # A datagram socket: were the guard off, connecting it would still send nothing.
    out = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    with out, pytest.warns(UserWarning, match=r"192\.0\.2\.1"), pytest.raises(SocketConnectBlockedError):
        out.connect(("192.0.2.1", 9))


def test_loopback_is_open() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        socket.create_connection(listening.getsockname(), timeout=5).close()


def test_no_setting_of_this_machine_reaches_a_test() -> None:
    assert not [name for name in os.environ if name.startswith("LINE_") or name in ("DATABASE_URL", "SECRET_KEY")]
    assert not Path(".env").exists()
