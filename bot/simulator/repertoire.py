"""Stories that can be chosen and played while people look on, step by step or at a pace."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.simulator.acts import CannotDo
from bot.simulator.platform import Platform
from bot.simulator.playing import Player, StoryFailed
from bot.simulator.refusals import Json
from bot.simulator.story import Step, StoryBroken, parse

if TYPE_CHECKING:
    from bot.simulator.simulator import Line

Supply = Callable[[], str]
"""Makes a value of a story's {name} anew for each performance, such as an invitation that works once."""
_PATIENCE_SECONDS = 20.0


@dataclass
class Offer:
    """A story that can be played: its steps, and what its {names} stand for."""

    name: str
    title: str
    steps: list[Step]
    kept: dict[str, str] = field(default_factory=dict)
    supplies: Mapping[str, Supply] = field(default_factory=dict)


class _Stopped(Exception):
    """Somebody stopped the story."""


class Repertoire:
    """The stories on offer, and the one that is being played. One at a time."""

    def __init__(self, line: "Line", platform: Platform) -> None:
        self._line = line
        self._platform = platform
        self._offers: dict[str, Offer] = {}
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._may_do = 0
        self._pace = 1.0
        self._runs = False
        self._stops = False
        self._state: Json = {"state": "none"}

    def offer(
        self,
        name: str,
        title: str,
        text: str,
        kept: dict[str, str] | None = None,
        supplies: Mapping[str, Supply] | None = None,
    ) -> None:
        """Add a story. Raises StoryBroken when it cannot be read."""
        self._offers[name] = Offer(name, title, parse(text), dict(kept or {}), dict(supplies or {}))
        self._tell()

    def verbs(self) -> dict[str, Callable[..., Any]]:
        """Its part of the control API."""
        return {
            "story/offers": lambda: [{"name": one.name, "title": one.title} for one in self._offers.values()],
            "story/offer": self._offer,
            "story/play": self._play,
            "story/step": self._step,
            "story/runs": self._run,
            "story/stop": self._stop,
            "story/state": lambda: dict(self._state),
        }

    def close(self) -> None:
        """Stop what is played and wait for its end."""
        self._stop()
        if self._thread is not None:
            self._thread.join(_PATIENCE_SECONDS)

    def _offer(self, name: str, title: str, text: str, kept: dict[str, str] | None = None) -> Json:
        try:
            self.offer(name, title, text, kept)
        except StoryBroken as problem:
            raise CannotDo(str(problem)) from problem
        return {}

    def _play(self, channel: str, name: str, runs: bool = True, pace: float = 1.0) -> Json:
        """Begin a story, running at a pace in seconds, or waiting for each `story/step`."""
        offer = self._offers.get(name)
        if offer is None:
            raise CannotDo(f"there is no story {name!r}")
        town = self._line.town(channel)
        with self._changed:
            if self._thread is not None and self._thread.is_alive():
                raise CannotDo("a story is being played already")
            self._runs, self._pace, self._may_do, self._stops = runs, pace, 0, False
            self._state = {
                "state": "playing",
                "name": name,
                "title": offer.title,
                "channel": channel,
                "steps": [{"line": step.line, "text": str(step), "verb": step.verb} for step in offer.steps],
                "at": -1,
                "runs": runs,
            }
            self._thread = threading.Thread(target=self._perform, args=(offer, town), name="story", daemon=True)
            self._thread.start()
        self._tell()
        return dict(self._state)

    def _step(self) -> Json:
        """Do one more step."""
        with self._changed:
            self._runs = False
            self._may_do += 1
            self._changed.notify_all()
        self._tell(runs=False)
        return {}

    def _run(self, runs: bool = True, pace: float = 1.0) -> Json:
        """Go on by itself at this pace (seconds a step), or stand still."""
        with self._changed:
            self._runs, self._pace, self._may_do = runs, pace, 0
            self._changed.notify_all()
        self._tell(runs=runs)
        return {}

    def _stop(self) -> Json:
        """End it here."""
        with self._changed:
            self._stops = True
            self._changed.notify_all()
        return {}

    def _perform(self, offer: Offer, town: Any) -> None:
        ending: Json
        try:
            kept = {**offer.kept, **{name: make() for name, make in offer.supplies.items()}}
            places = {step.line: index for index, step in enumerate(offer.steps)}
            player = Player(
                self._line, town, kept, on_step=lambda step: self._await_turn(places[step.line]), patience=20.0
            )
            player.play(offer.steps)
            ending = {"state": "ended", "at": len(offer.steps)}
        except _Stopped:
            ending = {"state": "stopped"}
        except StoryFailed as problem:
            ending = {"state": "failed", "reason": str(problem)}
        except (RuntimeError, OSError) as problem:  # a supply that could not be made
            ending = {"state": "failed", "reason": str(problem)}
        self._tell(**ending)

    def _await_turn(self, index: int) -> None:
        """Wait until this step may be done."""
        with self._changed:
            self._tell(at=index)
            if self._runs and index and not self._stops:
                self._changed.wait_for(lambda: self._stops or not self._runs, self._pace)
            if not self._runs:
                self._changed.wait_for(lambda: self._stops or self._runs or self._may_do > 0)
                self._may_do = max(0, self._may_do - 1)
            if self._stops:
                raise _Stopped

    def _tell(self, **more: Any) -> None:
        self._state = {**self._state, **more}
        offers = [{"name": one.name, "title": one.title} for one in self._offers.values()]
        self._platform.notices["story"] = {**self._state, "offers": offers}
        self._platform.traffic.touch()
