"""What the draft card asks about a place: ตรงนี้ใช่ไหม of a named one, and on whose ground it is. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.replies import Button, Line
from bot.wording import Wording


@dataclass(frozen=True, slots=True)
class Spot:
    """A named place as the reader knows it."""

    code: str
    name: str
    accuracy_m: int
    map_url: str


@dataclass(frozen=True, slots=True)
class GroundWords:
    """The question on whose ground it is; each answer as (label, what it says)."""

    question: str
    answers: tuple[tuple[str, str], ...]


def lines(w: Wording, here: Sequence[Spot], named: Spot | None) -> list[Line]:
    """ตรงนี้ใช่ไหม: what the words may name, or what the resident said yes to; how far off it may be."""
    if named is not None:
        return [Line(w("card.on_the_map"), w("place.about", name=named.name, metres=named.accuracy_m))]
    if len(here) == 1:
        return [Line(w("card.here"), w("place.about", name=here[0].name, metres=here[0].accuracy_m))]
    return [Line(w("card.here"), w("place.which"))] if here else []


def buttons(
    w: Wording, about: dict[str, int | str], here: Sequence[Spot], named: Spot | None, *, action: str = "draft.here"
) -> tuple[tuple[Button, ...], tuple[Button, ...]]:
    """ใช่ ตรงนี้, or each of the places by its name; and a look at the map where there is one place.

    `about` is the draft or ticket whose place it would be.
    """
    one = named or (here[0] if len(here) == 1 else None)
    look = (Button(w("label.see_map"), kind="uri", url=one.map_url, style="link"),) if one is not None else ()
    if named is not None:
        return (), look
    labels = [w("label.here")] if len(here) == 1 else [spot.name for spot in here]
    yes = tuple(
        Button(label, action, {**about, "place": spot.code}) for label, spot in zip(labels, here, strict=True)
    )
    return yes, look


def ground_buttons(ground: GroundWords | None, token: dict[str, int | str]) -> tuple[Button, ...]:
    """The answers to the question about the ground. None has to be given: ส่งเรื่อง beside them lets the map decide."""
    if ground is None:
        return ()
    return tuple(Button(label, "draft.ground", {**token, "side": says}) for label, says in ground.answers)
