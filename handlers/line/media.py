"""Photos, voice, video, files, stickers: kept for the report or the ticket; the bytes follow by an effect."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from bot import limits
from bot.aftercare import Said
from bot.conversation import Step
from bot.line.events import FileSent, PhotoSent, StickerSent, VideoSent, VoiceSent
from bot.replies import Button, Reply, Say
from handlers.line import choosing, danger, mine, people, reporting, said_about
from handlers.line.talk import Talk
from models import Media
from models.effect import FETCH_MEDIA

Sent = PhotoSent | VoiceSent | VideoSent | FileSent

_KINDS = {PhotoSent: "image", VoiceSent: "audio", VideoSent: "video", FileSent: "file"}
#: Media one draft may hold; more are refused kindly (a flood of pictures helps nobody).
MOST_IN_A_DRAFT = 20
DAY_MS = 24 * 3600 * 1000  # no recording is longer


def keep(talk: Talk, sent: Sent) -> Media:
    """Remember that something was sent, and wish its bytes; unique by LINE's message id."""
    media = Media(
        municipality_id=talk.town.id,
        resident_id=talk.person.id,
        kind=_KINDS[type(sent)],
        purpose="thread",
        said=sent.said,
        milliseconds=min(sent.milliseconds, DAY_MS) or None if isinstance(sent, VoiceSent | VideoSent) else None,
        received_at=talk.now,
    )
    talk.session.add(media)
    talk.session.flush()
    people.wish(talk.session, talk.person, FETCH_MEDIA, f"media:{media.id}", talk.now, media_id=media.id)
    return media


def received(talk: Talk, sent: Sent) -> Sequence[Reply]:
    """Something to see or hear: it belongs to what is being talked about."""
    if isinstance(sent, PhotoSent) and sent.is_external:
        return [Say(talk.w("media.external"))]
    if _is_known(talk, sent):
        return ()
    is_last = not isinstance(sent, PhotoSent) or sent.is_last_of_set
    if talk.officer is None and limits.has_sent_enough_media(talk.session, talk.person, talk.now):
        return [Say(talk.w("limits.media"))] if is_last else ()
    draft = talk.unfinished if talk.step is not Step.CHOOSING else talk.draft
    ticket = said_about.ticket_of_step(talk) or said_about.ticket_of_danger(talk)
    if ticket is not None:
        is_cry = isinstance(sent, VoiceSent) and ticket is danger.recent(talk)  # who is in danger has no hands to type
        replies = mine.add_said(talk, ticket, Said(sent.said, None, (keep(talk, sent),)), is_danger=is_cry)
        return replies if is_last else ()
    if draft is not None and len(draft.media) >= MOST_IN_A_DRAFT:
        return [Say(talk.w("media.enough"))] if is_last else ()
    media = keep(talk, sent)
    is_photo = media.kind == "image"
    if talk.step is Step.CHOOSING and draft is not None:
        replies = reporting.ask_which(talk, draft.with_media(media.id, is_photo=is_photo))
        return replies if is_last else ()
    media.purpose = "before"
    is_alone = draft is None or not draft.words  # also the second of several
    replies = reporting.add_media(talk, media.id, is_photo=is_photo, lead=talk.w(f"media.got_{media.kind}"))
    if not is_last:
        return ()
    return _offer_tickets(talk, replies) if is_alone else replies


def _is_known(talk: Talk, sent: Sent) -> bool:
    """Whether this message was kept before, under another event."""
    known = select(Media.id).where(Media.municipality_id == talk.town.id, Media.said == sent.said)
    return talk.session.scalars(known).one_or_none() is not None


def _offer_tickets(talk: Talk, replies: Sequence[Reply]) -> Sequence[Reply]:
    """A picture without words may belong to a ticket: say so, with one button for each of the newest."""
    tickets = choosing.open_tickets(talk)[:3]
    draft = talk.draft
    if not tickets or draft is None or not replies or not isinstance(replies[-1], Say):
        return replies
    more = tuple(
        Button(
            talk.w("label.add_to", number=ticket.number.rsplit("-", 1)[1]),
            "mine.attach",
            {"ticket": ticket.id, "draft": draft.token},
        )
        for ticket in tickets
    )
    last = replies[-1]
    text = talk.w("media.or_add_to", what=last.text, label=more[0].label)
    return [*replies[:-1], Say(text, more + last.quick)]


def sticker(talk: Talk, sent: StickerSent) -> Sequence[Reply]:
    """A sticker says no report: thank for it, and ask again for what is missing. No smile for who is in danger."""
    if talk.step in (Step.IDLE, Step.PLACING) and danger.in_distress(talk) is not None:
        return [Say(talk.w("danger.distress_here"))]
    if talk.step is Step.PLACING:
        return [Say(talk.w("danger.ask_place_again"))]
    if talk.step is Step.CHOOSING and talk.draft is not None:
        return reporting.ask_which(talk, talk.draft)
    draft = talk.reporting
    if draft is not None and not draft.is_empty:
        return reporting.go_on(talk, draft)
    return [Say(talk.w("idle.sticker"), (reporting.menu_button(talk),))]
