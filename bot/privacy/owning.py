"""Whose pictures are whose: what somebody sent at work for the town is the town's, or that of whom they sent it for."""

from __future__ import annotations

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from bot.handing_over import handed
from models import Media, Message, Report, Resident


def own_media(session: Session, person: Resident) -> Select[Media]:
    """Pictures and recordings that this person sent for themselves, also where another town has a copy.

    Not photos of finished work, nor what was said with as an officer, nor what belongs to somebody else's report.
    """
    there = [report.id for report in handed(session, person)]
    own_report = or_(Report.resident_id == person.id, Report.id.in_(there))
    of_own_report = select(Report.id).where(Report.id == Media.report_id, own_report).exists()
    by_an_officer = select(Message.id).where(Message.id == Media.message_id, Message.officer_id.is_not(None)).exists()
    return select(Media).where(
        Media.resident_id == person.id,
        Media.purpose != "after",
        ~by_an_officer,
        or_(Media.report_id.is_(None), of_own_report),
    )
