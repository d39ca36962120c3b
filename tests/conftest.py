"""The test bed: databases, a clean environment, and no way out of this machine.

`database_url` gives a test a fresh, migrated database twice: once on SQLite, once on PostgreSQL. `database`, `engine`
and `session` open it as the application does. `sqlite_url` and `postgresql_url` are for what one of them alone can
show. Sockets beyond loopback are closed by pytest-socket, see pyproject.toml.
"""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bot import database as bot_database
from bot.config import SETTINGS
from bot.database import Database
from tests import databases, engines, talking, whole_way

# The same examples on every machine, so that nobody is stopped by what they did not change; HYPOTHESIS_PROFILE=explore
# looks for new ones. No deadlines: a busy machine is no bug.
settings.register_profile("steady", derandomize=True, deadline=None, database=None)
settings.register_profile("explore", deadline=None, database=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

#: The bed of `tests.whole_way`. A test that is not made for it may be tried on it all the same.
WHOLE_WAY = "whole way"
_ALL_THE_WHOLE_WAY = bool(os.environ.get("TESTS_THE_WHOLE_WAY"))

_NO_SERVER = "no PostgreSQL server is installed here (Debian: apt install postgresql)"


#: Databases write to disk at every commit and PostgreSQL makes hundreds of files; in memory a run needs a third less
#: time. What is measured, or must survive, asks for the disk.
_MEMORY = Path("/dev/shm")
_NEEDED_BYTES = 3 << 30
#: By itself Python looks through all that stays sixty times in four minutes, which is a seventh of a run.
_TESTS_BETWEEN_TIDYINGS = 200


def _work_in_memory() -> None:
    """Let this run and everything it starts put its temporary files into memory, where there is room."""
    if "TESTS_ON_DISK" in os.environ or "TMPDIR" in os.environ or not os.access(_MEMORY, os.W_OK):
        return
    if shutil.disk_usage(_MEMORY).free >= _NEEDED_BYTES:
        os.environ["TMPDIR"] = tempfile.tempdir = str(_MEMORY)


class _Run:
    """What the processes of one run share: a folder, and the PostgreSQL that the first process starts if asked to.

    With xdist the workers collect the tests and leave a note when one of them wants PostgreSQL; the controller,
    which outlives them all, reads the note before it hands out the first test.
    """

    def __init__(self, config: pytest.Config) -> None:
        given = getattr(config, "workerinput", {}).get("run_folder")
        self.leads = given is None
        if self.leads:
            _work_in_memory()
        self.folder = Path(given or tempfile.mkdtemp(prefix="jaengmueang-tests-"))
        self.server: databases.PostgresServer | None = None
        self._tests = 0

    @property
    def _note(self) -> Path:
        return self.folder / "postgresql.wanted"

    def pytest_configure_node(self, node) -> None:  # type: ignore[no-untyped-def]  # xdist has no types
        node.workerinput["run_folder"] = str(self.folder)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        if any("postgresql" in item.nodeid or "postgresql" in _fixtures(item) for item in session.items):
            self._note.touch()
        if self.leads:
            self._start_if_wanted()
        gc.set_threshold(700, 10, 1_000_000)  # the oldest are looked through when `_tidies_up` says so
        self._tidies_up()

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_teardown(self) -> None:
        self._tests += 1
        if self._tests % _TESTS_BETWEEN_TIDYINGS == 0:
            self._tidies_up()

    @staticmethod
    def _tidies_up() -> None:
        """Throw away what is left, and never look again through what stays: modules, dictionaries, statements."""
        gc.collect()
        gc.freeze()

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self) -> None:
        self._start_if_wanted()

    def _start_if_wanted(self) -> None:
        if self.server is None and self._note.exists():
            self.server = databases.start_for_the_run(self.folder)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self._note.exists() and self.server is None:
            terminalreporter.section("PostgreSQL", yellow=True)
            terminalreporter.line(f"The tests on PostgreSQL did not run: {_NO_SERVER}.")

    def pytest_unconfigure(self) -> None:
        if self.leads:
            if self.server is not None:
                self.server.remove()
            shutil.rmtree(self.folder, ignore_errors=True)


def _fixtures(item: pytest.Item) -> list[str]:
    return getattr(item, "fixturenames", [])


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(_Run(config), "run")


#: Talks go through the same handlers on both databases. `make test` has all of them on SQLite; on PostgreSQL it has
#: those where two act at once, much is erased or the commonest is done, and `make test-long` has the others.
_TALKS = (
    "integration/resident/",
    "integration/officer/",
    "integration/test_answers_command.py",
    "integration/test_casework_",
    "integration/test_invitations.py",
    "integration/test_lifecycle_",
    "integration/test_officer_",
    "integration/test_places_commands.py",
    "integration/test_tickets_command.py",
    "integration/test_town_commands.py",
    "integration/test_towns_import.py",
    "integration/test_typing_is_pressing.py",
    "e2e/test_after_photos.py",
    "e2e/test_first_day.py",
    "e2e/test_pictures_from_officers.py",
)
_ALWAYS_ON_BOTH = (
    "races", "two_at_once", "retention", "my_data", "joining", "reporting", "work", "merging", "places_erased",
    "copies", "taken_back_there", "numbers_taken_back", "put_right_there",
)  # fmt: skip


