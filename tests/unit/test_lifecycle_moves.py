"""The lifecycle, every pair of statuses and every actor, against the product's table written out by hand."""

from __future__ import annotations

from itertools import product

import pytest

from models.errors import MoveRefused, NotAllowed, PhotoMissing, ReasonMissing, RuleBroken
from models.lifecycle import (
    ENDED,
    MOVES,
    OPEN,
    PAIRS,
    REJECTION_REASONS,
    RESTORATIONS,
    Actor,
    Hears,
    Need,
    TicketStatus,
    check_move,
    may_move,
    moves_from,
)


def each(words: str) -> list[str]:
    return words.split()


#: status: reached from, by whom. Nothing here is computed from the code.
TABLE = {
    "new": ("", ""),
    "accepted": ("new waiting forwarded reopened", "officer"),
    "planned": ("accepted planned in_progress waiting forwarded reopened", "officer"),
    "in_progress": ("accepted planned waiting forwarded reopened", "officer"),
    "waiting": ("new accepted planned in_progress forwarded reopened", "officer"),
    "forwarded": ("new accepted planned in_progress waiting forwarded reopened", "officer"),
    "resolved": ("accepted planned in_progress waiting forwarded reopened", "officer"),
    "closed": ("resolved new accepted planned in_progress waiting forwarded reopened", "resident"),
    "reopened": ("resolved closed rejected", "resident"),
    "rejected": ("new accepted planned in_progress waiting forwarded reopened", "officer"),
    "cancelled": ("new accepted planned in_progress waiting forwarded reopened", "resident"),
    "merged": ("new accepted planned in_progress waiting forwarded reopened", "officer"),
}
#: Time ends only what waits for the resident's word; the system restores what was before a question or a merge.
OTHERS = {
    *(("resolved", "closed", "time"),),
    *(("waiting", to, "system") for to in each("new accepted planned in_progress forwarded reopened")),
    *(("merged", to, "system") for to in each("new accepted planned in_progress waiting forwarded reopened")),
}
LAWFUL = OTHERS | {
    (start, end, actor) for end, (starts, actors) in TABLE.items() for start in each(starts) for actor in each(actors)
}
NEEDS = {
    "planned": {"date"},
    "waiting": {"question"},
    "forwarded": {"owner", "way"},
    "resolved": {"words"},
    "rejected": {"reason"},
    "merged": {"other_ticket"},
}
HEARS = {
    "accepted": "next_reply",
    "planned": "push_may_wait",
    "in_progress": "next_reply",
    "waiting": "push_at_once",
    "forwarded": "push_may_wait",
    "resolved": "push_at_once",
    "closed": "next_reply",
    "reopened": "answer",
    "rejected": "push_at_once",
    "cancelled": "answer",
    "merged": "next_reply",
}
EVERYTHING = set(Need)
EVERY_MOVE = list(product(TicketStatus, TicketStatus, Actor))


def test_the_table_names_every_status() -> None:
    assert set(TABLE) == {status.value for status in TicketStatus}


@pytest.mark.parametrize(("start", "end", "actor"), EVERY_MOVE)
def test_a_move_is_allowed_exactly_where_the_product_says(
    start: TicketStatus, end: TicketStatus, actor: Actor
) -> None:
    is_lawful = (start.value, end.value, actor.value) in LAWFUL
    assert may_move(start, end, actor) is is_lawful
    if is_lawful:
        check_move(start, end, actor, EVERYTHING)
        return
    with pytest.raises(MoveRefused if not _anybody(start, end) else NotAllowed) as refused:
        check_move(start, end, actor, EVERYTHING)
    assert start.value in str(refused.value)
    assert end.value in str(refused.value)


def _anybody(start: TicketStatus, end: TicketStatus) -> bool:
    return any((start.value, end.value, actor.value) in LAWFUL for actor in Actor)


def test_the_pairs_for_the_database_are_those_of_the_table() -> None:
    pairs = {(start, end) for start, end, actor in LAWFUL if actor != "system"}
    restored = {(start, end) for start, end, actor in LAWFUL if actor == "system"}
    assert {(start.value, end.value) for start, end in PAIRS} == pairs
    assert {(start.value, end.value) for start, end in RESTORATIONS} == restored


def test_open_and_ended_are_told_apart() -> None:
    assert {status.value for status in OPEN} == set(
        each("new accepted planned in_progress waiting forwarded reopened resolved")
    )
    assert {status.value for status in ENDED} == {"closed", "rejected", "cancelled", "merged"}


@pytest.mark.parametrize("end", [status for status in TicketStatus if status in MOVES])
def test_a_move_is_refused_while_something_it_needs_is_missing(end: TicketStatus) -> None:
    start = next(start for start in TicketStatus if (start.value, end.value, _actor(end)) in LAWFUL)
    actor = Actor(_actor(end))
    needed = {Need(name) for name in NEEDS.get(end.value, ())}
    check_move(start, end, actor, needed)
    for missing in needed:
        with pytest.raises(ReasonMissing, match=missing.value):
            check_move(start, end, actor, needed - {missing})


def _actor(end: TicketStatus) -> str:
    return TABLE[end.value][1]


def test_an_after_photo_is_needed_only_where_the_category_says_so() -> None:
    done = (TicketStatus.IN_PROGRESS, TicketStatus.RESOLVED, Actor.OFFICER)
    check_move(*done, {Need.WORDS})
    with pytest.raises(PhotoMissing):
        check_move(*done, {Need.WORDS}, needs_after_photo=True)
    with pytest.raises(ReasonMissing, match="words"):
        check_move(*done, {Need.AFTER_PHOTO}, needs_after_photo=True)
    check_move(*done, {Need.WORDS, Need.AFTER_PHOTO}, needs_after_photo=True)


@pytest.mark.parametrize("end", list(MOVES))
def test_the_resident_hears_by_the_way_the_product_names(end: TicketStatus) -> None:
    assert MOVES[end].hears is Hears(HEARS[end.value])


def test_reopening_has_thirty_days_and_a_review_happens_once() -> None:
    def reopen(start: TicketStatus, **more: bool) -> None:
        check_move(start, TicketStatus.REOPENED, Actor.RESIDENT, **more)

    for start in (TicketStatus.CLOSED, TicketStatus.REJECTED):
        with pytest.raises(MoveRefused, match="30 days"):
            reopen(start, is_within_reopen_days=False)
    with pytest.raises(MoveRefused, match="once"):
        reopen(TicketStatus.REJECTED, was_reviewed=True)
    reopen(TicketStatus.CLOSED, was_reviewed=True)
    reopen(TicketStatus.RESOLVED, is_within_reopen_days=False, was_reviewed=True)


def test_a_card_offers_the_moves_in_the_order_of_the_table() -> None:
    assert moves_from(TicketStatus.NEW, Actor.OFFICER) == tuple(
        TicketStatus(name) for name in each("accepted waiting forwarded rejected merged")
    )
    assert moves_from(TicketStatus.CLOSED, Actor.OFFICER) == ()
    assert moves_from(TicketStatus.CLOSED, Actor.RESIDENT) == (TicketStatus.REOPENED,)


def test_not_our_authority_is_no_reason() -> None:
    assert REJECTION_REASONS == ("not_found", "not_enough", "private_matter", "in_court", "nothing_to_do", "other")


def test_every_refusal_has_a_sentence_of_its_own() -> None:
    kinds = (RuleBroken, MoveRefused, NotAllowed, ReasonMissing, PhotoMissing)
    assert len({kind.phrase for kind in kinds}) == len(kinds)
