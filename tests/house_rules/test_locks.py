"""The locks: complete, hashed, without addresses, and what pyproject.toml asks for."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house_rules.tree import pyproject, read

RUN, DEV = Path("requirements.lock"), Path("requirements-dev.lock")
_ENTRY = re.compile(r"^(?P<pin>[^#\s-][^\\]*?)\s*\\?\n(?P<hashes>(?:\s+--hash=\S+(?:\s*\\)?\n)*)", re.MULTILINE)
_LINE = re.compile(r"#|\s+--hash=sha256:[0-9a-f]{64}(\s*\\)?$|[a-z0-9][\w.-]*==[\w.+!]+(\s*;[^\\]*)?\s*\\?$")


def pins(lock: str) -> dict[str, list[Requirement]]:
    """Each package with its pins: several where versions differ by Python."""
    found: dict[str, list[Requirement]] = {}
    for entry in _ENTRY.finditer(lock):
        pin = Requirement(entry["pin"])
        found.setdefault(canonicalize_name(pin.name), []).append(pin)
    return found


def faults(lock: str) -> list[str]:
    """Entries that are not pinned or not hashed, and lines that say where packages come from."""
    loose = [e["pin"] for e in _ENTRY.finditer(lock) if "==" not in e["pin"] or "--hash=sha256:" not in e["hashes"]]
    strange = [line for line in lock.splitlines() if line.strip() and not _LINE.match(line)]
    return loose + strange + re.findall(r".*(?:://|@ ).*", lock)


def unmet(wanted: list[str], lock: str) -> list[str]:
    """Requirements that no pin of the lock fulfils, or that one of its pins contradicts."""
    held = pins(lock)
    asked = [Requirement(line) for line in wanted]
    return [
        str(one)
        for one in asked
        if not (found := held.get(canonicalize_name(one.name)))
        or not all(one.specifier.contains(next(iter(pin.specifier)).version) for pin in found)
    ]


def missing_below(wanted: list[str], lock: str) -> set[str]:
    """Packages that something installed here needs and the lock lacks: pip is told to install the lock alone."""
    held, seen, missing = pins(lock), set(), set()
    queue = [Requirement(line) for line in wanted]
    while queue:
        one = queue.pop()
        name = canonicalize_name(one.name)
        if (name, tuple(one.extras)) in seen or (one.marker and not one.marker.evaluate({"extra": ""})):
            continue
        seen.add((name, tuple(one.extras)))
        if name not in held:
            missing.add(name)
            continue
        for line in metadata.requires(name) or []:
            below = Requirement(line)
            if below.marker is None or any(below.marker.evaluate({"extra": extra}) for extra in ("", *one.extras)):
                below.marker = None
                queue.append(below)
    return missing


def _wanted(*, dev: bool) -> list[str]:
    project = pyproject()
    extra = project["project"]["optional-dependencies"]["dev"] if dev else []
    return [*project["project"]["dependencies"], *project["build-system"]["requires"], *extra]


@pytest.mark.parametrize("path", [RUN, DEV], ids=str)
def test_a_lock_is_pinned_hashed_and_names_no_address(path: Path) -> None:
    assert pins(read(path))
    assert faults(read(path)) == []


@pytest.mark.parametrize("path", [RUN, DEV], ids=str)
def test_a_lock_holds_what_the_project_asks_for(path: Path) -> None:
    assert unmet(_wanted(dev=path == DEV), read(path)) == []
    assert missing_below(_wanted(dev=path == DEV), read(path)) == set()


def test_the_tests_run_on_the_versions_a_town_runs() -> None:
    run, dev = pins(read(RUN)), pins(read(DEV))
    assert {name: dev.get(name) for name in run} == run


def test_a_fault_of_a_lock_would_be_found() -> None:
    good = f"flask==3.1.3 \\\n    --hash=sha256:{'0' * 64}\n"
    assert faults(good) == []
    assert faults("flask==3.1.3\n")
    assert faults(good.replace("==", ">="))
    assert faults(f"--index-url elsewhere\n{good}")
    assert faults(f"# from https://elsewhere\n{good}")
    assert unmet(["flask>=3.1"], good) == []
    assert unmet(["flask>=4"], good)
    assert unmet(["huey"], good)
    assert missing_below(["flask"], good) >= {"werkzeug", "jinja2"}