@pytest.hookimpl(tryfirst=True)  # before -m chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        parameters = getattr(getattr(item, "callspec", None), "params", {})
        is_talk = any(talk in item.path.as_posix() for talk in _TALKS)
        on_postgresql = parameters.get("database_kind") == "postgresql" and parameters.get("talk_bed") != WHOLE_WAY
        if is_talk and on_postgresql and item.path.stem.removeprefix("test_") not in _ALWAYS_ON_BOTH:
            item.add_marker(pytest.mark.long)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A talk marked `whole_way` runs twice: judged in the process, and through the door, the workers and LINE."""
    if "talk_bed" in metafunc.fixturenames:
        marker = metafunc.definition.get_closest_marker("whole_way")
        marks = [] if marker is not None and marker.kwargs.get("always") else [pytest.mark.long]
        other = [pytest.param(WHOLE_WAY, marks=marks)] if marker is not None or _ALL_THE_WHOLE_WAY else []
        metafunc.parametrize("talk_bed", ["in process", *other])


@pytest.fixture(scope="session")
def run_folder(pytestconfig: pytest.Config) -> Path:
    """A folder that every process of this run shares, and that goes with it."""
    run: _Run = pytestconfig.pluginmanager.get_plugin("run")
    return run.folder


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the person at this machine, nor a `.env`, reaches a test; what is written by default goes too."""
    for name in os.environ:
        if name in SETTINGS or name.partition("__")[0] in SETTINGS or name.startswith(("LINE_", "FLASK_", "PG")):
            monkeypatch.delenv(name)
    nowhere = tmp_path / "cwd"
    nowhere.mkdir()
    monkeypatch.chdir(nowhere)


@pytest.fixture(scope="session", autouse=True)
def _engines_are_kept() -> Iterator[None]:
    """Whoever opens a test's database, fixture, application or command, finds the engine that knows its statements."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bot_database, "make_engine", engines.make_engine)
        yield


@pytest.fixture(scope="session")
def postgresql(run_folder: Path) -> str:
    """The address of this run's PostgreSQL; tests are skipped, and say so, where none is installed."""
    url = databases.postgresql_of_the_run(run_folder)
    if url is None and os.environ.get("TESTS_NEED_POSTGRESQL"):
        pytest.fail(f"TESTS_NEED_POSTGRESQL is set, but {_NO_SERVER}")
    if url is None:
        pytest.skip(_NO_SERVER)
    return url


@pytest.fixture(params=databases.KINDS)
def database_kind(request: pytest.FixtureRequest) -> str:
    """`sqlite`, then `postgresql`."""
    kind: str = request.param
    if kind == "postgresql":
        request.getfixturevalue("postgresql")
    return kind


@pytest.fixture
def knows_rangsit(request: pytest.FixtureRequest) -> bool:
    """Whether the town stands in the fresh database already: it does wherever people talk with it."""
    return "rangsit" in request.fixturenames


@pytest.fixture
def database_url(database_kind: str, run_folder: Path, knows_rangsit: bool) -> Iterator[str]:
    """A fresh database with the newest schema, on SQLite and on PostgreSQL."""
    with databases.fresh(database_kind, run_folder, with_town=knows_rangsit) as url:
        yield url


@pytest.fixture
def empty_database_url(database_kind: str, run_folder: Path) -> Iterator[str]:
    """A fresh database without any schema, on SQLite and on PostgreSQL."""
    with databases.fresh(database_kind, run_folder, migrated=False) as url:
        yield url


@pytest.fixture
def sqlite_url(run_folder: Path) -> Iterator[str]:
    """A fresh database with the newest schema, on SQLite alone."""
    with databases.fresh("sqlite", run_folder) as url:
        yield url


@pytest.fixture
def postgresql_url(postgresql: str, run_folder: Path) -> Iterator[str]:
    """A fresh database with the newest schema, on PostgreSQL alone."""
    with databases.fresh("postgresql", run_folder) as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """The fresh database, opened as the application opens it."""
    opened = Database(database_url)
    try:
        yield opened
    finally:
        opened.close()


@pytest.fixture
def rangsit(
    talk_bed: str, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[talking.Rangsit]:
    """Rangsit with its real profile, on the bed that the test asks for; time stands still until the test moves it."""
    if talk_bed == WHOLE_WAY:
        with whole_way.rangsit(database_url, tmp_path, monkeypatch) as town:
            yield town
    else:
        yield from talking.rangsit(request.getfixturevalue("database"), monkeypatch)


@pytest.fixture
def engine(database: Database) -> Engine:
    """The engine of the fresh database."""
    return database.engine


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """One transaction on the fresh database, committed when the test ends."""
    with database.transaction() as opened:
        yield opened
