"""The shape of the code: short files, honest names, errors handled where it is said why, tests that run."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.house_rules.tree import OURS, allowed, expect_none, python_files, read, with_place

LONGEST = 299
#: Names that say nothing about what is inside.
EMPTY_NAMES = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "service", "services", "misc"}


def too_long(source: str) -> bool:
    return len(source.splitlines()) > LONGEST


def empty_names(path: Path, source: str) -> list[str]:
    """Modules, folders and classes whose name is one of the empty ones, or ends in one."""
    parts = [*path.parts[:-1], path.stem]
    names = [part for part in parts if EMPTY_NAMES & set(part.lower().split("_"))]
    classes = [node.name for _, node in with_place(source) if isinstance(node, ast.ClassDef)]
    return names + [name for name in classes if name.lower().endswith(tuple(EMPTY_NAMES))]


def broad_excepts(source: str) -> list[str]:
    """Where every error at all is caught or suppressed, one entry each."""
    broad = {"Exception", "BaseException"}
    found = []
    for place, node in with_place(source):
        if isinstance(node, ast.ExceptHandler):
            caught = [node.type] if not isinstance(node.type, ast.Tuple) else node.type.elts
            if any(kind is None or _last_name(kind) in broad for kind in caught):
                found.append(place)
        suppresses = isinstance(node, ast.Call) and _last_name(node.func) == "suppress"
        if suppresses and any(_last_name(kind) in broad for kind in node.args):
            found.append(place)
    return found


def sleeps(source: str) -> list[str]:
    """Where a test waits for time to pass instead of for what it wants to see."""
    return [
        place
        for place, node in with_place(source)
        if isinstance(node, ast.Call) and _last_name(node.func) == "sleep"
    ]


def silent_skips(source: str) -> list[str]:
    """Tests that do not run, or may fail, and do not say why."""
    nodes = list(with_place(source))
    called = {id(node.func) for _, node in nodes if isinstance(node, ast.Call)}
    return [place for place, node in nodes if id(node) not in called and _skips(node) and not _says_why(node)]


def _skips(node: ast.AST) -> bool:
    target = node.func if isinstance(node, ast.Call) else node
    return _last_name(target) in {"skip", "skipif", "xfail", "importorskip"} and _of_pytest(target)


def _says_why(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    reasons = [word.value for word in node.keywords if word.arg == "reason"]
    if _last_name(node.func) == "skip":
        reasons += node.args
    return any(not isinstance(reason, ast.Constant) or reason.value for reason in reasons)


def _last_name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _of_pytest(node: ast.AST) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name) and node.id in {"pytest", "mark"}


def against_the_list(kind: str, paths: Iterable[Path], rule: Callable[[str], list[str]]) -> list[str]:
    """What breaks a rule without being listed, and what is listed without breaking it."""
    seen = Counter(f"{path}::{place}" for path in paths for place in rule(read(path)))
    listed = allowed(kind)
    unlisted = [f"{where} ({times} times)" for where, times in seen.items() if times > (where in listed)]
    return unlisted + [f"{where}: listed, but not there" for where in listed if where not in seen]


def test_a_file_is_short_enough_to_be_read_at_once() -> None:
    long_files = {str(path) for path in python_files(*OURS, "tests") if too_long(read(path))}
    listed = set(allowed("long_file"))
    expect_none([*long_files - listed, *(f"{path}: listed, but short" for path in listed - long_files)])


def test_every_name_says_what_it_is() -> None:
    found = {str(path): empty_names(path, read(path)) for path in python_files(*OURS, "tests")}
    expect_none(found)


def test_everything_is_caught_only_where_it_is_said_why() -> None:
    expect_none(against_the_list("broad_except", python_files(*OURS), broad_excepts))


def test_no_test_waits_for_time_to_pass() -> None:
    expect_none(against_the_list("sleep", python_files("tests"), sleeps))


def test_no_test_is_skipped_without_a_reason() -> None:
    found = {str(path): silent_skips(read(path)) for path in python_files("tests")}
    expect_none(found)


def test_every_exception_to_a_rule_has_its_reason() -> None:
    kinds = ("long_file", "broad_except", "sleep", "secret")
    expect_none([where for kind in kinds for where, why in allowed(kind).items() if len(why.split()) < 5])


def test_a_long_file_would_be_found() -> None:
    assert too_long("x = 1\n" * 300)
    assert not too_long("x = 1\n" * 299)


@pytest.mark.parametrize(
    ("path", "source", "found"),
    [
        ("bot/utils.py", "", ["utils"]),
        ("bot/helpers/words.py", "", ["helpers"]),
        ("bot/line_common.py", "", ["line_common"]),
        ("bot/line.py", "class TicketManager: ...", ["TicketManager"]),
        ("bot/servicing.py", "class Ticket: ...", []),
    ],
)
def test_an_empty_name_would_be_found(path: str, source: str, found: list[str]) -> None:
    assert empty_names(Path(path), source) == found


@pytest.mark.parametrize(
    "handler", ["except Exception:", "except BaseException as e:", "except (KeyError, Exception):", "except:"]
)
def test_a_broad_except_would_be_found(handler: str) -> None:
    source = f"class A:\n def b(self):\n  try: pass\n  {handler} pass\n  except KeyError: pass\n"
    assert broad_excepts(source.replace("  except KeyError: pass\n", "")) == ["A.b"]
    assert broad_excepts("def b():\n with contextlib.suppress(Exception): pass") == ["b"]
    assert broad_excepts("try: pass\nexcept (KeyError, ValueError): pass") == []


def test_a_sleep_would_be_found() -> None:
    assert sleeps("def test_x():\n time.sleep(1)\n sleep(2)") == ["test_x", "test_x"]


@pytest.mark.parametrize(
    "mark",
    ["@pytest.mark.skip", "@pytest.mark.skip()", "@pytest.mark.xfail(strict=True)", "@pytest.mark.skipif(True)",
     "@pytest.mark.skip(reason='')"],
)  # fmt: skip
def test_a_silent_skip_would_be_found(mark: str) -> None:
    assert silent_skips(f"{mark}\ndef test_x(): ...")
    assert silent_skips("def test_x():\n pytest.skip()")
    assert not silent_skips("@pytest.mark.skipif(True, reason='no server')\ndef test_x():\n pytest.skip('why')")
