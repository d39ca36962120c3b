"""How an effect can end, and what each end writes down in the settling transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session


def _nothing(_session: Session) -> Ending | None:
    """There is nothing to write down."""


@dataclass(frozen=True, slots=True)
class Ending:
    """It was done. `write` is called in the settling transaction and may name another end instead.

    `is_overtaken`: the wish changed meanwhile, so it is performed once more.
    """

    problem: str = ""
    write: Callable[[Session], Ending | None] = _nothing
    is_overtaken: bool = False

    def settle(self, session: Session) -> Ending:
        """Write down what follows; gives the end that holds."""
        return self.write(session) or self

    def given_up(self, session: Session) -> Ending:
        """The end when no further attempt is made."""
        return self


@dataclass(frozen=True, slots=True)
class Gone(Ending):
    """What it wanted exists no longer."""


@dataclass(frozen=True, slots=True)
class Refused(Ending):
    """It cannot be done, however often it is tried."""


@dataclass(frozen=True, slots=True)
class NotYet(Ending):
    """It was not possible now; `instead` is the end after the last attempt.

    `is_ours`: what is wrong is our access to LINE, which a person has to mend; it is tried for as long as that takes.
    """

    instead: Ending = Refused("given up")
    is_ours: bool = False

    def given_up(self, session: Session) -> Ending:
        return self.instead.settle(session)


#: Performs an effect outside of any transaction; may raise a DeliveryProblem, which means: not yet.
Act = Callable[[], Ending]
