"""Stories: who does and sees what, one line each, played against a simulator.

FORMAT is the whole description of the format; `flask harness script --help` prints it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

FORMAT = """\
One line is one step; empty lines and lines beginning with # are left out.

\b
  = A heading, printed
  - A word of the narrator, printed
  person นก [language=en] [pc]     introduces somebody; names have no spaces
  นก adds the account              becomes a friend
  นก blocks the bot                and: unblocks the bot
  นก says น้ำประปาสีแดง ซอย 46        \\n is a line break
  นก sends photo water             a sample (water, garbage, traffic, repaired,
                                   any word), another each time but for water:2,
                                   or a file such as pipe.jpg
  นก sends photo water with gps    carries the place of the camera in it
  นก sends place 13.98 100.61 ตลาดรังสิต      the address may be missing
  นก sends voice                   and: video, sticker, file
  นก presses ส่งเรื่อง                a quick reply, a card's button, a menu area
  นก presses รับเรื่อง on card {ticket}       on the card with these words
  นก presses เลือกวัน giving 2026-12-01       what a date picker gives
  นก sees รอรับเรื่อง + กปภ.         waits for a message with all these words
  นก sees รอรับเรื่อง within 30       at most so many seconds (10 otherwise)
  นก never sees ผิดพลาด
  นก keeps ticket from RS-\\d{4}-\\d{5,}        out of what was seen last;
                                   {ticket} stands for it from then on
  นก unsends                       takes the last own message back
  wait 2                           seconds
  line is down                     and: line is back
  line redelivers 2                every event so far, twice, shuffled
  clock +3600                      moves the platform's clock
  quota empty                      the month's pushes are used up; quota back
"""
VERBS = (
    "adds the account",
    "blocks the bot",
    "unblocks the bot",
    "says",
    "sends photo",
    "sends place",
    "sends voice",
    "sends video",
    "sends sticker",
    "sends file",
    "presses",
    "never sees",
    "sees",
    "keeps",
    "unsends",
)
BARE_VERBS = ("wait", "line is down", "line is back", "line redelivers", "clock", "quota")
HEADING, NARRATION, PERSON = "=", "-", "person"
_ALONE = ("adds the account", "blocks the bot", "unblocks the bot", "unsends", "line is down", "line is back")
_NEEDS_REST = ("says", "sends place", "presses", "never sees", "sees", "keeps", "wait", "clock", "quota")


class StoryBroken(ValueError):
    """A story cannot be read; says where and why."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")


@dataclass(frozen=True)
class Step:
    """One line of a story: who does what; `who` is empty where it is nobody."""

    line: int
    who: str
    verb: str
    rest: str = ""

    def filled(self, kept: Mapping[str, str]) -> "Step":
        """The step with what was kept in place of the {names}.

        Raises:
            StoryBroken: nothing is kept under such a name.
        """

        def value(match: re.Match[str]) -> str:
            if match[1] not in kept:
                raise StoryBroken(self.line, f"nothing is kept as {{{match[1]}}}")
            return kept[match[1]]

        if self.verb == "keeps":  # its braces belong to the pattern
            return self
        return Step(self.line, self.who, self.verb, re.sub(r"\{([A-Za-z_]\w*)\}", value, self.rest))

    def __str__(self) -> str:
        """As it is written."""
        return " ".join(part for part in (self.who, self.verb, self.rest) if part)


def parse(text: str) -> list[Step]:
    """The steps of a story.

    Raises:
        StoryBroken: with the number of the first line that is no step.
    """
    steps: list[Step] = []
    people: set[str] = set()
    for number, raw in enumerate(text.splitlines(), 1):
        written = raw.strip()
        if not written or written.startswith("#"):
            continue
        step = _step(number, written, people)
        if step.verb == PERSON:
            people.add(step.who)
        steps.append(step)
    return steps


def options(rest: str, *names: str) -> tuple[str, dict[str, str]]:
    """Split the words from what follows ` on card `, ` giving ` or ` within `, in any order."""
    found: dict[str, str] = {}
    pattern = "|".join(re.escape(name) for name in names)
    parts = re.split(rf"\s+({pattern})\s+", rest)
    for name, value in zip(parts[1::2], parts[2::2], strict=True):
        found[name] = value.strip()
    return parts[0].strip(), found


def _step(number: int, written: str, people: Iterable[str]) -> Step:
    if written[0] in (HEADING, NARRATION):
        return Step(number, "", written[0], written[1:].strip())
    if (verb := _verb(written, BARE_VERBS)) is not None:
        return _checked(Step(number, "", verb, written[len(verb) :].strip()))
    who, _, doing = written.partition(" ")
    doing = doing.strip()
    if who == PERSON:
        name, _, more = doing.partition(" ")
        if not name or not re.fullmatch(r"(language=[a-z-]+|pc|\s)*", more):
            raise StoryBroken(number, "write: person NAME [language=en] [pc]")
        return Step(number, name, PERSON, more.strip())
    if who not in people:
        raise StoryBroken(number, f"nobody introduced {who!r}; write first: person {who}")
    verb = _verb(doing, VERBS)
    if verb is None:
        raise StoryBroken(number, f"{doing!r} is nothing a person does; there are: {', '.join(VERBS)}")
    return _checked(Step(number, who, verb, doing[len(verb) :].strip()))


def _verb(doing: str, verbs: Iterable[str]) -> str | None:
    return next((verb for verb in verbs if doing == verb or doing.startswith(f"{verb} ")), None)


def _checked(step: Step) -> Step:
    """The step, once what it needs is there."""
    if step.verb in _ALONE and step.rest:
        raise StoryBroken(step.line, f"nothing follows {step.verb!r}")
    if step.verb in _NEEDS_REST and not step.rest:
        raise StoryBroken(step.line, f"{step.verb!r} needs more words")
    if step.verb == "sends place" and not re.match(r"-?\d+(\.\d+)?\s+-?\d+(\.\d+)?(\s|$)", step.rest):
        raise StoryBroken(step.line, "write: sends place LATITUDE LONGITUDE [ADDRESS]")
    if step.verb == "keeps":
        _check_keeping(step)
    if step.verb in ("wait", "clock") and not re.fullmatch(r"[+-]?\d+(\.\d+)?", step.rest):
        raise StoryBroken(step.line, f"{step.verb!r} needs a number of seconds")
    if step.verb == "quota" and step.rest not in ("empty", "back"):
        raise StoryBroken(step.line, "write: quota empty, or: quota back")
    if step.verb == "line redelivers" and step.rest and not step.rest.isdecimal():
        raise StoryBroken(step.line, "write: line redelivers [TIMES]")
    return step


def _check_keeping(step: Step) -> None:
    name, found = options(step.rest, "from")
    if not re.fullmatch(r"[A-Za-z_]\w*", name) or "from" not in found:
        raise StoryBroken(step.line, "write: keeps NAME from PATTERN")
    try:
        re.compile(found["from"])
    except re.error as problem:
        raise StoryBroken(step.line, f"the pattern is wrong: {problem}") from problem
