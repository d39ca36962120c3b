"""Playing a story: each step is done by the person it names, and everything said is told as it happens."""

import re
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from bot.simulator.acts import CannotDo
from bot.simulator.people import PATIENCE_SECONDS, NotSeen, Person, Said
from bot.simulator.pictures import jpeg, with_gps
from bot.simulator.story import HEADING, NARRATION, PERSON, Step, StoryBroken, options
from bot.simulator.town import Town

if TYPE_CHECKING:
    from bot.simulator.simulator import Line

OnStep = Callable[[Step], None]
OnSaid = Callable[[Person, Said], None]


class StoryFailed(Exception):
    """A step did not come true; says which and why."""

    def __init__(self, step: Step, reason: str) -> None:
        self.step = step
        self.reason = reason
        super().__init__(f"line {step.line}: {step}\n{reason}")


class Player:
    """Plays steps in one town.

    `kept` are the values of the {names} (an invitation code, say), and what the
    story keeps is added to it. `on_step` hears of each step before it is done,
    `on_said` of every message of everybody's chat, once, in order of time. `pace`
    is the seconds between steps; `folder` is where photo files are looked for.
    With `trusts_redelivery` a message that the bot did not take is no failure: LINE
    delivers it again.
    """

    def __init__(
        self,
        line: "Line",
        town: Town,
        kept: dict[str, str] | None = None,
        *,
        on_step: OnStep = lambda step: None,
        on_said: OnSaid = lambda person, said: None,
        pace: float = 0.0,
        patience: float = PATIENCE_SECONDS,
        folder: Path | None = None,
        pause: Callable[[float], None] = time.sleep,
        trusts_redelivery: bool = False,
    ) -> None:
        self._line = line
        self._town = town
        self.kept = kept if kept is not None else {}
        self._on_step = on_step
        self._on_said = on_said
        self._pace = pace
        self._patience = patience
        self._folder = folder or Path()
        self._pause = pause
        self._trusts_redelivery = trusts_redelivery
        self.people: dict[str, Person] = {}
        self._told: dict[str, int] = {}
        self._own: dict[str, Said] = {}
        self._seen: dict[str, Said] = {}

    def play(self, steps: Iterable[Step]) -> None:
        """Do every step in order.

        Raises:
            StoryFailed: at the first that does not come true.
        """
        for step in steps:
            filled = self._filled(step)
            self._on_step(filled)
            try:
                self._do(filled)
            except (NotSeen, CannotDo, StoryBroken, OSError) as problem:
                self._tell()
                raise StoryFailed(filled, str(problem)) from problem
            self._tell()
            if self._pace and filled.verb != PERSON:
                self._pause(self._pace)

    def _filled(self, step: Step) -> Step:
        try:
            return step.filled(self.kept)
        except StoryBroken as problem:
            raise StoryFailed(step, str(problem)) from problem

    def _do(self, step: Step) -> None:
        if step.verb == PERSON:
            self._introduce(step)
        elif step.who:
            self._act(self.people[step.who], step)
        elif step.verb == "wait":
            self._pause(float(step.rest))
        elif step.verb == "line is down":
            self._line.is_down()
        elif step.verb == "line is back":
            self._line.is_back()
        elif step.verb == "line redelivers":
            self._town.redelivers(times=int(step.rest or 1), shuffled=True)
        elif step.verb == "clock":
            self._line.clock(advance_seconds=float(step.rest))
        elif step.verb == "quota":
            state = self._town.state
            self._town.set(quota=state["used"] if step.rest == "empty" else state["plan_quota"])
        else:
            assert step.verb in (HEADING, NARRATION)

    def _introduce(self, step: Step) -> None:
        language = re.search(r"language=([a-z-]+)", step.rest)
        on_pc = "pc" in step.rest.split()
        person = self._town.person(step.who, language=language[1] if language else "th", on_pc=on_pc)
        self.people[step.who] = person
        self._told[step.who] = person.mark()

    def _act(self, person: Person, step: Step) -> None:
        if step.verb == "adds the account":
            person.adds_the_account()
        elif step.verb == "blocks the bot":
            person.blocks_the_bot()
        elif step.verb == "unblocks the bot":
            person.unblocks_the_bot()
        elif step.verb == "presses":
            label, more = options(step.rest, "on card", "giving")
            person.presses(label, containing=more.get("on card"), value=more.get("giving"), within=self._patience)
        elif step.verb == "sees":
            words, more = options(step.rest, "within")
            within = float(more.get("within", self._patience))
            self._seen[step.who] = person.sees(*re.split(r"\s+\+\s+", words), within=within)
        elif step.verb == "never sees":
            person.never_sees(step.rest, within=0.5)
        elif step.verb == "keeps":
            self._keep(step)
        elif step.verb == "unsends":
            if step.who not in self._own:
                raise CannotDo(f"{step.who} has sent nothing yet")
            person.unsends(self._own[step.who])
        else:
            self._own[step.who] = self._send(person, step)

    def _send(self, person: Person, step: Step) -> Said:
        if step.verb == "says":
            said = person.sends(step.rest.replace("\\n", "\n"))
        elif step.verb == "sends photo":
            said = person.sends_photo(self._photo(step.rest or "photo"))
        elif step.verb == "sends place":
            lat, lon, *address = step.rest.split(maxsplit=2)
            said = person.sends_place(float(lat), float(lon), address=address[0] if address else None)
        elif step.verb == "sends voice":
            said = person.sends_voice()
        elif step.verb == "sends video":
            said = person.sends_video()
        elif step.verb == "sends sticker":
            said = person.sends_sticker()
        else:
            said = person.sends_file(name=step.rest or "เอกสาร.pdf")
        if not said.was_acknowledged and not self._trusts_redelivery:
            raise CannotDo(f"the bot did not take the message: {said['delivery']}")
        return said

    def _photo(self, named: str) -> bytes:
        subject = named.removesuffix(" with gps")
        if Path(subject).suffix.lower() in (".jpg", ".jpeg", ".png"):
            return (self._folder / subject).read_bytes()
        has_gps = subject != named
        if ":" not in subject:  # who sends a photo twice took another one
            subject = f"{subject}:{uuid4()}"
        return with_gps(subject) if has_gps else jpeg(subject)

    def _keep(self, step: Step) -> None:
        name, more = options(step.rest, "from")
        seen = self._seen.get(step.who)
        match = re.search(more["from"], seen.text) if seen is not None else None
        if match is None:
            raise CannotDo(f"what {step.who} saw last has nothing like {more['from']}")
        self.kept[name] = match[match.re.groups and 1]

    def _tell(self) -> None:
        """Pass on what was said since the last time, in everybody's chat."""
        news: list[tuple[Person, Said]] = []
        for name, person in self.people.items():
            said = person.since(self._told[name])
            if said:
                self._told[name] = said[-1].n + 1
            news += [(person, one) for one in said]
        for person, one in sorted(news, key=lambda pair: int(pair[1]["at"])):
            self._on_said(person, one)
