"""What is wrong with a profile: all of it at once, each with its file, its line and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to put right. `line` counts from 1."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


class ProfileRefused(ValueError):
    """This profile cannot be used; `problems` says everything that has to be put right."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UnknownProfile(LookupError):
    """There is no such profile; the message names those that exist."""


class Findings:
    """Collects problems while reading goes on, so that a town sees them all in one go."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def add(self, file: str, line: int, what: str) -> None:
        """Note one problem."""
        self._problems.append(Problem(file, line, what))

    def refuse_if_any(self) -> None:
        """Raise `ProfileRefused` when anything was found."""
        if self._problems:
            raise ProfileRefused(self._problems)
