"""The simulator as its users hold it: started here, or running elsewhere."""

import json
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import requests

from bot.simulator.acts import CannotDo
from bot.simulator.control import CONTROL_PATH, Control
from bot.simulator.faults import EVERYTHING
from bot.simulator.people import Call
from bot.simulator.platform import Platform
from bot.simulator.refusals import Json
from bot.simulator.repertoire import Repertoire
from bot.simulator.server import Listener
from bot.simulator.town import Town

_LONGEST_ANSWER_SECONDS = 600


class Line:
    """LINE as a whole, through its control verbs."""

    def __init__(self, call: Call) -> None:
        self.call = call

    def channel(
        self, name: str, *, secret: str, token: str, webhook: str = "", plan: str = "free", **settings: Any
    ) -> Town:
        """Open an official account: plan is free (300 a month), basic, pro or unlimited; settings as in `Town.set`."""
        arguments = {"secret": secret, "token": token, "webhook": webhook, "plan": plan}
        self.call("channel/open", channel=name, **arguments, **settings)
        return Town(self.call, name)

    def town(self, name: str) -> Town:
        """An account that is open already. Raises CannotDo when there is none."""
        self.call("channel/state", channel=name)
        return Town(self.call, name)

    def towns(self) -> list[str]:
        """The names of all open accounts."""
        return list(self.call("line/channels"))

    def refusals(self, contains: str = "") -> list[Json]:
        """What the platform refused: channel, endpoint, status, message, details."""
        return [one for one in self.call("line/refusals") if contains in json.dumps(one, ensure_ascii=False)]

    def calls(self, kind: str | None = None) -> list[Json]:
        """The calls bots made, of one kind ("reply", "push", "content" …) or all."""
        return list(self.call("line/calls", kind=kind))

    def deliveries(self) -> list[Json]:
        """The webhook requests sent: event_ids, status, reason, seconds, is_redelivery."""
        return list(self.call("line/deliveries"))

    def forgets(self) -> None:
        """Empty the logs of refusals, calls and deliveries."""
        self.call("line/forgets")

    def fails(
        self,
        kind: str = EVERYTHING,
        what: str = "500",
        times: int | None = 1,
        share: float = 1.0,
        seconds: float = 5.0,
        channel: str | None = None,
    ) -> None:
        """Let calls of one kind go wrong: so many times, or (None) until `recovers`; what: see `faults.py`."""
        arguments = {"times": times, "share": share, "seconds": seconds, "channel": channel}
        self.call("line/fails", kind=kind, what=what, **arguments)

    def recovers(self, kind: str | None = None) -> None:
        """End the faults of one kind, or all."""
        self.call("line/recovers", kind=kind)

    def is_down(self, what: str = "500") -> None:
        """Every call fails until `is_back`."""
        self.fails(EVERYTHING, what, times=None)

    def is_back(self) -> None:
        """Everything works again."""
        self.recovers()

    def redelivers(
        self, event_id: str | None = None, *, times: int = 1, shuffled: bool = False, seed: int = 0
    ) -> list[Json]:
        """Deliver one past event again, or every one of every account. Gives the deliveries."""
        arguments = {"event_id": event_id, "times": times, "shuffled": shuffled, "seed": seed}
        return list(self.call("channel/redelivers", **arguments))

    def clock(self, *, advance_seconds: float = 0.0, offset_seconds: float | None = None) -> Json:
        """Move the platform's clock on, or set its offset. Gives now and offset_seconds."""
        arguments = {"advance_seconds": advance_seconds, "offset_seconds": offset_seconds}
        return dict(self.call("line/clock", **arguments))

    def maps(self, address: str, to: str) -> None:
        """Say where on this machine a public https address is served, for pictures."""
        self.call("line/maps", address=address, to=to)


class Simulator(Line):
    """A simulator in this process, listening on two addresses of its own."""

    def __init__(self, api: tuple[str, int] = ("127.0.0.1", 0), data: tuple[str, int] = ("127.0.0.1", 0)) -> None:
        self.platform = Platform()
        self._control = Control(self.platform)
        super().__init__(self._control.call)
        self.stories = Repertoire(self, self.platform)
        self._control.verbs.update(self.stories.verbs())
        self._listeners: list[Listener] = []
        try:
            for kind, address in (("api", api), ("data", data)):
                self._listeners.append(Listener(address, kind, self.platform, self._control))
        except OSError:
            self.platform.close()
            for listener in self._listeners:
                listener.server_close()
            raise
        self.api_url, self.data_url = (listener.url for listener in self._listeners)

    @classmethod
    def start(cls, api: tuple[str, int] = ("127.0.0.1", 0), data: tuple[str, int] = ("127.0.0.1", 0)) -> Self:
        """Begin to listen; port 0 takes a free one. Stop it with `stop` or a with statement."""
        line = cls(api, data)
        for listener in line._listeners:
            listener.start()
        return line

    def stop(self) -> None:
        """Let everybody go and stop listening."""
        self.stories.close()
        self.platform.close()
        for listener in self._listeners:
            listener.stop()

    def keeps_clock_in(self, file: Path) -> None:
        """Write the clock's offset into this file, where a bot can read it (CLOCK_FILE)."""
        self.platform.clock.keep_in(file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class RemoteLine(Line):
    """A simulator that runs elsewhere, driven through its control API."""

    def __init__(self, api_url: str) -> None:
        self.api_url = api_url.rstrip("/")
        super().__init__(self._post)

    def is_there(self) -> bool:
        """Whether a simulator answers at this address."""
        try:
            self.call("line/clock")
        except (requests.RequestException, CannotDo):
            return False
        return True

    def _post(self, verb: str, **arguments: Any) -> Any:
        address = f"{self.api_url}{CONTROL_PATH}{verb}"
        with requests.post(address, json=arguments, timeout=_LONGEST_ANSWER_SECONDS) as response:
            try:
                told = response.json()
            except ValueError as problem:
                raise CannotDo(f"no simulator answers at {self.api_url}") from problem
        if response.status_code != 200:
            raise CannotDo(told.get("error", f"status {response.status_code}"))
        return told
