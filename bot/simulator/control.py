"""The control API: everything a person, a test or a terminal can ask of a running simulator.

`POST /_simulator/<verb>` with a JSON object of arguments; the answer is JSON.
The same verbs serve tests in this process (`Control.call`), so there is one
meaning for both. Files travel as base64.
"""

import base64
import json
from collections.abc import Callable
from typing import Any

from bot.simulator import acts, control_people, deliveries
from bot.simulator.acts import CannotDo
from bot.simulator.channel import PLAN_QUOTA, Channel
from bot.simulator.faults import EVERYTHING, Fault
from bot.simulator.platform import Platform
from bot.simulator.refusals import Json
from bot.simulator.routing import KINDS

CONTROL_PATH = "/_simulator/"


class Control:
    """The verbs, by name, over one platform."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self.verbs: dict[str, Callable[..., Any]] = {
            "line/clock": self._clock,
            "line/fails": self._fails,
            "line/recovers": self._recovers,
            "line/faults": platform.faults.all,
            "line/channels": lambda: [channel.name for channel in platform.channels()],
            "line/refusals": platform.refusals.all,
            "line/forgets": self._forgets,
            "line/calls": self._calls,
            "line/deliveries": self._deliveries,
            "line/maps": self._maps,
            "line/exchange": self._exchange,
            "channel/map": self._map,
            "channel/open": self._open,
            "channel/settings": self._settings,
            "channel/state": self._state,
            "channel/gathers": self._gathers,
            "channel/delivers": self._delivers,
            "channel/posts": self._posts,
            "channel/redelivers": self._redelivers,
            "channel/event": self._event,
            **control_people.verbs(platform, self._channel),
        }

    def call(self, verb: str, **arguments: Any) -> Any:
        """Do it and give what it tells, as JSON values.

        Raises:
            CannotDo: it is impossible just now, or there is no such thing.
        """
        if verb not in self.verbs:
            raise CannotDo(f"there is no {verb!r}; there are {', '.join(sorted(self.verbs))}")
        try:
            return self.verbs[verb](**arguments)
        finally:
            self._platform.traffic.touch()

    def answer(self, path: str, body: bytes) -> tuple[int, Any]:
        """The same over HTTP: 200 with the answer, or 400 with the reason."""
        try:
            arguments = json.loads(body or b"{}")
            return 200, self.call(path.removeprefix(CONTROL_PATH), **arguments)
        except (CannotDo, TypeError, ValueError, KeyError) as problem:
            return 400, {"error": str(problem)}

    def _channel(self, name: str) -> Channel:
        channel = self._platform.channel(name)
        if channel is None:
            raise CannotDo(f"there is no channel {name!r}")
        return channel

    def _clock(self, offset_seconds: float | None = None, advance_seconds: float = 0.0) -> Json:
        clock = self._platform.clock
        if offset_seconds is not None:
            clock.offset_seconds = offset_seconds
        clock.offset_seconds += advance_seconds
        return {"now": clock.now(), "offset_seconds": clock.offset_seconds}

    def _fails(self, kind: str = EVERYTHING, what: str = "500", **more: Any) -> Json:
        if kind != EVERYTHING and kind not in KINDS:
            raise CannotDo(f"there is no endpoint {kind!r}; there are {', '.join(sorted(KINDS))}")
        self._platform.faults.add(Fault(kind, what, **more))
        return {}

    def _recovers(self, kind: str | None = None) -> Json:
        self._platform.faults.clear(kind)
        return {}

    def _forgets(self) -> Json:
        self._platform.refusals.clear()
        self._platform.calls.clear()
        self._platform.deliveries.log.clear()
        self._platform.traffic.clear()
        return {}

    def _exchange(self, n: int) -> Json:
        """One webhook or call with both its bodies."""
        found = self._platform.traffic.find(n)
        if found is None:
            raise CannotDo(f"exchange {n} is not kept any more")
        return found.whole()

    def _map(self, channel: str, geojson: Json | None = None) -> Json:
        """Give the channel a map to pick places on (a GeoJSON FeatureCollection), or read it."""
        found = self._channel(channel)
        if geojson is not None:
            if not isinstance(geojson.get("features"), list):
                raise CannotDo("the map must be a GeoJSON FeatureCollection")
            found.map = geojson
        return found.map

    def _calls(self, kind: str | None = None) -> list[Json]:
        return [call.as_json() for call in list(self._platform.calls) if kind in (None, call.kind)]

    def _deliveries(self) -> list[Json]:
        return [delivery.as_json() for delivery in list(self._platform.deliveries.log)]

    def _maps(self, address: str, to: str) -> Json:
        self._platform.addresses[address.rstrip("/")] = to.rstrip("/")
        return {}

    def _open(
        self, channel: str, secret: str, token: str, webhook: str = "", plan: str = "free", **settings: Any
    ) -> Json:
        if plan not in PLAN_QUOTA:
            raise CannotDo(f"there is no plan {plan!r}; there are {', '.join(PLAN_QUOTA)}")
        made = Channel(channel, secret, token, webhook, self._platform.clock, plan)
        self._platform.add_channel(made)
        return self._settings(channel, **settings)

    def _settings(self, channel: str, **settings: Any) -> Json:
        found = self._channel(channel)
        allowed = ("webhook", "webhook_is_active", "quota", "redelivers_failures", "doubled_share", "secret", "title")
        for name, value in settings.items():
            if name not in allowed:
                raise CannotDo(f"there is no setting {name!r}; there are {', '.join(allowed)}")
            setattr(found, name, value)
        return self._state(channel)

    def _state(self, channel: str) -> Json:
        found = self._channel(channel)
        return {
            "channel": found.name,
            "bot_id": found.bot_id,
            "webhook": found.webhook,
            "quota": found.quota,
            "plan_quota": PLAN_QUOTA[found.plan],
            "used": found.used(),
            "people": [account.name for account in list(found.accounts.values())],
            "groups": [group.name for group in list(found.groups.values())],
            "menus": [{"id": menu.id, "name": menu.definition["name"]} for menu in list(found.menus.values())],
            "aliases": dict(found.aliases),
            "default_menu": found.default_menu_id,
            "tokens": {"unused": sum(not token.is_used for token in list(found.tokens.values()))},
        }

    def _gathers(self, channel: str) -> Json:
        found = self._channel(channel)
        with found.lock:
            found.gathering = []
        return {}

    def _delivers(self, channel: str, in_order: bool = True) -> Json | list[Json] | None:
        """End gathering: everything in one body, or (not in order) each alone, the newest first."""
        found = self._channel(channel)
        with found.lock:
            events, found.gathering = found.gathering, None
        if not in_order:
            return [one.as_json() for one in acts.deliver_one_by_one(self._platform, found, events or [])]
        return self._platform.deliveries.send(found, events).as_json() if events else None

    def _posts(self, channel: str, body: str, signature: str | None = "right", signing: str | None = None) -> Json:
        """Send these bytes (base64) to the webhook.

        The signature "right" signs them, or the bytes `signing` in their place;
        None leaves the header out.
        """
        found = self._channel(channel)
        raw = base64.b64decode(body)
        meant = base64.b64decode(signing) if signing is not None else raw
        signed = deliveries.signature(found.secret, meant) if signature == "right" else signature
        status, reason, seconds = deliveries.post_raw(found.webhook, raw, signed)
        return {"status": status, "reason": reason, "seconds": seconds}

    def _redelivers(
        self,
        channel: str | None = None,
        event_id: str | None = None,
        times: int = 1,
        shuffled: bool = False,
        seed: int = 0,
        at_once: int = 8,
    ) -> list[Json]:
        channels = [self._channel(channel)] if channel else self._platform.channels()
        return [
            delivery.as_json()
            for one in channels
            for delivery in acts.redeliver(self._platform, one, event_id, times, shuffled, seed, at_once)
        ]

    def _event(self, channel: str, event: Json, person: str | None = None) -> Json:
        """Send one event of any kind; what an event must have and this one has not is filled in."""
        found = self._channel(channel)
        delivery = acts.send_event(self._platform, found, event, found.account(person) if person else None)
        return {"delivery": delivery.as_json() if delivery is not None else None}
