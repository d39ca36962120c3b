"""README.md and docs/ speak of the code as it is: rooms, layers, files, tests, links, the demonstration's story."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from bot import profiles
from bot.cli.demo import STORY, TOWN
from tests.house_rules.markdown import README, anchors, blocks, documents, links, section, spans
from tests.house_rules.tree import ROOT, expect_none, files, pyproject, python_files, read

ROOMS = "The rooms, and who may import whom"
#: A page that cannot be read in one go is not read; long matter goes to docs/.
LONGEST_README = 450
_ROOM = re.compile(
    r"(?:^|(?<= {2}))((?:bot|handlers|models|migrations)/(?:\w+(?:/|\.py))?|wsgi\.py)(?=\s)", re.MULTILINE
)
_PATH = re.compile(r"(?<![\w./-])((?:bot|handlers|models|migrations|tests|docs)/[\w./-]*\w/?)")
_TEST = re.compile(r"test_\w+")
_SAID = re.compile(r"^(\S+) ▸ (.+)$", re.MULTILINE)


def module(room: str) -> str:
    """bot/cli/ is bot.cli, bot/app.py is bot.app."""
    return room.removesuffix("/").removesuffix(".py").replace("/", ".")


def groups(block: str) -> list[set[str]]:
    """The rooms of a block as modules, one set for each group between empty lines."""
    return [{module(room) for room in _ROOM.findall(group)} for group in block.split("\n\n")]


def layers() -> list[set[str]]:
    """Who may import whom, from top to bottom, as the import contract says."""
    contract = next(one for one in pyproject()["tool"]["importlinter"]["contracts"] if one["type"] == "layers")
    return [set(re.split(r" *[:|] *", layer)) for layer in contract["layers"]]


def missing(text: str) -> list[str]:
    """Files and folders of the repository that a text names as code, and that are not there."""
    there = {str(part) for path in files() for part in (path, *path.parents)}
    named = [path for piece in [*spans(text), *blocks(text)] for path in _PATH.findall(piece)]
    return [path for path in named if path.rstrip("/") not in there]


def dead_links(page: Path, text: str) -> list[str]:
    """Links of a page to a file or a heading that is not there."""
    dead = []
    for link in links(text):
        file, _, anchor = link.partition("#")
        target = ROOT / page.parent / file if file else ROOT / page
        if re.match(r"[a-z]+://", link):
            continue
        if not target.is_file() or (anchor and anchor not in anchors(target.read_text())):
            dead.append(link)
    return dead


@pytest.fixture(scope="module")
def readme() -> str:
    return documents()[README]


def test_the_rooms_and_layers_are_those_of_the_import_contract(readme: str) -> None:
    top, *middle, bottom = groups(blocks(section(readme, ROOMS))[0])
    assert (top, bottom) == ({"wsgi"}, {"bot.simulator"})
    assert [group - {"migrations"} for group in middle] == layers()


def test_every_room_of_the_bot_is_shown(readme: str) -> None:
    shown = set().union(*groups(blocks(section(readme, ROOMS))[0]))
    there = {".".join(Path(*path.parts[:2]).with_suffix("").parts) for path in python_files("bot")}
    expect_none(sorted(there - shown - {"bot.__init__"}))


def test_every_file_that_is_named_is_there() -> None:
    expect_none({page: missing(text) for page, text in documents().items()})


def test_every_folder_of_tests_is_told_of() -> None:
    told = set(spans(documents()[Path("docs/development.md")]))
    folders = {path.parts[1] for path in python_files("tests") if len(path.parts) > 2}
    expect_none(sorted(folders - told))


def test_every_test_that_is_named_is_there() -> None:
    functions = {
        node.name
        for path in python_files("tests")
        for node in ast.walk(ast.parse(read(path)))
        if isinstance(node, ast.FunctionDef)
    }
    named = {page: set(filter(_TEST.fullmatch, spans(text))) for page, text in documents().items()}
    assert len(named[Path("docs/guarantees.md")]) > 20
    expect_none({page: sorted(names - functions) for page, names in named.items()})


def test_every_link_leads_somewhere() -> None:
    expect_none({page: dead_links(page, text) for page, text in documents().items()})


def test_the_readme_can_be_read_in_one_go(readme: str) -> None:
    assert len(readme.splitlines()) <= LONGEST_README


def test_what_people_say_in_the_readme_is_said_in_the_demonstration(readme: str) -> None:
    said = _SAID.findall(blocks(readme, "text")[0])
    assert len(said) > 5
    story = profiles.story(TOWN, STORY)
    pieces = [piece.strip() for _, words in said for piece in words.removeprefix("[ตำแหน่ง]").split("…")]
    expect_none([piece for piece in pieces if piece not in story])


def test_what_is_not_there_would_be_found() -> None:
    assert missing("`bot/app.py`, `bot/nothing.py` and\n```\nhandlers/line/ tests/none/\n```") == [
        "bot/nothing.py",
        "tests/none/",
    ]
    assert dead_links(README, "[a](LICENSE) [b](docs/none.md) [c](#no-heading) [d](https://example.org)") == [
        "docs/none.md",
        "#no-heading",
    ]
    assert groups("bot/cli/   one\n  line/   two\n\nbot/a.py  x   bot/b.py  y") == [{"bot.cli"}, {"bot.a", "bot.b"}]
