"""เรื่องใกล้ฉัน: a location is asked for; then a map and cards, by kind, state and square only; one can be followed."""

from __future__ import annotations

from collections.abc import Sequence

from bot import cards, nearby, queries
from bot.conversation import Step
from bot.line.events import ButtonPressed, PlaceSent
from bot.nearby import Near
from bot.places.cells import cell_of, rounded
from bot.replies import Button, Card, Carousel, Line, Picture, Reply, Say, Show
from handlers.line import ending, reporting
from handlers.line.talk import Talk
from models import Ticket


def ask(talk: Talk) -> Sequence[Reply]:
    """Where is near? An unfinished report waits for its turn."""
    talk.turn_to(Step.NEARBY)
    return [Say(talk.w("near.ask"), (Button(talk.w("label.send_place"), kind="location"), ending.stop_button(talk)))]


def around(talk: Talk, sent: PlaceSent) -> Sequence[Reply]:
    """What is open around there; nothing of the location is kept but its square, in the address of the picture."""
    here = (sent.latitude, sent.longitude)
    found = nearby.tickets_near(talk.session, talk.town, here)
    if not found:
        return [Say(talk.w("near.none"), (reporting.menu_button(talk),)), *reporting.and_back(talk)]
    cell = cell_of(here)
    shown = ",".join(str(one.ticket.id) for one in found)
    picture = Picture(0, "reporter", talk.w("near.map_alt", n=len(found)), map=f"{cell[0]}:{cell[1]}:{shown}")
    made = tuple(_card(talk, number, one) for number, one in enumerate(found, 1))
    alt = talk.w("near.list", n=len(found))
    return [Show(picture), Carousel(made, alt, (reporting.menu_button(talk),)), *reporting.and_back(talk)]


def _card(talk: Talk, number: int, near: Near) -> Card:
    """Kind, state and how far its square is; no number of the ticket, no words, no photo, no place in words."""
    ticket, w = near.ticket, talk.w
    title = f"{number} · {cards.category_title(ticket.category, w)}"
    return Card(
        title=title,
        alt=title,
        badge=cards.badge(ticket, w),
        tone=cards.tone(ticket),
        lines=(Line(w("near.distance"), w("near.metres", n=rounded(near.metres))),),
        buttons=(Button(w("label.follow", n=number), "near.follow", {"ticket": ticket.id}),),
    )


def press(talk: Talk, pressed: ButtonPressed) -> Sequence[Reply]:
    """Follow a ticket, or no more."""
    said = pressed.press.args.get("ticket", "")
    ticket = queries.by_id(talk.session, talk.town, int(said)) if said.isdecimal() else None
    ticket = queries.standing(ticket) if ticket is not None else None
    if ticket is None:
        return [Say(talk.w("idle.old_button"))]
    title = cards.category_title(ticket.category, talk.w)
    if pressed.press.action == "near.unfollow":
        nearby.unfollow(talk.session, talk.person, ticket)
        if not ticket.category.is_public:  # by now: what it became is for few
            return [Say(talk.w("near.unfollowed_hidden"))]
        return [Say(talk.w("near.unfollowed", category=title))]
    return [_follow(talk, ticket, title)]


def _follow(talk: Talk, ticket: Ticket, title: str) -> Say:
    report = cards.own_report(talk.session, ticket, talk.person)
    if report is not None and report.withdrawn_at is None:
        return Say(talk.w("near.own", number=ticket.number))
    if not nearby.may_follow(ticket):
        return Say(talk.w("near.over"))
    if not nearby.follow(talk.session, talk.person, ticket, talk.now):
        return Say(talk.w("near.too_many", n=nearby.MOST_FOLLOWED))
    stop = Button(talk.w("label.unfollow"), "near.unfollow", {"ticket": ticket.id})
    return Say(talk.w("near.followed", category=title), (stop,))
