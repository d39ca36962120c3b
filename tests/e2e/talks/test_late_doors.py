"""The bed itself on a busy machine: a door that is too slow for LINE hears the event a second time."""

from __future__ import annotations

from typing import Any

import pytest

from bot.simulator import deliveries
from tests.phones import PhonePerson
from tests.whole_way import WholeTown


def test_what_line_brings_again_is_waited_for(
    town: WholeTown, nok: PhonePerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    really, calls = deliveries.post_raw, iter(range(100))

    def too_slow_once(*args: Any) -> tuple[int, str, float]:
        return (0, deliveries.TIMED_OUT, 2.0) if next(calls) == 0 else really(*args)

    monkeypatch.setattr(deliveries, "post_raw", too_slow_once)
    nok.sends("น้ำแดงอีกแล้ว")
    nok.sees("อยู่ที่ไหน")
