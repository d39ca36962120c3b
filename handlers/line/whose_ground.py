"""On whose ground is it? Beside a border, or in an estate nobody knows about, the draft card asks; the answer decides.

Without an answer the map decides: inside the outline is the town's, and an estate's lane is the town's matter.
"""

from __future__ import annotations

from dataclasses import replace

from bot.drafts import Draft, Place
from bot.place_asking import GroundWords
from bot.places import areas, ground
from handlers.line.talk import Talk

#: Answers to the two questions; an owner's code is the third.
INSIDE, OUTSIDE, TOWNS = "inside", "outside", "ours"


def question(talk: Talk, draft: Draft) -> GroundWords | None:
    """What the draft card asks about the ground, if its answer would decide something."""
    place = draft.place
    if place is None or place.latitude is None or place.longitude is None or place.ground:
        return None
    if place.accuracy_m is not None and place.accuracy_m > ground.BORDER_M:
        return None  # a rough point says nothing about a border or a lane
    return _border(talk, place.latitude, place.longitude) or _estate(talk, draft, place)


def _border(talk: Talk, lat: float, lon: float) -> GroundWords | None:
    outline = talk.town.outline
    if outline is None or areas.metres_to_border(outline, lat, lon) > ground.BORDER_M:
        return None
    here = ground.ground_of(talk.session).at(lat, lon)
    others = here.others(talk.town.code, beyond_the_border=True)
    if others:
        neighbour = talk.w.either(others[0].name_th, others[0].name_en)
    else:
        neighbour = areas.beyond(outline, talk.town.settings, lat, lon)[talk.w.language]
    w = talk.w
    return GroundWords(
        w("ground.border", neighbour=neighbour),
        ((w("label.ground_inside"), INSIDE), (w("label.ground_outside"), OUTSIDE)),
    )


def _estate(talk: Talk, draft: Draft, place: Place) -> GroundWords | None:
    piece = ground.ground_of(talk.session).at(place.latitude or 0, place.longitude or 0)
    owner = piece.owner_for(draft.category or "", talk.town.code)
    if owner is None or not owner.asks or place.is_outside:
        return None
    w = talk.w
    return GroundWords(
        w("ground.estate", name=w.either(owner.name_th, owner.name_en)),
        ((w("label.ground_estate"), owner.owner), (w("label.ground_town"), TOWNS)),
    )


def answered(talk: Talk, draft: Draft, said: str) -> Draft:
    """The draft with its reporter's answer; an answer to nothing that was asked changes nothing."""
    place, asked = draft.place, question(talk, draft)
    if place is None or asked is None or said not in {says for _, says in asked.answers}:
        return draft
    place = replace(place, ground=said)
    if said in (INSIDE, OUTSIDE):
        place = replace(place, is_outside=said == OUTSIDE)
    return draft.with_place(place)
