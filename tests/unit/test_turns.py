"""Expensive addresses work on two requests at a time: the third is told to come again, and the door opens again."""

from __future__ import annotations

import pytest
from werkzeug.exceptions import HTTPException

from handlers.turns import RETRY_AFTER_SECONDS, Turns


def test_a_turn_is_free_again_after_a_failure() -> None:
    turns = Turns(1)
    with pytest.raises(LookupError), turns.one():
        raise LookupError
    with turns.one(), pytest.raises(HTTPException) as refused, turns.one():
        pass
    answer = refused.value.get_response()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, str(RETRY_AFTER_SECONDS))
    with turns.one():
        pass
