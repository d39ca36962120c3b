"""What the draft card asks about a place: ตรงนี้ใช่ไหม of a named one, and on whose ground it is. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.replies import Button, Choices, Line
from bot.wording import Wording


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to be proposed, as the reader knows it: a named one, or that of the reader's own last report."""

    code: str
    name: str
    accuracy_m: int | None
    map_url: str  # "" where it has no point


@dataclass(frozen=True, slots=True)
class GroundWords:
    """The question on whose ground it is; each answer as (label, what it says)."""

    question: str
    answers: tuple[tuple[str, str], ...]


def lines(w: Wording, here: Sequence[Spot], named: Spot | None) -> list[Line]:
    """ตรงนี้ใช่ไหม: what the words may name, or what the resident said yes to; how far off it may be."""
    if named is not None:
        return [Line(w("card.on_the_map"), _about(w, named))]
    if len(here) == 1:
        return [Line(w("card.here"), _about(w, here[0]))]
    return [Line(w("card.here"), w("place.which"))] if here else []


def _about(w: Wording, spot: Spot) -> str:
    """Its name, and how far off its point may be where that is known."""
    return w("place.about", name=spot.name, metres=spot.accuracy_m) if spot.accuracy_m else spot.name


def buttons(
    w: Wording, about: dict[str, int | str], here: Sequence[Spot], named: Spot | None, *, action: str = "draft.here"
) -> tuple[tuple[Button, ...], tuple[Button, ...]]:
    """ใช่ ตรงนี้, or each of the places by its name; and a look at the map where there is one place.

    `about` is the draft or ticket whose place it would be.
    """
    one = named or (here[0] if len(here) == 1 else None)
    look = (Button(w("label.see_map"), kind="uri", url=one.map_url, style="link"),) if one and one.map_url else ()
    if named is not None:
        return (), look
    labels = [w("label.here")] if len(here) == 1 else [spot.name for spot in here]
    yes = tuple(
        Button(label, action, {**about, "place": spot.code}) for label, spot in zip(labels, here, strict=True)
    )
    return yes, look


def same_place_question(w: Wording, about: dict[str, int | str], spot: Spot) -> Choices:
    """ที่เดิม: is it where the last report was? `about` is the draft. Any other place may be sent instead."""
    yes, look = buttons(w, about, (spot,), None)
    picker = Button(w("label.send_place"), kind="location")
    unknown = Button(w("label.place_unknown"), "draft.place_unknown", about)
    asked = w("place.ask_same", place=_about(w, spot))
    return Choices(asked, (*yes, picker, *look), quick=(*yes, picker, unknown))


def ground_buttons(ground: GroundWords | None, token: dict[str, int | str]) -> tuple[Button, ...]:
    """The answers to the question about the ground. None has to be given: ส่งเรื่อง beside them lets the map decide."""
    if ground is None:
        return ()
    return tuple(Button(label, "draft.ground", {**token, "side": says}) for label, says in ground.answers)
